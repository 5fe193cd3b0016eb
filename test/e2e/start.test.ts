// Start and running: registration, content changes, network failures, health.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { ContentError } from '../../src/content/folder.ts';
import { TokenError } from '../../src/discord/errors.ts';
import { PortError } from '../../src/discord/http.ts';
import { inviteLink } from '../../src/discord/invite.ts';
import { copyContent } from '../content-copy.ts';
import { openWorld, until, useWorld } from './world.ts';

const content = copyContent();
afterAll(() => rmSync(content, { recursive: true }));
const world = useWorld({ CONTENT_DIR: content });

const text = async () => JSON.stringify((await world.member.slash('close-account')).message?.embeds);

describe('registration', () => {
  it('registers member commands for servers and DMs, installed to servers', () => {
    const names = world.discord.commands.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['close-account', 'new-account', 'second-account', 'faq', 'help']));
    for (const command of world.discord.commands)
      expect(command).toMatchObject({ contexts: expect.arrayContaining([0]), integration_types: [0] });
  });

  it('writes commands once, and not at a second start', async () => {
    const own = await openWorld();
    onTestFinished(() => own.stop());
    await own.restart();
    expect(own.discord.commandWrites.map(({ method }) => method)).toEqual(['PUT']);
  });

  it('can be limited to one server, without changes to the global commands', async () => {
    const [writes, refusals] = [world.discord.commandWrites.length, world.discord.refusals.length];
    const bot = await world.start({ DISCORD_GUILD_ID: world.guild.id });
    await bot.stop();
    expect(world.discord.commandWrites.slice(writes)).toEqual([
      expect.objectContaining({ method: 'PUT', guildId: world.guild.id }),
    ]);
    expect(world.discord.refusals).toHaveLength(refusals);
    await world.restart();
  });

  it('logs an invite link with both scopes and the permission to pin', () => {
    const link = new URL(inviteLink(world.discord.applicationId));
    expect(world.logged.join()).toContain(link.href);
    expect(link.searchParams.get('scope')).toBe('bot applications.commands');
    expect(BigInt(link.searchParams.get('permissions') ?? 0) & (1n << 51n)).not.toBe(0n);
    expect(BigInt(link.searchParams.get('permissions') ?? 0) & (1n << 3n), 'not Administrator').toBe(0n);
  });

  it('warns if Discord sends interactions to an endpoint URL instead of the gateway', async () => {
    world.discord.application.interactions_endpoint_url = 'https://old.example.org/interactions';
    await world.restart();
    world.discord.application.interactions_endpoint_url = null;
    expect(world.logged.join()).toContain('no interactions arrive');
  });

  it('never logs the token', () => {
    expect(world.discord.requests.length).toBeGreaterThan(0);
    expect(world.logged.join()).not.toContain(world.discord.token);
  });
});

describe('content that changes while the bot runs', () => {
  const file = join(content, 'en', 'close-account.md');
  const original = readFileSync(file, 'utf8');
  afterEach(() => writeFileSync(file, original));

  it('is used within seconds', async () => {
    writeFileSync(file, original.replace(/^## .*(?= \{#goal\})/m, '## Another title'));
    await until('the new title', async () => (await text()).includes('Another title'));
    writeFileSync(file, original);
    await until('the old title', async () => !(await text()).includes('Another title'));
  });

  it.each([
    ['a broken link', original.replace('(#before)', '(#befor)'), 'G013'],
    ['nothing', '', 'G001'],
    ['half of it', original.slice(0, original.length / 2), 'G0'],
  ])('with %s is rejected, with its findings in the log', async (_, broken, code) => {
    const before = await text();
    const mark = world.logged.length;
    writeFileSync(file, broken);
    await until('the findings', () =>
      new RegExp(`close-account\\.md:\\d+:\\d+ ${code}`).test(world.logged.slice(mark).join()),
    );
    expect(await text()).toBe(before);
  });

  it('registers the commands again if a description changed', async () => {
    const description = () => world.discord.commands.find(({ name }) => name === 'close-account')?.description;
    writeFileSync(file, original.replace(/^description: .*$/m, 'description: Another line about closing'));
    await until('the description', () => description() === 'Another line about closing');
    writeFileSync(file, original);
    await until('the old description', () => description() !== 'Another line about closing');
  });
});

describe('a failed start', () => {
  it('says that Discord refuses the token', async () => {
    const wrong = world.start({ DISCORD_TOKEN: 'wrong' });
    await expect(wrong).rejects.toBeInstanceOf(TokenError);
    await expect(wrong).rejects.toThrow('DISCORD_TOKEN');
  });

  it('says which port is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((done) => taken.once('listening', done));
    const address = taken.address();
    const port = typeof address === 'object' ? String(address?.port) : '';
    await expect(world.start({ PORT: port })).rejects.toThrow(PortError);
    await expect(world.start({ PORT: port })).rejects.toThrow(`PORT ${port}`);
    taken.close();
  });

  it('lists the findings of content with errors', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'guidepost-broken-'));
    writeFileSync(join(folder, 'sources.yaml'), 'sources: [');
    await expect(world.start({ CONTENT_DIR: folder })).rejects.toThrow(ContentError);
    await expect(world.start({ CONTENT_DIR: folder })).rejects.toThrow(/sources\.yaml:\d+:\d+ G030/);
    rmSync(folder, { recursive: true });
  });
});

describe('a network that fails', () => {
  it.each([
    ['500', { status: 500 }],
    ['502', { status: 502 }],
    ['429', { status: 429, retryAfter: 0.2 }],
    ['a connection that breaks before', { reset: 'before' as const }],
    ['a connection that breaks after', { reset: 'after' as const }],
    ['a slow connection', { delayMs: 1200 }],
  ])('%s: the first answer still arrives', async (_, fault) => {
    world.discord.fail({ match: /callback$/, times: 1, ...fault });
    const { message } = await world.member.slash('close-account');
    expect(message?.embeds).toHaveLength(1);
  });

  it('REST errors at the start are retried', async () => {
    world.discord.fail({ match: /gateway\/bot|commands/, times: 2, status: 500 });
    await world.restart();
    expect(await text()).toContain('"title"');
  });
});

describe('the health check', () => {
  it('listens only if a port is set, and reports broken content', async () => {
    const bot = await world.start({ PORT: '0' });
    const get = async () => (await fetch(`${bot.url}/healthz`)).text();
    expect(await get()).toContain('"ok"');
    const file = join(content, 'sources.yaml');
    const original = readFileSync(file, 'utf8');
    writeFileSync(file, 'sources: [');
    await until('degraded', async () => (await get()).includes('degraded'));
    writeFileSync(file, original);
    await until('ok', async () => (await get()).includes('"ok"'));
    await bot.stop();
    await world.restart();
  });
});
