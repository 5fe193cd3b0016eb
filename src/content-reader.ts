// The process that reads the content and then trains the search on it: one folder in, what was made of it out, and it ends.
import { trainModel } from './answers/training.ts';
import { readFolder } from './content-files.ts';
import { DEFAULT_LOCALE } from './guide/model.ts';

// Also where whoever asked has ended meanwhile.
process.on('disconnect', () => process.exit(0));
const tell = (what: object) => new Promise((done) => process.send?.(what, done));

const loaded = await readFolder(process.argv[2] ?? '');
// Pages can be shown before the search has learned them.
await tell(loaded);
const pages = loaded.content?.editions.get(DEFAULT_LOCALE)?.pages.values();
if (pages) await tell(trainModel(pages));
process.disconnect();
