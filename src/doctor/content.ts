// Checks the guides: a summary of `npm run content`.
import { readContentFolder } from '../content/files.ts';
import { formatFinding } from '../guide/findings.ts';
import { type Content, DEFAULT_LOCALE } from '../guide/model.ts';
import { type DoctorFinding, firstFew, hint, pass, plural, problem } from './finding.ts';
import { oneLine } from './redact.ts';

const MAX_SHOWN = 3;

/** @returns the finding, and the content if it has no errors */
export async function checkContent(folder: string): Promise<{ content: Content | undefined; finding: DoctorFinding }> {
  const read = await readContentFolder(folder).catch((error: unknown) => oneLine(String(error)));
  if (typeof read === 'string') {
    const advice = 'Set CONTENT_DIR to a folder that the bot’s user can read.';
    return { content: undefined, finding: problem('content', `${folder} cannot be read: ${read}`, advice) };
  }
  const { content, findings } = read;
  const errors = findings.filter(({ level }) => level === 'error');
  const lines = firstFew((content ? findings : errors).map(formatFinding), MAX_SHOWN);
  const warnings = plural(findings.length - errors.length, 'warning');
  if (!content) {
    const text = `${folder} has ${plural(errors.length, 'error')} and ${warnings}: the bot can’t start with it`;
    const advice = 'Fix the files. "npm run content" lists all findings, and content/README.md explains each code.';
    return { content, finding: problem('content', text, advice, lines) };
  }
  const pages = plural(content.editions.get(DEFAULT_LOCALE)?.pages.size ?? 0, 'page');
  if (findings.length === 0) return { content, finding: pass('content', `${pages} in ${folder}, no warnings`) };
  const advice =
    'The bot runs with warnings. "npm run content" lists all of them, and content/README.md explains each code.';
  return { content, finding: hint('content', `${pages} in ${folder}, ${warnings}`, advice, lines) };
}
