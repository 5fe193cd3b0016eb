// An edition's search folder as a whole: which files belong to it, and all of its languages merged.
import { didYouMean, finding } from './findings.ts';
import type { Finding } from './model.ts';
import type { Pointer, SearchData } from './search-data.ts';
import { type Entry, type EntryList, parseSearchFile, type SearchFile, type SearchFileKind } from './search-file.ts';

const KINDS: Readonly<Record<string, SearchFileKind>> = {
  'synonyms.yaml': 'synonyms',
  'abbreviations.yaml': 'abbreviations',
  'off-topic.yaml': 'off-topic',
  'pointers.yaml': 'pointers',
};
const QUESTIONS = 'questions';
const LANGUAGE = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;

/** Everything in one edition's search folder. */
export interface SearchFolder {
  readonly data: SearchData;
  /** False if it holds example questions only. */
  readonly hasData: boolean;
  /** Page name → its example questions: a list for each language. */
  readonly questions: ReadonlyMap<string, readonly EntryList[]>;
  /** Pointer id → its example questions. */
  readonly pointers: ReadonlyMap<string, EntryList>;
  readonly findings: readonly Finding[];
}

/**
 * Reads the search folder of an edition: its own files, then one folder for each language that is only understood.
 * @param locale the edition's folder
 * @param files the content folder's files: path → text, sorted by path
 * @param pathOf the path as findings show it
 * @returns undefined if the edition has no such folder
 */
export function readSearchFolder(
  locale: string,
  files: Iterable<readonly [file: string, text: string]>,
  pathOf: (file: string) => string,
): SearchFolder | undefined {
  const prefix = `${locale}/search/`;
  const own = [...files].filter(([file]) => file.startsWith(prefix) && file.endsWith('.yaml'));
  if (own.length === 0) return undefined;
  const merged = new Merged();
  // The edition's own words come before those of other languages.
  const isOfEdition = ([file]: readonly [string, string]) => languageOfFile(file.slice(prefix.length)) === undefined;
  for (const [file, source] of [...own.filter(isOfEdition), ...own.filter((one) => !isOfEdition(one))]) {
    const place = { path: pathOf(file), line: 1, column: 1 };
    const { kind, guide, hint } = roleOf(file.slice(prefix.length));
    if (!kind) {
      merged.findings.push(finding(place, 'G041', 'Unknown file name in a search folder', hint));
      continue;
    }
    const parsed = parseSearchFile(kind, place.path, source);
    merged.findings.push(...parsed.findings);
    merged.hasData ||= kind !== 'questions';
    merged.add(parsed, guide);
  }
  return merged;
}

function languageOfFile(file: string): string | undefined {
  const [first = '', ...rest] = file.split('/');
  return rest.length > 0 && first !== QUESTIONS ? first : undefined;
}

/** What a file is for. @param file below the search folder */
function roleOf(file: string): { kind?: SearchFileKind; guide: string; hint?: string | undefined } {
  const language = languageOfFile(file);
  const [name = '', ...rest] = (language === undefined ? file : file.slice(language.length + 1)).split('/');
  if (language !== undefined && !LANGUAGE.test(language))
    return { guide: '', hint: `"${language}" is not a language code` };
  const [questions, ...deeper] = rest;
  if (name === QUESTIONS && questions !== undefined && deeper.length === 0)
    return { kind: 'questions', guide: questions.slice(0, -'.yaml'.length) };
  const kind = Object.hasOwn(KINDS, name) && rest.length === 0 ? KINDS[name] : undefined;
  if (kind === 'pointers' && language !== undefined)
    return { guide: '', hint: 'pointers belong to an edition: add the questions of other languages there' };
  return kind ? { kind, guide: '' } : { guide: '', hint: didYouMean(name, Object.keys(KINDS)) };
}

/** The files that were read so far, as one. Where two of them contradict each other, the first one counts. */
class Merged implements SearchFolder {
  readonly findings: Finding[] = [];
  readonly questions = new Map<string, EntryList[]>();
  hasData = false;
  readonly #offTopic: string[] = [];
  readonly #pointers: Pointer[] = [];
  /** Pointer id → its questions. */
  readonly pointers = new Map<string, EntryList>();
  readonly data = {
    synonyms: new Map<string, string[]>(),
    abbreviations: new Map<string, string>(),
    phrases: new Map<string, string>(),
    pointers: this.#pointers,
    offTopic: this.#offTopic,
  };

  add(file: SearchFile, guide: string): void {
    for (const [id, list] of file.questions) {
      const name = `${guide}#${id}`;
      this.questions.set(name, [...(this.questions.get(name) ?? []), list]);
    }
    for (const [concept, { entries }] of file.synonyms) {
      const before = this.data.synonyms.get(concept) ?? [];
      this.data.synonyms.set(concept, [...new Set([...before, ...entries.map(({ text }) => text)])]);
    }
    this.#addTable(this.data.abbreviations, file.abbreviations);
    this.#addTable(this.data.phrases, file.phrases);
    this.#offTopic.push(...file.offTopic.map(({ text }) => text));
    for (const [id, pointer] of file.pointers) {
      const { text, link, entries } = pointer;
      this.pointers.set(id, pointer);
      this.#pointers.push({ id, text, ...(link ? { link } : {}), questions: entries.map((one) => one.text) });
    }
  }

  #addTable(table: Map<string, string>, more: ReadonlyMap<string, Entry>): void {
    for (const [key, entry] of more) {
      const before = table.get(key);
      if (before === undefined) table.set(key, entry.text);
      else if (before !== entry.text)
        this.findings.push(
          finding(entry, 'G045', `"${key}" means "${before}" in another file`, 'only that one counts'),
        );
    }
  }
}
