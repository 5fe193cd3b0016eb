// From a question in a member's own words to topics of their server: pages of the guides and the server's own replies.
import type { Logger } from 'pino';
import { type Clock, resultWithin } from '../clock.ts';
import type { Edition } from '../guide/model.ts';
import type { LanguageSentences, Pointer } from '../guide/search-data.ts';
import type { Reply } from '../replies/reply.ts';
import type { Topic, Topics } from '../replies/topics.ts';
import { Answerer } from '../search/answerer.ts';
import { cleanQuestion } from '../search/clean-question.ts';
import { CourtesyLanguages } from '../search/courtesy-languages.ts';
import {
  type LanguageModel,
  type RecognizedLanguage,
  recognizeLanguage,
  trainLanguages,
} from '../search/language-detector.ts';
import { type MergedCandidate, mergeReplies } from '../search/merge.ts';
import { type Hit, prepareReplies, type ReplyIndex } from '../search/reply-index.ts';
import { stricter, type Thresholds, thresholdsFor } from '../search/thresholds.ts';
import { recognitionTexts, type TrainedSearch, trainInSteps, trainingSource } from '../search/training.ts';
import { OTHER_LANGUAGE, type Verdict } from '../search/verdict.ts';
import { runInSlices } from '../slices.ts';

/** What was found for a question. */
export type QuestionResult = (
  | /** The first is the likely meaning; the others are less likely. */
  { readonly kind: 'sure'; readonly topics: readonly [Topic, ...Topic[]] }
  | { readonly kind: 'unsure'; readonly topics: readonly [Topic, ...Topic[]] }
  | { readonly kind: 'declined'; readonly isOtherLanguage: boolean }
  /** Declined, with where else it is answered. */
  | { readonly kind: 'pointer'; readonly pointer: Pointer }
  /** Greetings or thanks, and no question. */
  | { readonly kind: 'courtesy' }
  /** The search is still being trained, right after a start. */
  | { readonly kind: 'busy' }
) & {
  /** The language that the question is clearly written in. */
  readonly language?: string;
  /** In that language, if no guide is written in it. */
  readonly sentences?: LanguageSentences;
};

export interface QuestionAnswering {
  /**
   * @param question of any length and content
   * @param edition the English one: its search understands all languages
   * @param topics of the server
   * @param options.expected the language of who asks
   * @param options.timeouts for an asker who can wait longer than for a first answer
   * @param options.thresholds in place of those of the question's language
   */
  ask(question: string, edition: Edition, topics: Topics, options?: AskOptions): Promise<QuestionResult>;
  /**
   * Prepares the search of an edition.
   * @param trained from another process; what is missing in it is trained here: about a second of work for each
   * language, in slices
   */
  prepare(edition: Edition, trained?: TrainedSearch): void;
}

interface QuestionAnsweringOptions {
  readonly log: Logger;
  readonly clock: Clock;
}

interface AskOptions {
  readonly expected?: string;
  readonly timeouts?: SearchTimeouts;
  readonly thresholds?: Thresholds;
}

/** How long a question waits, in ms. */
interface SearchTimeouts {
  /** Until the search is trained: then the one before it answers, or the search is busy. */
  readonly answerer: number;
  /** Until the server's replies are indexed: then they are missing from the answer. */
  readonly replies: number;
}

/** An answer must be sent within 3 s. */
const TIMEOUTS_MS: SearchTimeouts = { answerer: 1500, replies: 300 };
const MAX_HITS = 5;

/** Creates the search. For each locale it keeps the search of the latest edition. */
export function createQuestionAnswering(options: QuestionAnsweringOptions): QuestionAnswering {
  return new EditionSearches(options);
}

class EditionSearches implements QuestionAnswering {
  readonly #options: QuestionAnsweringOptions;
  /** By locale. */
  readonly #searches = new Map<string, EditionSearch>();

  constructor(options: QuestionAnsweringOptions) {
    this.#options = options;
  }

  prepare(edition: Edition, trained?: TrainedSearch): void {
    this.#searchFor(edition, trained);
  }

