// The structure of the sources: which layer imports which, no cycles, no hidden clock.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

/**
 * Every folder and every file at the root of `src`, and what it may import of the project besides itself. `node:` modules
 * and packages are free, but for `discord.js` below.
 */
const ALLOWED: Record<string, readonly string[]> = {
  commands: [
    'src/clock.ts',
    'src/discord',
    'src/discord/views',
    'src/get-or-insert.ts',
    'src/guide',
    'src/i18n',
    'src/locale.ts',
    'src/pins',
    'src/replies',
    'src/search',
    'src/servers',
    'src/slices.ts',
    'src/stats',
    'src/store',
    'src/time.ts',
  ],
  'packages/fake-discord': [],
  'src/app.ts': [
    'commands',
    'src/clock.ts',
    'src/content',
    'src/discord',
    'src/guide',
    'src/jobs.ts',
    'src/operator-error.ts',
    'src/replies',
    'src/servers',
    'src/slices.ts',
    'src/stats',
    'src/store',
  ],
  'src/clock.ts': [],
  'src/compare-text.ts': [],
  'src/config.ts': ['src/database-url.ts', 'src/env-file.ts', 'src/env-value.ts', 'src/operator-error.ts'],
  'src/content': [
    'src/clock.ts',
    'src/compare-text.ts',
    'src/discord/views',
    'src/guide',
    'src/jobs.ts',
    'src/operator-error.ts',
    'src/search',
    'src/slices.ts',
  ],
  'src/database-url.ts': [],
  'src/discord': [
    'src/clock.ts',
    'src/compare-text.ts',
    'src/config.ts',
    'src/discord/views',
    'src/get-or-insert.ts',
    'src/guide',
    'src/i18n',
    'src/jobs.ts',
    'src/locale.ts',
    'src/log.ts',
    'src/operator-error.ts',
    'src/origin.ts',
    'src/pins',
    'src/replies',
    'src/search',
    'src/servers',
    'src/slices.ts',
    'src/stats',
    'src/store',
    'src/time.ts',
  ],
  'src/discord/views': [
    'src/discord',
    'src/get-or-insert.ts',
    'src/guide',
    'src/i18n',
    'src/replies',
    'src/stats',
    'src/time.ts',
  ],
  'src/doctor': [
    'commands',
    'package.json',
    'src/config.ts',
    'src/content',
    'src/database-url.ts',
    'src/discord',
    'src/env-file.ts',
    'src/env-value.ts',
    'src/guide',
    'src/store',
  ],
  'src/env-file.ts': [],
  'src/env-value.ts': [],
  'src/figures': ['src/compare-text.ts', 'src/operator-error.ts'],
  'src/get-or-insert.ts': [],
  'src/guide': ['src/compare-text.ts', 'src/locale.ts'],
  'src/i18n': ['src/locale.ts'],
  'src/jobs.ts': ['src/clock.ts'],
  'src/live.ts': [
    'src/app.ts',
    'src/clock.ts',
    'src/config.ts',
    'src/content',
    'src/discord',
    'src/jobs.ts',
    'src/operator-error.ts',
    'src/store',
  ],
  'src/locale.ts': [],
  'src/log.ts': [],
  'src/main.ts': [
    'src/config.ts',
    'src/content',
    'src/env-file.ts',
    'src/env-value.ts',
    'src/live.ts',
    'src/log.ts',
    'src/operator-error.ts',
    'src/preview',
    'src/system-clock.ts',
  ],
  'src/operator-error.ts': [],
  'src/origin.ts': [],
  'src/pins': ['src/store', 'src/time.ts'],
  'src/preview': [
    'src/config.ts',
    'src/content',
    'src/discord',
    'src/discord/views',
    'src/guide',
    'src/i18n',
    'src/live.ts',
    'src/origin.ts',
    'src/replies',
    'src/servers',
  ],
  'src/replies': [
    'src/clock.ts',
    'src/get-or-insert.ts',
    'src/guide',
    'src/search',
    'src/slices.ts',
    'src/store',
    'src/time.ts',
  ],
  'src/search': ['src/get-or-insert.ts', 'src/guide', 'src/slices.ts'],
  'src/servers': ['src/get-or-insert.ts', 'src/slices.ts', 'src/stats', 'src/store', 'src/time.ts'],
  'src/slices.ts': [],
  'src/stats': [
    'src/clock.ts',
    'src/compare-text.ts',
    'src/get-or-insert.ts',
    'src/jobs.ts',
    'src/replies',
    'src/search',
    'src/slices.ts',
    'src/store',
    'src/time.ts',
  ],
  'src/store': ['src/clock.ts', 'src/jobs.ts', 'src/time.ts'],
  'src/system-clock.ts': ['src/clock.ts'],
  'src/time.ts': [],
  'src/tools': [
    'src/content',
    'src/doctor',
    'src/env-file.ts',
    'src/figures',
    'src/guide',
    'src/operator-error.ts',
    'src/preview',
    'src/search',
  ],
};
/** What knows nothing of Discord. */
const WITHOUT_DISCORD = /^src\/(guide|pins|replies|search|servers|stats|store)\//;

