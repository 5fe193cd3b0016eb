// The container image, without a container engine: the steps of the Dockerfile run in folders, and the image's commands
// run there as an unprivileged user.
import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { type FakeDiscord, startFakeDiscord } from 'fake-discord';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUSY_MS, MEMBER, until } from '../e2e/world.ts';
import { productionFolders } from '../lock-file.ts';
import { buildImage, environmentOf, parseDockerfile, readDockerignore } from './dockerfile.ts';
import { NOBODY, whyNotAsNobody } from './other-user.ts';

/** Installs all packages and builds the program, beside other tests. */
const BUILD_MS = 600_000;
/** docs/operating.md, "One process": a bot that needs longer is killed, as a container engine does it. */
const STOP_MS = 5000;

const stages = parseDockerfile(readFileSync('deploy/Dockerfile', 'utf8'));
const last = stages.at(-1) ?? { base: '', name: '', instructions: [] };
/** The arguments of all instructions of a name in the last stage. */
const all = (name: string) => last.instructions.filter((one) => one.name === name).map(({ value }) => value);
const environment = environmentOf(last);
const command = (text = ''): string[] => JSON.parse(text.replace(/^.*?(?=\[)/, ''));
/** The image's node has it, and older ones refuse to start with it. */
const HEAP_FLAG = '--max-old-space-size-percentage';
/** How the image starts the bot, as far as the node of these tests can. */
const start = () =>
  command(all('CMD').at(-1)).filter(
    (part) => !part.startsWith(HEAP_FLAG) || process.allowedNodeEnvironmentFlags.has(HEAP_FLAG),
  );

const home = mkdtempSync(join(tmpdir(), 'guidepost-image-'));
const user = whyNotAsNobody() ? (process.getuid?.() ?? 0) : NOBODY;
let [root, app, data] = ['', '', ''];
let discord: FakeDiscord;
const children: ChildProcess[] = [];

beforeAll(async () => {
  discord = await startFakeDiscord({ answerWithinMs: BUSY_MS });
  chmodSync(home, 0o755);
  const image = await buildImage(stages, { context: process.cwd(), home, user });
  [root, app] = [image.root, image.workdir];
  data = join(root, all('VOLUME')[0] ?? '');
  // A container with --read-only has no other folder to write to.
  mkdirSync(join(home, 'tmp'), { mode: 0o555 });
}, BUILD_MS);
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await discord.stop();
  rmSync(home, { recursive: true, force: true });
});

function run([program = '', ...args]: readonly string[], more: Readonly<Record<string, string>>) {
  const env = {
    PATH: process.env.PATH ?? '',
    TMPDIR: join(home, 'tmp'),
    ...environment,
    DATABASE_URL: `file:${join(data, 'guidepost.db')}`,
    ...more,
  };
  const asUser = whyNotAsNobody() ? {} : { uid: user, gid: user };
  const child = spawn(program === 'node' ? process.execPath : program, args, { cwd: app, env, ...asUser });
  children.push(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
  return { child, output: () => output, ended: new Promise<number | null>((done) => child.on('exit', done)) };
}
const live = () => ({ DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl, PORT: '0' });
/** The processes that a process has started and that run. */
const childrenOf = (pid = 0) => readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean);
const filesIn = (folder: string) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();

