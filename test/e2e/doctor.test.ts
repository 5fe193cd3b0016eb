// `npm run doctor` as a process: its output and its exit code.
import { spawn } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type FakeDiscord, startFakeDiscord } from 'fake-discord';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/store.ts';
import { systemClock } from '../../src/system-clock.ts';
import { copyLoadedPackages, NOBODY, whyNotAsNobody } from '../deploy/other-user.ts';
import { connectedTo } from '../doctor/run-doctor.ts';
import { log } from '../store/databases.ts';
import { openWorld, type World } from './world.ts';

const home = mkdtempSync(join(tmpdir(), 'guidepost-doctor-'));
const DATABASE_URL = `file:${join(home, 'new', 'guidepost.db')}`;
let discord: FakeDiscord;
beforeAll(async () => {
  discord = await startFakeDiscord();
});
afterAll(async () => {
  await discord.stop();
  rmSync(home, { recursive: true, force: true });
});

const VARIABLES = /^(DISCORD_|DATABASE_URL|CONTENT_DIR|TRANSPORT|PORT|HOST|SHARDS|LOG_LEVEL)/;

/** Runs it to its end. @param options the program's folder and the user; default: this clone and the current user */
async function run(environment: Readonly<Record<string, string>>, options: { cwd?: string; uid?: number } = {}) {
  const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !VARIABLES.test(name)));
  const child = spawn(process.execPath, ['scripts/run.js', 'doctor'], {
    env: { ...clean, DATABASE_URL, ...environment },
    ...options,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data));
  const code = await new Promise<number | null>((done) => child.on('close', done));
  return { code, output };
}

describe('npm run doctor', { timeout: 60_000 }, () => {
  it('ends with 0 for a working bot, and prints no secrets', async () => {
    const world: World = await openWorld();
    const { code, output } = await run(connectedTo(world.discord));
    await world.stop();
    expect(output).toMatch(/^ok {7}Node\.js {6}\d/m);
    expect(output).toMatch(/\n\n\d+ ok, 0 problems\n$/);
    expect(output).not.toContain('problem ');
    expect(output).not.toContain(world.discord.token);
    expect(code).toBe(0);
  });

  it('ends with 1 for a problem, and prints neither token nor password', async () => {
    const { code, output } = await run({
      ...connectedTo(discord),
      DISCORD_TOKEN: 'MTIzNDU2Nzg5MDEyMzQ1Njc4.GAbcde.old-and-secret',
      DATABASE_URL: 'postgres://bot:p%40ss-and-secret@127.0.0.1:9/guidepost',
    });
    expect(output).toContain('Discord refuses DISCORD_TOKEN');
    expect(output).toContain('PostgreSQL at 127.0.0.1:9 can’t be reached');
    expect(output).toContain('2 problems');
    expect(output).not.toMatch(/old-and-secret|p(%40|@)ss|and-secret/);
    expect(code).toBe(1);
  });

  it('ends with 2 for an invalid environment', async () => {
    const { code, output } = await run({ DISCORD_TOKEN: 'also-secret', TRANSPORT: 'pigeon' });
    expect(output).toContain('problem  environment  TRANSPORT must be gateway or http');
    expect(output).not.toContain('also-secret');
    expect(code).toBe(2);
  });

  it('prints lines of at most 96 columns, except for links', async () => {
    const { output } = await run({ ...connectedTo(discord), DISCORD_GUILD_ID: '11111111111111111' });
    const wide = output.split('\n').filter((line) => line.length > 96 && !/^\s*(→ )?\S+$/.test(line));
    expect(wide).toEqual([]);
  });

  it('does not change a database or its folder', async () => {
    const folder = mkdtempSync(join(home, 'kept-'));
    const [made, kept] = [join(folder, 'made.db'), join(folder, 'kept', 'guidepost.db')];
    const store = openStore(`file:${made}`, { log, clock: systemClock });
    await store.run((db) => db.selectFrom('pins').selectAll().execute());
    await store.close();
    mkdirSync(dirname(kept));
    copyFileSync(made, kept); // without the log that libsql keeps beside it while this process lives
    const { output } = await run({ DATABASE_URL: `file:${kept}` });
    expect(output).toMatch(/is\s+healthy;\s+its\s+tables\s+are\s+up\s+to\s+date/);
    expect(readdirSync(dirname(kept))).toEqual(['guidepost.db']);
    expect(readFileSync(kept).equals(readFileSync(made))).toBe(true);
  });

  it('creates no database', async () => {
    await run({});
    expect(existsSync(join(home, 'new'))).toBe(false);
  });

  it('reports a database that is not writable for the current user', async ({ skip }) => {
    const reason = whyNotAsNobody();
    if (reason) return skip(reason);
    // A copy, because the other user may not have access to this clone's folder.
    const cwd = mkdtempSync(join(home, 'program-'));
    for (const name of ['dist', 'scripts', 'content', 'package.json'])
      cpSync(name, join(cwd, name), { recursive: true });
    copyLoadedPackages(join(cwd, 'node_modules'));
    for (const folder of [home, cwd]) chmodSync(folder, 0o755);
    const { output } = await run({}, { cwd, uid: NOBODY });
    expect(output).toMatch(/problem {2}database {5}\S+ is not writable for the current user\n +→ Run this as/);
  });
});
