// Three views of a question: its words with their concepts, the letters inside the words, concepts near each other.
import { stemmer } from 'stemmer';
import { CONCEPTS } from './concepts.ts';
import { isStop } from './tokens.ts';

/** What a question shows in one view, and how often. */
export type View = ReadonlyMap<string, number>;

/** The names of the views, in the order in which `viewsOf` gives them. */
export const VIEWS = ['words', 'letters', 'pairs'] as const;

const SHORTEST_GRAM = 3;
const LONGEST_GRAM = 5;
/** How many content words apart two concepts may stand to be a pair. */
const PAIR_DISTANCE = 5;

/** Words that people make up must not fill the memory. */
const WORDS_KEPT = 4000;

/** The same function, remembering what it gave for the first words that it was asked for. */
function remembering<T>(make: (word: string) => T): (word: string) => T {
  const known = new Map<string, T>();
  return (word) => {
    const before = known.get(word);
    if (before !== undefined) return before;
    const made = make(word);
    if (known.size < WORDS_KEPT) known.set(word, made);
    return made;
  };
}

/** Porter's stem of a small-letter word. */
export const stemOf = remembering(stemmer);

const gramsOf = remembering((word) => {
  const bounded = `<${word}>`;
  const grams: string[] = [];
  for (let length = SHORTEST_GRAM; length <= LONGEST_GRAM; length++) {
    for (let start = 0; start + length <= bounded.length; start++) grams.push(bounded.slice(start, start + length));
  }
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
  return [wordView(contentStems), letterView(content), pairView(contentStems)];
}

function wordView(contentStems: readonly string[]): View {
  const view = new Map<string, number>();
  contentStems.forEach((stem, i) => {
    add(view, stem);
    for (const concept of conceptsByStem.get(stem) ?? []) add(view, concept);
    const next = contentStems[i + 1];
    if (next !== undefined) add(view, `${stem} ${next}`);
  });
  return view;
}

function letterView(content: readonly string[]): View {
  const view = new Map<string, number>();
  for (const word of content) {
    for (const gram of gramsOf(word)) add(view, gram);
  }
  return view;
}

function pairView(contentStems: readonly string[]): View {
  const view = new Map<string, number>();
  const concepts = contentStems.map((stem) => conceptsByStem.get(stem) ?? []);
  for (let i = 0; i < concepts.length; i++) {
    for (let j = i + 1; j < Math.min(concepts.length, i + PAIR_DISTANCE + 1); j++) {
      for (const one of concepts[i] ?? []) {
        for (const other of concepts[j] ?? []) {
          if (one !== other) add(view, one < other ? `${one}|${other}` : `${other}|${one}`);
        }
      }
    }
  }
  return view;
}

function add(view: Map<string, number>, feature: string): void {
  view.set(feature, (view.get(feature) ?? 0) + 1);
}
