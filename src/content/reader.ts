// The child process that reads the content (dist/…/content-reader.js): it gets a folder and what was read before, sends
// the content and ends.
import { once } from 'node:events';
import { readContentFolder } from './files.ts';
import type { ReaderRequest } from './folder.ts';

// The parent may end before this process does.
process.on('disconnect', () => process.exit(0));
const [{ folder, guides }] = (await once(process, 'message')) as [ReaderRequest];
const loaded = await readContentFolder(folder, { guides });
process.send?.(loaded, () => process.disconnect());
