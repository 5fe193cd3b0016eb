// The lock file, for tests of the packages that are installed.
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const ranges = z.record(z.string(), z.string()).default({});
const texts = z.array(z.string()).optional();
const Entry = z.object({
  resolved: z.string().optional(),
  integrity: z.string().optional(),
  link: z.boolean().default(false),
  dev: z.boolean().default(false),
  hasInstallScript: z.boolean().default(false),
  license: z.string().optional(),
  os: texts,
  cpu: texts,
  libc: texts,
  dependencies: ranges,
  optionalDependencies: ranges,
});
export type LockEntry = z.infer<typeof Entry>;

const Lock = z.object({ packages: z.record(z.string(), Entry) });

/** What the lock file lists, by folder: `node_modules/NAME`, a workspace such as `packages/fake-discord`, `''` for the project. */
export const { packages: entries } = Lock.parse(JSON.parse(readFileSync('package-lock.json', 'utf8')));

/**
 * The folder in which Node.js finds a package.
 * @param importer the folder of the package that imports it
 * @returns undefined if the lock file lists none
 * @see https://nodejs.org/api/modules.html#loading-from-node_modules-folders
 */
export function folderOf(name: string, importer: string): string | undefined {
  for (let parent = importer; ; parent = parent.replace(/(^|\/)[^/]+$/, '')) {
    const folder = parent ? `${parent}/node_modules/${name}` : `node_modules/${name}`;
    if (entries[folder]) return folder;
    if (!parent) return undefined;
  }
}

/**
 * The folders of some packages and of all that these depend on, for every platform.
 * @param names direct dependencies of the project
 * @throws if the lock file lacks one
 */
export function foldersOf(names: readonly string[]): string[] {
  const found = new Set<string>();
  const add = (wanted: readonly string[], importer: string): void => {
    for (const name of wanted) {
      const folder = folderOf(name, importer);
      if (!folder) throw new Error(`${name}, which ${importer || 'the project'} needs, is not in the lock file`);
      if (found.has(folder)) continue;
      found.add(folder);
      add(dependenciesOf(folder), folder);
    }
  };
  add(names, '');
  return [...found].sort();
}

function dependenciesOf(folder: string): string[] {
  const { dependencies, optionalDependencies } = entries[folder] ?? {};
  return Object.keys({ ...dependencies, ...optionalDependencies });
}

/** The folders of all packages that the bot needs in production, for every platform. */
export function productionFolders(): string[] {
  return foldersOf(dependenciesOf(''));
}
