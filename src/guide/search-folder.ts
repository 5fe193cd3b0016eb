// An edition's search folder as a whole: which files belong to it, and to which language.
import { didYouMean, finding } from './findings.ts';
import type { Finding } from './model.ts';
import type { LanguageData, LanguageSentences, Pointer, SearchData, UnderstoodLanguage } from './search-data.ts';
import {
  type Entry,
  type EntryList,
  type PointerEntry,
  parseSearchFile,
  type SearchFile,
  type SearchFileKind,
} from './search-file.ts';

const KINDS: Readonly<Record<string, SearchFileKind>> = {
  'synonyms.yaml': 'synonyms',
  'abbreviations.yaml': 'abbreviations',
  'courtesies.yaml': 'courtesies',
  'off-topic.yaml': 'off-topic',
  'pointers.yaml': 'pointers',
  'language.yaml': 'language',
};
/** Files that only an edition has, and those that only a language without an edition has. */
const ONLY_EDITION: readonly SearchFileKind[] = ['pointers'];
const ONLY_LANGUAGE: readonly SearchFileKind[] = ['language'];
const QUESTIONS = 'questions';
const LANGUAGE = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;

/** The files of one language. */
export interface LanguageFiles {
  /** The path of its folder, as findings show it. */
  readonly path: string;
  /** Page name → its example questions. */
  readonly questions: ReadonlyMap<string, EntryList>;
  readonly offTopic: readonly Entry[];
  /** Whether a file of questions could not be read: then a page may have more than are here. */
  readonly isUnread: boolean;
}

/** Everything in one edition's search folder. */
export interface SearchFolder extends LanguageFiles {
  readonly data: SearchData;
  /** False if it holds example questions only. */
  readonly hasData: boolean;
  /** Pointer id → its example questions. */
  readonly pointers: ReadonlyMap<string, EntryList>;
  /** The languages that are only understood, by language tag. */
  readonly languages: ReadonlyMap<string, LanguageFiles>;
  readonly findings: readonly Finding[];
}

/**
 * Reads the search folder of an edition: its own files, and one folder for each language that is only understood.
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
  const all = [...files].filter(([file]) => file.startsWith(prefix) && file.endsWith('.yaml'));
  if (all.length === 0) return undefined;
  const findings: Finding[] = [];
  const own = new Collected(pathOf(prefix.slice(0, -1)));
  const languages = new Map<string, Collected>();
  let hasData = false;
  for (const [file, source] of all) {
    const place = { path: pathOf(file), line: 1, column: 1 };
    const { language, kind, guide, hint } = roleOf(file.slice(prefix.length));
    if (!kind) {
      findings.push(finding(place, 'G041', 'Unknown file name in a search folder', hint));
      continue;
    }
    const parsed = parseSearchFile(kind, place.path, source);
    findings.push(...parsed.findings);
    hasData ||= language === undefined && kind !== 'questions';
    const known = language === undefined ? own : languages.get(language);
    const collected = known ?? new Collected(pathOf(`${prefix}${language}`));
    if (language !== undefined) languages.set(language, collected);
    collected.hasSentences ||= kind === 'language';
    collected.isUnread ||= kind === 'questions' && parsed.findings.some(({ level }) => level === 'error');
    collected.add(parsed, guide);
  }
  for (const { hasSentences, path } of languages.values()) {
    if (!hasSentences)
      findings.push(finding({ path, line: 1, column: 1 }, 'G059', 'There is no language.yaml in this folder'));
  }
  return {
    path: own.path,
    questions: own.questions,
    offTopic: own.offTopic,
    isUnread: own.isUnread,
    pointers: own.pointers,
    hasData,
    data: {
      ...own.data(),
      pointers: [...own.pointers].map(([id, { text, link, entries }]): Pointer => {
        return { id, text, ...(link ? { link } : {}), questions: textsOf(entries) };
      }),
      languages: new Map([...languages].map(([tag, language]) => [tag, language.understood()])),
    },
    languages,
    findings,
  };
}

/** What a file is for. */
interface FileRole {
  /** Undefined for the edition's own. */
  readonly language?: string;
  /** Undefined if it has no use. */
  readonly kind?: SearchFileKind | undefined;
  /** Of a file of questions. */
  readonly guide: string;
  readonly hint?: string | undefined;
}

