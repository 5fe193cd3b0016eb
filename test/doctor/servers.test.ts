// What the doctor says of the servers that the bot is in: how many, which one is meant, what it may do there.
import { PermissionFlagsBits as Bits } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { INVITE_PERMISSIONS, inviteLink } from '../../src/discord/invite.ts';
import { type FakeDiscord, startFakeDiscord } from '../../src/preview/fake-discord.ts';
import { connectedTo, visit } from './visit.ts';

let discord: FakeDiscord;
beforeEach(async () => {
  discord = await startFakeDiscord();
});
afterEach(() => discord.stop());

const look = (more: Readonly<Record<string, string>> = {}) => visit({ ...connectedTo(discord), ...more });

describe('servers', () => {
  it('that are none are a hint with the invite link', async () => {
    const { about } = await look();
    expect(about('servers')).toBe(
      `hint servers the bot is in no server yet\n → Open this address and choose your server: ${inviteLink(discord.applicationId)}`,
    );
    expect(about('permissions')).toMatch(/^skipped/);
  });

  it('are counted on all pages', async () => {
    for (let i = 0; i < 401; i++) discord.addGuild(`Server ${i}`);
    const { about } = await look();
    expect(about('servers')).toBe('ok servers in 401 servers');
    expect(about('permissions')).toMatch(/^ok permissions .* in 401 servers/);
    const pages = discord.requests.filter(({ path }) => path === '/users/@me/guilds');
    expect(pages).toHaveLength(4);
  });

  it('hold the one of DISCORD_GUILD_ID, or there is a problem', async () => {
    const guild = discord.addGuild('Harbour');
    expect((await look({ DISCORD_GUILD_ID: guild.id })).about('servers')).toBe(
      `ok servers in 1 server; DISCORD_GUILD_ID is Harbour (${guild.id})`,
    );
    const { about } = await look({ DISCORD_GUILD_ID: '11111111111111111' });
    expect(about('servers')).toMatch(
      /^problem servers in 1 server, and none of them is DISCORD_GUILD_ID=1{17}\n → Correct DISCORD_GUILD_ID, or add the bot/,
    );
    expect(about('servers')).toContain(inviteLink(discord.applicationId));
  });

  it('with odd names do not disturb the terminal', async () => {
    const guild = discord.addGuild('Har\u001b[31mbour\nproblem');
    const { about } = await look({ DISCORD_GUILD_ID: guild.id });
    expect(about('servers')).toContain('DISCORD_GUILD_ID is Har [31mbour problem (');
  });
});

describe('permissions', () => {
  it('that lack are named with their servers, and the link that mends it', async () => {
    discord.addGuild('Whole').botPermissions = INVITE_PERMISSIONS;
    const guild = discord.addGuild('Harbour');
    guild.botPermissions = INVITE_PERMISSIONS & ~Bits.PinMessages & ~Bits.SendMessagesInThreads;
    const { about } = await look();
    expect(about('permissions')).toMatch(/^hint permissions in 1 of 2 servers the bot lacks what pinned answers need:/);
    expect(about('permissions')).toContain(`- Harbour (${guild.id}): Send Messages in Threads, Pin Messages\n`);
    expect(about('permissions')).toContain(
      `→ Somebody who may manage the server opens this address and agrees again: ${inviteLink(discord.applicationId)}`,
    );
  });

  it('are complete for an administrator', async () => {
    discord.addGuild('Harbour').botPermissions = Bits.Administrator;
    expect((await look()).about('permissions')).toMatch(/^ok/);
  });

  it('of many servers are named ten times, then counted', async () => {
    for (let i = 0; i < 14; i++) discord.addGuild(`Server ${i}`).botPermissions = Bits.ViewChannel;
    const text = (await look()).about('permissions');
    expect(text.match(/- Server \d+ \(/g)).toHaveLength(10);
    expect(text).toContain('- … and 4 more\n');
  });
});
