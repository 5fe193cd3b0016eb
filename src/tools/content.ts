// `npm run content`: checks the content folder and prints every finding.
import { readContentFolder } from '../content/files.ts';
import { formatFinding } from '../guide/findings.ts';

const folder = process.env.CONTENT_DIR || 'content';
const { content, findings } = await readContentFolder(folder).catch((error: Error) => {
  console.error(`${folder} cannot be read: ${error.message}`);
  process.exit(1);
});
for (const finding of findings) console.log(formatFinding(finding));
const pages = content?.editions.get('en')?.pages.size ?? 0;
const errors = findings.filter(({ level }) => level === 'error').length;
console.log(
  content
    ? `${pages} pages, ${findings.length} warnings, no errors`
    : `${errors} errors, ${findings.length - errors} warnings`,
);
process.exitCode = content ? 0 : 1;