describe('the image', { timeout: 60_000 }, () => {
  it('uses the newest LTS of Node.js, and runs as a user who does not own the program', () => {
    for (const { base } of stages) expect(base).toMatch(/^node:24-/);
    expect(all('USER')).toEqual(['node']);
    expect(last.instructions.filter(({ flags }) => flags.chown)).toEqual([]);
  });

  it('leaves half of the memory of its container to what is not in the heap', () => {
    expect(command(all('CMD').at(-1))).toContain(`${HEAP_FLAG}=50`);
    if (!process.allowedNodeEnvironmentFlags.has(HEAP_FLAG))
      console.info(`node ${process.version} has no ${HEAP_FLAG}: the image is started without it`);
  });

  it('contains the program, the content and their licenses, and nothing else', () => {
    expect(readdirSync(app).sort()).toEqual(['LICENSE', 'content', 'dist', 'node_modules', 'package.json']);
    expect(readdirSync(root).sort()).toEqual(['app', 'data']);
  });

  it('has the packages of production and no others', () => {
    const installed = filesIn(app)
      .filter((path) => /(^|\/)node_modules\/(@[^/]+\/)?[^@./][^/]*$/.test(path))
      .filter((path) => statSync(join(app, path)).isDirectory());
    expect(installed).toEqual(expect.arrayContaining(['node_modules/discord.js', 'node_modules/libsql']));
    expect(installed.filter((path) => !productionFolders().includes(path))).toEqual([]);
  });

  it('has neither sources nor what only the preview and the measurements need', () => {
    const built = filesIn(join(app, 'dist'));
    expect(built).toContain('main.js');
    expect(built.filter((path) => /\.(ts|map|css|html)$|(^|\/)(page|bench)\b/.test(path))).toEqual([]);
  });

  it('keeps the database in a volume, and exposes its port', () => {
    const volume = all('VOLUME')[0] ?? '';
    expect(dirname(environment.DATABASE_URL?.replace('file:', '') ?? '')).toBe(volume);
    expect(all('EXPOSE')).toEqual([environment.PORT]);
    expect(environment).toMatchObject({ NODE_ENV: 'production', HOST: '0.0.0.0' });
  });

  it('answers, passes its health check, ends on its stop signal, and changes its data only', async () => {
    const before = filesIn(app);
    const { child, output, ended } = run(start(), live());
    await until('ready', () => /"ready"/.test(output()) || child.exitCode !== null, 40_000);
    expect(childrenOf(child.pid), 'the content was read and the search trained with the image').toEqual([]);
    const url = new URL(/"url":"([^"]+)"/.exec(output())?.[1] ?? 'http://no.address');
    const guild = discord.addGuild('Image');
    const mina = discord.addUser('Mina');
    discord.join(guild, mina, MEMBER);
    const member = discord.person(mina, discord.addChannel(guild, 'general'));
    expect((await member.slash('close-account')).message?.embeds).toHaveLength(1);
    const check = command(all('HEALTHCHECK')[0]);
    expect(await run(check, { PORT: url.port }).ended).toBe(0);
    child.kill(all('STOPSIGNAL')[0] === 'SIGTERM' ? 'SIGTERM' : 'SIGKILL');
    const grace = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    expect(await ended).toBe(0);
    clearTimeout(grace);
    expect(await run(check, { PORT: url.port }).ended).toBe(1);
    expect(statSync(join(data, 'guidepost.db')).mode & 0o007, 'others cannot read the database').toBe(0);
    if (!whyNotAsNobody()) expect(filesIn(app)).toEqual(before);
  });

  it('ends with code 2 without a token, instead of running the preview', async () => {
    const { output, ended } = run(start(), { PORT: '0' });
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
    const { output, ended } = run(start(), { PORT: '0', NODE_ENV: '' });
    expect(await ended).toBe(2);
    expect(output()).toContain('DISCORD_TOKEN is not set: put the bot’s token there');
  });
});

describe('the build context', () => {
  it('contains no secrets, packages, database or build output', () => {
    const isIgnored = readDockerignore('.dockerignore');
    const secret = ['.env', '.env.live', 'src/.env', '.git/config', 'node_modules/zod', 'data/guidepost.db'];
    for (const path of [...secret, 'dist/main.js', 'packages/fake-discord/dist/src/index.js', 'npm-debug.log'])
      expect([path, isIgnored(path)]).toEqual([path, true]);
    for (const path of ['src/main.ts', 'content/en/close.md', '.env.example'])
      expect([path, isIgnored(path)]).toEqual([path, false]);
  });
});
