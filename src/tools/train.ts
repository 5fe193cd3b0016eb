// `npm run train`: reads the content and trains the search, and keeps both beside the program, so that a bot which may not
// write there need not do so at each start.
import { parseArgs } from 'node:util';
import { fillCache } from '../content/cache.ts';
import { createChildReader } from '../content/folder.ts';
import { createTrainer } from '../content/training-process.ts';
import { formatFinding } from '../guide/findings.ts';

const USAGE = `Usage: npm run train
Reads the folder CONTENT_DIR ("content" if it is not set), trains the search, and keeps both beside the program.`;

readArguments();
await train(process.env.CONTENT_DIR || 'content');

async function train(folder: string): Promise<void> {
  const read = createChildReader(createTrainer());
  const { content, findings } = await fillCache(read, folder).catch((error) =>
    fail(`${folder}: ${error instanceof Error ? error.message : error}`),
  );
  if (!content) fail(findings.map(formatFinding).join('\n'));
  console.log('The content is read and the search trained: a start finds both.');
  process.exit(0);
}

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}

function readArguments(): void {
  try {
    if (!parseArgs({ options: { help: { type: 'boolean', short: 'h' } } }).values.help) return;
    console.log(USAGE);
    process.exit(0);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n${USAGE}`);
    process.exit(2);
  }
}
