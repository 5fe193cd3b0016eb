// For running the program as an unprivileged user: whether that is possible, and a copy of its packages.
import { cpSync, existsSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';

/** The id of "nobody" on Linux. */
export const NOBODY = 65_534;

/** Why a test can't run the program as another user; undefined if it can. */
export function whyNotAsNobody(): string | undefined {
  if (process.getuid?.() !== 0) return 'only root can run it as another user';
  const closed = [tmpdir(), process.execPath].map(closedIn).find((folder) => folder !== undefined);
  return closed && `other users have no access to ${closed}`;
}

/** The first parent folder that other users have no access to. */
function closedIn(path: string): string | undefined {
  const parents: string[] = [];
  for (let folder = dirname(resolve(path, 'x')); folder !== dirname(folder); folder = dirname(folder))
    parents.unshift(folder);
  return parents.find((folder) => (statSync(folder).mode & 0o001) === 0);
}

/** Packages that the build does not bundle into dist/ (scripts/bundle.js). */
const LOADED = ['libsql', '@resvg/resvg-js', '@expo-google-fonts/play'];

const names = z.record(z.string(), z.string()).default({});
const Lock = z.object({
  packages: z.record(
    z.string(),
    z.object({ dev: z.boolean().default(false), dependencies: names, optionalDependencies: names }),
  ),
});

/**
 * Copies the packages that the built program loads, with their dependencies, as `npm ci --omit=dev` installs them.
 * @param target becomes node_modules
 */
export function copyLoadedPackages(target: string): void {
  const { packages } = Lock.parse(JSON.parse(readFileSync('package-lock.json', 'utf8')));
  const wanted = new Set(LOADED);
  for (const name of wanted) {
    const path = join('node_modules', name);
    const entry = packages[path];
    // The lock file also lists packages for other systems, which are not installed.
    if (!entry || entry.dev || !existsSync(path)) continue;
    cpSync(path, join(target, name), { recursive: true });
    for (const each of Object.keys({ ...entry.dependencies, ...entry.optionalDependencies })) wanted.add(each);
  }
}
