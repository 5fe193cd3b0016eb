// The pages, built if need be: tests run from the sources, browsers do not.
import { execFileSync } from 'node:child_process';

/** Builds what `npm start` would build of the pages. */
export function buildPages(): void {
  for (const script of ['packages/fake-discord/build.js', 'scripts/build-map-page.js'])
    execFileSync(process.execPath, [script], { stdio: 'inherit' });
}
