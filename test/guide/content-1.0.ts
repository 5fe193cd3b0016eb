// The content folder in the format of version 1.0 that is kept in test/fixtures.
import { readTexts } from '../../src/content/files.ts';
import { pageLimits } from '../../src/discord/views/page-limits.ts';
import { formatFinding } from '../../src/guide/findings.ts';
import { type Loaded, loadContent } from '../../src/guide/load.ts';
import type { Content } from '../../src/guide/model.ts';
import { TODAY } from './sample.ts';

export const FOLDER_1_0 = 'test/fixtures/content-1.0';

export const filesOf1 = async () => (await readTexts(FOLDER_1_0)).texts;

/** @param before content whose guides are not parsed again if they are the same */
export function loadFiles(files: ReadonlyMap<string, string>, before?: Content): Loaded {
  const previous = [...(before?.editions.values() ?? [])].flatMap(({ guides }) => guides);
  return loadContent(files, { root: 'content', limits: pageLimits, today: TODAY, previous });
}

/** The content of files without errors. @param before content whose guides are not parsed again if they are the same */
export function contentOf(files: ReadonlyMap<string, string>, before?: Content): Content {
  const { content, findings } = loadFiles(files, before);
  if (!content) throw new Error(findings.map(formatFinding).join('\n'));
  return content;
}
