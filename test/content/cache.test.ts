// The cache of parsed content, in a file.
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { serialize } from 'node:v8';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { withCache } from '../../src/content/cache.ts';
import type { ReadContent } from '../../src/content/folder.ts';
import { trainModel } from '../../src/search/training.ts';
import { GUIDE, load } from '../guide/sample.ts';

let home: string;
let folder: string;
const guide = () => join(folder, 'en/open-door.md');
const place = () => join(home, 'content.cache');
/** Content with a warning, as a folder of version 1.0 has it. */
const loaded = load({ 'subject.yaml': undefined });
const edition = loaded.content?.editions.get('en') ?? expect.fail('not loaded');
const model = trainModel(edition);
/** The time in which a cache would have been written. */
const settled = () => sleep(30);

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'guidepost-content-'));
  folder = join(home, 'content');
  mkdirSync(join(folder, 'en'), { recursive: true });
  writeFileSync(guide(), GUIDE);
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

/** Counts the readings of the folder. */
function counted(trained: () => Promise<typeof model | undefined> = () => Promise.resolve(model)) {
  const read = vi.fn<ReadContent>(async () => ({ ...loaded, model: trained() }));
  return { read, cached: withCache(read, place()) };
}
/** Reads the folder, and waits until the cache is written. */
async function fill(read: ReadContent): Promise<void> {
  await read(folder);
  await expect.poll(() => existsSync(place()), { interval: 1 }).toBe(true);
}

describe('a cache of content', () => {
  it('is read instead of the folder, with findings and model', async () => {
    const { read, cached } = counted();
    await fill(cached);
    const { model: training, ...again } = await cached(folder);
    expect(read).toHaveBeenCalledTimes(1);
    expect(again).toEqual(loaded);
    expect(loaded.findings).not.toEqual([]);
    expect(await training).toEqual(model);
    expect(readdirSync(home).sort()).toEqual(['content', 'content.cache']);
  });

  it.each<[string, () => void]>([
    ['a file', () => writeFileSync(guide(), `${GUIDE}\n`)],
    ['the name of a file', () => cpSync(guide(), join(folder, 'en/b.md'))],
    ['a file that is gone', () => rmSync(guide())],
  ])('is not read after a change of %s', async (_, change) => {
    const { read, cached } = counted();
    await fill(cached);
    change();
    await cached(folder);
    expect(read).toHaveBeenCalledTimes(2);
  });

  it('is read whatever changes besides the content', async () => {
    const { read, cached } = counted();
    await fill(cached);
    writeFileSync(guide(), GUIDE);
    writeFileSync(join(folder, '.hidden.md'), '');
    await cached(relative(process.cwd(), folder));
    expect(read).toHaveBeenCalledTimes(1);
  });

  it('is of one folder', async () => {
    const { read, cached } = counted();
    await fill(cached);
    cpSync(folder, join(home, 'copy'), { recursive: true });
    await cached(join(home, 'copy'));
    expect(read).toHaveBeenCalledTimes(2);
  });

  it('distinguishes the names and the texts of files', async () => {
    const { read, cached } = counted();
    writeFileSync(join(folder, 'a.md'), 'b');
    await fill(cached);
    rmSync(join(folder, 'a.md'));
    writeFileSync(join(folder, 'ab.md'), '');
    await cached(folder);
    expect(read).toHaveBeenCalledTimes(2);
  });

  it('gives the reader the folder and what was read before', async () => {
    const { read, cached } = counted();
    await cached(folder, edition.guides);
    expect(read.mock.calls).toEqual([[folder, edition.guides]]);
  });

  it.each<[string, () => ReturnType<ReadContent>]>([
    ['without a model', async () => loaded],
    ['whose training failed', async () => ({ ...loaded, model: Promise.resolve(undefined) })],
    ['whose training threw', async () => ({ ...loaded, model: Promise.reject(new Error('failed')) })],
  ])('does not store content %s', async (_, read) => {
    const { model: training, ...rest } = await withCache(read, place())(folder);
    expect(rest).toEqual(loaded);
    expect(await training?.catch((error) => error.message)).not.toBe(model);
    await settled();
    expect(existsSync(place())).toBe(false);
  });

  it('is written after training, for which the reader does not wait', async () => {
    let finish = (_: typeof model) => {};
    const { cached } = counted(() => new Promise((resolve) => (finish = resolve)));
    const { model: training } = await cached(folder);
    expect(existsSync(place())).toBe(false);
    finish(model);
    expect(await training).toBe(model);
    await expect.poll(() => existsSync(place()), { interval: 1 }).toBe(true);
  });

  it('does not store a file that changed during reading under its old text', async () => {
    const { read, cached } = counted();
    read.mockImplementationOnce(async () => {
      writeFileSync(guide(), `${GUIDE}\n`);
      return { ...loaded, model: Promise.resolve(model) };
    });
    await cached(folder);
    await settled();
    expect(existsSync(place())).toBe(false);
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
    await fill(cached);
    const whole = readFileSync(place());
    writeFileSync(place(), change(whole));
    expect((await cached(folder)).content).toBe(loaded.content);
    expect(read).toHaveBeenCalledTimes(2);
    await expect.poll(() => readFileSync(place()).equals(whole), { interval: 1 }).toBe(true);
  });

  it('that cannot be written leaves nothing behind', async () => {
    mkdirSync(place());
    const { model: training } = await counted().cached(folder);
    expect(await training).toBe(model);
    await settled();
    await expect.poll(() => readdirSync(home).sort(), { interval: 5 }).toEqual(['content', 'content.cache']);
  });

  it('of another file is not used', async () => {
    const { read, cached } = counted();
    await fill(cached);
    copyFileSync(place(), join(home, 'other.cache'));
    await withCache(read, join(home, 'none.cache'))(folder);
    expect(read).toHaveBeenCalledTimes(2);
    await withCache(read, join(home, 'other.cache'))(folder);
    expect(read).toHaveBeenCalledTimes(2);
    await settled();
  });

  it('does not hide that the folder cannot be read', async () => {
    rmSync(folder, { recursive: true });
    const { read, cached } = counted();
    const failure = new Error('cannot be read');
    read.mockRejectedValue(failure);
    await expect(cached(folder)).rejects.toBe(failure);
    expect(read).toHaveBeenCalledTimes(1);
  });
});