/** @param file below the search folder */
function roleOf(file: string): FileRole {
  const parts = file.split('/');
  const [first = ''] = parts;
  const language = parts.length > 1 && first !== QUESTIONS ? first : undefined;
  if (language !== undefined && !LANGUAGE.test(language))
    return { guide: '', hint: `"${language}" is not a language code` };
  const [name = '', ...below] = language === undefined ? parts : parts.slice(1);
  const of = language === undefined ? {} : { language };
  // A guide with many questions has a folder of files, whose names are free.
  const [guide, ...deeper] = below;
  if (name === QUESTIONS && guide !== undefined && deeper.length < 2)
    return { ...of, kind: 'questions', guide: deeper.length === 0 ? guide.slice(0, -'.yaml'.length) : guide };
  const kind = Object.hasOwn(KINDS, name) && below.length === 0 ? KINDS[name] : undefined;
  if (!kind) return { guide: '', hint: didYouMean(name, Object.keys(KINDS)) };
  if (language !== undefined && ONLY_EDITION.includes(kind))
    return { guide: '', hint: `${name} belongs to an edition, and is about questions in its language` };
  if (language === undefined && ONLY_LANGUAGE.includes(kind))
    return { guide: '', hint: `${name} belongs to a language without guides, in a folder of its own` };
  return { ...of, kind, guide: '' };
}

const textsOf = (entries: readonly Entry[]): string[] => entries.map(({ text }) => text);

/** The files of one language, as far as they were read. Where two contradict each other, the first one counts. */
class Collected implements LanguageFiles {
  readonly path: string;
  readonly questions = new Map<string, EntryList>();
  readonly pointers = new Map<string, PointerEntry>();
  readonly offTopic: Entry[] = [];
  hasSentences = false;
  isUnread = false;
  sentences: LanguageSentences | undefined;
  readonly #courtesies: string[] = [];
  readonly #examples: string[] = [];
  readonly #synonyms = new Map<string, readonly string[]>();
  readonly #abbreviations = new Map<string, string>();
  readonly #phrases = new Map<string, string>();

  constructor(path: string) {
    this.path = path;
  }

  add(file: SearchFile, guide: string): void {
    for (const [id, list] of file.questions) {
      const name = `${guide}#${id}`;
      const before = this.questions.get(name);
      this.questions.set(name, before ? { ...before, entries: [...before.entries, ...list.entries] } : list);
    }
    for (const [concept, { entries }] of file.synonyms) this.#synonyms.set(concept, [...new Set(textsOf(entries))]);
    for (const [short, { text }] of file.abbreviations) this.#abbreviations.set(short, text);
    for (const [phrase, { text }] of file.phrases) this.#phrases.set(phrase, text);
    for (const [id, pointer] of file.pointers) this.pointers.set(id, pointer);
    this.#courtesies.push(...textsOf(file.courtesies));
    this.#examples.push(...textsOf(file.examples));
    this.offTopic.push(...file.offTopic);
    this.sentences ??= file.sentences;
  }

  data(): LanguageData {
    return {
      synonyms: this.#synonyms,
      abbreviations: this.#abbreviations,
      phrases: this.#phrases,
      courtesies: this.#courtesies,
      offTopic: textsOf(this.offTopic),
    };
  }

  understood(): UnderstoodLanguage {
    const questions = new Map([...this.questions].map(([name, { entries }]) => [name, textsOf(entries)]));
    return {
      ...this.data(),
      questions,
      examples: this.#examples,
      ...(this.sentences ? { sentences: this.sentences } : {}),
    };
  }
}
