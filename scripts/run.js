// Runs a tool from src/tools, built if needed: node scripts/run.js src/tools/content.js
import { buildIfNeeded } from './build-if-needed.js';

buildIfNeeded();
const [tool] = process.argv.splice(2, 1);
await import(`../dist/${tool}`);
