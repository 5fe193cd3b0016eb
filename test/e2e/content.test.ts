// `npm run content` as a process: what it prints and how it ends.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { FOLDER_1_0 } from '../guide/content-1.0.ts';

const home = mkdtempSync(join(tmpdir(), 'guidepost-content-'));
const folder = join(home, 'content');
cpSync(FOLDER_1_0, folder, { recursive: true });
afterAll(() => rmSync(home, { recursive: true }));

it('converts a folder of 1.0 with --convert, and checks it then', () => {
  const run = (...options: string[]) =>
    spawnSync(process.execPath, ['scripts/run.js', 'content', ...options], {
      env: { ...process.env, CONTENT_DIR: folder },
      encoding: 'utf8',
    });
  const { status, stdout } = run('--convert');
  expect(stdout).toContain(`${folder}/sources.yaml: 8 keys renamed`);
  expect(stdout).toMatch(/\d+ pages, \d+ warnings, no errors/);
  expect(status).toBe(0);
  expect(run('--convert').stdout).toContain(`${folder} needs no conversion`);
  expect(run('--covert').status).toBe(2);
});
