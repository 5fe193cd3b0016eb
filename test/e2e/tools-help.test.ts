// `npm run TOOL -- --help`: what each tool prints, and that it does nothing else.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, it } from 'vitest';

const home = mkdtempSync(join(tmpdir(), 'guidepost-help-'));
afterAll(() => rmSync(home, { recursive: true }));

/** Runs a tool in an empty folder: without content, every tool that does something fails or writes there. */
function run(...args: string[]) {
  const { CONTENT_DIR: _, ...env } = process.env;
  return spawnSync(process.execPath, [resolve('scripts/run.js'), ...args], { encoding: 'utf8', env, cwd: home });
}

it.each(['content', 'map', 'answers', 'review', 'translate', 'train', 'doctor', 'figures'])(
  '%s prints its usage with --help and -h, and ends with 0',
  (tool) => {
    const { status, stdout, stderr } = run(tool, '--help');
    expect(stdout).toMatch(new RegExp(`^Usage:\n  npm run ${tool}\\b`));
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(run(tool, '-h')).toMatchObject({ status, stdout });
    expect(readdirSync(home)).toEqual([]);
  },
);

it.each(['content', 'map', 'answers'])('%s prints its usage after an option that it does not have', (tool) => {
  const { status, stderr } = run(tool, '--colour');
  expect(status).toBe(2);
  expect(stderr).toMatch(new RegExp(`^Unknown option '--colour'[^]*\n\nUsage:\n  npm run ${tool}\\b`));
});
