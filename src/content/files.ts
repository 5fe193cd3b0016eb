// Reads a content folder and checks it.
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pageLimits } from '../discord/views/page-limits.ts';
import { finding } from '../guide/findings.ts';
import { type Loaded, loadContent } from '../guide/load.ts';
import { isMissing, listFiles, systemErrorCode, type Unreadable } from './fingerprint.ts';
import type { Previous } from './folder.ts';

/**
 * Reads and checks a content folder in this process. A file that is deleted while reading is left out; one that cannot
 * be read is a finding.
 * @param folder a path; its last part is the first part of paths in findings
 * @param previous what was read before: a guide is not parsed again if its files are the same
 * @throws if the folder itself cannot be read
 */
export async function readContentFolder(folder: string, previous?: Pick<Previous, 'guides'>): Promise<Loaded> {
  const root = basename(folder);
  const { texts, failed } = await readTexts(folder);
  if (failed.length > 0) {
    const findings = failed.map(({ path, code }) =>
      finding({ path: `${root}/${path}`, line: 1, column: 1 }, 'G036', `This cannot be read: ${code}`),
    );
    return { content: undefined, findings };
  }
  return loadContent(texts, { root, limits: pageLimits, today: new Date(), previous: previous?.guides });
}

/**
 * Reads the files of a content folder, by path with `/` between folders. A file that is deleted while reading is left
 * out.
 * @throws if the folder itself cannot be read
 */
export async function readTexts(folder: string): Promise<{ texts: Map<string, string>; failed: Unreadable[] }> {
  const { files, unreadable } = await listFiles(folder);
  const failed = [...unreadable];
  const texts = new Map<string, string>();
  for (const { path } of files) {
    try {
      texts.set(path, await readFile(join(folder, path), 'utf8'));
    } catch (error) {
      if (!isMissing(error)) failed.push({ path, code: systemErrorCode(error) });
    }
  }
  return { texts, failed };
}
