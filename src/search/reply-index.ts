// Searching a server's own replies: many, changed often, and no part of what the guides' search learns.
import { createTimeSlices } from '../slices.ts';
import { questionIn } from './clean.ts';
import { stemOf } from './features.ts';
import { InvertedIndex } from './inverted-index.ts';
import { isStop, wordsOf } from './tokens.ts';

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
  /** The share, 0 to 1, of the question's words that stand in the reply; rare words count for more. */
  readonly score: number;
  /** Whether the question is the reply's topic, title or an alias, but for order, endings and common words. */
  readonly isNamed: boolean;
}

export interface ReplyIndex {
  /** The replies that have most in common with a text, best first. @param text of any length @param limit how many */
  search(text: string, limit: number): Hit[];
  /** Takes in a reply, in place of the one with the same topic. */
  put(reply: ReplyLike): void;
  /** Forgets a reply; nothing happens where there is none. */
  remove(topic: string): void;
}

/** Long questions are searched by their rarest words: common ones only lead to long lists. */
const LONGEST_QUERY = 12;
/** How much the words of a reply's names count next to all its words, when replies are ordered. */
const NAME_BONUS = 0.5;
/** An index over a server's replies, built at once: 1,000 of sixty words take about 100 ms. */
export function indexReplies(replies: Iterable<ReplyLike>): ReplyIndex {
  const index = emptyIndex();
  for (const reply of replies) index.put(reply);
  return index;
}

/** The same as `indexReplies` for a running bot: whatever else waits is done in between. */
export async function prepareReplies(replies: Iterable<ReplyLike>): Promise<ReplyIndex> {
  const index = emptyIndex();
  const slices = createTimeSlices();
  for (const reply of replies) {
    if (slices.isOver()) await slices.next();
    index.put(reply);
  }
  return index;
}

/**
 * Words count by their stems; nothing is guessed from typing errors or beginnings of words, which misleads on
 * sentences more often than it helps.
 */
function emptyIndex(): ReplyIndex {
  const all = new InvertedIndex();
  const inNames = new InvertedIndex();
  const named = new InvertedIndex();
  return {
    put({ topic, title, aliases, text }) {
      const names = [topic, title, ...aliases];
      all.put(topic, contentStems([...names, text].join('\n')));
      inNames.put(topic, contentStems(names.join('\n')));
      named.put(topic, names.map(keyOf));
    },
    remove(topic) {
      for (const postings of [all, inNames, named]) postings.remove(topic);
    },
    search(text, limit) {
      const question = questionIn(text);
      const stems = contentStems(question);
      const rarest = [...new Set(stems)].sort((a, b) => all.idf(b) - all.idf(a)).slice(0, LONGEST_QUERY);
      const exact = named.shares([keyOf(question)]);
      const shares = all.shares(rarest);
      const nameShares = inNames.shares(rarest);
      const orderOf = (topic: string) =>
        (exact.get(topic) ?? 0) * 2 + (shares.get(topic) ?? 0) + NAME_BONUS * (nameShares.get(topic) ?? 0);
      return [...new Set([...exact.keys(), ...shares.keys()])]
        .map((topic) => ({ topic, order: orderOf(topic) }))
        .sort((a, b) => b.order - a.order)
        .slice(0, limit)
        .map(({ topic }) => ({ topic, score: shares.get(topic) ?? 1, isNamed: exact.has(topic) }));
    },
  };
}

function contentStems(text: string): string[] {
  return wordsOf(text)
    .filter((word) => !isStop(word))
    .map(stemOf);
}

/** What two names share that differ only in order, endings and common words. */
function keyOf(name: string): string {
  const stems = contentStems(name);
  return (stems.length > 0 ? [...new Set(stems)].sort() : wordsOf(name)).join(' ');
}
