// Whether a content folder has changed.
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** The files of a content folder, with `/` between folders. */
export async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true });
  return entries
    .map((entry) => entry.replaceAll('\\', '/'))
    .filter((entry) => /\.(md|yaml)$/.test(entry))
    .sort();
}

/** A text that changes whenever a file of the folder does. */
export async function stampOf(folder: string): Promise<string> {
  const files = await filesOf(folder);
  const stats = await Promise.all(files.map((file) => stat(join(folder, file))));
  return stats.map(({ mtimeMs, size }, i) => `${files[i]} ${mtimeMs} ${size}`).join('\n');
}
