// The content folder in the format of version 1.0 that is kept in test/fixtures.
import { readTexts } from '../../src/content/files.ts';
import { pageLimits } from '../../src/discord/views/page-limits.ts';
import { formatFinding } from '../../src/guide/findings.ts';
import { type Loaded, loadContent } from '../../src/guide/load.ts';
import type { Content } from '../../src/guide/model.ts';
import { TODAY } from './sample.ts';

export const FOLDER_1_0 = 'test/fixtures/content-1.0';

export const filesOf1 = async () => (await readTexts(FOLDER_1_0)).texts;

export function loadFiles(files: ReadonlyMap<string, string>): Loaded {
  return loadContent(files, { root: 'content', limits: pageLimits, today: TODAY });
}

/** The content of files without errors. */
export function contentOf(files: ReadonlyMap<string, string>): Content {
  const { content, findings } = loadFiles(files);
  if (!content) throw new Error(findings.map(formatFinding).join('\n'));
  return content;
}
