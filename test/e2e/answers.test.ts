// `npm run answers` as a process: what it prints and how it ends.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

const home = mkdtempSync(join(tmpdir(), 'guidepost-answers-'));
afterAll(() => rmSync(home, { recursive: true }));

function answers(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/run.js', 'answers', ...args], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

const Line = z.strictObject({
  question: z.string(),
  kind: z.enum(['sure', 'unsure', 'pointer', 'declined', 'courtesy']),
  pages: z.array(z.string()).length(3),
  language: z.string(),
});

describe('npm run answers -- --batch', () => {
  it('prints one JSON line for each line with a question, and nothing else', () => {
    const file = join(home, 'questions.txt');
    const questions = Array.from({ length: 600 }, (_, i) => `how do i close account number ${i}`);
    const others = ['मैं अपना अकाउंट कैसे बंद करूं', 'thanks a lot', 'what is the weather like'];
    writeFileSync(file, `\uFEFF${questions.join('\r\n')}\r\n\r\n${others.join('\n')}`);
    const { status, stdout } = answers('--batch', file);
    expect(status).toBe(0);
    const lines = stdout.trimEnd().split('\n');
    const results = lines.map((line) => Line.parse(JSON.parse(line)));
    expect(results.map(({ question }) => question)).toEqual([...questions, ...others]);
    const [hindi, thanks, weather] = results.slice(-others.length);
    expect(hindi?.language).toBe('hi');
    expect(['sure', 'unsure']).toContain(hindi?.kind);
    expect(thanks).toMatchObject({ kind: 'courtesy', language: 'en' });
    expect(weather).toMatchObject({ kind: 'declined', language: 'en' });
  });

  it.each([
    ['does not exist', () => join(home, 'missing.txt'), 'missing.txt does not exist.'],
    ['is a folder', () => home, 'cannot be read (EISDIR).'],
  ])('ends with code 2 and a sentence if the file %s', (_, path, sentence) => {
    const { status, stdout, stderr } = answers('--batch', path());
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(sentence);
    expect(stderr).not.toContain('    at ');
  });
});

describe('npm run answers -- --evaluate', () => {
  it('prints a row of metrics for each file of a folder', () => {
    const folder = join(home, 'sets');
    mkdirSync(folder);
    const text = 'what is the weather like';
    const set = [
      { text, pages: [] },
      { text, pages: ['close-account#no-such-page'] },
    ];
    writeFileSync(join(folder, 'en.json'), JSON.stringify(set));
    writeFileSync(join(folder, 'ur.json'), JSON.stringify(set.slice(0, 1)));
    writeFileSync(join(folder, 'notes.txt'), 'not a set');
    const { status, stdout } = answers('--evaluate', folder);
    expect(status).toBe(0);
    const [columns = [], ...rows] = stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split('\t'));
    const byColumn = rows.map((cells) => Object.fromEntries(columns.map((column, i) => [column, cells[i]])));
    expect(byColumn).toMatchObject([
      { language: 'en', 'on topic': '1', 'off topic': '1', 'answered %': '0.0', 'declined %': '100.0' },
      { language: 'ur', 'on topic': '0', 'off topic': '1', 'declined %': '100.0' },
    ]);
  });

  it('ends with code 2 and a sentence if a folder has no JSON files', () => {
    const folder = join(home, 'empty');
    mkdirSync(folder);
    expect(answers('--evaluate', folder)).toMatchObject({ status: 2, stderr: `${folder} has no JSON files.\n` });
  });
});

describe('npm run answers', () => {
  it('shows the verdict on a question, the best pages and their features', () => {
    const { status, stdout } = answers('how do i close', 'my account');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^(sure|unsure)\n {2}confidence/);
    expect(stdout).toContain('@close');
    expect(stdout).toContain('costly page');
  });

  it('shows in which language a question is understood', () => {
    const { status, stdout } = answers('मैं अपना अकाउंट कैसे बंद करूं');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^ {2}language {3}hi$/m);
    expect(stdout).toMatch(/^0\.\d\d {2}close-account#/m);
  });

  it('shows that thanks are a courtesy', () => {
    expect(answers('thanks').stdout).toMatch(/^courtesy\n/);
  });

  it.each([
    ['no question', []],
    ['an unknown option', ['--unknown']],
    ['a missing file name', ['--batch']],
  ])('ends with code 2 and its usage for %s', (_, args) => {
    const { status, stderr } = answers(...args);
    expect(status).toBe(2);
    expect(stderr).toContain('Usage:');
    expect(stderr).not.toContain('    at ');
  });

  it('prints its usage for --help', () => {
    expect(answers('--help')).toMatchObject({ status: 0, stdout: expect.stringContaining('--batch FILE') });
  });
});
