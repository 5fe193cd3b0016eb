// Lists the files of a content folder, and finds out whether any of them has changed.
import type { BigIntStats } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { compareText } from '../compare-text.ts';

/** Hidden files and folders: locks and backups of editors, AppleDouble, trash, version control. */
const IGNORED = /^\.|^lost\+found$/;
const CONTENT = /\.(md|yaml)$/;
/** The file is gone, or a link leads nowhere or to itself. */
const MISSING = new Set(['ENOENT', 'ENOTDIR', 'ELOOP']);

/** A file or folder that cannot be read. */
export interface Unreadable {
  /** Below the content folder, with `/` between folders. */
  readonly path: string;
  /** Such as EACCES. */
  readonly code: string;
}

/** The files of a content folder, sorted by path: the same on every system. */
interface Listing {
  readonly files: readonly { readonly path: string; readonly stats: BigIntStats }[];
  readonly unreadable: readonly Unreadable[];
}

/**
 * Lists the Markdown and YAML files of a content folder, with `/` between folders. Links to folders are followed:
 * Kubernetes mounts `en` as a link to `..data/en`.
 * @throws if the folder itself cannot be read
 */
export async function listFiles(folder: string): Promise<Listing> {
  const files: { path: string; stats: BigIntStats }[] = [];
  const unreadable: Unreadable[] = [];
  /** @param above real paths of the parent folders: following a link to one of them would never end */
  const walk = async (below: string, above: readonly string[]): Promise<void> => {
    const here = await realpath(join(folder, below));
    if (above.includes(here)) return;
    const entries = await readdir(here, { withFileTypes: true });
    await Promise.all(
      entries.map(async (entry) => {
        if (IGNORED.test(entry.name)) return;
        const path = below === '' ? entry.name : `${below}/${entry.name}`;
        try {
          if (entry.isDirectory()) return await walk(path, [...above, here]);
          const isContent = CONTENT.test(entry.name);
          if (!isContent && !entry.isSymbolicLink()) return;
          const stats = await stat(join(here, entry.name), { bigint: true });
          if (stats.isDirectory()) await walk(path, [...above, here]);
          else if (isContent && stats.isFile()) files.push({ path, stats });
        } catch (error) {
          const code = systemErrorCode(error);
          if (!MISSING.has(code)) unreadable.push({ path, code });
        }
      }),
    );
  };
  await walk('', []);
  return { files: files.sort(byPath), unreadable: unreadable.sort(byPath) };
}

/** Whether the error means that a file was deleted between listing and reading. */
export function isMissing(error: unknown): boolean {
  return MISSING.has(systemErrorCode(error));
}

/** Returns the code of a file system error, such as EACCES. */
export function systemErrorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}

/**
 * Returns a text that changes whenever a file of the folder does. It contains the ctime of each file, because rsync,
 * archives and images can set an old modification time.
 * @throws if the folder itself cannot be read
 */
export async function fingerprintOf(folder: string): Promise<string> {
  const { files, unreadable } = await listFiles(folder);
  return [
    ...files.map(({ path, stats: { mtimeNs, ctimeNs, size } }) => `${path} ${mtimeNs} ${ctimeNs} ${size}`),
    ...unreadable.map(({ path, code }) => `${path} ${code}`),
  ].join('\n');
}

function byPath(a: { path: string }, b: { path: string }): number {
  return compareText(a.path, b.path);
}
