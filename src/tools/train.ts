// `npm run train`: reads the content and trains the search, and keeps both beside the program, so that a bot which may not
// write there need not do so at each start.
import { fillCache } from '../content/cache.ts';
import { createChildReader } from '../content/folder.ts';
import { createTrainer } from '../content/training-process.ts';
import { formatFinding } from '../guide/findings.ts';
import { fail, folder } from './content-folder.ts';
import { showUsageOnHelp } from './usage.ts';

const USAGE = `Usage:
  npm run train
      Reads the content folder, trains the search, and keeps both beside the program.
CONTENT_DIR chooses another content folder.`;

showUsageOnHelp(USAGE);
if (process.argv.length > 2) fail(USAGE, 2);
const { content, findings } = await fillCache(createChildReader(createTrainer()), folder).catch((error) =>
  fail(`${folder}: ${error instanceof Error ? error.message : error}`),
);
if (!content) fail(findings.map(formatFinding).join('\n'));
console.log('The content is read and the search trained: a start finds both.');
process.exit(0);