/** What reads the machine's time or its randomness, or sets a timer, without the `Clock` that it was given. */
const HIDDEN_CLOCK =
  /\b(Date\.now|performance\.now|Math\.random|AbortSignal\.timeout|randomInt|randomBytes)\b|new Date\(\)|timers\/promises|(?<![.\w])(set|clear)(Timeout|Interval|Immediate)\b/;
/** Where that is right, and why. */
const MAY_READ_MACHINE_CLOCK: readonly { readonly files: RegExp; readonly why: string }[] = [
  { files: /^src\/system-clock\.ts$/, why: 'it is the `Clock` of the running bot' },
  { files: /^src\/slices\.ts$/, why: 'it measures how long the processor is busy, and yields to the event loop' },
  { files: /^src\/content\/files\.ts$/, why: 'it runs in the process that reads the content, which checks dates' },
  { files: /^src\/(doctor|tools)\//, why: 'they are programs of their own' },
  { files: /^packages\/fake-discord\//, why: 'it is not a part of the bot' },
];

const files = ['src', 'commands', 'packages/fake-discord/src', 'packages/fake-discord/page'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(folder, file).replaceAll('\\', '/')),
);
const importsOf = (file: string) =>
  [...readFileSync(file, 'utf8').matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(([, target = '']) =>
    target.startsWith('.') ? normalize(join(dirname(file), target)) : target,
  );

const withoutComments = (code: string) => code.replace(/^\s*(\/\/|\/?\*).*$/gm, '');

/** The folder that a file counts to, or the file itself at the root of `src`. */
function layerOf(file: string): string {
  if (file.startsWith('src/discord/views/')) return 'src/discord/views';
  if (file.startsWith('packages/')) return file.split('/').slice(0, 2).join('/');
  const parts = file.split('/');
  return parts[0] === 'src' ? parts.slice(0, 2).join('/') : (parts[0] ?? '');
}

/** Files that import each other, in a ring of any length; types count. */
function cycles(): string[][] {
  const found: string[][] = [];
  const done = new Set<string>();
  const visit = (file: string, trail: readonly string[]): void => {
    const start = trail.indexOf(file);
    if (start >= 0) found.push([...trail.slice(start), file]);
    if (start >= 0 || done.has(file)) return;
    for (const target of importsOf(file).filter((one) => files.includes(one))) visit(target, [...trail, file]);
    done.add(file);
  };
  for (const file of files) visit(file, []);
  return found;
}

describe('layers', () => {
  it('has a rule for every folder and every file at the root, and for nothing else', () => {
    expect([...new Set(files.map(layerOf))].sort()).toEqual(Object.keys(ALLOWED).sort());
  });

  it.each(Object.entries(ALLOWED))('%s imports only what it may', (layer, allowed) => {
    const wrong = files
      .filter((file) => layerOf(file) === layer)
      .flatMap((file) =>
        importsOf(file)
          .filter((target) => /^(src|commands|bench|test|packages|package\.json)(\/|$)/.test(target))
          .filter((target) => layerOf(target) !== layer && !allowed.includes(layerOf(target)))
          .map((target) => `${file} → ${target}`),
      );
    expect(wrong).toEqual([]);
  });

  it('keeps Discord out of the parts that do not need it', () => {
    const wrong = files
      .filter((file) => WITHOUT_DISCORD.test(file))
      .filter((file) => importsOf(file).some((target) => /^(@discordjs\/|discord[.-])/.test(target)));
    expect(wrong).toEqual([]);
  });

  it('uses the fake Discord in the preview only', () => {
    const users = files.filter((file) => importsOf(file).some((target) => /^fake-discord(\/|$)/.test(target)));
    expect(users.filter((file) => !file.startsWith('src/preview/'))).toEqual([]);
  });

  it('has no import cycles', () => {
    expect(cycles()).toEqual([]);
  });

  it('reads time and randomness, and sets timers, only by way of the clock', () => {
    const wrong = files
      .filter((file) => !MAY_READ_MACHINE_CLOCK.some((exception) => exception.files.test(file)))
      .filter((file) => HIDDEN_CLOCK.test(withoutComments(readFileSync(file, 'utf8'))));
    expect(wrong).toEqual([]);
  });

  it('has no exception that is not needed', () => {
    const needed = files.filter((file) => HIDDEN_CLOCK.test(withoutComments(readFileSync(file, 'utf8'))));
    const unneeded = MAY_READ_MACHINE_CLOCK.filter((exception) => !needed.some((file) => exception.files.test(file)));
    expect(unneeded).toEqual([]);
  });

  it('has a first line in every file that says what it is for', () => {
    expect(files.filter((file) => !readFileSync(file, 'utf8').startsWith('// '))).toEqual([]);
  });
});
