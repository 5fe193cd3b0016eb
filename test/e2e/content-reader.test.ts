// The processes that read the content and train the search: what they send, and what the bot has if they end too early.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'rolldown';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readContentFolder } from '../../src/content/files.ts';
import type { createChildReader, ReadContent } from '../../src/content/folder.ts';
import type { createTrainer } from '../../src/content/training-process.ts';
import { formatFinding } from '../../src/guide/findings.ts';
import { trainLanguages } from '../../src/search/language-detector.ts';
import { type Model, recognitionTexts, trainingSource, trainModel } from '../../src/search/training.ts';
import { toEnd } from '../../src/slices.ts';
import { files, GUIDE, LANGUAGE, writeFiles } from '../guide/sample.ts';

const ABOUT = ['eins', 'zwei', 'drei', 'vier', 'fünf', 'sechs'];
const questions = (id: string) => `${id}:\n${ABOUT.map((n) => `  - ${id} tür ${n}\n`).join('')}`;
/** German is understood, and Hindi in Latin letters only recognized. */
const LANGUAGES = {
  'en/search/de/language.yaml': LANGUAGE,
  'en/search/de/questions/open-door.yaml': questions('start') + questions('front'),
  'en/search/de/questions/other.yaml': questions('rear'),
  'en/search/hi-Latn/language.yaml': `${LANGUAGE}examples: [darwaza kaise khole]\n`,
};

/** The ids of the trainers that run, from the kernel. */
function trainers(): string[] {
  return readdirSync('/proc/self/task')
    .flatMap((thread) => readFileSync(`/proc/self/task/${thread}/children`, 'utf8').split(' ').filter(Boolean))
    .filter((id) => existsSync(`/proc/${id}/cmdline`))
    .filter((id) => readFileSync(`/proc/${id}/cmdline`, 'utf8').includes('content-trainer'));
}

/** A folder with these programs as they are built, beside the bot's side of them. */
const program = mkdtempSync(join(tmpdir(), 'guidepost-reader-'));
const folder = join(program, 'content');
let read: ReadContent;
/** A reader with a trainer of its own. */
let createReader: () => ReadContent;
beforeAll(async () => {
  await build({
    input: {
      folder: 'src/content/folder.ts',
      'content-reader': 'src/content/reader.ts',
      'content-trainer': 'src/content/trainer.ts',
      training: 'src/content/training-process.ts',
    },
    platform: 'node',
    logLevel: 'silent',
    output: { dir: program, format: 'esm' },
  });
  writeFileSync(join(program, 'package.json'), '{ "type": "module" }');
  writeFiles(folder, files(LANGUAGES));
  const load = (name: string) => import(/* @vite-ignore */ pathToFileURL(join(program, `${name}.js`)).href);
  const folderParts: { createChildReader: typeof createChildReader } = await load('folder');
  const trainingParts: { createTrainer: typeof createTrainer } = await load('training');
  createReader = () => folderParts.createChildReader(trainingParts.createTrainer());
  read = createReader();
});
afterAll(() => rmSync(program, { recursive: true }));

