// What was read of a content folder, kept beside the built program: a start reads it back in a tenth of the time.
import { createHash } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deserialize, serialize } from 'node:v8';
import type { Loaded } from '../guide/load.ts';
import type { Model } from '../search/training.ts';
import { listFiles } from './fingerprint.ts';
import type { ReadContent } from './folder.ts';

/** Beside the program, because every build begins with an empty folder: another program's cache is never read. */
const CACHE_FILE = fileURLToPath(new URL('content.cache', import.meta.url));
const DIGEST_BYTES = 32;

/** What the file holds, behind a digest of it. */
interface Kept {
  readonly key: string;
  readonly loaded: Loaded;
  readonly model: Model;
}

/**
 * Reads a folder by way of the cache. Content with findings is not kept, and a cache that cannot be read, is broken or
 * cannot be written (a read-only installation) costs time and nothing else.
 * @param read reads the folder where the cache does not have it
 */
export function withCache(read: ReadContent, place = CACHE_FILE): ReadContent {
  return async (folder, known) => {
    // Where a file cannot be read, reading the folder says so.
    const key = await keyOf(folder).catch(() => undefined);
    if (key === undefined) return read(folder, known);
    const kept = await takeOut(place);
    if (kept?.key === key) return { ...kept.loaded, model: Promise.resolve(kept.model) };
    const { model: learning, ...loaded } = await read(folder, known);
    if (!learning) return loaded;
    // Kept once everything is there; whoever reads the folder does not wait for it.
    learning
      .then(async (model) => {
        if (!model || loaded.findings.length > 0) return;
        // What changed while it was read would be kept under the key of what was there before.
        if ((await keyOf(folder)) === key) await keep(place, { key, loaded, model });
      })
      .catch(() => undefined);
    return { ...loaded, model: learning };
  };
}

/** Undefined where there is none, or not all of what was written. */
async function takeOut(place: string): Promise<Kept | undefined> {
  try {
    const bytes = await readFile(place);
    const value = bytes.subarray(DIGEST_BYTES);
    if (!bytes.subarray(0, DIGEST_BYTES).equals(digestOf(value))) return undefined;
    // With its digest it is what this program wrote, and so has that shape.
    return deserialize(value) as Kept;
  } catch {
    return undefined;
  }
}

async function keep(place: string, kept: Kept): Promise<void> {
  const value = serialize(kept);
  const draft = `${place}.${process.pid}`;
  try {
    await writeFile(draft, Buffer.concat([digestOf(value), value]));
    await rename(draft, place);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

function digestOf(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}

/** A digest of the folder's place and of every file in it. */
async function keyOf(folder: string): Promise<string> {
  const hash = createHash('sha256').update(resolve(folder));
  for (const { path } of (await listFiles(folder)).files) {
    hash.update(`\0${path}\0`).update(await readFile(join(folder, path)));
  }
  return hash.digest('hex');
}
