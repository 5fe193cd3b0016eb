// Where the built page of the conversation map is.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** `dist/page`, which `scripts/build-map-page.js` wrote, found from the sources and from the build. */
export const MAP_PAGE: string = join(projectFolder(), 'dist/page');

function projectFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json')) && folder !== dirname(folder)) folder = dirname(folder);
  return folder;
}