describe('reading in other processes', () => {
  it('gives the content, then what recognizes languages and a search for each that is understood', async () => {
    const { search, ...loaded } = await read(folder);
    expect(loaded.findings.map(formatFinding)).toEqual([]);
    expect(loaded).toEqual(await readContentFolder(folder));
    const edition = loaded.content?.editions.get('en') ?? expect.fail('no English edition');
    const recognition = await search?.recognition;
    expect(recognition?.languages).toEqual(['en', 'de', 'hi-Latn']);
    expect(recognition).toEqual(toEnd(trainLanguages(recognitionTexts(edition))));
    expect([...(search?.models.keys() ?? [])]).toEqual(['en', 'de']);
    for (const [language, model] of search?.models ?? [])
      expect(await model).toEqual(trainModel(trainingSource(edition, language)));
  });

  it('goes on with the models of languages whose training would be the same', async () => {
    const { content, search } = await read(folder);
    const edition = content?.editions.get('en') ?? expect.fail('no English edition');
    const models = new Map<string, Model>();
    for (const [language, model] of search?.models ?? [])
      models.set(language, { ...((await model) ?? expect.fail('not trained')), locale: `earlier ${language}` });
    const localesAfter = async () => {
      const again = await read(folder, { guides: edition.guides, models });
      return Promise.all([...(again.search?.models.values() ?? [])].map(async (model) => (await model)?.locale));
    };
    expect(await localesAfter()).toEqual(['earlier en', 'earlier de']);
    writeFiles(folder, files({ ...LANGUAGES, 'en/open-door.md': GUIDE.replace('Push it.', 'Push it hard.') }));
    expect(await localesAfter()).toEqual(['en', 'earlier de']);
  });

  it('trains one search at a time: a newer one takes the place of one that still runs', async () => {
    await expect.poll(trainers).toEqual([]);
    const own = createReader();
    const contents = await Promise.all([own(folder), own(folder), own(folder)]);
    await expect.poll(() => trainers().length).toBeLessThanOrEqual(1);
    const models = await Promise.all(contents.map(({ search }) => search?.models.get('de')));
    expect(models.map((model) => model?.locale)).toEqual(['de', 'de', 'de']);
    expect(await contents[0]?.search?.recognition).toMatchObject({ languages: ['en', 'de', 'hi-Latn'] });
    await expect.poll(trainers).toEqual([]);
  });

  it('goes on training what it has if the new content has errors', async () => {
    const broken = join(program, 'broken');
    writeFiles(broken, files({ 'en/search/synonyms.yaml': '- door\n' }));
    const own = createReader();
    const { search } = await own(folder);
    expect(await own(broken)).not.toHaveProperty('search');
    expect((await search?.models.get('de'))?.locale).toBe('de');
    await expect.poll(trainers).toEqual([]);
  });

  it('trains nothing without a trainer', async () => {
    const folderParts: { createChildReader: typeof createChildReader } = await import(
      /* @vite-ignore */ pathToFileURL(join(program, 'folder.js')).href
    );
    const { content, search } = await folderParts.createChildReader()(folder);
    expect(content?.editions.has('en')).toBe(true);
    expect(search).toBeUndefined();
  });

  it('gives no search with content that has errors', async () => {
    const broken = join(program, 'broken');
    writeFiles(broken, files({ 'en/search/synonyms.yaml': '- door\n' }));
    expect(await read(broken)).toEqual(await readContentFolder(broken));
  });
});

/** Puts a program in place of one of the two. */
const replace = (name: string, code: string) => writeFileSync(join(program, `${name}.js`), code);

describe('a process that ends too early', () => {
  it('leaves out what it has not trained, and no request waits for ever', async () => {
    replace(
      'content-trainer',
      `const none = new Float32Array();
      const space = { hashes: none, rows: none, idf: none };
      const pageWeights = { starts: none, columns: none, values: none, scales: none };
      const model = { locale: 'en', space, pageWeights, priors: none, topicality: none };
      const answers = [{ recognition: 'languages' }, { model }];
      process.on('message', () => (answers.length > 0 ? process.send(answers.shift()) : process.exit(3)));\n`,
    );
    const { search } = await read(folder);
    expect(await search?.recognition).toBe('languages');
    expect(await search?.models.get('en')).toMatchObject({ locale: 'en' });
    expect(await search?.models.get('de')).toBeUndefined();
  });

  it('trains nothing if it cannot start', async () => {
    replace('content-trainer', 'process.exit(3);\n');
    const { content, search } = await read(folder);
    expect(content?.editions.has('en')).toBe(true);
    expect(await search?.recognition).toBeUndefined();
    expect(await Promise.all(search?.models.values() ?? [])).toEqual([undefined, undefined]);
  });

  it('without the content fails the reading', async () => {
    replace('content-reader', 'process.exit(3);\n');
    await expect(read(folder)).rejects.toThrow('the process that reads the content ended with code 3');
  });
});

describe('the process that reads', () => {
  /** The arguments of node that it gets from a process with these. */
  const flagsFrom = (...flags: string[]) => {
    replace(
      'content-reader',
      "process.once('message', () => process.send({ findings: process.execArgv }, () => process.disconnect()));\n",
    );
    const url = JSON.stringify(pathToFileURL(join(program, 'folder.js')).href);
    const code = `const { createChildReader } = await import(${url});
      console.log((await createChildReader()('x')).findings.join(' '));`;
    return execFileSync(process.execPath, [...flags, '--input-type=module', '-e', code], { encoding: 'utf8' });
  };

  it('takes less memory if that of the bot is limited, as it is in a small container', () => {
    expect(flagsFrom('--max-old-space-size=256')).toContain('--max-semi-space-size=1 ');
    expect(flagsFrom('--max-old-space-size=512')).toContain('--max-semi-space-size=8 ');
  });
});
