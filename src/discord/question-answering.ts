// From a question in a member's own words to topics of their server: pages of the guides and the server's own replies.
import type { Logger } from 'pino';
import { type Clock, resultWithin } from '../clock.ts';
import type { Edition } from '../guide/model.ts';
import type { Pointer } from '../guide/search-data.ts';
import type { Reply } from '../replies/reply.ts';
import type { Topic, Topics } from '../replies/topics.ts';
import { Answerer, prepareAnswerer } from '../search/answerer.ts';
import { type MergedCandidate, mergeReplies } from '../search/merge.ts';
import { prepareReplies, type ReplyIndex } from '../search/reply-index.ts';
import type { Model } from '../search/training.ts';
import { OTHER_LANGUAGE } from '../search/verdict.ts';

/** What was found for a question. */
export type QuestionResult =
  /** The first is the likely meaning; the others are less likely. */
  | { readonly kind: 'sure'; readonly topics: readonly [Topic, ...Topic[]] }
  | { readonly kind: 'unsure'; readonly topics: readonly [Topic, ...Topic[]] }
  | { readonly kind: 'declined'; readonly isOtherLanguage: boolean }
  /** Declined, with where else it is answered. */
  | { readonly kind: 'pointer'; readonly pointer: Pointer }
  /** The search is still being trained, right after a start. */
  | { readonly kind: 'busy' };

export interface QuestionAnswering {
  /** @param question of any length and content @param topics of the server */
  ask(question: string, edition: Edition, topics: Topics): Promise<QuestionResult>;
  /**
   * Prepares the search of an edition.
   * @param model from another process; without it, training runs here: about a second of work, in slices
   */
  prepare(edition: Edition, model?: Promise<Model | undefined>): void;
}

interface QuestionAnsweringOptions {
  readonly log: Logger;
  readonly clock: Clock;
}

/**
 * An answer must be sent within 3 s. The server's replies that are not indexed in time are missing from this answer.
 */
const TIMEOUT_MS = { answerer: 1500, replies: 300 };
const MAX_HITS = 5;

/** Creates the search. For each locale it keeps one trained answerer: that of the latest edition. */
export function createQuestionAnswering(options: QuestionAnsweringOptions): QuestionAnswering {
  return new EditionSearches(options);
}

/** The search of one edition. */
interface EditionSearch {
  readonly edition: Edition;
  readonly answerer: Promise<Answerer>;
  /** By list of replies: an index lives as long as its list is in the reply cache. */
  readonly indexes: WeakMap<readonly Reply[], Promise<ReplyIndex>>;
}

class EditionSearches implements QuestionAnswering {
  readonly #log: Logger;
  readonly #clock: Clock;
  /** By locale. */
  readonly #searches = new Map<string, EditionSearch>();

  constructor({ log, clock }: QuestionAnsweringOptions) {
    this.#log = log;
    this.#clock = clock;
  }

  prepare(edition: Edition, model?: Promise<Model | undefined>): void {
    this.#searchFor(edition, model);
  }

  async ask(question: string, edition: Edition, topics: Topics): Promise<QuestionResult> {
    const search = this.#searchFor(edition);
    const answerer = await resultWithin(this.#clock, search.answerer, TIMEOUT_MS.answerer);
    if (!answerer) return { kind: 'busy' };
    const index = await resultWithin(this.#clock, this.#indexFor(search, answerer, topics.replies), TIMEOUT_MS.replies);
    const verdict = answerer.ask(question);
    const merged = mergeReplies(verdict, index?.search(question, MAX_HITS) ?? []);
    const pointer = merged.kind === 'pointer' && edition.search.pointers.find(({ id }) => id === merged.pointer);
    if (pointer) return { kind: 'pointer', pointer };
    if (merged.kind === 'declined' || merged.kind === 'pointer')
      return { kind: 'declined', isOtherLanguage: verdict.language === OTHER_LANGUAGE };
    const choices = merged.kind === 'sure' ? [merged.choice, ...merged.others] : merged.choices;
    // A page whose text the server has replaced is found as a page and as a reply.
    const [first, ...others] = new Set(choices.flatMap((choice) => topics.find(topicOf(choice)) ?? []));
    return first ? { kind: merged.kind, topics: [first, ...others] } : { kind: 'declined', isOtherLanguage: false };
  }

  #searchFor(edition: Edition, model?: Promise<Model | undefined>): EditionSearch {
    const { locale } = edition;
    const known = this.#searches.get(locale);
    if (known?.edition === edition) return known;
    const search: EditionSearch = { edition, answerer: this.#train(edition, model), indexes: new WeakMap() };
    this.#searches.set(locale, search);
    // After a failure the next question tries again.
    search.answerer.catch(() => {
      if (this.#searches.get(locale) === search) this.#searches.delete(locale);
    });
    return search;
  }

  async #train(edition: Edition, model?: Promise<Model | undefined>): Promise<Answerer> {
    const start = this.#clock.monotonic();
    try {
      const trained = await model;
      const answerer = trained ? new Answerer(trained) : await prepareAnswerer(edition);
      this.#log.debug({ ms: Math.round(this.#clock.monotonic() - start) }, 'search trained');
      return answerer;
    } catch (error) {
      this.#log.error({ err: error }, 'search training failed');
      throw error;
    }
  }

  /** Undefined if there are no replies or they could not be indexed. */
  async #indexFor(
    { indexes }: EditionSearch,
    { analyzer }: Answerer,
    replies: readonly Reply[],
  ): Promise<ReplyIndex | undefined> {
    if (replies.length === 0) return undefined;
    const index = indexes.get(replies) ?? prepareReplies(replies, analyzer);
    indexes.set(replies, index);
    try {
      return await index;
    } catch (error) {
      indexes.delete(replies);
      this.#log.error({ err: error }, 'indexing replies failed');
      return undefined;
    }
  }
}

function topicOf(candidate: MergedCandidate): string {
  return candidate.kind === 'page' ? candidate.page : candidate.topic;
}