  async ask(question: string, edition: Edition, topics: Topics, options?: AskOptions): Promise<QuestionResult> {
    const end = this.#options.clock.monotonic() + (options?.timeouts ?? TIMEOUTS_MS).answerer;
    return this.#searchFor(edition).ask(question, topics, end, options);
  }

  #searchFor(edition: Edition, trained?: TrainedSearch): EditionSearch {
    const { locale } = edition;
    const known = this.#searches.get(locale);
    if (known?.edition === edition) return known;
    const search = new EditionSearch(edition, this.#options, trained, known);
    this.#searches.set(locale, search);
    return search;
  }
}

/** The search of one edition. */
class EditionSearch {
  readonly edition: Edition;
  readonly #options: QuestionAnsweringOptions;
  readonly #trained: TrainedSearch | undefined;
  readonly #courtesies: CourtesyLanguages;
  /** That of an edition before this one: it answers until this one is trained. */
  #before: EditionSearch | undefined;
  #recognition: Promise<LanguageModel> | undefined;
  /** By language tag. */
  readonly #answerers = new Map<string, Promise<Answerer>>();
  /** By list of replies: an index lives as long as its list is in the reply cache. */
  readonly #indexes = new WeakMap<readonly Reply[], Promise<ReplyIndex>>();

  constructor(edition: Edition, options: QuestionAnsweringOptions, trained?: TrainedSearch, before?: EditionSearch) {
    this.edition = edition;
    this.#options = options;
    this.#trained = trained;
    this.#courtesies = new CourtesyLanguages(edition);
    // It may not be trained either, after two changes in a row: then the one before it answers.
    this.#before = before;
    void this.#finishTraining();
  }

