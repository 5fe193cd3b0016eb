// Running the program as a user without rights: what that user must be able to reach, and a copy of the program there.
import { cpSync, existsSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';

/** The id of "nobody" on Linux. */
export const NOBODY = 65_534;

/** Why a test cannot run something as another user here; undefined where it can. */
export function whyNotAsNobody(): string | undefined {
  if (process.getuid?.() !== 0) return 'only root can run it as somebody else';
  const closed = [tmpdir(), process.execPath].map(closedIn).find((folder) => folder !== undefined);
  return closed && `other users may not enter ${closed}`;
}

/** The first folder on the way to a path that other users may not enter. */
function closedIn(path: string): string | undefined {
  const parents: string[] = [];
  for (let folder = dirname(resolve(path, 'x')); folder !== dirname(folder); folder = dirname(folder))
    parents.unshift(folder);
  return parents.find((folder) => (statSync(folder).mode & 0o001) === 0);
}

/** What the build leaves in node_modules; all else is in dist/ (scripts/build-if-needed.js). */
const LOADED = ['libsql', '@resvg/resvg-js'];

const names = z.record(z.string(), z.string()).default({});
const Lock = z.object({
  packages: z.record(
    z.string(),
    z.object({ dev: z.boolean().default(false), dependencies: names, optionalDependencies: names }),
  ),
});

/**
 * Copies those packages that the built program loads, and what they need, of what `npm ci --omit=dev` installs.
 * @param target becomes node_modules
 */
export function copyLoadedPackages(target: string): void {
  const { packages } = Lock.parse(JSON.parse(readFileSync('package-lock.json', 'utf8')));
  const wanted = new Set(LOADED);
  for (const name of wanted) {
    const path = join('node_modules', name);
    const entry = packages[path];
    // Packages for other systems are in the lock file, and not installed.
    if (!entry || entry.dev || !existsSync(path)) continue;
    cpSync(path, join(target, name), { recursive: true });
    for (const each of Object.keys({ ...entry.dependencies, ...entry.optionalDependencies })) wanted.add(each);
  }
}
