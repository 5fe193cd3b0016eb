// The conversion of a content folder on disk, in place.
import {
  chmodSync,
  cpSync,
  lstatSync,
  mkdirSync,
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
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConversionError, convertFolder } from '../../src/content/convert.ts';
import { readTexts } from '../../src/content/files.ts';
import { isSameContent } from '../../src/guide/convert.ts';
import { contentOf, FOLDER_1_0, filesOf1 } from '../guide/content-1.0.ts';
import { TODAY, writeFiles } from '../guide/sample.ts';

/** A folder of 1.0 with one page, which is read faster than the one in test/fixtures. */
const SMALL = new Map([
  [
    'sources.yaml',
    'guide: rules\nsources:\n  - id: rules\n    title: Rules\n    publisher: A\n    reviewed: 2026-11-20\n    statements: [U01]\n',
  ],
  [
    'en/borrow.md',
    '---\ncommand: borrow-tool\ndescription: A\nstart: small\n---\n\n## A tool {#small .outcome}\n\n> how do i borrow a drill\n\nTake it.[^U01]\n',
  ],
]);

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
  writeFiles(folder, SMALL);
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

describe('a content folder of 1.0', () => {
  it('is converted in place and keeps its content', async () => {
    rmSync(folder, { recursive: true });
    cpSync(FOLDER_1_0, folder, { recursive: true });
    const { changed } = await convertFolder(folder, TODAY);
    for (const [file, text] of changed) expect(readFileSync(join(folder, file), 'utf8')).toBe(text);
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
    writeFileSync(guide(), readFileSync(guide(), 'utf8').replace('[^U01]', '[^U10]'));
    const files = await readTexts(folder);
    await expect(convertFolder(folder, TODAY)).rejects.toThrow('Fix these first');
    expect(await readTexts(folder)).toEqual(files);
  });

  it('is not touched where a question is too long for a questions file', async () => {
    writeFileSync(
      guide(),
      readFileSync(guide(), 'utf8').replace('how do i borrow a drill', 'tools '.repeat(400).trim()),
    );
    const files = await readTexts(folder);
    await expect(convertFolder(folder, TODAY)).rejects.toThrow('would not be the same');
    expect(await readTexts(folder)).toEqual(files);
  });

  it('is not touched while a file cannot be read', async () => {
    // The name is too long: a reason that root meets as well.
    symlinkSync('x'.repeat(300), join(folder, 'en/other.md'));
    const files = await readTexts(folder);
    await expect(convertFolder(folder, TODAY)).rejects.toMatchObject({
      constructor: ConversionError,
      name: 'ConversionError',
    });
    expect(await readTexts(folder)).toEqual(files);
  });

  it('keeps no draft of a file that cannot be replaced', async () => {
    mkdirSync(join(folder, 'subject.yaml/sub'), { recursive: true });
    await expect(convertFolder(folder, TODAY)).rejects.toMatchObject({ syscall: 'rename' });
    expect(everything().filter((file) => basename(file).startsWith('.'))).toEqual([]);
  });

  it('keeps no draft either where all goes well', async () => {
    await convertFolder(folder, TODAY);
    expect(readdirSync(join(folder, 'en')).sort()).toEqual(['borrow.md', 'search']);
  });
});
