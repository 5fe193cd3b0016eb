// Checks of the servers that the bot is in, and its permissions there.
import { PermissionFlagsBits as Bits } from 'discord.js';
import { type FakeDiscord, startFakeDiscord } from 'fake-discord';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { INVITE_PERMISSIONS, inviteLink } from '../../src/discord/invite.ts';
import { checkServers, listServers } from '../../src/doctor/servers.ts';
import { answering } from './answering.ts';
import { connectedTo, runDoctor } from './run-doctor.ts';

let discord: FakeDiscord;
beforeEach(async () => {
  discord = await startFakeDiscord();
});
afterEach(() => discord.stop());

const look = (more: Readonly<Record<string, string>> = {}) => runDoctor({ ...connectedTo(discord), ...more });

describe('servers', () => {
  it('are a hint with the invite link if there are none', async () => {
    const { output } = await look();
    expect(output('servers')).toBe(
      `hint servers the bot is not in a server yet\n → Open this link and choose your server: ${inviteLink(discord.applicationId)}`,
    );
    expect(output('permissions')).toMatch(/^skipped/);
  });

  it('are counted across all pages', async () => {
    for (let i = 0; i < 401; i++) discord.addGuild(`Server ${i}`);
    const { output } = await look();
    expect(output('servers')).toBe('ok servers in 401 servers');
    expect(output('permissions')).toMatch(/^ok permissions .* in 401 servers/);
    const pages = discord.requests.filter(({ path }) => path === '/users/@me/guilds');
    expect(pages).toHaveLength(4);
  });

  it('are read to the end, also if a page is short, or Discord repeats one', async () => {
    const asked: unknown[] = [];
    const pages: Record<string, string[]> = { '0': ['1', '2'], '2': ['3'], '3': ['3'] };
    const client = answering({
      '/users/@me/guilds': (query: Readonly<Record<string, string>>) => {
        asked.push(query);
        return (pages[query.after ?? ''] ?? []).map((id) => ({ id, name: id, permissions: '0' }));
      },
    });
    expect((await listServers(client)).map(({ id }) => id)).toEqual(['1', '2', '3']);
    expect(asked).toEqual(['0', '2', '3'].map((after) => ({ after, limit: '200' })));
    expect(await listServers(answering({ '/users/@me/guilds': null }))).toEqual([]);
  });

  it('are a problem if DISCORD_GUILD_ID is not one of them', async () => {
    const guild = discord.addGuild('Harbour');
    expect((await look({ DISCORD_GUILD_ID: guild.id })).output('servers')).toBe(
      `ok servers in 1 server; DISCORD_GUILD_ID is Harbour (${guild.id})`,
    );
    const { output } = await look({ DISCORD_GUILD_ID: '11111111111111111' });
    expect(output('servers')).toMatch(
      /^problem servers in 1 server, but not in DISCORD_GUILD_ID=1{17}\n → Fix DISCORD_GUILD_ID, or add the bot/,
    );
    expect(output('servers')).toContain(inviteLink(discord.applicationId));
  });

  it('are printed without control characters in their names', async () => {
    const guild = discord.addGuild('Har\u001b[31mbour\nproblem');
    const { output } = await look({ DISCORD_GUILD_ID: guild.id });
    expect(output('servers')).toContain('DISCORD_GUILD_ID is Har [31mbour problem (');
  });
});

describe('permissions', () => {
  it('that are missing are a hint with the servers and the invite link', async () => {
    discord.addGuild('Whole').botPermissions = INVITE_PERMISSIONS;
    const guild = discord.addGuild('Harbour');
    guild.botPermissions = INVITE_PERMISSIONS & ~Bits.PinMessages & ~Bits.SendMessagesInThreads;
    const { output } = await look();
    expect(output('permissions')).toMatch(
      /^hint permissions in 1 of 2 servers the bot lacks permissions to post or pin:/,
    );
    expect(output('permissions')).toContain(`- Harbour (${guild.id}): Send Messages in Threads, Pin Messages\n`);
    expect(output('permissions')).toContain(
      `→ Someone with Manage Server opens this link and confirms again: ${inviteLink(discord.applicationId)}`,
    );
  });

  it('are complete for an administrator', async () => {
    discord.addGuild('Harbour').botPermissions = Bits.Administrator;
    expect((await look()).output('permissions')).toMatch(/^ok/);
  });

  it('that are missing are listed for ten servers at most', async () => {
    const servers = Array.from({ length: 14 }, (_, i) => ({ id: `${i}`, name: `Server ${i}`, permissions: '1024' }));
    const [, found] = checkServers(servers, '5', undefined);
    expect(found?.text).toBe('in 14 of 14 servers the bot lacks permissions to post or pin:');
    expect(found?.details).toHaveLength(11);
    expect(found?.details?.[0]).toMatch(/^Server 0 \(0\): /);
    expect(found?.details?.at(-1)).toBe('… and 4 more');
    expect(checkServers(servers.slice(0, 10), '5', undefined)[1]?.details).toHaveLength(10);
  });
});
