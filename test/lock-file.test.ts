// The lock file: it serves every platform and any registry, and nothing runs while its packages are installed.
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { entries, folderOf, type LockEntry, productionFolders } from './lock-file.ts';

/** Each package, but for the project and its workspaces. */
const installed = Object.entries(entries).filter(([folder, { link }]) => folder.includes('node_modules/') && !link);

/** Platforms that the README and the Dockerfile promise: what package.json calls them. */
const PLATFORMS: readonly { os: string; cpu: string; libc?: string }[] = [
  { os: 'linux', cpu: 'x64', libc: 'glibc' },
  { os: 'linux', cpu: 'x64', libc: 'musl' },
  { os: 'linux', cpu: 'arm64', libc: 'glibc' },
  { os: 'linux', cpu: 'arm64', libc: 'musl' },
  { os: 'darwin', cpu: 'x64' },
  { os: 'darwin', cpu: 'arm64' },
  { os: 'win32', cpu: 'x64' },
];
/** What the bot and its build load as native code. */
const NATIVE = ['libsql', '@resvg/resvg-js', 'rolldown', '@biomejs/biome', 'typescript'];

/** Whether npm installs a package on a platform. @see https://docs.npmjs.com/cli/configuring-npm/package-json#os */
function serves({ os, cpu, libc }: LockEntry, platform: (typeof PLATFORMS)[number]): boolean {
  const isFor = (allowed: readonly string[] | undefined, value: string | undefined) =>
    !allowed || value === undefined || allowed.includes(value);
  return isFor(os, platform.os) && isFor(cpu, platform.cpu) && isFor(libc, platform.libc);
}

describe('the lock file', () => {
  it('lists the optional packages of every platform, whichever machine wrote it', () => {
    const missing = Object.entries(entries).flatMap(([folder, { optionalDependencies }]) =>
      Object.keys(optionalDependencies)
        .filter((name) => !folderOf(name, folder))
        .map((name) => `${name} of ${folder}`),
    );
    expect(missing).toEqual([]);
  });

  for (const name of NATIVE)
    it(`has native code of ${name} for Linux, macOS and Windows`, () => {
      const folder = `node_modules/${name}`;
      const parts = Object.keys(entries[folder]?.optionalDependencies ?? {}).flatMap((part) => {
        const entry = entries[folderOf(part, folder) ?? ''];
        return entry?.os && entry.cpu ? [entry] : [];
      });
      expect(PLATFORMS.filter((platform) => !parts.some((part) => serves(part, platform)))).toEqual([]);
    });

  it('has a checksum of every package', () => {
    expect(installed.length).toBeGreaterThan(100);
    expect(installed.filter(([, { integrity }]) => !integrity?.startsWith('sha512-'))).toEqual([]);
  });

  it('names no registry, so that packages come from the one that is configured', () => {
    expect(installed.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
    expect(readFileSync('package-lock.json', 'utf8')).not.toMatch(/"resolved": "\w+:/);
  });
});

describe('installing packages for production', () => {
  const Manifest = z.object({ scripts: z.record(z.string(), z.string()).default({}) });
  const INSTALL_SCRIPTS = ['preinstall', 'install', 'postinstall'];

  it('needs no install script', () => {
    const folders = productionFolders();
    expect(folders).toContain('node_modules/discord.js');
    expect(folders.filter((folder) => entries[folder]?.hasInstallScript)).toEqual([]);
    // Registries may leave that out of what the lock file is made from.
    const withScript = folders.filter((folder) => {
      if (!existsSync(folder)) return false; // for another platform
      const { scripts } = Manifest.parse(JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')));
      // npm compiles a package with this file even if it has no script.
      return INSTALL_SCRIPTS.some((name) => scripts[name]) || existsSync(`${folder}/binding.gyp`);
    });
    expect(withScript).toEqual([]);
  });

  it('has none in the project’s own packages, which npm 10 would run', () => {
    for (const file of ['package.json', 'packages/fake-discord/package.json']) {
      const { scripts } = Manifest.parse(JSON.parse(readFileSync(file, 'utf8')));
      expect([...INSTALL_SCRIPTS, 'prepare'].filter((name) => scripts[name])).toEqual([]);
    }
  });
});
