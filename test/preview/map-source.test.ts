// The map as JSON, read once for each state of the folder.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ReadContent } from '../../src/content/folder.ts';
import { createMapSource, type MapSource } from '../../src/preview/map-source.ts';
import { files, load, writeFiles } from '../guide/sample.ts';
import { unsettled } from '../store/unsettled.ts';

const loaded = load();
let folder: string;
let reads: number;
let isBroken: boolean;
/** What a read waits for. */
let held: Promise<void>;
const read: ReadContent = async () => {
  reads += 1;
  const fails = isBroken;
  await held;
  if (fails) throw new Error('broken');
  return loaded;
};
let source: MapSource;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guidepost-map-'));
  writeFiles(folder, files());
  reads = 0;
  isBroken = false;
  held = Promise.resolve();
  source = createMapSource(folder, read);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const untilRead = async (times: number) => {
  while (reads < times) await new Promise(setImmediate);
};
const change = (text: string) => writeFileSync(join(folder, 'en/new.md'), text);

it('is the map of the folder, plain and compressed, with its version', async () => {
  const { version, json, gzipped } = await source.current();
  expect(JSON.parse(json)).toMatchObject({ isServed: true, guides: [{ id: 'open-door' }, { id: 'other' }] });
  expect(gunzipSync(gzipped).toString()).toBe(json);
  expect(version).toBe(await source.version());
  expect(version).toMatch(/^[\w-]{43}$/);
});

it('is read once until the files change', async () => {
  const [first, second] = await Promise.all([source.current(), source.current()]);
  expect(second).toBe(first);
  expect(await source.current()).toBe(first);
  expect(reads).toBe(1);
  change('x');
  expect(await source.version()).not.toBe(first.version);
  const third = await source.current();
  expect(third.version).toBe(await source.version());
  expect(third.version).not.toBe(first.version);
  expect(reads).toBe(2);
});

it('is read again after a failure', async () => {
  isBroken = true;
  await expect(source.current()).rejects.toThrow('broken');
  isBroken = false;
  expect((await source.current()).json).toContain('open-door');
  expect(reads).toBe(2);
});

it('of newer files is kept if reading the older ones fails later', async () => {
  const { promise, resolve } = unsettled<void>();
  [held, isBroken] = [promise, true];
  const old = source.current();
  old.catch(() => undefined);
  await untilRead(1);
  [held, isBroken] = [Promise.resolve(), false];
  change('y');
  const newer = source.current();
  await untilRead(2);
  resolve();
  await expect(old).rejects.toThrow('broken');
  expect((await newer).version).toBe(await source.version());
  await source.current();
  expect(reads).toBe(2);
});

it('of a folder that is missing fails', async () => {
  rmSync(folder, { recursive: true });
  await expect(source.version()).rejects.toMatchObject({ code: 'ENOENT' });
  await expect(source.current()).rejects.toMatchObject({ code: 'ENOENT' });
  expect(reads).toBe(0);
});
