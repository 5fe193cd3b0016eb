// Reading a content folder and checking what is in it.
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { filesOf } from './content-stamp.ts';
import { pageLimits } from './discord/render.ts';
import { type Loaded, loadContent } from './guide/load.ts';
import type { Guide } from './guide/model.ts';

/**
 * Reads and checks a content folder in this process.
 * @param folder a path; findings name files by its last part
 * @param known guides of an earlier reading, which are not parsed again where their files are the same
 */
export async function readFolder(folder: string, known?: readonly Guide[]): Promise<Loaded> {
  const names = await filesOf(folder);
  const files = await Promise.all(
    names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const),
  );
  return loadContent(new Map(files), { root: basename(folder), limits: pageLimits, today: new Date(), known });
}
