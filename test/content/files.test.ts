// Reading a content folder from a disk.
import { chmodSync, existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readContentFolder, readTexts } from '../../src/content/files.ts';
import { formatFinding } from '../../src/guide/findings.ts';
import { files, GUIDE, load, writeFiles } from '../guide/sample.ts';

let home: string;
let folder: string;
const guide = () => join(folder, 'en/open-door.md');

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'guidepost-content-'));
  folder = join(home, 'texts');
  writeFiles(folder, files());
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

describe('a content folder', () => {
  it('is read as its files', async () => {
    const { content, findings } = await readContentFolder(folder);
    expect(content?.version).toBe(load().content?.version);
    expect(findings).toEqual([]);
    expect(content?.editions.get('en')?.guides[0]?.path).toBe('texts/en/open-door.md');
  });

  it('is read with the guides that were read before', async () => {
    const first = (await readContentFolder(folder)).content?.editions.get('en');
    const second = await readContentFolder(folder, { guides: first?.guides ?? [] });
    const links = (guides = first?.guides) => guides?.[0]?.pages[0]?.links;
    expect(links(second.content?.editions.get('en')?.guides)).toBe(links());
  });

  it.each([
    ['Windows-1252', Buffer.from(GUIDE.replace('Push it.', 'Don\x92t push.'), 'latin1'), '10:4'],
    ['UTF-16', Buffer.from(`\uFEFF${GUIDE}`, 'utf16le'), '1:1'],
  ])('is not served with a guide in %s', async (_, bytes, place) => {
    writeFileSync(guide(), bytes);
    const { content, findings } = await readContentFolder(folder);
    expect(content).toBeUndefined();
    expect(findings.map(formatFinding)).toEqual([expect.stringContaining(`texts/en/open-door.md:${place} G036`)]);
  });

  it('has a finding for each file that cannot be read, and no others', async () => {
    symlinkSync('x'.repeat(300), join(folder, 'en/other-door.md'));
    symlinkSync('x'.repeat(300), join(folder, 'broken.yaml'));
    writeFileSync(guide(), '');
    const { content, findings } = await readContentFolder(folder);
    expect(content).toBeUndefined();
    expect(findings.map(formatFinding)).toEqual([
      'texts/broken.yaml:1:1 G036 This cannot be read: ENAMETOOLONG',
      'texts/en/other-door.md:1:1 G036 This cannot be read: ENAMETOOLONG',
    ]);
  });

  it('cannot be read if it does not exist', async () => {
    await expect(readContentFolder(join(home, 'gone'))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('the texts of a folder', () => {
  it('are by path', async () => {
    const { texts, failed } = await readTexts(folder);
    expect(texts).toEqual(files());
    expect(failed).toEqual([]);
  });

  it('are without a file that is deleted while reading', async () => {
    const last = join(folder, 'z.md');
    // One of these moments is between listing and reading.
    for (let turns = 0; turns < 25; turns++) {
      writeFileSync(last, 'x');
      const reading = readTexts(folder);
      for (let i = 0; i < turns; i++) await new Promise(setImmediate);
      rmSync(last);
      const { texts, failed } = await reading;
      expect(failed).toEqual([]);
      expect(texts.size).toBeGreaterThanOrEqual(files().size);
    }
  });

  // A file that exists and cannot be read, even by root.
  const unreadable = '/proc/self/mem';
  it.skipIf(!existsSync(unreadable))('are read in spite of one that cannot be (needs /proc)', async () => {
    symlinkSync(unreadable, join(folder, 'en/mem.md'));
    const { texts, failed } = await readTexts(folder);
    expect(texts).toEqual(files());
    expect(failed).toEqual([{ path: 'en/mem.md', code: 'EIO' }]);
  });

  const isRoot = process.getuid?.() === 0;
  if (isRoot) console.info('files that may not be read are left out: this runs as root, who may read them');
  it.skipIf(isRoot)('are read in spite of one that may not be read (root may read all: skipped there)', async () => {
    chmodSync(guide(), 0);
    expect((await readTexts(folder)).failed).toEqual([{ path: 'en/open-door.md', code: 'EACCES' }]);
  });
});