  /** @param end when the wait for training is over, by `Clock.monotonic` */
  async ask(question: string, topics: Topics, end: number, options: AskOptions = {}): Promise<QuestionResult> {
    const { clock } = this.#options;
    const { expected, timeouts = TIMEOUTS_MS, thresholds } = options;
    const greeted = this.#courtesies.languageOf(question, expected);
    // Emoji are courtesies in every language.
    if (greeted !== undefined && !/\p{L}/u.test(question)) return { kind: 'courtesy' };
    if (greeted !== undefined) return { kind: 'courtesy', language: greeted, ...this.#sentencesIn(greeted) };
    const own = this.#inTime(this.edition.locale, end);
    own.catch(() => undefined); // awaited below
    const { language, isClear } = await this.#languageOf(question, end, expected);
    const spoken = this.edition.search.languages.get(language);
    const isUnderstood = !spoken || spoken.questions.size > 0;
    const [inOwn, inLanguage] = await Promise.all([
      own,
      spoken && isUnderstood ? this.#inTime(language, end) : own,
    ]).catch((error) => {
      if (this.#before) return [];
      throw error;
    });
    if (!inOwn || !inLanguage) return this.#before?.ask(question, topics, end, options) ?? { kind: 'busy' };
    const index = await resultWithin(clock, this.#indexFor(inOwn, topics.replies), timeouts.replies);
    const hits = index?.search(question, MAX_HITS) ?? [];
    const isUnreviewed = spoken?.edition?.isReviewed === false;
    const verdict = inLanguage.ask(
      question,
      thresholds && isUnreviewed ? stricter(thresholds, inLanguage.thresholds) : thresholds,
    );
    const isRead = isUnderstood && verdict.language !== OTHER_LANGUAGE;
    const result = this.#resultOf(isUnderstood ? verdict : { ...verdict, kind: 'declined' }, hits, topics, !isRead);
    // Words that the language does not have say nothing about who asks.
    const isTold = isClear && (isRead || !isUnderstood);
    return { ...result, ...(isTold ? { language } : {}), ...this.#sentencesIn(language) };
  }

  #sentencesIn(language: string): Pick<QuestionResult, 'sentences'> {
    const sentences = this.edition.search.languages.get(language)?.sentences;
    return sentences ? { sentences } : {};
  }

  /** The search of a language; undefined if it is not trained by then. @param end by `Clock.monotonic` */
  #inTime(language: string, end: number): Promise<Answerer | undefined> {
    const { clock } = this.#options;
    return resultWithin(clock, this.#answererFor(language), Math.max(0, end - clock.monotonic()));
  }

  /** Waits until the languages that another process trains, and the edition's own, are trained. */
  async #finishTraining(): Promise<void> {
    const own = await this.#answererFor(this.edition.locale).catch(() => undefined);
    await Promise.allSettled(this.#trained?.models.values() ?? []);
    if (own) this.#before = undefined;
  }

  #resultOf(verdict: Verdict, hits: readonly Hit[], topics: Topics, isOtherLanguage: boolean): QuestionResult {
    const merged = mergeReplies(verdict, hits);
    if (merged.kind === 'courtesy') return merged;
    const pointer = merged.kind === 'pointer' && this.edition.search.pointers.find(({ id }) => id === merged.pointer);
    if (pointer) return { kind: 'pointer', pointer };
    if (merged.kind === 'declined' || merged.kind === 'pointer') return { kind: 'declined', isOtherLanguage };
    const choices = merged.kind === 'sure' ? [merged.choice, ...merged.others] : merged.choices;
    // A page whose text the server has replaced is found as a page and as a reply.
    const [first, ...others] = new Set(choices.flatMap((choice) => topics.find(topicOf(choice)) ?? []));
    return first ? { kind: merged.kind, topics: [first, ...others] } : { kind: 'declined', isOtherLanguage: false };
  }

  /** The edition's own language if there is no other, or recognition fails or is not trained by then. */
  async #languageOf(question: string, end: number, expected?: string): Promise<RecognizedLanguage> {
    const { clock, log } = this.#options;
    const { locale, search } = this.edition;
    const unknown = { language: locale, isClear: false };
    if (search.languages.size === 0) return { language: locale, isClear: true };
    this.#recognition ??= this.#trainRecognition();
    try {
      const model = await resultWithin(clock, this.#recognition, Math.max(0, end - clock.monotonic()));
      return model ? recognizeLanguage(cleanQuestion(question), model, expected) : unknown;
    } catch (error) {
      // The next question tries again.
      this.#recognition = undefined;
      log.error({ err: error }, 'training to recognize languages failed');
      return unknown;
    }
  }

  async #trainRecognition(): Promise<LanguageModel> {
    return (await this.#trained?.recognition) ?? runInSlices(trainLanguages(recognitionTexts(this.edition)));
  }

  /** @param language the edition's own, or one that is understood */
  #answererFor(language: string): Promise<Answerer> {
    const known = this.#answerers.get(language);
    if (known) return known;
    const answerer = this.#train(language);
    this.#answerers.set(language, answerer);
    // After a failure the next question tries again.
    answerer.catch(() => this.#answerers.delete(language));
    return answerer;
  }

  async #train(language: string): Promise<Answerer> {
    const { log, clock } = this.#options;
    const start = clock.monotonic();
    try {
      const trained = await this.#trained?.models.get(language);
      const model = trained ?? (await runInSlices(trainInSteps(trainingSource(this.edition, language))));
      log.debug({ language, ms: Math.round(clock.monotonic() - start) }, 'search trained');
      return new Answerer(model, thresholdsFor(this.edition, language));
    } catch (error) {
      log.error({ err: error, language }, 'search training failed');
      throw error;
    }
  }

  /** Undefined if there are no replies or they could not be indexed. */
  async #indexFor({ analyzer }: Answerer, replies: readonly Reply[]): Promise<ReplyIndex | undefined> {
    if (replies.length === 0) return undefined;
    const index = this.#indexes.get(replies) ?? prepareReplies(replies, analyzer);
    this.#indexes.set(replies, index);
    try {
      return await index;
    } catch (error) {
      this.#indexes.delete(replies);
      this.#options.log.error({ err: error }, 'indexing replies failed');
      return undefined;
    }
  }
}

function topicOf(candidate: MergedCandidate): string {
  return candidate.kind === 'page' ? candidate.page : candidate.topic;
}
