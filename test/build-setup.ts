// Builds the program once, before tests that run it as a process.
import { buildIfNeeded } from '../scripts/build-if-needed.js';

export default function setup(): void {
  buildIfNeeded();
}
