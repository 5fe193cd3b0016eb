// The container image, without a container engine: the Dockerfile's last stage is copied into a folder, and its commands
// run there as an unprivileged user.
import { type ChildProcess, spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { type FakeDiscord, startFakeDiscord } from 'fake-discord';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUSY_MS, MEMBER, until } from '../e2e/world.ts';
import { copyLoadedPackages, NOBODY, whyNotAsNobody } from './other-user.ts';

const [, ...stages] = readFileSync('deploy/Dockerfile', 'utf8')
  .replace(/\\\n/g, ' ')
  .split(/^FROM /m);
const last = stages.at(-1) ?? '';
/** The arguments of all instructions of a name in the last stage. */
const all = (name: string) =>
  [...last.matchAll(new RegExp(`^\\s*${name} (.+)$`, 'gm'))].map(([, value = '']) => value.trim());
const environment = Object.fromEntries(
  all('ENV').flatMap((line) => line.split(' ').map((pair) => pair.split('='))),
) as Record<string, string>; // if a pair doesn't have two parts, a test below fails
const command = (text = ''): string[] => JSON.parse(text.replace(/^.*?(?=\[)/, ''));

const home = mkdtempSync(join(tmpdir(), 'guidepost-image-'));
const [app, data] = [join(home, 'app'), join(home, 'data')];
let discord: FakeDiscord;
const children: ChildProcess[] = [];

beforeAll(async () => {
  discord = await startFakeDiscord({ answerWithinMs: BUSY_MS });
  chmodSync(home, 0o755);
  mkdirSync(app);
  mkdirSync(data, { mode: 0o700 });
  if (!whyNotAsNobody()) chownSync(data, NOBODY, NOBODY);
  for (const line of all('COPY')) {
    const parts = line.split(/\s+/).filter((part) => !part.startsWith('--'));
    const target = parts.pop() ?? '';
    for (const source of parts.map((part) => part.replace(/^\/app\//, ''))) {
      const copy = target.endsWith('/') ? join(app, target, basename(source)) : join(app, target);
      if (source === 'node_modules') copyLoadedPackages(copy);
      else cpSync(source, copy, { recursive: true, filter: (path) => !path.endsWith('.cache') });
    }
  }
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await discord.stop();
  rmSync(home, { recursive: true, force: true });
});

function run([program = '', ...args]: readonly string[], more: Readonly<Record<string, string>>) {
  const env = {
    PATH: process.env.PATH ?? '',
    ...environment,
    DATABASE_URL: `file:${join(data, 'guidepost.db')}`,
    ...more,
  };
  const user = whyNotAsNobody() ? {} : { uid: NOBODY, gid: NOBODY };
  const child = spawn(program === 'node' ? process.execPath : program, args, { cwd: app, env, ...user });
  children.push(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
  return { child, output: () => output, ended: new Promise<number | null>((done) => child.on('exit', done)) };
}
const live = () => ({ DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl, PORT: '0' });
const filesIn = (folder: string) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();

describe('the image', { timeout: 60_000 }, () => {
  it('uses the newest LTS of Node.js, and runs as a user who does not own the program', () => {
    for (const stage of stages) expect(stage).toMatch(/^node:24-/);
    expect(all('USER')).toEqual(['node']);
    expect(last).not.toMatch(/--chown/);
  });

  it('has none of the packages that only the preview needs', () => {
    const lock: { packages: Record<string, { dependencies?: Record<string, string> }> } = JSON.parse(
      readFileSync('package-lock.json', 'utf8'),
    );
    const installed = new Set<string>();
    const add = (names: readonly string[]): void => {
      for (const name of names.filter((one) => !installed.has(one))) {
        installed.add(name);
        add(Object.keys(lock.packages[`node_modules/${name}`]?.dependencies ?? {}));
      }
    };
    add(Object.keys(lock.packages['']?.dependencies ?? {}));
    expect(installed).toContain('discord.js');
    const onlyPreview = ['fake-discord', '@skyra/discord-components-core', 'discord-markdown-parser', 'lit'];
    expect(onlyPreview.filter((name) => installed.has(name))).toEqual([]);
    expect(all('COPY').filter((line) => line.includes('packages/'))).toEqual([]);
  });

  it('keeps the database in a volume, and exposes its port', () => {
    const volume = all('VOLUME')[0] ?? '';
    expect(dirname(environment.DATABASE_URL?.replace('file:', '') ?? '')).toBe(volume);
    expect(all('EXPOSE')).toEqual([environment.PORT]);
    expect(environment).toMatchObject({ NODE_ENV: 'production', HOST: '0.0.0.0' });
  });

  it('answers, passes its health check, ends on its stop signal, and changes its data only', async () => {
    const before = filesIn(app);
    const { child, output, ended } = run(command(all('CMD').at(-1)), live());
    await until('ready', () => /"ready"/.test(output()) || child.exitCode !== null, 40_000);
    const url = new URL(/"url":"([^"]+)"/.exec(output())?.[1] ?? 'http://no.address');
    const guild = discord.addGuild('Image');
    const user = discord.addUser('Mina');
    discord.join(guild, user, MEMBER);
    const member = discord.person(user, discord.addChannel(guild, 'general'));
    expect((await member.slash('close-account')).message?.embeds).toHaveLength(1);
    const check = command(all('HEALTHCHECK')[0]);
    expect(await run(check, { PORT: url.port }).ended).toBe(0);
    child.kill(all('STOPSIGNAL')[0] === 'SIGTERM' ? 'SIGTERM' : 'SIGKILL');
    expect(await ended).toBe(0);
    expect(await run(check, { PORT: url.port }).ended).toBe(1);
    expect(statSync(join(data, 'guidepost.db')).mode & 0o007, 'others cannot read the database').toBe(0);
    if (!whyNotAsNobody()) expect(filesIn(app)).toEqual(before);
  });

  it('ends with code 2 without a token, instead of running the preview', async () => {
    const { output, ended } = run(command(all('CMD').at(-1)), { PORT: '0' });
    expect(await ended).toBe(2);
    expect(output()).toContain('DISCORD_TOKEN is not set');
  });

  it('contains the doctor', async () => {
    const { output, ended } = run(['node', 'dist/doctor.js'], live());
    expect(await ended).toBe(0);
    expect(output()).toMatch(/^ok +token /m);
  });
});

describe('an installation without the preview', () => {
  it('ends with code 2 without a token, whatever NODE_ENV says', { timeout: 60_000 }, async () => {
    const parts = filesIn(join(app, 'dist')).filter((path) => basename(path).startsWith('preview-'));
    expect(parts.length).toBeGreaterThan(0);
    for (const path of parts) rmSync(join(app, 'dist', path));
    const { output, ended } = run(command(all('CMD').at(-1)), { PORT: '0', NODE_ENV: '' });
    expect(await ended).toBe(2);
    expect(output()).toContain('DISCORD_TOKEN is not set: put the bot’s token there');
  });
});

describe('the build context', () => {
  it('contains no secrets, database or build output', () => {
    const ignored = readFileSync('.dockerignore', 'utf8').split('\n');
    for (const name of ['**/.env', '**/node_modules', '**/.git', 'dist', 'data']) expect(ignored).toContain(name);
  });

  it('contains all files that the Dockerfile copies', () => {
    const ignored = readFileSync('.dockerignore', 'utf8').split('\n');
    const copied = stages.join('\n').matchAll(/^COPY (?!--from)(.+) \S+$/gm);
    for (const [, names = ''] of copied)
      for (const name of names.split(' ')) expect([name, ignored.includes(name)]).toEqual([name, false]);
  });
});
