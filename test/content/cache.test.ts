// The cache of parsed content, in a file.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { serialize } from 'node:v8';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { withCache } from '../../src/content/cache.ts';
import { readContentFolder } from '../../src/content/files.ts';
import type { ReadContent } from '../../src/content/folder.ts';
import { trainModel } from '../../src/search/training.ts';
import { files, GUIDE, writeFiles } from '../guide/sample.ts';

let home: string;
let folder: string;
const guide = () => join(folder, 'en/open-door.md');

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'guidepost-content-'));
  folder = join(home, 'content');
  writeFiles(folder, files());
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

describe('a cache of content', () => {
  const place = () => join(home, 'content.cache');
  const counted = () => {
    const read = vi.fn<ReadContent>(async (...args) => {
      const loaded = await readContentFolder(...args);
      const edition = loaded.content?.editions.get('en');
      return { ...loaded, model: Promise.resolve(edition && trainModel(edition)) };
    });
    return { read, cached: withCache(read, place()) };
  };

  it('is read instead of the folder until the folder changes', async () => {
    const { read, cached } = counted();
    const first = await cached(folder);
    await first.model;
    await expect.poll(() => existsSync(place())).toBe(true);
    const second = await cached(folder);
    expect(read).toHaveBeenCalledTimes(1);
    expect(second.content).toEqual(first.content);
    expect(await second.model).toEqual(await first.model);
    writeFileSync(guide(), GUIDE.replace('Push it.', 'Pull it.'));
    await cached(folder);
    expect(read).toHaveBeenCalledTimes(2);
  });

  it('stores content with warnings, such as that of version 1.0', async () => {
    rmSync(join(folder, 'subject.yaml'));
    const { read, cached } = counted();
    const first = await cached(folder);
    expect(first.findings).not.toEqual([]);
    await first.model;
    await expect.poll(() => existsSync(place())).toBe(true);
    expect((await cached(folder)).findings).toEqual(first.findings);
    expect(read).toHaveBeenCalledTimes(1);
  });

  it('does not store a file that changed during reading under its old text', async () => {
    const { read, cached } = counted();
    const text = GUIDE.replace('Push it.', 'Pull it.');
    const readChanged: ReadContent = (...args) => {
      writeFileSync(guide(), text);
      return read(...args);
    };
    const changed = await withCache(readChanged, place())(folder);
    await changed.model;
    await sleep(200);
    writeFileSync(guide(), GUIDE);
    expect((await cached(folder)).content?.version).not.toBe(changed.content?.version);
  });

  it.each<[string, (whole: Buffer) => Buffer]>([
    ['is empty', () => Buffer.alloc(0)],
    ['is cut short', (whole) => whole.subarray(0, whole.length - 100)],
    ['has a wrong byte', (whole) => Buffer.concat([whole.subarray(0, -9), Buffer.from('x'), whole.subarray(-8)])],
    ['was written by a newer Node', () => Buffer.from([0xff, 0x63, 0x6f, 0x22, 0x01])],
    ['holds null', () => serialize(null)],
    ['holds something else', () => serialize({ key: 'x', loaded: 1 })],
    ['is of version 1.0.0', (whole) => whole.subarray(32)],
    ['holds zeros, as after a power cut', (whole) => Buffer.alloc(whole.length)],
  ])('that %s only costs time', async (_, change) => {
    const { read, cached } = counted();
    await (await cached(folder)).model;
    await expect.poll(() => existsSync(place())).toBe(true);
    const whole = readFileSync(place());
    writeFileSync(place(), change(whole));
    const { content, model } = await cached(folder);
    expect(content?.editions.get('en')?.pages.size).toBe(3);
    await model;
    expect(read).toHaveBeenCalledTimes(2);
    await expect.poll(() => readFileSync(place()).equals(whole)).toBe(true);
  });

  it('that cannot be written leaves nothing behind', async () => {
    mkdirSync(place());
    const { cached } = counted();
    expect((await (await cached(folder)).model) !== undefined).toBe(true);
    await sleep(200);
    expect(readdirSync(home).sort()).toEqual(['content', 'content.cache']);
  });

  it('does not hide that the folder cannot be read', async () => {
    unlinkSync(guide());
    const { content, findings } = await counted().cached(folder);
    expect(content).toBeUndefined();
    expect(findings.length).toBeGreaterThan(0);
    rmSync(folder, { recursive: true });
    await expect(counted().cached(folder)).rejects.toThrow(/ENOENT/);
  });
});
