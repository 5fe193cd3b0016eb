// The process that reads the content: what it sends, and what the bot has if it ends too early.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'rolldown';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readContentFolder } from '../../src/content/files.ts';
import type { readInChildProcess } from '../../src/content/folder.ts';
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

/** A folder with the reader's program as it is built, beside the bot's side of it. */
const program = mkdtempSync(join(tmpdir(), 'guidepost-reader-'));
const folder = join(program, 'content');
let read: typeof readInChildProcess;
beforeAll(async () => {
  await build({
    input: { folder: 'src/content/folder.ts', 'content-reader': 'src/content/reader.ts' },
    platform: 'node',
    logLevel: 'silent',
    output: { dir: program, format: 'esm' },
  });
  writeFileSync(join(program, 'package.json'), '{ "type": "module" }');
  writeFiles(folder, files(LANGUAGES));
  ({ readInChildProcess: read } = await import(/* @vite-ignore */ pathToFileURL(join(program, 'folder.js')).href));
});
afterAll(() => rmSync(program, { recursive: true }));

describe('the process that reads the content', () => {
  it('sends the content, then what recognizes languages and a search for each that is understood', async () => {
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

  it('sends no search with content that has errors', async () => {
    const broken = join(program, 'broken');
    writeFiles(broken, files({ 'en/search/synonyms.yaml': '- door\n' }));
    expect(await read(broken)).toEqual(await readContentFolder(broken));
  });
});

describe('a process that ends too early', () => {
  /** Another program in place of the reader, which sends messages and ends. */
  const sending = (...messages: unknown[]) => {
    writeFileSync(
      join(program, 'content-reader.js'),
      `const edition = { locale: 'en', search: { languages: new Map([
        ['de', { questions: new Map([['a#b', ['q']]]) }],
        ['es', { questions: new Map([['a#b', ['q']]]) }],
      ]) } };
      const loaded = { content: { editions: new Map([['en', edition]]) }, findings: [] };
      for (const message of ${JSON.stringify(messages)})
        await new Promise((done) => process.send(message === 'loaded' ? loaded : message, done));
      process.exitCode = 3;
      process.disconnect();\n`,
    );
    return read(folder);
  };

  it('leaves out what it has not sent', async () => {
    const { search } = await sending('loaded', { language: 'es', model: 'Spanish' });
    expect(await search?.recognition).toBeUndefined();
    const models = [...(search?.models ?? [])].map(async ([language, model]) => [language, await model]);
    expect(await Promise.all(models)).toEqual([
      ['en', undefined],
      ['de', undefined],
      ['es', 'Spanish'],
    ]);
  });

  it('has sent what recognizes languages, although no search follows', async () => {
    const { search } = await sending('loaded', { recognition: 'languages' });
    expect(await search?.recognition).toBe('languages');
    expect(await search?.models.get('en')).toBeUndefined();
  });

  it('without the content fails the reading', async () => {
    await expect(sending()).rejects.toThrow('the process that reads the content ended with code 3');
  });
});
