// The content folder of the tools that read it and change a file of it.
import { readContentFolder } from '../content/files.ts';
import { formatFinding } from '../guide/findings.ts';
import type { Content } from '../guide/model.ts';

/** The folder that the tools work on. */
export const folder = process.env.CONTENT_DIR || 'content';

/** Reads the folder. Ends the process with the findings if it has errors. */
export async function loadContentFolder(): Promise<Content> {
  const { content, findings } = await readContentFolder(folder).catch((error) => fail(`${folder}: ${error.message}`));
  if (content) return content;
  for (const finding of findings) console.error(formatFinding(finding));
  return fail('The content has errors. Fix these first.');
}

/** Ends the process with a message. @param code its exit code */
export function fail(message: string, code = 1): never {
  console.error(message);
  process.exit(code);
}
