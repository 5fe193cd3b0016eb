// A build that cannot be made: a service manager must not try it again and again.
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NOBODY, whyNotAsNobody } from './other-user.ts';

/** A clone with nothing built and nothing installed. */
const clone = mkdtempSync(join(tmpdir(), 'guidepost-build-'));
beforeAll(() => {
  chmodSync(clone, 0o755);
  cpSync('scripts', join(clone, 'scripts'), { recursive: true });
  for (const folder of ['src', 'commands', 'bench']) mkdirSync(join(clone, folder));
  writeFileSync(join(clone, 'package-lock.json'), '{}');
  writeFileSync(join(clone, 'package.json'), '{ "type": "module" }');
});
afterAll(() => rmSync(clone, { recursive: true }));

function start(user: { uid?: number } = {}) {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/start.js'], {
    cwd: clone,
    encoding: 'utf8',
    ...user,
  });
  return { status, stderr };
}

describe('a start that would have to build', () => {
  it('ends with code 2 where npm install was not run', () => {
    expect(start()).toEqual({ status: 2, stderr: expect.stringContaining('run "npm install" first') });
  });

  it('ends with code 2 where this user cannot write the program', ({ skip }) => {
    const reason = whyNotAsNobody();
    if (reason) return skip(reason);
    expect(start({ uid: NOBODY })).toEqual({ status: 2, stderr: expect.stringContaining('run "npm run build" as') });
  });
});
