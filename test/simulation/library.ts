// Versions of a small guide for the simulation: read and trained once, then published one after another.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listFiles } from '../../src/content/fingerprint.ts';
import type { ContentFolder } from '../../src/content/folder.ts';
import { pageLimits } from '../../src/discord/views/page-limits.ts';
import { type Files, loadContent } from '../../src/guide/load.ts';
import { type Content, DEFAULT_LOCALE, type Edition } from '../../src/guide/model.ts';
import { EditionAnswerer } from '../../src/search/edition-answerer.ts';
import { trainLanguages } from '../../src/search/language-detector.ts';
import { POST_THRESHOLDS } from '../../src/search/thresholds.ts';
import { recognitionTexts, type TrainedSearch, trainingSource, trainModel } from '../../src/search/training.ts';
import { toEnd } from '../../src/slices.ts';

const FOLDER = 'test/fixtures/other-subject';
const VERSIONS = 8;
/** A change under CONTENT_DIR shows within 5 s. */
export const SHOWN_WITHIN_MS = 5000;

export interface Library {
  readonly versions: readonly Content[];
  readonly search: TrainedSearch;
  /** The pages' names. */
  readonly pages: readonly string[];
  /** Titles of pages, and questions that they answer. */
  readonly questions: readonly string[];
  /** Those of which the search is so sure that it answers a post with that title. */
  readonly sure: readonly string[];
}

/** What every page of a version says, and no other text. */
export const versionMark = (version: number): string => `zv${version}z`;

/** Reads the guide, and makes the versions of it. */
export async function openLibrary(): Promise<Library> {
  const { files } = await listFiles(FOLDER);
  const texts = new Map(files.map(({ path }) => [path, readFileSync(join(FOLDER, path), 'utf8')]));
  const versions = Array.from({ length: VERSIONS }, (_, version) => contentOf(marked(texts, version)));
  const [first] = versions;
  const edition = first?.editions.get(DEFAULT_LOCALE);
  if (!edition) throw new Error(`no guide in ${FOLDER}`);
  const questions = questionsOf(edition);
  const answerer = new EditionAnswerer(edition, { thresholds: POST_THRESHOLDS });
  const sure = questions.filter((question) => answerer.ask(question).verdict.kind === 'sure');
  return { versions, search: train(edition), pages: [...edition.pages.keys()], questions, sure };
}

function contentOf(files: Files): Content {
  const { content, findings } = loadContent(files, { root: FOLDER, limits: pageLimits, today: new Date() });
  if (!content) throw new Error(JSON.stringify(findings));
  return content;
}

/** Each page says which version it is of, below its title. */
function marked(files: Files, version: number): Files {
  const mark = (text: string) => text.replace(/^(## .*\n\n)/gm, `$1This is ${versionMark(version)}. `);
  return new Map([...files].map(([path, text]) => [path, path.endsWith('.md') ? mark(text) : text]));
}

function train(edition: Edition): TrainedSearch {
  const { locale } = edition;
  return {
    recognition: Promise.resolve(toEnd(trainLanguages(recognitionTexts(edition)))),
    models: new Map([[locale, Promise.resolve(trainModel(trainingSource(edition, locale)))]]),
  };
}

function questionsOf({ pages }: Edition): string[] {
  return [...pages.values()].flatMap(({ title, questions }) => [title, ...questions]);
}

/** The content folder of one process. */
export class SimulatedFolder implements ContentFolder {
  readonly name = 'content';
  readonly lastSuccess = undefined;
  readonly search: TrainedSearch;
  readonly isValid = true;
  current: Content;
  readonly #listeners: ((content: Content) => void)[] = [];

  constructor({ search }: Library, current: Content) {
    this.search = search;
    this.current = current;
  }

  onChange(listener: (content: Content) => void): void {
    this.#listeners.push(listener);
  }

  /** What a poll of the folder does when it finds new content. */
  replace(content: Content): void {
    if (content === this.current) return;
    this.current = content;
    for (const listener of this.#listeners) listener(content);
  }

  start(): void {}

  async close(): Promise<void> {}

  backlog(): number {
    return 0;
  }

  health(): undefined {
    return undefined;
  }
}
