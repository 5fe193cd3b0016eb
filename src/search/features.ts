// The features of a question in four groups: words, letter n-grams, pairs of concepts, word order.
import type { Analyzer } from './analyzer.ts';
import { memoize } from './memoize.ts';

/** The features of a text in one group, with repetitions. */
export type FeatureGroup = readonly string[];

/** The groups' names, in the order in which they are extracted. */
export const FEATURE_GROUPS = ['words', 'ngrams', 'conceptPairs', 'wordOrder'] as const;

/** Returns a text's feature groups. @param words as `Analyzer.words` returns them, spelling corrected */
export type FeatureExtractor = (words: readonly string[]) => readonly FeatureGroup[];

/** Adding n-grams of three and five letters made training twice as slow and the search no better. */
const NGRAM_LENGTH = 4;
/** The largest distance, in content words, between the two concepts of a pair. */
const PAIR_DISTANCE = 5;
/** How many words have their n-grams cached. */
const MAX_WORDS = 4000;

/** An extractor with a cache of its own. */
export function createFeatureExtractor(analyzer: Analyzer): FeatureExtractor {
  const ngramsOf = memoize(letterNgrams, MAX_WORDS);
  return (words) => {
    const content = analyzer.contentWords(words);
    const stems = content.map(analyzer.stem);
    const concepts = stems.map((stem) => analyzer.conceptsOf(stem));
    return [
      wordFeatures(stems, concepts),
      content.flatMap(ngramsOf),
      conceptPairs(concepts),
      wordOrder(words, analyzer),
    ];
  };
}

/** Stems, their concepts, and two neighboring stems: "close", "@close", "close account". */
function wordFeatures(stems: readonly string[], concepts: readonly (readonly string[])[]): FeatureGroup {
  return stems.flatMap((stem, i) => {
    const next = stems[i + 1];
    return [stem, ...(concepts[i] ?? []), ...(next === undefined ? [] : [`${stem} ${next}`])];
  });
}

function letterNgrams(word: string): string[] {
  const bounded = `<${word}>`;
  const ngrams: string[] = [];
  for (let start = 0; start + NGRAM_LENGTH <= bounded.length; start++)
    ngrams.push(bounded.slice(start, start + NGRAM_LENGTH));
  return ngrams;
}

/** Two concepts near each other, in either order: "@close|@money". */
function conceptPairs(concepts: readonly (readonly string[])[]): FeatureGroup {
  const pairs: string[] = [];
  for (let i = 0; i < concepts.length; i++) {
    for (let j = i + 1; j < Math.min(concepts.length, i + PAIR_DISTANCE + 1); j++) {
      for (const one of concepts[i] ?? []) {
        for (const other of concepts[j] ?? []) {
          if (one !== other) pairs.push(one < other ? `${one}|${other}` : `${other}|${one}`);
        }
      }
    }
  }
  return pairs;
}

/** Neighbors among all words, such as "how_do" or "^_why": they show whether steps or a reason are wanted. */
function wordOrder(words: readonly string[], analyzer: Analyzer): FeatureGroup {
  const sequence = words.map((word) => (analyzer.isStopWord(word) ? word : analyzer.stem(word)));
  return [...sequence, '$'].map((word, i) => `${sequence[i - 1] ?? '^'}_${word}`);
}
