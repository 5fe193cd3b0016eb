// `npm start`: builds if needed and runs the bot in this process.
import { buildIfNeeded } from './build-if-needed.js';

await import(`${buildIfNeeded()}main.js`);
