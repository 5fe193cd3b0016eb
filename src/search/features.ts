// Four views of a question: its words with their concepts, letters inside the words, concepts near each other, order.
import { stemmer } from 'stemmer';
import { CONCEPTS } from './concepts.ts';
import { isStop } from './tokens.ts';

/** What a question shows in one view, with repetitions. */
export type View = readonly string[];

/** The names of the views, in the order in which `viewsOf` gives them. */
export const VIEWS = ['words', 'letters', 'pairs', 'order'] as const;

/** Grams of three and five letters as well made learning twice as slow and no better. */
const NGRAM_LENGTH = 4;
/** How many content words apart two concepts may stand to be a pair. */
const PAIR_DISTANCE = 5;

/** Words that people make up must not fill the memory. */
const MAX_MEMOIZED = 4000;

/** The same function, remembering what it gave for the first words that it was asked for. */
function memoize<T>(make: (word: string) => T): (word: string) => T {
  const known = new Map<string, T>();
  return (word) => {
    const before = known.get(word);
    if (before !== undefined) return before;
    const made = make(word);
    if (known.size < MAX_MEMOIZED) known.set(word, made);
    return made;
  };
}

/** Porter's stem of a small-letter word. */
export const stemOf = memoize(stemmer);

const gramsOf = memoize((word) => {
  const bounded = `<${word}>`;
  const grams: string[] = [];
  for (let start = 0; start + NGRAM_LENGTH <= bounded.length; start++)
    grams.push(bounded.slice(start, start + NGRAM_LENGTH));
  return grams;
});

const conceptsByStem = new Map<string, string[]>();
for (const [concept, words] of Object.entries(CONCEPTS)) {
  for (const stem of new Set(words.split(' ').map(stemOf))) {
    conceptsByStem.set(stem, [...(conceptsByStem.get(stem) ?? []), `@${concept}`]);
  }
}

/** Every word of the concept table: words that the examples may lack and a question may hold. */
export const CONCEPT_WORDS: readonly string[] = Object.values(CONCEPTS).flatMap((words) => words.split(' '));

/** The views of a text. @param words as `wordsOf` gives them, spelling corrected */
export function viewsOf(words: readonly string[]): readonly View[] {
  const content = words.filter((word) => !isStop(word));
  const contentStems = content.map(stemOf);
  return [wordView(contentStems), content.flatMap(gramsOf), pairView(contentStems), orderView(words)];
}

function wordView(contentStems: readonly string[]): View {
  const view: string[] = [];
  contentStems.forEach((stem, i) => {
    view.push(stem, ...(conceptsByStem.get(stem) ?? []));
    const next = contentStems[i + 1];
    if (next !== undefined) view.push(`${stem} ${next}`);
  });
  return view;
}

function pairView(contentStems: readonly string[]): View {
  const view: string[] = [];
  const concepts = contentStems.map((stem) => conceptsByStem.get(stem) ?? []);
  for (let i = 0; i < concepts.length; i++) {
    for (let j = i + 1; j < Math.min(concepts.length, i + PAIR_DISTANCE + 1); j++) {
      for (const one of concepts[i] ?? []) {
        for (const other of concepts[j] ?? []) {
          if (one !== other) view.push(one < other ? `${one}|${other}` : `${other}|${one}`);
        }
      }
    }
  }
  return view;
}

/** Neighbours of all words: "how do", "what if" and "^ why" tell a wish for steps from one for a reason. */
function orderView(words: readonly string[]): View {
  const view: string[] = [];
  let before = '^';
  for (const word of words) {
    const now = isStop(word) ? word : stemOf(word);
    view.push(`${before}_${now}`);
    before = now;
  }
  view.push(`${before}_$`);
  return view;
}
