// Checks of the servers that the bot is in, and its permissions there.
import { PermissionFlagsBits as Bits } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { INVITE_PERMISSIONS, inviteLink, NEEDED_PERMISSIONS } from '../../src/discord/invite.ts';
import { checkServers, listServers, type UserGuild } from '../../src/doctor/servers.ts';
import { answering } from './answering.ts';

const INVITE = inviteLink('5');
const server = (id: string, name: string, permissions = INVITE_PERMISSIONS): UserGuild => ({
  id,
  name,
  permissions: String(permissions),
});
const membership = (servers: readonly UserGuild[], guildId?: string) => checkServers(servers, '5', guildId)[0];
const permissions = (servers: readonly UserGuild[]) => checkServers(servers, '5', undefined)[1];

describe('the list of servers', () => {
  /** Discord with these pages, by the id that comes before each. */
  function list(pages: Readonly<Record<string, readonly string[] | null>>) {
    const asked: unknown[] = [];
    const client = answering({
      '/users/@me/guilds': (query: Readonly<Record<string, string>>) => {
        asked.push(query);
        return pages[query.after ?? '']?.map((id) => ({ ...server(id, `Server ${id}`), owner: false })) ?? null;
      },
    });
    return { asked, listed: listServers(client) };
  }

  it('is read page by page, until one is empty', async () => {
    const { asked, listed } = list({ '0': ['1', '2'], '2': ['3'], '3': [] });
    expect(await listed).toEqual(['1', '2', '3'].map((id) => server(id, `Server ${id}`)));
    expect(asked).toEqual(['0', '2', '3'].map((after) => ({ after, limit: '200' })));
  });

  it('ends if Discord repeats a page, or sends none', async () => {
    const { asked, listed } = list({ '0': ['1'], '1': ['1'] });
    expect(await listed).toHaveLength(1);
    expect(asked).toHaveLength(2);
    expect(await list({}).listed).toEqual([]);
  });

  it('with permissions that are not a number is refused', async () => {
    const wrong = answering({ '/users/@me/guilds': [{ ...server('1', 'x'), permissions: 'all' }] });
    await expect(listServers(wrong)).rejects.toThrow();
  });
});

describe('servers', () => {
  it('are a hint with the invite link if there are none', () => {
    expect(membership([])).toMatchObject({
      level: 'hint',
      check: 'servers',
      text: 'the bot is not in a server yet',
      advice: `Open this link and choose your server: ${INVITE}`,
    });
    expect(permissions([])).toEqual({
      level: 'skipped',
      check: 'permissions',
      text: 'the bot is not in a server',
    });
  });

  it('are counted', () => {
    const servers = [server('1', 'a'), server('2', 'b')];
    expect(membership(servers)).toEqual({ level: 'ok', check: 'servers', text: 'in 2 servers' });
  });

  it('are ok if DISCORD_GUILD_ID is one of them, whose name is on one line', () => {
    const servers = [server('1', 'a'), server('2', 'Har\u001b[31mbour\nproblem')];
    expect(membership(servers, '2')).toEqual({
      level: 'ok',
      check: 'servers',
      text: 'in 2 servers; DISCORD_GUILD_ID is Har [31mbour problem (2)',
    });
  });

  it('are a problem if DISCORD_GUILD_ID is not one of them', () => {
    for (const [servers, count] of [
      [[server('1', 'a')], '1 server'],
      [[], '0 servers'],
    ] as const)
      expect(membership(servers, '2')).toMatchObject({
        level: 'problem',
        check: 'servers',
        text: `in ${count}, but not in DISCORD_GUILD_ID=2`,
        advice: `Fix DISCORD_GUILD_ID, or add the bot to that server: ${INVITE}`,
      });
  });
});

describe('permissions', () => {
  it('are ok if the bot has all that it asks for, or is an administrator', () => {
    expect(permissions([server('1', 'a'), server('2', 'b', Bits.Administrator)])).toEqual({
      level: 'ok',
      check: 'permissions',
      text: 'all that the bot needs to post and pin, in 2 servers',
    });
  });

  it('are ok without Add Reactions, which is mentioned', () => {
    const servers = [server('1', 'a', NEEDED_PERMISSIONS), server('2', 'b'), server('3', 'c', NEEDED_PERMISSIONS)];
    expect(permissions(servers)).toEqual({
      level: 'ok',
      check: 'permissions',
      text: 'all that the bot needs to post and pin, in 3 servers; without Add Reactions in 2, where thanks get no reaction',
    });
  });

  it('that are missing are a hint with the servers and the invite link', () => {
    const some = NEEDED_PERMISSIONS & ~Bits.PinMessages & ~Bits.SendMessagesInThreads;
    expect(permissions([server('1', 'Whole'), server('2', 'Har\nbour', some)])).toMatchObject({
      level: 'hint',
      check: 'permissions',
      text: 'in 1 of 2 servers the bot lacks permissions to post or pin:',
      details: ['Har bour (2): Send Messages in Threads, Pin Messages'],
      advice: `Someone with Manage Server opens this link and confirms again: ${INVITE} Channels may allow more or less than the server.`,
    });
  });

  it('that are missing are listed for ten servers at most', () => {
    const servers = Array.from({ length: 14 }, (_, i) => server(`${i}`, `Server ${i}`, Bits.ViewChannel));
    const found = permissions(servers);
    expect(found?.text).toBe('in 14 of 14 servers the bot lacks permissions to post or pin:');
    expect(found?.details).toHaveLength(11);
    expect(found?.details?.[0]).toMatch(/^Server 0 \(0\): /);
    expect(found?.details?.at(-1)).toBe('… and 4 more');
    expect(permissions(servers.slice(0, 10))?.details).toHaveLength(10);
  });
});
