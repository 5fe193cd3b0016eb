// Runs a tool from src/tools (or the benchmark), built if needed: node scripts/run.js content
import { buildIfNeeded } from './build-if-needed.js';

const folder = buildIfNeeded();
const [tool] = process.argv.splice(2, 1);
await import(`${folder}${tool}.js`);
