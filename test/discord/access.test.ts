// What the bot may do in the channels of a server, from what Discord says of roles and overwrites.
import { ChannelType, PermissionFlagsBits } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import { readAccess } from '../../src/discord/access.ts';
import type { Permission } from '../../src/discord/permissions.ts';
import { type Respond, refusal, type StubResponse, stubRest } from './rest-stub.ts';

const { ViewChannel, SendMessages, ReadMessageHistory, Administrator } = PermissionFlagsBits;
const GUILD = '7';
const OWN = '999';
const CHANNEL = '5';
const ROLE = '31';
const OTHER = '32';
const NEEDED: Permission[] = ['ViewChannel', 'SendMessages', 'ReadMessageHistory'];
const ALL = ViewChannel | SendMessages | ReadMessageHistory;

interface World {
  /** The permissions of @everyone, and of the bot's role. */
  readonly everyone?: bigint;
  readonly role?: bigint;
  readonly overwrites?: object[] | null;
  readonly member?: StubResponse;
  readonly roles?: StubResponse;
  readonly channel?: StubResponse;
}

const allow = (id: string, bits: bigint, type = 0) => ({ id, type, allow: String(bits), deny: '0' });
const deny = (id: string, bits: bigint, type = 0) => ({ id, type, allow: '0', deny: String(bits) });

function respondAs({ everyone = 0n, role = 0n, overwrites = [], member, roles, channel }: World): Respond {
  return ({ path }) => {
    if (path === '/users/@me') return { body: { id: OWN } };
    if (path === `/guilds/${GUILD}/roles`) {
      const all = [
        { id: GUILD, name: '@everyone', permissions: String(everyone) },
        { id: ROLE, name: 'Guidepost', permissions: String(role) },
        { id: OTHER, name: 'Other', permissions: String(Administrator) },
      ];
      return roles ?? { body: all };
    }
    if (path === `/guilds/${GUILD}/members/${OWN}`) return member ?? { body: { user: { id: OWN }, roles: [ROLE] } };
    return channel ?? { body: { id: CHANNEL, type: 0, permission_overwrites: overwrites } };
  };
}

async function accessIn(world: World) {
  const { rest } = stubRest(respondAs(world));
  const { channels } = await readAccess(rest, GUILD, new Map([[CHANNEL, NEEDED]]));
  return channels.get(CHANNEL);
}

it.each<[string, World, boolean]>([
  ['the role @everyone has View Channel', { everyone: ViewChannel }, true],
  ['the channel allows @everyone to view it', { overwrites: [allow(GUILD, ViewChannel)] }, true],
  ['@everyone lacks View Channel', { role: ALL }, false],
  ['the channel denies it to @everyone', { everyone: ALL, overwrites: [deny(GUILD, ViewChannel)] }, false],
  ['the channel allows only a role to view it', { overwrites: [allow(ROLE, ViewChannel)] }, false],
])('says whether all members see a channel: %s', async (_, world, isPublic) => {
  expect(await accessIn(world)).toMatchObject({ isPublic });
});

describe('the permissions in a channel', () => {
  it.each<[string, World, Permission[]]>([
    ['are those of @everyone', { everyone: ALL }, []],
    ['are those of the bot’s roles', { role: ALL }, []],
    ['are those of both together', { everyone: ViewChannel, role: SendMessages | ReadMessageHistory }, []],
    ['that are missing are named', { role: ViewChannel | SendMessages }, ['ReadMessageHistory']],
    ['are only View Channel if that is missing', { role: ReadMessageHistory }, ['ViewChannel']],
    ['may be denied to @everyone', { everyone: ALL, overwrites: [deny(GUILD, SendMessages)] }, ['SendMessages']],
    ['may be allowed to @everyone', { overwrites: [allow(GUILD, ALL)] }, []],
    [
      'of a role come after those of @everyone',
      { everyone: ALL, overwrites: [allow(ROLE, ALL), deny(GUILD, ALL)] },
      [],
    ],
    ['that one role denies may be allowed by another', { overwrites: [deny(ROLE, ALL), allow(ROLE, ALL)] }, []],
    ['of roles that the bot does not have do not count', { overwrites: [allow(OTHER, ALL)] }, ['ViewChannel']],
    [
      'of the bot itself come last',
      { role: ALL, overwrites: [deny(OWN, SendMessages, 1), allow(ROLE, ALL)] },
      ['SendMessages'],
    ],
    ['of another member do not count', { role: ALL, overwrites: [deny('998', ALL, 1)] }, []],
    ['of a member are not those of a role', { role: ALL, overwrites: [deny(OWN, ALL, 0)] }, []],
    ['are all there for an administrator', { role: Administrator, overwrites: [deny(ROLE, ALL)] }, []],
    ['may have no overwrites', { role: ALL, overwrites: null }, []],
  ])('%s', async (_, world, lacks) => {
    expect(await accessIn(world)).toMatchObject({ state: 'known', lacks, type: ChannelType.GuildText });
  });

  it('are View Channel if Discord does not show the channel', async () => {
    expect(await accessIn({ channel: refusal(403, 50_001) })).toEqual({ state: 'known', lacks: ['ViewChannel'] });
  });

  it.each<[string, World]>([
    ['the channel is not answered', { channel: refusal(500) }],
    ['the channel has no overwrites, like a thread', { channel: { body: { id: CHANNEL, type: 11 } } }],
    ['the roles are not answered', { roles: refusal(500) }],
    ['the bot’s roles are not answered', { member: refusal(500) }],
    ['the bot’s roles are missing', { member: { body: { user: { id: OWN } } } }],
    ['the bot’s user is missing', { member: { body: { roles: [ROLE] } } }],
    ['a number is damaged', { role: ALL, overwrites: [{ id: GUILD, type: 0, allow: 'x', deny: '0' }] }],
  ])('are not known if %s', async (_, world) => {
    expect(await accessIn(world)).toEqual({ state: 'unknown' });
  });
});

it('finds channels that are gone, and returns the roles', async () => {
  const { rest } = stubRest(respondAs({ channel: refusal(404, 10_003) }));
  const { channels, roles } = await readAccess(rest, GUILD, new Map([['5', NEEDED]]));
  expect(channels.get('5')).toEqual({ state: 'gone' });
  expect([...(roles?.keys() ?? [])]).toEqual([GUILD, ROLE, OTHER]);
});

it('takes a channel of another server for gone, and one of this server not', async () => {
  const channel = (guildId: string) => ({ id: CHANNEL, type: 15, guild_id: guildId, permission_overwrites: [] });
  expect(await accessIn({ everyone: ALL, channel: { body: channel('8') } })).toEqual({ state: 'gone' });
  expect(await accessIn({ everyone: ALL, channel: { body: channel(GUILD) } })).toEqual({
    state: 'known',
    isPublic: true,
    lacks: [],
    type: ChannelType.GuildForum,
  });
});

it('returns nothing and does not fail if Discord is down', async () => {
  const { rest } = stubRest(() => refusal(500));
  expect(await readAccess(rest, '7', new Map([['5', NEEDED]]))).toEqual({
    channels: new Map([['5', { state: 'unknown' }]]),
    roles: undefined,
  });
});

it('asks for nothing of channels if none are needed', async () => {
  const { rest, lines } = stubRest(respondAs({}));
  expect((await readAccess(rest, '7', new Map())).channels.size).toBe(0);
  expect(lines().some((line) => line.includes('/channels/'))).toBe(false);
});
