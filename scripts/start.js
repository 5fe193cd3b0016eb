// `npm start`: builds if needed and runs the bot in this process.
import { buildIfNeeded } from './build-if-needed.js';

buildIfNeeded();
await import('../dist/src/main.js');
