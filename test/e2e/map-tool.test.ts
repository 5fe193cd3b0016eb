// `npm run map` as a process: what it says when it cannot read or write.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';

const home = mkdtempSync(join(tmpdir(), 'guidepost-map-'));
afterAll(() => rmSync(home, { recursive: true }));
const missing = join(home, 'missing');

function map(CONTENT_DIR: string, ...args: string[]) {
  const env = { ...process.env, CONTENT_DIR };
  const { status, stderr } = spawnSync(process.execPath, ['scripts/run.js', 'map', ...args], { encoding: 'utf8', env });
  return { status, lines: stderr.trimEnd().split('\n') };
}

it.each([
  ['the folder to print', missing, missing, []],
  ['the folder to draw', missing, missing, ['--html', join(home, 'map.html')]],
  ['the file to write', join(missing, 'map.html'), 'content', ['--html', join(missing, 'map.html')]],
])('says in one line which path it is if %s is missing', (_, path, folder, args) => {
  const { status, lines } = map(folder, ...args);
  expect(status).toBe(1);
  expect(lines).toEqual([expect.stringContaining(`${path}: `)]);
});
