// The cache of parsed content, in a file.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { serialize } from 'node:v8';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { cacheFileOf, fillCache, withCache } from '../../src/content/cache.ts';
import type { ReadContent } from '../../src/content/folder.ts';
import type { LanguageModel } from '../../src/search/language-detector.ts';
import { type Model, type TrainedSearch, trainModel } from '../../src/search/training.ts';
import { GUIDE, load } from '../guide/sample.ts';

let home: string;
let folder: string;
const guide = () => join(folder, 'en/open-door.md');
const place = () => cacheFileOf(folder, home);
/** Content with a warning, as a folder of version 1.0 has it. */
const loaded = load({ 'subject.yaml': undefined });
const edition = loaded.content?.editions.get('en') ?? expect.fail('not loaded');
const english = trainModel(edition);
const german: Model = { ...english, locale: 'de' };
const recognition: LanguageModel = { languages: ['en', 'de'], logProbabilities: new Int16Array([-1, -2]) };
/** The search of two languages. */
function searchOf({
  recognized = Promise.resolve(recognition),
  en = Promise.resolve(english),
  de = Promise.resolve(german),
}: {
  recognized?: TrainedSearch['recognition'];
  en?: Promise<Model | undefined>;
  de?: Promise<Model | undefined>;
} = {}): TrainedSearch {
  return {
    recognition: recognized,
    models: new Map([
      ['en', en],
      ['de', de],
    ]),
  };
}
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
function counted(search: TrainedSearch = searchOf()) {
  const read = vi.fn<ReadContent>(async () => ({ ...loaded, search }));
  return { read, cached: withCache(read, home) };
}
/** Reads the folder, and waits until the cache is written. */
async function fill(read: ReadContent): Promise<void> {
  await read(folder);
  await expect.poll(() => existsSync(place()), { interval: 1 }).toBe(true);
}

