// The pages, built if need be: tests run from the sources, browsers do not.
import { execFileSync } from 'node:child_process';

/** Builds what `npm start` would build of the pages. */
export function buildPages(): void {
  execFileSync(process.execPath, ['scripts/build-map-page.js'], { stdio: 'inherit' });
}
