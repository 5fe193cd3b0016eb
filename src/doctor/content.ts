// The guides: the same findings as `npm run content`, in short.
import { readContentFolder } from '../content/files.ts';
import { formatFinding } from '../guide/findings.ts';
import { type Content, DEFAULT_LOCALE } from '../guide/model.ts';
import { counted, type DoctorFinding, firstOf, hint, pass, problem } from './finding.ts';
import { oneLine } from './foreign.ts';

const SHOWN = 3;

/** @returns the finding, and the content where it could be served */
export async function checkContent(folder: string): Promise<{ content: Content | undefined; finding: DoctorFinding }> {
  const read = await readContentFolder(folder).catch((error: unknown) => oneLine(String(error)));
  if (typeof read === 'string') {
    const todo = 'CONTENT_DIR must name a folder that the user who runs the bot may read.';
    return { content: undefined, finding: problem('content', `${folder} cannot be read: ${read}`, todo) };
  }
  const { content, findings } = read;
  const errors = findings.filter(({ level }) => level === 'error');
  const lines = firstOf((content ? findings : errors).map(formatFinding), SHOWN);
  const warnings = counted(findings.length - errors.length, 'warning');
  if (!content) {
    const text = `${folder} has ${counted(errors.length, 'error')} and ${warnings}: the bot does not start with it`;
    const todo = 'Correct the files; "npm run content" lists everything, content/README.md explains each code.';
    return { content, finding: problem('content', text, todo, lines) };
  }
  const pages = counted(content.editions.get(DEFAULT_LOCALE)?.pages.size ?? 0, 'page');
  if (findings.length === 0) return { content, finding: pass('content', `${pages} in ${folder}, nothing wrong`) };
  const todo =
    'The bot serves it all the same. "npm run content" lists everything; content/README.md explains each code.';
  return { content, finding: hint('content', `${pages} in ${folder}, ${warnings}`, todo, lines) };
}
