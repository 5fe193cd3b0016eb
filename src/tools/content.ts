// `npm run content`: checks the content folder and prints every finding; `-- --convert` rewrites one of version 1.0.
import { parseArgs } from 'node:util';
import { ConversionError, convertFolder } from '../content/convert.ts';
import { readContentFolder } from '../content/files.ts';
import { formatFinding } from '../guide/findings.ts';
import { showUsageOnHelp } from './usage.ts';

const USAGE = `Usage:
  npm run content
      Checks the content folder, and prints every finding as path:line:column CODE message. The exit code is 1 if there
      are errors.
  npm run content -- --convert
      First rewrites a folder in the format of version 1.0.
CONTENT_DIR chooses another content folder.`;

showUsageOnHelp(USAGE);
const folder = process.env.CONTENT_DIR || 'content';
if (readOptions().convert) await convert();
await check();

async function convert(): Promise<void> {
  try {
    const { done, left } = await convertFolder(folder, new Date());
    for (const line of [...done, ...left]) console.log(`${folder}/${line}`);
    if (done.length + left.length === 0) console.log(`${folder} needs no conversion`);
    else
      console.log(
        'Version 1.0 had synonyms, abbreviations and off-topic questions in its code. content/README.md says how to write your own',
      );
  } catch (error) {
    if (!(error instanceof ConversionError)) return fail(error);
    console.error(error.message);
    process.exitCode = 1;
  }
}

async function check(): Promise<void> {
  const { content, findings } = await readContentFolder(folder).catch(fail);
  for (const finding of findings) console.log(formatFinding(finding));
  const pages = content?.editions.get('en')?.pages.size ?? 0;
  const errors = findings.filter(({ level }) => level === 'error').length;
  const summary = content
    ? `${pages} pages, ${findings.length} warnings, no errors`
    : `${errors} errors, ${findings.length - errors} warnings`;
  console.log(summary);
  if (!content) process.exitCode = 1;
}

function fail(error: unknown): never {
  console.error(`${folder}: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}

function readOptions(): { convert?: boolean | undefined } {
  try {
    return parseArgs({ options: { convert: { type: 'boolean' } } }).values;
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
    process.exit(2);
  }
}
