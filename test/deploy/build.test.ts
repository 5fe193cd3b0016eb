// Builds: what prevents one, and those that other processes use.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NOBODY, whyNotAsNobody } from './other-user.ts';

/** What the build is made from. */
const SOURCES = ['src', 'commands', 'bench', 'scripts', 'packages', 'package-lock.json'];

/** A clone without a build and without installed packages. */
const clone = mkdtempSync(join(tmpdir(), 'guidepost-build-'));
beforeAll(() => {
  chmodSync(clone, 0o755);
  cpSync('scripts', join(clone, 'scripts'), { recursive: true });
  for (const folder of ['src', 'commands', 'bench', 'packages']) mkdirSync(join(clone, folder));
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

describe('a start without a build', () => {
  it('ends with code 2 if npm install was not run', () => {
    expect(start()).toEqual({ status: 2, stderr: expect.stringContaining('run "npm install" first') });
  });

  it('ends with code 2 if the user has no write access to the program', ({ skip }) => {
    const reason = whyNotAsNobody();
    if (reason) return skip(reason);
    expect(start({ uid: NOBODY })).toEqual({ status: 2, stderr: expect.stringContaining('run "npm run build" as') });
  });
});

describe('a build', { timeout: 60_000 }, () => {
  const home = mkdtempSync(join(tmpdir(), 'guidepost-builds-'));
  const running: ChildProcess[] = [];
  beforeAll(() => {
    for (const name of [...SOURCES, 'content', 'package.json', 'tsconfig.base.json'])
      cpSync(name, join(home, name), { recursive: true, filter: (path) => !/node_modules|\bdist\b/.test(path) });
    symlinkSync(join(process.cwd(), 'node_modules'), join(home, 'node_modules'));
  });
  afterAll(() => {
    for (const child of running) child.kill('SIGKILL');
    rmSync(home, { recursive: true });
  });
  const builds = () => readdirSync(join(home, 'dist')).filter((name) => /^[0-9a-f]{12}/.test(name));
  const entryPoint = () => readFileSync(join(home, 'dist/main.js'), 'utf8');
  const run = (...args: string[]) => {
    const child = spawn(process.execPath, args, { cwd: home });
    running.push(child);
    return { child, ended: once(child, 'exit').then(([code]) => code) };
  };
  const check = () => run('scripts/run.js', 'content').ended;
  /** A process that uses the build until it is killed. */
  const use = async () => {
    const code = `import('./scripts/build-if-needed.js').then(({ buildIfNeeded }) => buildIfNeeded()).then(console.log);setInterval(() => 0, 1000)`;
    const { child, ended } = run('-e', code);
    await once(child.stdout, 'data');
    return { child, ended };
  };

  it('is created once by two starts at the same time, and both run', async () => {
    expect(await Promise.all([check(), check()])).toEqual([0, 0]);
    expect(builds()).toHaveLength(1);
  });

  it('is kept while a process uses it, even if a tool builds newer sources', async () => {
    const { child, ended } = await use();
    const [used = ''] = builds();
    const files = readdirSync(join(home, 'dist', used));
    const main = join(home, 'src/main.ts');
    const source = readFileSync(main, 'utf8');
    appendFileSync(main, '// newer\n');
    expect(await check()).toBe(0);
    expect(builds()).toHaveLength(2);
    expect(readdirSync(join(home, 'dist', used))).toEqual(files);
    expect(entryPoint()).not.toContain(used);
    // The sources of the build that is still there, as after a checkout of the version before.
    writeFileSync(main, source);
    expect(await check()).toBe(0);
    expect(entryPoint()).toContain(used);
    child.kill('SIGKILL');
    await ended;
    mkdirSync(join(home, 'dist', `0123456789ab.${child.pid}`)); // as a build that was killed leaves it
    appendFileSync(main, '// newest\n');
    expect(await check()).toBe(0);
    // The one before stays until the next: the bot of a service user cannot mark what it uses.
    expect(builds()).toContain(used);
    expect(builds()).toHaveLength(2);
    appendFileSync(main, '// last\n');
    expect(await check()).toBe(0);
    expect(builds()).not.toContain(used);
    expect(builds()).toHaveLength(2);
  });

  it('is used by the entry points of an installation without sources', async () => {
    for (const name of ['src', 'commands', 'bench']) rmSync(join(home, name), { recursive: true });
    expect(await run('dist/content.js').ended).toBe(0);
    expect(await check()).toBe(0);
  });
});
