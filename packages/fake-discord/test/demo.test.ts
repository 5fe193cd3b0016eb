// The small world to try a bot in: who may do what where.
import { after, before, describe, test } from 'node:test';
import { PermissionFlagsBits as Bits, ChannelType } from 'discord.js';
import { expect } from 'expect';
import { type DemoWorld, seedDemoWorld } from '../src/demo.ts';
import type { FakeDiscord } from '../src/fake-discord.ts';
import { type Call, caller, startUnlimited } from './requests.ts';

let discord: FakeDiscord;
let demo: DemoWorld;
let call: Call;
before(async () => {
  discord = await startUnlimited();
  demo = seedDemoWorld(discord);
  call = caller(discord);
});
after(() => discord.stop());
const read = async (path: string) => (await call('GET', path)).body;

describe('the small world', () => {
  test('has a forum with a post, whose author is the member', async () => {
    expect(await read(`/channels/${demo.channelIds.questions}`)).toMatchObject({ type: ChannelType.GuildForum });
    const post = demo.channelIds['How does this work?'];
    expect(await read(`/channels/${post}`)).toMatchObject({
      parent_id: demo.channelIds.questions,
      owner_id: demo.memberId,
      last_message_id: post,
    });
  });

  test('has a helper with a role that grants nothing by itself and that everyone may mention', async () => {
    const { roles } = await read(`/guilds/${demo.guildId}/members/${demo.helperId}`);
    expect(roles).toContain(demo.helperRoleId);
    const { list } = await read(`/guilds/${demo.guildId}/roles`);
    expect(list).toContainEqual(
      expect.objectContaining({ id: demo.helperRoleId, name: 'Helpers', permissions: '0', mentionable: true }),
    );
  });

  test('has a channel that helpers, moderators and the bot see, and members do not', async () => {
    const { list } = await read(`/guilds/${demo.guildId}/channels`);
    expect(list).toContainEqual(expect.objectContaining({ id: demo.channelIds.helpers, name: 'helpers' }));
    const state = Object(await (await fetch(`${discord.origin}/page/api/state`)).json());
    const seen = state.people.map(({ name, channels }: { name: string; channels: string[] }) => [
      name,
      channels.includes(demo.channelIds.helpers ?? ''),
    ]);
    expect(seen).toEqual([
      ['Mina', false],
      ['Omar', true],
      ['Hana', true],
    ]);
    const sent = await call('POST', `/channels/${demo.channelIds.helpers}/messages`, { content: 'x' });
    expect(sent.status).toBe(200);
  });

  test('has a moderator who manages the server', async () => {
    const { list } = await read(`/guilds/${demo.guildId}/roles`);
    const omar = Array.isArray(list) ? list.find(({ name }) => name === 'Omar') : undefined;
    expect(BigInt(omar.permissions) & Bits.ManageGuild).toBe(Bits.ManageGuild);
  });
});
