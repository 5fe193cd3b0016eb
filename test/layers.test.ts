// Imports point one way: the pure parts know nothing of Discord or of the database.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

/** A folder and what its files may not import. */
const FORBIDDEN: [string, RegExp][] = [
  ['src/guide', /^(src\/(answers|discord|doctor|faq|preview|store|words)|commands)\/|^discord\.js/],
  ['src/answers', /^(src\/(discord|doctor|faq|preview|store|words)|commands)\/|^discord\.js/],
  ['src/store', /^(src\/(answers|discord|doctor|guide|preview|words)|commands)\/|^discord\.js/],
  ['src/faq', /^(src\/(discord|doctor|preview|words)|commands)\/|^discord\.js/],
  ['src/words', /^(src\/(answers|discord|doctor|faq|guide|preview|store)|commands)\/|^discord\.js/],
  ['src/discord', /^(src\/(doctor|preview)|commands)\//],
  ['commands', /^src\/(doctor|preview)\//],
  ['src/doctor', /^src\/(bot\.ts|main\.ts|preview|tools)/],
];

const files = ['src', 'commands'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(folder, file).replaceAll('\\', '/')),
);
const importsOf = (file: string) =>
  [...readFileSync(file, 'utf8').matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(([, target = '']) =>
    target.startsWith('.') ? normalize(join(dirname(file), target)) : target,
  );

describe('layers', () => {
  it.each(FORBIDDEN)('%s imports nothing from above it', (folder, forbidden) => {
    const wrong = files
      .filter((file) => file.startsWith(`${folder}/`))
      .flatMap((file) =>
        importsOf(file)
          .filter((target) => forbidden.test(target))
          .map((target) => `${file} → ${target}`),
      );
    expect(wrong).toEqual([]);
  });

  it('every file says in its first line what it is for', () => {
    expect(files.filter((file) => !readFileSync(file, 'utf8').startsWith('// '))).toEqual([]);
  });
});
