// A cache of read and trained content, in the folder of the built program: with it, a start needs a tenth of the time.
import { createHash } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deserialize, serialize } from 'node:v8';
import type { Loaded } from '../guide/load.ts';
import { type Model, type TrainedSearch, type WholeSearch, whenTrained } from '../search/training.ts';
import { listFiles } from './fingerprint.ts';
import { guidesOf, type Previous, type ReadContent } from './folder.ts';

/** The folder of the program: every build has its own, so the cache of another version is never read. */
const CACHE_FOLDER = fileURLToPath(new URL('.', import.meta.url));
const DIGEST_BYTES = 32;
/** A SHA-256 digest in hexadecimal. */
const KEY_LENGTH = 64;

/** The cached value. The file begins with a digest of all but the key, and the key. */
interface CacheEntry extends WholeSearch {
  readonly key: string;
  readonly loaded: Loaded;
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

function previousOf(entry: CacheEntry | undefined): Previous | undefined {
  return entry?.loaded.content && { guides: guidesOf(entry.loaded.content), models: entry.models };
}

function searchOf({ recognition, models }: WholeSearch): TrainedSearch {
  const ready = [...models].map(([language, model]): [string, Promise<Model>] => [language, Promise.resolve(model)]);
  return { recognition: Promise.resolve(recognition), models: new Map(ready) };
}

/** The cache of a content folder. */
export function cacheFileOf(folder: string, cacheFolder = CACHE_FOLDER): string {
  const digest = createHash('sha256').update(resolve(folder)).digest('hex');
  return join(cacheFolder, `content-${digest.slice(0, 12)}.cache`);
}

/** Returns undefined if there is no file, if it is incomplete, or if its key is not wanted. */
async function readCache(file: string, isWanted: (key: string) => boolean): Promise<CacheEntry | undefined> {
  try {
    const bytes = await readFile(file);
    const key = bytes.toString('latin1', DIGEST_BYTES, DIGEST_BYTES + KEY_LENGTH);
    if (!isWanted(key)) return undefined;
    const value = bytes.subarray(DIGEST_BYTES + KEY_LENGTH);
    if (!bytes.subarray(0, DIGEST_BYTES).equals(digestOf(value))) return undefined;
    // The digest matches, so this program wrote it with that shape.
    return { key, ...(deserialize(value) as Omit<CacheEntry, 'key'>) };
  } catch {
    return undefined;
  }
}

async function writeCache(file: string, { key, ...entry }: CacheEntry): Promise<void> {
  const value = serialize(entry);
  const draft = `${file}.${process.pid}`;
  try {
    await writeFile(draft, Buffer.concat([digestOf(value), Buffer.from(key, 'latin1'), value]));
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
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
