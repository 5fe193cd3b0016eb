// From a question in a member's own words to topics of their server: the guides' pages and the server's own replies.
import type { Logger } from 'pino';
import { type Clock, resultWithin } from '../clock.ts';
import { getOrInsert } from '../get-or-insert.ts';
import type { Edition } from '../guide/model.ts';
import type { Reply } from '../replies/reply.ts';
import type { Topic, Topics } from '../replies/topics.ts';
import { type Answerer, fromModel, prepareAnswerer } from '../search/answerer.ts';
import { askWithReplies, type MergedCandidate } from '../search/merge.ts';
import { prepareReplies, type ReplyIndex } from '../search/reply-index.ts';
import type { Model } from '../search/training.ts';

/** What was found for a question. */
export type QuestionResult =
  /** The first is the likely meaning, the others come after it. */
  | { readonly kind: 'sure'; readonly topics: readonly [Topic, ...Topic[]] }
  | { readonly kind: 'unsure'; readonly topics: readonly [Topic, ...Topic[]] }
  | { readonly kind: 'declined'; readonly isOtherLanguage: boolean }
  /** What the search needs is still being prepared, right after a start. */
  | { readonly kind: 'busy' };

export interface QuestionAnswering {
  /** @param question of any length and content @param topics the server's, for what is found */
  ask(question: string, edition: Edition, topics: Topics): Promise<QuestionResult>;
  /**
   * Makes the search of an edition ready.
   * @param model what it learns elsewhere; without it, it learns here, a second or so of work in small pieces
   */
  prepare(edition: Edition, model?: Promise<Model | undefined>): void;
}

/** An answer must come within 3 s; own replies that are not ready by then are left out of this answer. */
const TIMEOUT_MS = { pages: 1500, replies: 300 };
const HITS = 5;

/**
 * Creates the search. It keeps one answerer for each locale, for the edition that was asked about last, and an index for
 * each list of replies that is in use: the reply cache, which has the lists, bounds those.
 */
export function createQuestionAnswering({ log, clock }: { log: Logger; clock: Clock }): QuestionAnswering {
  const answerers = new Map<string, { edition: Edition; answerer: Promise<Answerer> }>();
  const indexes = new WeakMap<readonly Reply[], Promise<ReplyIndex>>();

  const prepareFor = (edition: Edition, model?: Promise<Model | undefined>): Promise<Answerer> => {
    const from = clock.monotonic();
    const learn = async () => prepareAnswerer(edition.pages.values());
    const answerer = model ? model.then((learned) => (learned ? fromModel(learned) : learn())) : learn();
    answerers.set(edition.locale, { edition, answerer });
    answerer.then(
      () => log.debug({ ms: Math.round(clock.monotonic() - from) }, 'search ready'),
      (error) => {
        // The next question tries again.
        if (answerers.get(edition.locale)?.answerer === answerer) answerers.delete(edition.locale);
        log.error({ err: error }, 'search not prepared');
      },
    );
    return answerer;
  };
  const answererFor = (edition: Edition, model?: Promise<Model | undefined>): Promise<Answerer> => {
    const prepared = answerers.get(edition.locale);
    return prepared?.edition === edition ? prepared.answerer : prepareFor(edition, model);
  };
  /** Own replies that cannot be indexed are left out, and indexed again at the next question. */
  const indexOf = (replies: readonly Reply[]): Promise<ReplyIndex | undefined> =>
    getOrInsert(indexes, replies, () => prepareReplies(replies)).catch((error) => {
      indexes.delete(replies);
      log.error({ err: error }, 'own replies not indexed');
      return undefined;
    });

  return {
    prepare(edition, model) {
      answererFor(edition, model).catch(() => undefined); // logged
    },
    async ask(question, edition, topics) {
      const answerer = await resultWithin(clock, answererFor(edition), TIMEOUT_MS.pages);
      if (!answerer) return { kind: 'busy' };
      const index =
        topics.replies.length === 0
          ? undefined
          : await resultWithin(clock, indexOf(topics.replies), TIMEOUT_MS.replies);
      const verdict = answerer.ask(question);
      const merged = askWithReplies(verdict, index?.search(question, HITS) ?? []);
      if (merged.kind === 'declined') return { kind: 'declined', isOtherLanguage: verdict.language === 'other' };
      const choices = merged.kind === 'sure' ? [merged.choice, ...merged.others] : merged.choices;
      // A page that has an own reply over it is found as a page and as a reply.
      const [first, ...others] = new Set(choices.flatMap((choice) => topics.find(nameOf(choice)) ?? []));
      return first ? { kind: merged.kind, topics: [first, ...others] } : { kind: 'declined', isOtherLanguage: false };
    },
  };
}

function nameOf(choice: MergedCandidate): string {
  return choice.kind === 'page' ? choice.page : choice.topic;
}
