// Searches a server's own replies: there can be thousands, they change often, and the search is not trained on them.
import { createTimeSlices } from '../slices.ts';
import type { Analyzer } from './analyzer.ts';
import { cleanQuestion } from './clean-question.ts';
import { InvertedIndex } from './inverted-index.ts';

/** What the search reads of a server's own reply. */
export interface ReplyLike {
  readonly topic: string;
  readonly title: string;
  readonly aliases: readonly string[];
  readonly text: string;
}

/** A reply that may answer a question. */
export interface Hit {
  readonly topic: string;
  /** The share, 0 to 1, of the question's words that the reply contains; rare words count more. */
  readonly score: number;
  /** Whether the question has all words of the reply's title or of an alias, two or more, apart from stop words. */
  readonly hasName: boolean;
  /** Whether the question is the reply's topic, title or alias, apart from word order, endings and stop words. */
  readonly isNamed: boolean;
}

/** Of a long question only the rarest words are searched: common words match too many replies. */
const MAX_QUERY_WORDS = 12;
/** The weight, in the order of replies, of words in a reply's names; words in the whole reply have weight 1. */
const NAME_BONUS = 0.5;

/** Indexes a server's replies without a pause: 1,000 of sixty words take about 100 ms. */
export function indexReplies(replies: Iterable<ReplyLike>, analyzer: Analyzer): ReplyIndex {
  const index = new ReplyIndex(analyzer);
  for (const reply of replies) index.put(reply);
  return index;
}

/** Like `indexReplies`, for a running bot: yields to the event loop. */
export async function prepareReplies(replies: Iterable<ReplyLike>, analyzer: Analyzer): Promise<ReplyIndex> {
  const index = new ReplyIndex(analyzer);
  const slices = createTimeSlices();
  for (const reply of replies) {
    if (slices.isOver()) await slices.next();
    index.put(reply);
  }
  return index;
}

/**
 * Finds replies by the stems of their words. It finds no typing errors and no prefixes of words: in sentences that
 * misleads more often than it helps.
 */
export class ReplyIndex {
  readonly #analyzer: Analyzer;
  readonly #words = new InvertedIndex();
  readonly #nameWords = new InvertedIndex();
  readonly #names = new InvertedIndex();
  /** Topic → the stems of its title and of each alias. */
  readonly #namesOf = new Map<string, readonly (readonly string[])[]>();

  constructor(analyzer: Analyzer) {
    this.#analyzer = analyzer;
  }

  /** Adds a reply or replaces the one with the same topic. */
  put({ topic, title, aliases, text }: ReplyLike): void {
    const names = [topic, title, ...aliases];
    this.#words.put(topic, this.#analyzer.contentStems([...names, text].join('\n')));
    this.#nameWords.put(topic, this.#analyzer.contentStems(names.join('\n')));
    this.#names.put(
      topic,
      names.map((name) => this.#keyOf(this.#analyzer.words(name))),
    );
    this.#namesOf.set(
      topic,
      [title, ...aliases].map((name) => this.#analyzer.contentStems(name)),
    );
  }

  /** Removes a reply, if there is one. */
  remove(topic: string): void {
    for (const index of [this.#words, this.#nameWords, this.#names]) index.remove(topic);
    this.#namesOf.delete(topic);
  }

  /** The replies that have most in common with a text, best first. @param text of any length */
  search(text: string, limit: number): Hit[] {
    const cleaned = cleanQuestion(text);
    const question = this.#analyzer.words(cleaned);
    const withoutCourtesies = this.#analyzer.clauses(cleaned).flat();
    const asked = withoutCourtesies.length > 0 ? withoutCourtesies : question;
    const stems = [...new Set(this.#contentStems(asked))];
    const rarest = stems.sort((a, b) => this.#words.idf(b) - this.#words.idf(a)).slice(0, MAX_QUERY_WORDS);
    // A reply may be called "Thanks", too.
    const named = this.#names.shares([...new Set([this.#keyOf(question), this.#keyOf(asked)])]);
    const shares = this.#words.shares(rarest);
    const nameShares = this.#nameWords.shares(rarest);
    const orderOf = (topic: string) =>
      (named.get(topic) ?? 0) * 2 + (shares.get(topic) ?? 0) + NAME_BONUS * (nameShares.get(topic) ?? 0);
    return [...new Set([...named.keys(), ...shares.keys()])]
      .map((topic) => ({ topic, order: orderOf(topic) }))
      .sort((a, b) => b.order - a.order)
      .slice(0, limit)
      .map(({ topic }) => {
        const hasName = (this.#namesOf.get(topic) ?? []).some((name) => isContained(name, stems));
        return { topic, score: shares.get(topic) ?? 1, hasName, isNamed: named.has(topic) };
      });
  }

  /** A key that names share if they differ only in word order, endings and stop words. */
  #keyOf(name: readonly string[]): string {
    const stems = this.#contentStems(name);
    return (stems.length > 0 ? [...new Set(stems)].sort() : name).join(' ');
  }

  #contentStems(words: readonly string[]): string[] {
    return this.#analyzer.contentWords(words).map(this.#analyzer.stem);
  }
}

/** One word of a question says too little about what is meant. */
function isContained(name: readonly string[], stems: readonly string[]): boolean {
  const unique = new Set(name);
  return unique.size > 1 && [...unique].every((stem) => stems.includes(stem));
}
