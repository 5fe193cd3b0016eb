// The conversion of a content folder on disk, as `npm run content -- --convert` does it.
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { convertFolder } from '../../src/content/convert.ts';
import { readTexts } from '../../src/content/files.ts';
import { isSameContent } from '../../src/guide/convert.ts';
import { contentOf, FOLDER_1_0, filesOf1 } from '../guide/content-1.0.ts';
import { TODAY } from '../guide/sample.ts';

let home: string;
let folder: string;
const guide = () => join(folder, 'en/borrow.md');
const everything = () =>
  readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'guidepost-convert-'));
  folder = join(home, 'content');
  cpSync(FOLDER_1_0, folder, { recursive: true });
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

describe('a content folder of 1.0', () => {
  it('is converted in place and keeps its content', async () => {
    await convertFolder(folder, TODAY);
    const { texts } = await readTexts(folder);
    expect(isSameContent(contentOf(texts), contentOf(await filesOf1()))).toBe(true);
    expect(everything()).toEqual([
      'de/borrow.md',
      'de/search/questions/borrow.yaml',
      'en/borrow.md',
      'en/desk.md',
      'en/return.md',
      'en/search/questions/borrow.yaml',
      'en/search/questions/desk.yaml',
      'en/search/questions/return.yaml',
      'sources.yaml',
      'subject.yaml',
    ]);
  });

  it('is left alone the second time', async () => {
    await convertFolder(folder, TODAY);
    const times = everything().map((file) => statSync(join(folder, file)).mtimeMs);
    expect(await convertFolder(folder, TODAY)).toMatchObject({ done: [], left: [] });
    expect(everything().map((file) => statSync(join(folder, file)).mtimeMs)).toEqual(times);
  });

  it('keeps links and the permissions of files', async () => {
    chmodSync(guide(), 0o640);
    renameSync(guide(), join(home, 'elsewhere.md'));
    symlinkSync(join(home, 'elsewhere.md'), guide());
    await convertFolder(folder, TODAY);
    expect(lstatSync(guide()).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(home, 'elsewhere.md'), 'utf8')).not.toContain('how do i borrow a drill');
    expect(statSync(join(home, 'elsewhere.md')).mode & 0o777).toBe(0o640);
  });

  it('is not touched while it has errors', async () => {
    writeFileSync(guide(), readFileSync(guide(), 'utf8').replace('(#small)', '(#smal)'));
    const files = await readTexts(folder);
    await expect(convertFolder(folder, TODAY)).rejects.toThrow('Fix these first');
    expect(await readTexts(folder)).toEqual(files);
  });

  it('is not touched where a question is too long for a questions file', async () => {
    writeFileSync(guide(), readFileSync(guide(), 'utf8').replace('what tools are there', 'tools '.repeat(400).trim()));
    const files = await readTexts(folder);
    await expect(convertFolder(folder, TODAY)).rejects.toThrow('would not be the same');
    expect(await readTexts(folder)).toEqual(files);
  });

  it('is converted by npm run content -- --convert, which then checks it', () => {
    const run = (...options: string[]) =>
      spawnSync(process.execPath, ['scripts/run.js', 'content', ...options], {
        env: { ...process.env, CONTENT_DIR: folder },
        encoding: 'utf8',
      });
    const { status, stdout } = run('--convert');
    expect(stdout).toContain(`${folder}/sources.yaml: 5 keys renamed`);
    expect(stdout).toMatch(/\d+ pages, \d+ warnings, no errors/);
    expect(status).toBe(0);
    expect(run('--convert').stdout).toContain(`${folder} needs no conversion`);
    expect(run('--covert').status).toBe(2);
  });
});
