// `npm run review` as a process: the list, what it records, and what it refuses.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { files, writeFiles } from '../guide/sample.ts';

let home: string;
let folder: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'guidepost-review-'));
  folder = join(home, 'content');
  writeFiles(folder, files());
});
afterEach(() => rmSync(home, { recursive: true }));

function review(...args: string[]) {
  const env = { ...process.env, CONTENT_DIR: folder };
  return spawnSync(process.execPath, ['scripts/run.js', 'review', ...args], { encoding: 'utf8', env });
}
const sources = () => readFileSync(join(folder, 'sources.yaml'), 'utf8');

describe('npm run review', () => {
  it('says what its marks mean, lists what to open, and how much is opened', () => {
    const { status, stdout } = review();
    expect(status).toBe(0);
    expect(stdout).toMatch(/^Open these.* "\?" is .* U50 is .* "\(costly\)" marks .*\n\n1\. rules:/);
    expect(stdout).toContain('1. rules: The rules, The house (opened 2026-11-01)\n   https://example.org/rules\n');
    expect(stdout).toContain('1 to open, 0 questions; 2 of 2 sources are opened');
  });

  it('records that somebody opened a source', () => {
    expect(review('opened', 'rules', '2026-11-02')).toMatchObject({ status: 0, stderr: '' });
    expect(sources().match(/opened: .*/g)).toEqual(['opened: 2026-11-01', 'opened: 2026-11-02']);
  });

  it.each([
    ['an unknown source', ['opened', 'rule', '2026-11-02'], 1, 'has no source "rule" (did you mean rules?)'],
    ['a date that does not exist', ['opened', 'rules', '2026-02-31'], 1, '"2026-02-31" is not a date'],
    ['a date in the future', ['opened', 'rules', '9999-01-01'], 1, '9999-01-01 is in the future'],
    ['an unknown command', ['closed'], 2, 'Usage:'],
    ['a missing date', ['opened', 'rules'], 2, 'Usage:'],
  ])('refuses %s in one sentence, and changes nothing', (_, args, code, sentence) => {
    const before = sources();
    const { status, stderr } = review(...args);
    expect(status).toBe(code);
    expect(stderr).toContain(sentence);
    expect(sources()).toBe(before);
  });

  it('refuses a folder that is missing or has errors', () => {
    writeFiles(folder, new Map([['en/open-door.md', '# nothing\n']]));
    const { status, stderr } = review();
    expect(status).toBe(1);
    expect(stderr).toMatch(/^content\/en\/open-door\.md:1:1 .+\n(.+\n)*The content has errors/);
    rmSync(folder, { recursive: true });
    expect(review()).toMatchObject({ status: 1, stderr: expect.stringContaining(`${folder}: `) });
  });
});
