// The thread that reads the content: one folder in, what was loaded out, and it ends.
import { parentPort, workerData } from 'node:worker_threads';
import { readFolder } from './content-files.ts';

parentPort?.postMessage(await readFolder(String(workerData)));
