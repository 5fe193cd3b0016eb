// The process that reads the content and then trains the search on it: a folder and what is known of it come in, what
// was made of it goes out, and it ends.
import { once } from 'node:events';
import { constants, setPriority } from 'node:os';
import { DEFAULT_LOCALE } from '../guide/model.ts';
import { trainModel } from '../search/training.ts';
import { readContentFolder } from './files.ts';

// Also where whoever asked has ended meanwhile.
process.on('disconnect', () => process.exit(0));
const tell = (what: object) => new Promise((done) => process.send?.(what, done));

const [known] = await once(process, 'message');
const loaded = await readContentFolder(process.argv[2] ?? '', known);
await tell(loaded);
// Pages can be shown before the search has learned them: whatever else is to be done goes before that.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
const pages = loaded.content?.editions.get(DEFAULT_LOCALE)?.pages.values();
if (pages) await tell(trainModel(pages));
process.disconnect();
