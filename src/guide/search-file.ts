// One file of an edition's search folder: YAML in, entries with their positions and findings out.
import { LineCounter } from 'yaml';
import { z } from 'zod';
import { finding } from './findings.ts';
import type { Finding, SourcePosition } from './model.ts';
import type { LanguageSentences, Pointer } from './search-data.ts';
import { Positions, readYaml } from './yaml.ts';

/** A text of a search file, and where it is. */
export interface Entry extends SourcePosition {
  readonly text: string;
}

/** A list of a search file, and where it begins. */
export interface EntryList extends SourcePosition {
  readonly entries: readonly Entry[];
}

/** One file of a search folder, each entry with its position. Files of other kinds leave a part empty. */
export interface SearchFile {
  /** Page id, without the file part → example questions. */
  readonly questions: ReadonlyMap<string, EntryList>;
  readonly synonyms: ReadonlyMap<string, EntryList>;
  /** The positions are those of the short forms. */
  readonly abbreviations: ReadonlyMap<string, Entry>;
  readonly phrases: ReadonlyMap<string, Entry>;
  readonly offTopic: readonly Entry[];
  readonly courtesies: readonly Entry[];
  /** Undefined in a file of another kind. */
  readonly sentences?: LanguageSentences;
  /** Sentences in the language. */
  readonly examples: readonly Entry[];
  /** Id → a subject beside the guides' own. */
  readonly pointers: ReadonlyMap<string, PointerEntry>;
}

/** A pointer, and where it is. */
export interface PointerEntry extends EntryList, Pick<Pointer, 'text' | 'link'> {}

/** What a file of a search folder can hold. */
export type SearchFileKind =
  | 'questions'
  | 'synonyms'
  | 'abbreviations'
  | 'courtesies'
  | 'off-topic'
  | 'pointers'
  | 'language';

const MAX_POINTER_TEXT = 300;
/** A sentence above a page, which has a message to itself, or with the buttons of a decline. */
const MAX_SENTENCE = 300;
/** Discord docs, Component reference, "Button". */
const MAX_POINTER_LABEL = 80;
const text = z.string({
  error: ({ input }) =>
    input === undefined ? 'is missing' : 'must be text: put numbers, true, false and null in quotes',
});
const lists = (each: string, all: string) => z.record(z.string(), z.array(text, each).nullable(), all);
const words = (all: string) => z.record(z.string(), text, all).nullish();
const sentence = text.trim().min(1, 'is empty').max(MAX_SENTENCE, `has more than ${MAX_SENTENCE} characters`);
const shapes = {
  questions: lists('must be a list of questions', 'must map page ids to lists of questions'),
  synonyms: lists('must be a list of words', 'must map names to lists of words'),
  abbreviations: z.strictObject(
    { words: words('must map short forms to words'), phrases: words('must map two words to one') },
    {
      error: ({ code }) =>
        code === 'unrecognized_keys'
          ? 'has an unknown key: use words and phrases'
          : 'must have the keys words and phrases',
    },
  ),
  courtesies: z.array(text, 'must be a list of phrases'),
  'off-topic': z.array(text, 'must be a list of questions'),
  language: z.strictObject(
    {
      name: sentence,
      answered: sentence,
      declined: sentence,
      courtesy: sentence,
      examples: z.array(text, 'must be a list of sentences').default([]),
    },
    'must have the keys name, answered, declined and courtesy, and may have examples',
  ),
  pointers: z.record(
    z.string(),
    z
      .strictObject(
        {
          text: text.min(1, 'is empty').max(MAX_POINTER_TEXT, `has more than ${MAX_POINTER_TEXT} characters`),
          label: text
            .min(1, 'is empty')
            .max(MAX_POINTER_LABEL, `has more than ${MAX_POINTER_LABEL} characters`)
            .optional(),
          link: z
            .url({ protocol: /^https$/, message: 'must begin with https://' })
            .max(512)
            .optional(),
          questions: z.array(text, 'must be a list of questions'),
        },
        'must have the keys text and questions, and may have label and link',
      )
      .refine(
        ({ label, link }) => (label === undefined) === (link === undefined),
        'needs both label and link, or neither',
      ),
    'must map names to pointers',
  ),
};

const NO_ENTRIES: SearchFile = {
  questions: new Map(),
  synonyms: new Map(),
  abbreviations: new Map(),
  phrases: new Map(),
  courtesies: [],
  examples: [],
  offTopic: [],
  pointers: new Map(),
};

/**
 * Parses one file of a search folder.
 * @param path as findings show it
 * @returns the file's entries and findings; no entries if the file is not YAML or has the wrong shape (G039)
 */
export function parseSearchFile(
  kind: SearchFileKind,
  path: string,
  source: string,
): SearchFile & { readonly findings: readonly Finding[] } {
  const lines = new LineCounter();
  const yaml = readYaml(source, lines);
  if ('problem' in yaml) {
    const { line, column, problem } = yaml;
    return { ...NO_ENTRIES, findings: [finding({ path, line, column }, 'G039', problem)] };
  }
  const positions = new Positions(path, yaml.document, lines);
  if (yaml.value === null)
    return { ...NO_ENTRIES, findings: [finding({ path, line: 1, column: 1 }, 'G042', 'This file has no entries')] };
  const { entries, issues } = readers[kind](yaml.value, positions);
  if (!entries) {
    const findings = issues.map(({ path: keys, message }) =>
      finding(positions.of(keys), 'G039', `${nameOf(keys)} ${message}`),
    );
    return { ...NO_ENTRIES, findings };
  }
  const file = { ...NO_ENTRIES, ...entries };
  return { ...file, findings: checkEntries(file, positions) };
}

