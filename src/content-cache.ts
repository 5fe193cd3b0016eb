// What was read of a content folder, kept beside the built program: a start reads it back in a tenth of the time.
import { createHash } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deserialize, serialize } from 'node:v8';
import type { ReadContent } from './content-folder.ts';
import { filesOf } from './content-stamp.ts';

/** Beside the program, because every build begins with an empty folder: another program's cache is never read. */
const PLACE = fileURLToPath(new URL('content.cache', import.meta.url));

/**
 * Reads a folder by way of the cache. Content with findings is not kept, and a cache that cannot be read or written
 * (a read-only installation) costs time and nothing else.
 * @param read reads the folder where the cache does not have it
 */
export function cachedBy(read: ReadContent): ReadContent {
  return async (folder, known) => {
    const key = await keyOf(folder);
    const kept = await readFile(PLACE).then(deserialize, () => undefined);
    if (kept?.key === key) return { ...kept.loaded, model: Promise.resolve(kept.model) };
    const { model: learning, ...loaded } = await read(folder, known);
    if (!learning) return loaded;
    // Kept once everything is there; whoever reads the folder does not wait for it.
    learning
      .then((model) => (model && loaded.findings.length === 0 ? keep({ key, loaded, model }) : undefined))
      .catch(() => undefined);
    return { ...loaded, model: learning };
  };
}

async function keep(value: unknown): Promise<void> {
  const fresh = `${PLACE}.${process.pid}`;
  await writeFile(fresh, serialize(value));
  await rename(fresh, PLACE);
}

/** A digest of the folder's place and of every file in it. */
async function keyOf(folder: string): Promise<string> {
  const hash = createHash('sha256').update(resolve(folder));
  for (const file of await filesOf(folder)) hash.update(`\0${file}\0`).update(await readFile(join(folder, file)));
  return hash.digest('hex');
}
