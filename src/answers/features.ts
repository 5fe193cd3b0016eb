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
const PAIR_DISTANCE = 3;

const stems = new Map<string, string>();
/** Words that people make up must not fill the memory. */
const STEMS_KEPT = 20_000;

/** Porter's stem of a small-letter word. */
export function stemOf(word: string): string {
  const known = stems.get(word);
  if (known !== undefined) return known;
  const stem = stemmer(word);
  if (stems.size < STEMS_KEPT) stems.set(word, stem);
  return stem;
}

const conceptsByStem = new Map<string, string[]>();
for (const [concept, words] of Object.entries(CONCEPTS)) {
  for (const stem of new Set(words.split(' ').map(stemOf))) {
    conceptsByStem.set(stem, [...(conceptsByStem.get(stem) ?? []), `@${concept}`]);
  }
}

/** Every word of the concept table, for the speller. */
export const CONCEPT_WORDS: readonly string[] = [
  ...new Set(Object.values(CONCEPTS).flatMap((words) => words.split(' '))),
];

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
    const bounded = `<${word}>`;
    for (let length = SHORTEST_GRAM; length <= LONGEST_GRAM; length++) {
      for (let start = 0; start + length <= bounded.length; start++) add(view, bounded.slice(start, start + length));
    }
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
