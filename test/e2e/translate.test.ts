// `npm run translate` as a process: what it begins, what it lists, what it records, and what it refuses.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readContentFolder } from '../../src/content/files.ts';
import { files, GUIDE, OTHER, writeFiles } from '../guide/sample.ts';

let home: string;
let folder: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'guidepost-translate-'));
  folder = join(home, 'content');
  writeFiles(folder, files());
});
afterEach(() => rmSync(home, { recursive: true }));

function translate(...args: string[]) {
  const env = { ...process.env, CONTENT_DIR: folder };
  return spawnSync(process.execPath, ['scripts/run.js', 'translate', ...args], { encoding: 'utf8', env });
}
const textOf = (file: string) => readFileSync(join(folder, file), 'utf8');
const write = (file: string, text: string) => writeFiles(folder, new Map([[file, text]]));
const REAR = OTHER.replace('The back door', 'Die Hintertür');
const codesOf = async () =>
  (await readContentFolder(folder)).findings.map(({ code, path }) => `${code} ${path.split('/').at(-1)}`);

describe('npm run translate', () => {
  it('begins a translation, whose content can be served, and keeps what is there', async () => {
    write('de/other.md', REAR);
    const { status, stdout } = translate('init', 'de');
    expect(status).toBe(0);
    expect(stdout).toContain(join(folder, 'de/edition.yaml'));
    expect(stdout).toContain(`${join(folder, 'de/other.md')} is there already`);
    expect(textOf('de/other.md')).toBe(REAR);
    expect(textOf('de/open-door.md')).toContain('<!--\n## Which door is it? {#start}');
    expect(textOf('de/edition.yaml')).toMatch(/^translated: \d{4}-\d\d-\d\d$/m);
    const { content } = await readContentFolder(folder);
    expect(content?.editions.get('de')?.translation?.missing).toEqual(new Set(['open-door#start', 'open-door#front']));
    expect(translate('init', 'de')).toMatchObject({ status: 0 });
    expect(textOf('de/edition.yaml')).toMatch(/^from: \{\}$/m);
  });

  it('begins a translation that offers no language yet', async () => {
    translate('init', 'pt-BR');
    const { content } = await readContentFolder(folder);
    expect([...(content?.editions.keys() ?? [])]).toEqual(['en']);
    expect(translate('stale', 'pt-BR').stdout).toContain('3 pages to do in pt-BR');
  });

  it('lists what is to do, and records what is done, with the English page of then', async () => {
    write('de/other.md', REAR);
    translate('init', 'de');
    const before = translate('stale', 'de').stdout;
    expect(before).toContain('open-door#start: not translated (');
    expect(before).toContain('other#rear: translated, but not recorded (');
    expect(before).toContain('3 pages to do in de');
    expect(translate('done', 'other#rear', 'de')).toMatchObject({ status: 0, stderr: '' });
    expect(textOf('de/edition.yaml')).toMatch(/^ {2}other#rear: ["']?[0-9a-f]{10}["']?$/m);
    expect(textOf('de/.english/other.md')).toBe(OTHER.slice(OTHER.indexOf('## ')));
    expect(existsSync(join(folder, 'de/.english/open-door.md'))).toBe(false);
    const after = translate('stale', 'de').stdout;
    expect(after).not.toContain('other#rear');
    expect(after).toContain('2 pages to do in de');
    expect(await codesOf()).not.toContain('G062 other.md');
  });

  it('shows what has changed in an English page since', async () => {
    write('de/other.md', REAR);
    translate('init', 'de');
    translate('done', 'all', 'de');
    write('en/other.md', OTHER.replace('It is never locked.', 'It is always locked.'));
    const { stdout } = translate('stale', 'de');
    expect(stdout).toContain('other#rear: English has changed (');
    expect(stdout).toMatch(/^-It is never locked\..*\n\+It is always locked\./m);
    expect(await codesOf()).toContain('G062 other.md');
    translate('done', 'other#rear', 'de');
    expect(translate('stale', 'de').stdout).not.toContain('other#rear');
  });

  it('says when nothing is left', () => {
    write('de/other.md', REAR);
    write('de/open-door.md', GUIDE);
    translate('init', 'de');
    expect(translate('done', 'all', 'de').stdout).toContain('3 pages: recorded');
    expect(translate('stale', 'de').stdout).toBe('de is up to date\n');
    const names = [...textOf('de/edition.yaml').matchAll(/^ {2}(\S+#\S+):/gm)].map(([, name]) => name);
    expect(names).toEqual(['open-door#start', 'open-door#front', 'other#rear']);
  });

  it.each<[string, string[], number, string]>([
    ['no command', [], 2, 'Usage:'],
    ['an unknown command', ['begin', 'de'], 2, 'Usage:'],
    ['a missing language', ['done', 'other#rear'], 2, 'Usage:'],
    ['English', ['init', 'en'], 1, 'English is what is translated from'],
    ['what is not a locale', ['init', 'German'], 1, '"German" is not a locale'],
    ['a path', ['init', '../de'], 1, '"../de" is not a locale'],
    ['a page of a language without any', ['done', 'other#rear', 'fr'], 1, 'There is no page in '],
    ['an unknown page', ['done', 'other#raer', 'de'], 1, 'There is no page "other#raer" (did you mean other#rear?)'],
    ['a page that is not translated', ['done', 'open-door#start', 'de'], 1, 'open-door#start is not translated'],
    ['a page before the translation is begun', ['done', 'other#rear', 'de'], 1, 'npm run translate -- init de'],
  ])('refuses %s in one sentence, and writes nothing', (_, args, code, sentence) => {
    write('de/other.md', REAR);
    const { status, stderr } = translate(...args);
    expect(status).toBe(code);
    expect(stderr).toContain(sentence);
    expect(existsSync(join(folder, 'de/edition.yaml'))).toBe(false);
    for (const other of ['fr', 'German', '../de']) expect(existsSync(join(folder, other))).toBe(false);
  });

  it('refuses a folder that is missing or has errors', () => {
    write('en/open-door.md', '# nothing\n');
    const { status, stderr } = translate('stale', 'de');
    expect(status).toBe(1);
    expect(stderr).toMatch(/en\/open-door\.md:1:1 .+\n(.+\n)*The content has errors/);
    rmSync(folder, { recursive: true });
    expect(translate('stale', 'de')).toMatchObject({ status: 1, stderr: expect.stringContaining(`${folder}: `) });
  });
});
