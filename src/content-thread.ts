// The thread that reads the content and then trains the search on it: one folder in, what was made of it out, and it ends.
import { parentPort, workerData } from 'node:worker_threads';
import { trainModel } from './answers/training.ts';
import { readFolder } from './content-files.ts';
import { DEFAULT_LOCALE } from './guide/model.ts';

const loaded = await readFolder(String(workerData));
const pages = loaded.content?.editions.get(DEFAULT_LOCALE)?.pages.values();
// Pages can be shown before the search has learned them.
parentPort?.postMessage(loaded);
if (pages) parentPort?.postMessage(trainModel(pages));
