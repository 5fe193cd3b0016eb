// A cache of read and trained content, in the folder of the built program: with it, a start needs a tenth of the time.
import { createHash } from 'node:crypto';
import { type FileHandle, open, readFile, rename, rm } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deserialize, serialize } from 'node:v8';
import type { Loaded } from '../guide/load.ts';
import { type Model, type TrainedSearch, type WholeSearch, whenTrained, withOwnArrays } from '../search/training.ts';
import { listFiles } from './fingerprint.ts';
import { guidesOf, type Previous, type ReadContent } from './folder.ts';

/** The folder of the program: every build has its own, so the cache of another version is never read. */
const CACHE_FOLDER = fileURLToPath(new URL('.', import.meta.url));
/** A SHA-256 digest in hexadecimal. */
const KEY_LENGTH = 64;
const DIGEST_BYTES = 32;
/** Before each part: the digest of its bytes, and how many they are. */
const PART_HEAD_BYTES = DIGEST_BYTES + 4;

interface CacheEntry extends WholeSearch {
  /** The digest of the folder. */
  readonly key: string;
  readonly loaded: Loaded;
}

/** The first part of the file, after the key. Each model is a part of its own: together they would be in memory twice. */
interface FirstPart extends Pick<CacheEntry, 'loaded' | 'recognition'> {
  /** The languages of the models that follow. */
  readonly languages: readonly string[];
}

/**
 * Returns a reader that uses the cache. Content with warnings is cached with them: a folder of version 1.0 always has
 * some. A cache that is missing, broken or cannot be written (a read-only installation) only costs time.
 * @param read reads a folder that is not in the cache
 */
export function withCache(read: ReadContent, cacheFolder = CACHE_FOLDER): ReadContent {
  return async (folder, previous) => {
    const file = cacheFileOf(folder, cacheFolder);
    // If a file cannot be read, reading the folder reports it.
    const key = await keyOf(folder).catch(() => undefined);
    if (key === undefined) return read(folder, previous);
    const isSame = (stored: string) => stored === key;
    // At the start, much of what the folder held before is the same.
    const entry = await readCache(file, previous ? isSame : () => true);
    if (entry?.key === key) return { ...entry.loaded, search: searchOf(entry) };
    const { search, ...loaded } = await read(folder, previous ?? previousOf(entry));
    if (!search) return loaded;
    // Written after training; the caller does not wait for it.
    whenTrained(search)
      .then(async (whole) => {
        if (!whole || search.isReplaced?.()) return;
        // A file that changed during reading would be cached under the key of its old text.
        if ((await keyOf(folder)) === key) await writeCache(file, { key, loaded, ...whole });
      })
      .catch(() => undefined);
    return { ...loaded, search };
  };
}

/**
 * Fills the cache of a folder, unless it is filled: then a bot that may not write there is spared the work.
 * @param read reads the folder, and trains the search
 * @returns what was read. Without content, because of errors, nothing is written.
 * @throws if the folder cannot be read, the search not be trained, or the cache not be written
 */
export async function fillCache(read: ReadContent, folder: string, cacheFolder = CACHE_FOLDER): Promise<Loaded> {
  const file = cacheFileOf(folder, cacheFolder);
  const key = await keyOf(folder);
  const entry = await readCache(file, (stored) => stored === key);
  if (entry) return entry.loaded;
  const { search, ...loaded } = await read(folder);
  if (!loaded.content) return loaded;
  const whole = search && (await whenTrained(search));
  if (!whole) throw new Error('the search could not be trained');
  await writeCache(file, { key, loaded, ...whole });
  return loaded;
}

function previousOf(entry: CacheEntry | undefined): Previous | undefined {
  return entry?.loaded.content && { guides: guidesOf(entry.loaded.content), models: entry.models };
}

function searchOf({ recognition, models }: WholeSearch): TrainedSearch {
  const ready = [...models].map(([language, model]): [string, Promise<Model>] => [language, Promise.resolve(model)]);
  return { recognition: Promise.resolve(recognition), models: new Map(ready) };
}

/** The cache of a content folder. Its name is the same after both folders have been copied to another place together. */
export function cacheFileOf(folder: string, cacheFolder = CACHE_FOLDER): string {
  const digest = createHash('sha256')
    .update(relative(cacheFolder, resolve(folder)))
    .digest('hex');
  return join(cacheFolder, `content-${digest.slice(0, 12)}.cache`);
}

/** Returns undefined if there is no file, if it is incomplete, or if its key is not wanted. */
async function readCache(file: string, isWanted: (key: string) => boolean): Promise<CacheEntry | undefined> {
  try {
    const handle = await open(file);
    try {
      const { size } = await handle.stat();
      const read = (length: number) => readBytes(handle, length, size);
      const key = (await read(KEY_LENGTH)).toString('latin1');
      if (!isWanted(key)) return undefined;
      const { languages, loaded, recognition } = (await readPart(read)) as FirstPart;
      const models = new Map<string, Model>();
      for (const language of languages) models.set(language, withOwnArrays((await readPart(read)) as Model));
      // As `withOwnArrays` does: otherwise the bytes of the whole content would stay in memory.
      const logProbabilities = recognition.logProbabilities.slice();
      return { key, loaded, recognition: { ...recognition, logProbabilities }, models };
    } finally {
      await handle.close();
    }
  } catch {
    return undefined;
  }
}

/** @throws if the part is not as it was written; otherwise this program wrote it, so it has the expected shape */
async function readPart(read: (length: number) => Promise<Buffer>): Promise<unknown> {
  const head = await read(PART_HEAD_BYTES);
  const bytes = await read(head.readUInt32LE(DIGEST_BYTES));
  if (!digestOf(bytes).equals(head.subarray(0, DIGEST_BYTES))) throw new Error('not as it was written');
  return deserialize(bytes);
}

/** Reads the next bytes. @param size of the file: a wrong length must not take more memory @throws if there are fewer */
async function readBytes(handle: FileHandle, length: number, size: number): Promise<Buffer> {
  const { bytesRead, buffer } = await handle.read(Buffer.alloc(Math.min(length, size)));
  if (bytesRead < length) throw new Error('cut short');
  return buffer;
}

async function writeCache(file: string, { key, models, ...rest }: CacheEntry): Promise<void> {
  const draft = `${file}.${process.pid}`;
  try {
    const handle = await open(draft, 'w');
    try {
      await handle.writeFile(key, 'latin1');
      await writePart(handle, { ...rest, languages: [...models.keys()] } satisfies FirstPart);
      for (const model of models.values()) await writePart(handle, model);
    } finally {
      await handle.close();
    }
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

async function writePart(handle: FileHandle, part: unknown): Promise<void> {
  const bytes = serialize(part);
  const size = Buffer.alloc(PART_HEAD_BYTES - DIGEST_BYTES);
  size.writeUInt32LE(bytes.length);
  await handle.writeFile(Buffer.concat([digestOf(bytes), size]));
  await handle.writeFile(bytes);
}

function digestOf(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}

/** Returns a digest of every file of a folder. */
async function keyOf(folder: string): Promise<string> {
  const hash = createHash('sha256');
  for (const { path } of (await listFiles(folder)).files) {
    hash.update(`\0${path}\0`).update(await readFile(join(folder, path)));
  }
  return hash.digest('hex');
}
