// From a question in a member's own words to topics of their server: the guides' pages and the server's own replies.
import type { Logger } from 'pino';
import { type Clock, resultWithin } from '../clock.ts';
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

/** An answer must come within 3 s; own replies that are not ready by then are left out this once. */
const PATIENCE_MS = { pages: 1500, replies: 300 };
const HITS = 5;

/** Opens the search. What it prepares is kept as long as the content or the replies it was made of. */
export function createQuestionAnswering({ log, clock }: { log: Logger; clock: Clock }): QuestionAnswering {
  const answerers = new WeakMap<Edition, Promise<Answerer>>();
  const indexes = new WeakMap<readonly Reply[], Promise<ReplyIndex>>();

  const answererFor = (edition: Edition, model?: Promise<Model | undefined>): Promise<Answerer> =>
    keptUntilFailed(answerers, edition, () => {
      const from = clock.monotonic();
      const learn = async () => prepareAnswerer(edition.pages.values());
      const made = model ? model.then((learned) => (learned ? fromModel(learned) : learn())) : learn();
      made.then(
        () => log.debug({ ms: Math.round(clock.monotonic() - from) }, 'search ready'),
        (error) => log.error({ err: error }, 'search could not be prepared'),
      );
      return made;
    });
  /** Own replies that cannot be indexed are left out, like those that are not ready. */
  const indexOf = (replies: readonly Reply[]): Promise<ReplyIndex | undefined> =>
    keptUntilFailed(indexes, replies, () => prepareReplies(replies)).catch((error) => {
      log.error({ err: error }, 'own replies could not be indexed');
      return undefined;
    });

  return {
    prepare(edition, model) {
      void answererFor(edition, model);
    },
    async ask(question, edition, topics) {
      const answerer = await resultWithin(clock, answererFor(edition), PATIENCE_MS.pages);
      if (!answerer) return { kind: 'busy' };
      const index =
        topics.replies.length === 0
          ? undefined
          : await resultWithin(clock, indexOf(topics.replies), PATIENCE_MS.replies);
      const verdict = answerer.ask(question);
      const merged = askWithReplies(verdict, index?.search(question, HITS) ?? []);
      if (merged.kind === 'declined') return { kind: 'declined', isOtherLanguage: verdict.language === 'other' };
      const choices = merged.kind === 'sure' ? [merged.choice, ...merged.others] : merged.choices;
      // A page with the server's own words over it is found as a page and as a reply.
      const [first, ...others] = new Set(choices.flatMap((choice) => topics.find(nameOf(choice)) ?? []));
      return first ? { kind: merged.kind, topics: [first, ...others] } : { kind: 'declined', isOtherLanguage: false };
    },
  };
}

/** The promise made for a key before, or a new one. One that fails is not kept: the next question tries again. */
function keptUntilFailed<K extends object, V>(
  kept: WeakMap<K, Promise<V>>,
  key: K,
  make: () => Promise<V>,
): Promise<V> {
  const known = kept.get(key);
  if (known) return known;
  const made = make();
  kept.set(key, made);
  made.catch(() => {
    if (kept.get(key) === made) kept.delete(key);
  });
  return made;
}

function nameOf(choice: MergedCandidate): string {
  return choice.kind === 'page' ? choice.page : choice.topic;
}
