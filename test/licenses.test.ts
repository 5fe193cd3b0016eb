// The licenses of what a copy of the bot contains.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { entries, productionFolders } from './lock-file.ts';

/**
 * SPDX identifiers of licenses under which an image may contain a package. MPL-2.0 asks for changes to its own files
 * only, and the bot changes none. OFL-1.1 is for fonts.
 * @see https://spdx.org/licenses/
 */
const ALLOWED = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT', 'MPL-2.0', 'OFL-1.1'];

const Type = z.object({ type: z.string() }).transform(({ type }) => type);
const Manifest = z.object({
  license: z.union([z.string(), Type]).optional(),
  /** The form before npm 2. */
  licenses: z.array(Type).optional(),
});

/** The license of an installed package, or of one for another platform as the lock file has it. */
function licenseOf(folder: string): string {
  if (!existsSync(folder)) return entries[folder]?.license ?? 'none';
  const { license, licenses } = Manifest.parse(JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')));
  return license ?? licenses?.join(' OR ') ?? 'none';
}

/** Whether all parts of an SPDX expression are allowed: one with OR is accepted only if each choice is. */
function isAllowed(license: string): boolean {
  return license
    .replace(/[()]/g, '')
    .split(/ AND | OR /)
    .every((part) => ALLOWED.includes(part));
}

describe('the licenses of packages in production', () => {
  it('are all on a short list', () => {
    const licenses = productionFolders().map((folder) => [folder, licenseOf(folder)] as const);
    expect(Object.fromEntries(licenses)).toMatchObject({ 'node_modules/zod': 'MIT' });
    expect(licenses.filter(([, license]) => !isAllowed(license))).toEqual([]);
  });

  it('include the text of the font’s license', () => {
    const folder = 'node_modules/@expo-google-fonts/play';
    const fonts = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ttf'));
    expect(fonts.length).toBeGreaterThan(0);
    expect(readFileSync(`${folder}/LICENSE_FONT`, 'utf8')).toContain('SIL Open Font License, Version 1.1');
  });
});
