// A content folder on a real disk: which files are content, and what happens while they change.
import { chmodSync, cpSync, mkdirSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { readContentFolder } from '../../src/content/files.ts';
import { fingerprintOf } from '../../src/content/fingerprint.ts';
import type { ReadContent } from '../../src/content/folder.ts';
import { formatFinding } from '../../src/guide/findings.ts';
import { GUIDE } from '../guide/sample.ts';

import { serveSample } from './served.ts';

const sample = serveSample();
const { guide, open } = sample;

describe('a content folder', () => {
  it.each<[string, () => void]>([
    ['a lock of Emacs', () => symlinkSync('writer@laptop.2199:1697969899', join(sample.folder, 'en/.#open-door.md'))],
    ['a lock of Emacs beside the sources', () => symlinkSync('writer@laptop.1', join(sample.folder, '.#sources.yaml'))],
    [
      'what Vim and Emacs save on the way',
      () => {
        for (const name of ['.open-door.md.swp', 'open-door.md~', '#open-door.md#', '.open-door.md', '4913'])
          writeFileSync(join(sample.folder, 'en', name), 'b0VIM \0\0');
      },
    ],
    [
      'what macOS puts beside files',
      () => {
        for (const name of ['en/._open-door.md', '._sources.yaml', 'en/.DS_Store'])
          writeFileSync(join(sample.folder, name), Buffer.from([0, 5, 22, 7, 0xff]));
      },
    ],
    [
      'a trash folder',
      () => {
        mkdirSync(join(sample.folder, '.trash/en'), { recursive: true });
        writeFileSync(join(sample.folder, '.trash/en/open-door.md'), 'x');
        mkdirSync(join(sample.folder, '.trash-0'));
        writeFileSync(join(sample.folder, '.trash-0/old.md'), 'x');
      },
    ],
    [
      'a link that leads nowhere, and one to itself',
      () => {
        symlinkSync('gone.md', join(sample.folder, 'en/gone-link.md'));
        symlinkSync('loop.md', join(sample.folder, 'en/loop.md'));
      },
    ],
    ['a folder that is called like a guide', () => mkdirSync(join(sample.folder, 'en/folder.md'))],
    [
      'links as Kubernetes makes them',
      () => {
        mkdirSync(join(sample.folder, '..2026'));
        renameSync(guide(), join(sample.folder, '..2026/open-door.md'));
        symlinkSync('..2026', join(sample.folder, '..data'));
        symlinkSync('../..data/open-door.md', guide());
      },
    ],
    [
      'a link to a folder above it',
      () => {
        symlinkSync('..', join(sample.folder, 'en/above'));
        symlinkSync('.', join(sample.folder, 'self.md'));
      },
    ],
  ])('is read without %s', async (_, change) => {
    change();
    const { content, findings } = await readContentFolder(sample.folder);
    expect(findings.map(formatFinding)).toEqual([]);
    expect(content?.editions.get('en')?.pages.size).toBe(3);
    expect(content?.editions.size).toBe(1);
    await expect(fingerprintOf(sample.folder)).resolves.not.toContain('/.');
  });

  it('is read through links to folders, and read again when a link changes', async () => {
    const release = (name: string, text: string) => {
      cpSync(join(sample.home, 'given'), join(sample.folder, name), { recursive: true });
      writeFileSync(join(sample.folder, name, 'en/open-door.md'), text);
    };
    renameSync(sample.folder, join(sample.home, 'given'));
    release('..2026_11', GUIDE);
    release('..2026_12', GUIDE.replace('Push it.', 'Pull it.'));
    // As a ConfigMap is mounted and updated.
    symlinkSync('..2026_11', join(sample.folder, '..data'));
    for (const name of ['en', 'sources.yaml']) symlinkSync(`..data/${name}`, join(sample.folder, name));
    const served = await open();
    const before = served.current.version;
    symlinkSync('..2026_12', join(sample.folder, '..data_tmp'));
    renameSync(join(sample.folder, '..data_tmp'), join(sample.folder, '..data'));
    await expect.poll(() => served.current.version !== before, { timeout: 5000 }).toBe(true);
    expect(sample.lines.filter((line) => !line.includes('new content is served'))).toEqual([]);
  });

  it('is read without a file that is deleted while reading', async () => {
    const extra = join(sample.folder, 'README.md');
    for (let i = 0; i < 30; i++) {
      writeFileSync(extra, 'x');
      const reading = readContentFolder(sample.folder);
      await sleep(i % 3);
      rmSync(extra, { force: true });
      expect((await reading).content).toBeDefined();
    }
  });

  it('is not served with a guide in Windows-1252 or UTF-16', async () => {
    for (const [bytes, place] of [
      [Buffer.from(GUIDE.replace('Push it.', 'Don\x92t push.'), 'latin1'), '10:4'],
      [Buffer.from(`\uFEFF${GUIDE}`, 'utf16le'), '1:1'],
    ] as const) {
      writeFileSync(guide(), bytes);
      const { content, findings } = await readContentFolder(sample.folder);
      expect(content).toBeUndefined();
      expect(findings.map(formatFinding)).toEqual([expect.stringContaining(`content/en/open-door.md:${place} G036`)]);
    }
  });

  const isRoot = process.getuid?.() === 0;
  if (isRoot) console.info('files that may not be read are left out: this runs as root, who may read them');
  it.skipIf(isRoot)('has a finding for a file that may not be read (root may read all: skipped there)', async () => {
    chmodSync(guide(), 0);
    const { content, findings } = await readContentFolder(sample.folder);
    expect(content).toBeUndefined();
    expect(findings.map(formatFinding)).toEqual(['content/en/open-door.md:1:1 G036 This cannot be read: EACCES']);
  });

  it('that does not exist ends the start with an error that names it', async () => {
    rmSync(sample.folder, { recursive: true });
    await expect(open()).rejects.toMatchObject({
      name: 'ContentError',
      message: `CONTENT_DIR: ${sample.folder} cannot be read (ENOENT)`,
    });
  });
});

describe('a content folder that is served', () => {
  it('logs once that it is missing, keeps the old content, and serves the new one when it is back', async () => {
    const served = await open();
    const before = served.current;
    expect(served.health()).toBeUndefined();
    renameSync(sample.folder, `${sample.folder}-away`);
    await expect
      .poll(() => served.health(), { timeout: 3000 })
      .toEqual({ status: 'degraded', problem: 'older content' });
    await sleep(3000);
    expect(sample.lines).toHaveLength(1);
    expect(sample.lines[0]).toContain('content folder not readable, older content is served: ENOENT');
    expect(served.current).toBe(before);
    cpSync(`${sample.folder}-away`, sample.folder, { recursive: true });
    writeFileSync(guide(), GUIDE.replace('Push it.', 'Pull it.'));
    await expect.poll(() => served.current.version !== before.version, { timeout: 5000 }).toBe(true);
    expect(served.health()).toBeUndefined();
    expect(sample.lines).toHaveLength(3);
  });

  it('logs its errors once, and is healthy again with the earlier files', async () => {
    const served = await open();
    for (const text of [GUIDE.replace('#front', '#fornt'), `${GUIDE.replace('#front', '#fornt')}\n`]) {
      writeFileSync(guide(), text);
      await sleep(1000);
      expect(served.isValid).toBe(false);
    }
    expect(sample.lines.filter((line) => line.includes('content has errors, older content is served'))).toHaveLength(1);
    writeFileSync(guide(), GUIDE);
    await expect.poll(() => served.isValid, { timeout: 3000 }).toBe(true);
    expect(sample.lines.at(-1)).toContain('content is valid again');
  });

  it('is polled less and less often while it cannot be read', async () => {
    const read = vi.fn<ReadContent>(readContentFolder);
    await open(read);
    read.mockImplementation(() => Promise.reject(new Error('the process that reads the content ended with code 1')));
    writeFileSync(guide(), GUIDE.replace('Push it.', 'Pull it.'));
    await sleep(3500);
    expect(read.mock.calls.length).toBeLessThan(5);
    expect(sample.lines).toHaveLength(1);
  });

  it('is read again after a change that keeps length and modification time', async () => {
    const fixed = new Date('2026-11-01T00:00:00Z');
    utimesSync(guide(), fixed, fixed);
    const served = await open();
    const before = served.current.version;
    writeFileSync(guide(), GUIDE.replace('Push it.', 'Pull it.'));
    utimesSync(guide(), fixed, fixed);
    await expect.poll(() => served.current.version !== before, { timeout: 5000 }).toBe(true);
  });

  it('is watched until the signal that it was started with aborts', async () => {
    const served = await open();
    const ending = new AbortController();
    served.start(ending.signal);
    ending.abort();
    const before = served.current;
    writeFileSync(guide(), GUIDE.replace('Push it.', 'Pull it.'));
    await sleep(1000);
    expect(served.current).toBe(before);
  });
});