describe('a cache of content', () => {
  it('is read instead of the folder, with its findings and the search of each language', async () => {
    const { read, cached } = counted();
    await fill(cached);
    const { search, ...again } = await cached(folder);
    expect(read).toHaveBeenCalledTimes(1);
    expect(again).toEqual(loaded);
    expect(loaded.findings).not.toEqual([]);
    expect(await search?.recognition).toEqual(recognition);
    expect([...(search?.models.keys() ?? [])]).toEqual(['en', 'de']);
    expect(await Promise.all(search?.models.values() ?? [])).toEqual([english, german]);
    expect(readdirSync(home).sort()).toEqual(['content', basename(place())]);
  });

  it('leaves nothing of its file in memory but the content and the search', async () => {
    const { cached } = counted();
    await fill(cached);
    const { search } = await cached(folder);
    const arrays = (await Promise.all(search?.models.values() ?? [])).flatMap((model) => {
      const { space, pageWeights, ...rest } = model ?? expect.fail('no model');
      return [space, pageWeights, rest]
        .flatMap((part) => Object.values(part))
        .filter((value) => ArrayBuffer.isView(value));
    });
    const { logProbabilities } = (await search?.recognition) ?? expect.fail('no recognition');
    expect(arrays).toHaveLength(2 * 9);
    for (const { buffer, byteLength } of [...arrays, logProbabilities]) expect(buffer.byteLength).toBe(byteLength);
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
    expect(read.mock.lastCall?.[1]).toBeUndefined();
    await settled();
    await cached(folder);
    expect(read, 'and is not replaced by that of another').toHaveBeenCalledTimes(2);
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
    const previous = { guides: edition.guides, models: new Map([['en', english]]) };
    await cached(folder, previous);
    expect(read.mock.calls).toEqual([[folder, previous]]);
  });

  it('gives the reader what it has of other content, at the start only', async () => {
    const { read, cached } = counted();
    await fill(cached);
    writeFileSync(guide(), `${GUIDE}\n`);
    await cached(folder, { guides: [], models: new Map() });
    expect(read.mock.calls[1]).toEqual([folder, { guides: [], models: new Map() }]);
    await settled();
    writeFileSync(guide(), `${GUIDE}\n\n`);
    await cached(folder);
    const models = new Map([
      ['en', english],
      ['de', german],
    ]);
    expect(read.mock.calls[2]).toEqual([folder, { guides: edition.guides, models }]);
  });

  const missing = () => Promise.resolve(undefined);
  const failed = () => Promise.reject(new Error('failed'));

  it.each<[string, () => TrainedSearch | undefined]>([
    ['without a search', () => undefined],
    ['that recognizes no language', () => searchOf({ recognized: missing() })],
    ['without the search of its own language', () => searchOf({ en: missing() })],
    ['without the search of one of its languages', () => searchOf({ de: missing() })],
    ['whose recognition failed', () => searchOf({ recognized: failed() })],
    ['whose training failed', () => searchOf({ de: failed() })],
  ])('does not store content %s', async (_, given) => {
    const read = vi.fn<ReadContent>(async () => {
      const search = given();
      return { ...loaded, ...(search && { search }) };
    });
    const { search, ...rest } = await withCache(read, home)(folder);
    expect(rest).toEqual(loaded);
    expect(search).toBe((await read.mock.results[0]?.value)?.search);
    await settled();
    expect(existsSync(place())).toBe(false);
  });

  it('is written after training, for which the reader does not wait', async () => {
    let finish = (_: Model) => {};
    const search = searchOf({ de: new Promise((resolve) => (finish = resolve)) });
    expect((await counted(search).cached(folder)).search).toBe(search);
    await settled();
    expect(existsSync(place())).toBe(false);
    finish(german);
    await expect.poll(() => existsSync(place()), { interval: 1 }).toBe(true);
  });

  it('does not store a search whose training another one has replaced', async () => {
    const { cached } = counted({ ...searchOf(), isReplaced: () => true });
    await cached(folder);
    await settled();
    expect(existsSync(place())).toBe(false);
  });

  it('does not store a file that changed during reading under its old text', async () => {
    const { read, cached } = counted();
    read.mockImplementationOnce(async () => {
      writeFileSync(guide(), `${GUIDE}\n`);
      return { ...loaded, search: searchOf() };
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
    const { search } = await counted().cached(folder);
    expect(await search?.models.get('de')).toBe(german);
    await settled();
    await expect.poll(() => readdirSync(home).sort(), { interval: 5 }).toEqual(['content', basename(place())]);
  });

  it('of another program is not used', async () => {
    const { read, cached } = counted();
    await fill(cached);
    const other = join(home, 'other');
    mkdirSync(other);
    await withCache(read, other)(folder);
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

  it('is found again after the program and the content were copied together', async () => {
    const { read, cached } = counted();
    await fill(cached);
    const copy = mkdtempSync(join(tmpdir(), 'guidepost-copy-'));
    cpSync(home, copy, { recursive: true });
    await withCache(read, copy)(join(copy, 'content'));
    expect(read).toHaveBeenCalledTimes(1);
    rmSync(copy, { recursive: true });
  });

  describe('that is filled beforehand', () => {
    it('is read by the bot, and filled once', async () => {
      const { read, cached } = counted();
      expect(await fillCache(read, folder, home)).toEqual(loaded);
      expect(await fillCache(read, folder, home)).toEqual(loaded);
      expect((await cached(folder)).content).toEqual(loaded.content);
      expect(read).toHaveBeenCalledTimes(1);
    });

    it('is not written for content with errors', async () => {
      const broken = { content: undefined, findings: loaded.findings };
      expect(await fillCache(async () => broken, folder, home)).toEqual(broken);
      expect(existsSync(place())).toBe(false);
    });

    it.each<[string, () => Promise<unknown>]>([
      ['the search cannot be trained', () => fillCache(counted(searchOf({ de: missing() })).read, folder, home)],
      ['it cannot be written', () => fillCache(counted().read, folder, join(home, 'nowhere'))],
      ['the folder cannot be read', () => fillCache(counted().read, join(home, 'nowhere'), home)],
    ])('fails if %s', async (_, filling) => {
      await expect(filling()).rejects.toThrow();
      expect(existsSync(place())).toBe(false);
    });
  });
});
