// Rewrites a content folder of version 1.0 into the format of 2.0: texts in, changed texts out.
import { normalizeText } from './characters.ts';
import { renameKeysInText } from './convert-keys.ts';
import { addQuestions, takeQuotes } from './convert-quotes.ts';
import { isGuide } from './edition.ts';
import type { Content } from './model.ts';
import { parseSources } from './sources.ts';
import { neutralSubject, SUBJECT_FILE, subjectText } from './subject.ts';

/** Path below the content folder → text, exactly as in the file. */
type Texts = ReadonlyMap<string, string>;

/** What a conversion does to a folder. */
export interface Conversion {
  /** New texts, in an order in which every file can be written without losing a question. */
  readonly changed: Texts;
  /** What is done, a sentence for each file. */
  readonly done: readonly string[];
  /** What a person has to change, a sentence for each place. */
  readonly left: readonly string[];
}

const SOURCES = 'sources.yaml';

/**
 * Moves quotes under headings to `search/questions/`, gives the keys of sources.yaml their new names, and writes a
 * subject.yaml if there is none. Everything else stays byte for byte; a questions file that exists already keeps its
 * entries and comments.
 * @param given the files of a folder that has no errors
 */
export function convertContent(given: Texts): Conversion {
  const questionFiles = new Map<string, string>();
  const guides = new Map<string, string>();
  const done: string[] = [];
  const left: string[] = [];
  for (const [file, text] of given) {
    if (!isGuide(file)) continue;
    const { rest, questions, stuck } = takeQuotes(file, text);
    for (const line of stuck)
      left.push(`${file}:${line}: another quote follows the questions; put a sentence between them`);
    if (questions.size === 0) continue;
    const target = file.replace(/\/([^/]+)\.md$/, '/search/questions/$1.yaml');
    questionFiles.set(target, addQuestions(given.get(target), file, questions));
    guides.set(file, rest);
    const count = [...questions.values()].flat().length;
    done.push(`${file}: ${count} example ${count === 1 ? 'question' : 'questions'} moved to ${target}`);
  }
  // Questions first: an interruption leaves them in both files, and both are read as one.
  const changed = new Map([...questionFiles, ...guides]);
  const sourcesText = given.get(SOURCES) ?? '';
  const { text, count } = renameKeysInText(sourcesText);
  if (count > 0) {
    changed.set(SOURCES, text);
    done.push(`${SOURCES}: ${count} keys renamed`);
  }
  if (!given.has(SUBJECT_FILE)) {
    const { sources, claimSource } = parseSources(SOURCES, normalizeText(sourcesText));
    changed.set(SUBJECT_FILE, subjectText(neutralSubject(sources, claimSource)));
    done.push(`${SUBJECT_FILE}: written with neutral sentences; say there what your bot is about`);
  }
  return { changed, done, left };
}

/** Whether members and the search get the same from both, wherever it is in the files. */
export function isSameContent(one: Content, other: Content): boolean {
  return comparable(one) === comparable(other);
}

function comparable(content: Content): string {
  const places = ['path', 'line', 'column', 'digest', 'version'];
  return JSON.stringify(content, (key, value) => {
    if (places.includes(key)) return undefined;
    return value instanceof Map ? [...value] : value;
  });
}
