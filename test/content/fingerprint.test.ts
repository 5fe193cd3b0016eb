// The files of a content folder on a real disk: which of them are content, and whether any has changed.
import { cpSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fingerprintOf, isMissing, listFiles, systemErrorCode } from '../../src/content/fingerprint.ts';

let folder: string;
const write = (file: string, text: string | Uint8Array = 'x') => {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
};
const link = (target: string, file: string) => symlinkSync(target, join(folder, file));
const list = async () => {
  const { files, unreadable } = await listFiles(folder);
  return { files: files.map(({ path }) => path), unreadable };
};
const CONTENT = ['en/a.md', 'en/search/synonyms.yaml', 'sources.yaml'];
/** A reason that root meets as well. */
const TOO_LONG = 'x'.repeat(300);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guidepost-content-'));
  for (const file of [...CONTENT].reverse()) write(file);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the files of a content folder', () => {
  it.each<[string, () => void]>([
    ['a lock of Emacs', () => link('writer@laptop.2199:1697969899', 'en/.#open-door.md')],
    ['a lock of Emacs beside the sources', () => link('writer@laptop.1', '.#sources.yaml')],
    [
      'what Vim and Emacs save on the way',
      () => {
        for (const name of ['.a.md.swp', 'a.md~', '#a.md#', '.a.md', '4913']) write(`en/${name}`);
      },
    ],
    [
      'what macOS puts beside files',
      () => {
        for (const name of ['en/._a.md', '._sources.yaml', 'en/.DS_Store']) write(name, Buffer.from([0, 5, 0xff]));
      },
    ],
    [
      'a trash folder, version control and what a disk check found',
      () => {
        for (const name of ['.trash/en/a.md', '.trash-0/old.md', '.git/a.md', 'lost+found/a.md']) write(name);
      },
    ],
    [
      'files of other kinds',
      () => {
        for (const name of ['a.mdx', 'a.txt', 'a.yml', 'en/md', 'A.MD', 'a.yaml.orig']) write(name);
      },
    ],
    [
      'a link that leads nowhere, one through a file, and one to itself',
      () => {
        link('gone.md', 'en/gone-link.md');
        link('../sources.yaml/a.md', 'en/through.md');
        link('loop.md', 'en/loop.md');
      },
    ],
    ['a folder that is called like a guide', () => mkdirSync(join(folder, 'en/folder.md'))],
    ['a link that is not called like a guide', () => link('a.md', 'en/link')],
    [
      'links as Kubernetes makes them',
      () => {
        mkdirSync(join(folder, '..2026'));
        renameSync(join(folder, 'en/a.md'), join(folder, '..2026/a.md'));
        link('..2026', '..data');
        link('../..data/a.md', 'en/a.md');
      },
    ],
    [
      'a link to a folder above it',
      () => {
        link('..', 'en/above');
        link('.', 'self.md');
      },
    ],
  ])('are not %s', async (_, change) => {
    change();
    expect(await list()).toEqual({ files: CONTENT, unreadable: [] });
  });

  it('are sorted by path, those behind links included', async () => {
    for (const name of ['b/lost+found.md', 'b/more/deep/c.md', 'B.md', 'é.md', 'z.yaml']) write(name);
    link('b', 'link');
    link('../b/more', 'en/link.md');
    const { files, unreadable } = await list();
    expect(files).toEqual([
      'B.md',
      'b/lost+found.md',
      'b/more/deep/c.md',
      'en/a.md',
      'en/link.md/deep/c.md',
      'en/search/synonyms.yaml',
      'link/lost+found.md',
      'link/more/deep/c.md',
      'sources.yaml',
      'z.yaml',
      'é.md',
    ]);
    expect(unreadable).toEqual([]);
  });

  it('that cannot be read are listed with the reason', async () => {
    link(TOO_LONG, 'en/c.md');
    link(TOO_LONG, 'en/b');
    expect(await list()).toEqual({
      files: CONTENT,
      unreadable: [
        { path: 'en/b', code: 'ENAMETOOLONG' },
        { path: 'en/c.md', code: 'ENAMETOOLONG' },
      ],
    });
  });

  it('cannot be listed without the folder', async () => {
    await expect(listFiles(join(folder, 'gone'))).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(listFiles(join(folder, 'sources.yaml'))).rejects.toMatchObject({ code: 'ENOTDIR' });
  });
});

describe('the fingerprint of a folder', () => {
  it.each<[string, () => void]>([
    ['a file is added', () => write('b.md')],
    ['a file is removed', () => rmSync(join(folder, 'en/a.md'))],
    ['a file is renamed', () => renameSync(join(folder, 'en/a.md'), join(folder, 'en/b.md'))],
    ['a file gets longer', () => write('en/a.md', 'xx')],
    ['a file has another modification time', () => utimesSync(join(folder, 'en/a.md'), 1, 1)],
    ['a file cannot be read', () => link(TOO_LONG, 'en/b.md')],
    [
      'a link leads to another file',
      () => {
        write('.new.md', 'xx');
        rmSync(join(folder, 'en/a.md'));
        link('../.new.md', 'en/a.md');
      },
    ],
  ])('changes when %s', async (_, change) => {
    const before = await fingerprintOf(folder);
    change();
    expect(await fingerprintOf(folder)).not.toBe(before);
  });

  it('changes when a file keeps its length and modification time', async () => {
    utimesSync(join(folder, 'en/a.md'), 1, 1);
    const before = await fingerprintOf(folder);
    // Some file systems keep times in steps of a few milliseconds.
    await sleep(10);
    write('en/a.md', 'y');
    utimesSync(join(folder, 'en/a.md'), 1, 1);
    expect(await fingerprintOf(folder)).not.toBe(before);
  });

  it('stays the same while no content changes', async () => {
    const before = await fingerprintOf(folder);
    write('.hidden.md');
    write('README.txt');
    mkdirSync(join(folder, 'empty'));
    expect(await fingerprintOf(folder)).toBe(before);
    expect(before.split('\n')).toHaveLength(CONTENT.length);
  });

  it('differs for a copy', async () => {
    const copy = `${folder}-copy`;
    cpSync(folder, copy, { recursive: true });
    expect(await fingerprintOf(copy)).not.toBe(await fingerprintOf(folder));
    rmSync(copy, { recursive: true });
  });
});

describe('an error of the file system', () => {
  const withCode = (code: unknown) => Object.assign(new Error('failed'), { code });

  it.each([
    [withCode('EACCES'), 'EACCES'],
    [withCode(7), '7'],
    [new Error('failed'), 'Error: failed'],
    ['text', 'text'],
    [{ code: 'EACCES' }, '[object Object]'],
  ])('has its code: %s', (error, code) => {
    expect(systemErrorCode(error)).toBe(code);
  });

  it.each([
    ['ENOENT', true],
    ['ENOTDIR', true],
    ['ELOOP', true],
    ['EACCES', false],
    ['EIO', false],
  ])('%s means that the file is gone: %s', (code, expected) => {
    expect(isMissing(withCode(code))).toBe(expected);
  });
});