function nameOf(keys: readonly PropertyKey[]): string {
  const last = keys.at(-1);
  if (last === undefined) return 'This file';
  return typeof last === 'number' ? 'This entry' : `"${String(last)}"`;
}

interface ReadEntries {
  /** Undefined if the value has the wrong shape. */
  readonly entries?: Partial<SearchFile>;
  readonly issues: readonly z.core.$ZodIssue[];
}

const readers: Readonly<Record<SearchFileKind, (value: unknown, positions: Positions) => ReadEntries>> = {
  questions: (value, positions) => readAs(shapes.questions, value, (data) => ({ questions: listsOf(data, positions) })),
  synonyms: (value, positions) => readAs(shapes.synonyms, value, (data) => ({ synonyms: listsOf(data, positions) })),
  abbreviations: (value, positions) =>
    readAs(shapes.abbreviations, value, (data) => ({
      abbreviations: tableOf(data.words ?? {}, 'words', positions),
      phrases: tableOf(data.phrases ?? {}, 'phrases', positions),
    })),
  courtesies: (value, positions) =>
    readAs(shapes.courtesies, value, (data) => ({ courtesies: listOf(data, positions) })),
  'off-topic': (value, positions) =>
    readAs(shapes['off-topic'], value, (data) => ({ offTopic: listOf(data, positions) })),
  language: (value, positions) =>
    readAs(shapes.language, value, ({ examples, ...sentences }) => ({
      sentences,
      examples: examples.map((one, i) => ({ ...positions.of(['examples', i]), text: one })),
    })),
  pointers: (value, positions) =>
    readAs(shapes.pointers, value, (data) => ({
      pointers: new Map(
        Object.entries(data).map(([id, { text: sentence, label, link, questions }]) => [
          id,
          {
            ...positions.ofKey([id]),
            text: sentence,
            ...(label !== undefined && link !== undefined ? { link: { label, url: link } } : {}),
            entries: questions.map((one, i) => ({ ...positions.of([id, 'questions', i]), text: one })),
          },
        ]),
      ),
    })),
};

function readAs<T>(shape: z.ZodType<T>, value: unknown, entriesOf: (data: T) => Partial<SearchFile>): ReadEntries {
  const parsed = shape.safeParse(value);
  return parsed.success ? { entries: entriesOf(parsed.data), issues: [] } : { issues: parsed.error.issues };
}

function listsOf(data: Readonly<Record<string, string[] | null>>, positions: Positions): Map<string, EntryList> {
  return new Map(
    Object.entries(data).map(([key, list]) => [
      key,
      { ...positions.ofKey([key]), entries: (list ?? []).map((one, i) => ({ ...positions.of([key, i]), text: one })) },
    ]),
  );
}

function listOf(data: readonly string[], positions: Positions): Entry[] {
  return data.map((one, i) => ({ ...positions.of([i]), text: one }));
}

function tableOf(data: Readonly<Record<string, string>>, name: string, positions: Positions): Map<string, Entry> {
  return new Map(Object.entries(data).map(([key, one]) => [key, { ...positions.ofKey([name, key]), text: one }]));
}

/** What is wrong with a file by itself. */
function checkEntries(file: SearchFile, positions: Positions): Finding[] {
  const all = [...file.questions, ...file.synonyms, ...file.pointers];
  const found = all
    .filter(([, { entries }]) => entries.length === 0)
    .map(([key, list]) => finding(list, 'G042', `"${key}" has an empty list`, 'fill it or remove it'));
  const count = file.abbreviations.size + file.phrases.size + file.courtesies.length + file.offTopic.length;
  if (all.length + count === 0 && !file.sentences)
    found.push(finding(positions.of([]), 'G042', 'This file has no entries', 'fill it or remove it'));
  const lists = [...file.questions.values(), ...file.pointers.values()].map(({ entries }) => entries);
  for (const entries of [...lists, file.courtesies, file.examples, file.offTopic]) {
    for (const entry of entries) {
      if (entry.text.trim() === '') found.push(finding(entry, 'G042', 'This entry is empty'));
    }
    found.push(...repeated(entries));
  }
  for (const { entries } of file.synonyms.values()) {
    for (const entry of entries) if (!isWord(entry.text)) found.push(notAWord(entry, entry.text));
    found.push(...repeated(entries));
  }
  for (const [short, entry] of file.abbreviations) {
    if (!isWord(short)) found.push(notAWord(entry, short));
    if (entry.text !== '' && !entry.text.split(' ').every(isWord)) found.push(notAWord(entry, entry.text));
  }
  for (const [phrase, entry] of file.phrases) {
    const parts = phrase.split(' ');
    if (parts.length !== 2 || !parts.every(isWord) || !isWord(entry.text)) {
      const hint = 'write two lower-case words with a space between them, a colon, one word';
      found.push(finding(entry, 'G044', `"${phrase}: ${entry.text}" does not map two words to one`, hint));
    }
  }
  return found;
}

function notAWord(place: SourcePosition, word: string): Finding {
  return finding(place, 'G043', `"${word}" is not written in lower-case words`, 'such as cv: profile');
}

/** The search compares lower-case words. */
function isWord(word: string): boolean {
  return word !== '' && !/\s/u.test(word) && word === word.toLowerCase();
}

/** Entries that repeat an earlier one of their list, each text once. */
function repeated(entries: readonly Entry[]): Finding[] {
  const counts = new Map<string, number>();
  return entries.flatMap((entry) => {
    const key = entry.text.trim().toLowerCase();
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count === 2 ? [finding(entry, 'G045', `"${entry.text}" is in this list twice`, 'remove one of them')] : [];
  });
}
