// The page's API for forums, and for select menus of users, roles and channels.
import { after, before, describe, test } from 'node:test';
import { expect } from 'expect';
import { type DemoWorld, seedDemoWorld } from '../src/demo.ts';
import type { FakeDiscord } from '../src/fake-discord.ts';
import type { Channel, Json } from '../src/model.ts';
import { caller, startUnlimited } from './requests.ts';

let discord: FakeDiscord;
let demo: DemoWorld;
before(async () => {
  discord = await startUnlimited();
  demo = seedDemoWorld(discord);
});
after(() => discord.stop());

const read = async (path: string): Promise<Json> =>
  Object(await (await fetch(`${discord.origin}/page/api/${path}`)).json());
const look = (channel: string | undefined, who = demo.memberId) => read(`channel?as=${who}&channel=${channel}`);
const act = async (path: string, body: object): Promise<Json> => {
  const response = await fetch(`${discord.origin}/page/api/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ as: demo.memberId, ...body }),
  });
  return Object(await response.json());
};
const post = (title: string, text: string) => act('post', { channel: demo.channelIds.questions, title, text });

describe('a forum on the page', () => {
  test('is listed with its posts below it, the newest first', async () => {
    const { message } = await post('A newer one', 'x');
    const [guild] = Object(await read('state')).guilds;
    const names = guild.channels.map(({ name }: { name: string }) => name);
    expect(names).toEqual([
      'start-here',
      'general',
      'questions',
      'A newer one',
      'How does this work?',
      'announcements',
      'helpers',
    ]);
    expect(guild.channels[2]).toMatchObject({ isForum: true, isTextBased: false, parentId: null });
    expect(guild.channels[3]).toMatchObject({ id: message, isThread: true, parentId: demo.channelIds.questions });
  });

  test('shows who wrote its posts, how many messages follow, and which are locked', async () => {
    const { message } = await post('Locked', 'x');
    let thread: Channel | undefined;
    const stop = discord.events.subscribe((event) => {
      if (event.name === 'message') thread = event.message.channel;
    });
    await act('run', { channel: message, text: 'More' });
    stop();
    if (thread) discord.editThread(thread, { locked: true });
    expect(Object((await look(demo.channelIds.questions)).posts)[0]).toEqual({
      id: message,
      name: 'Locked',
      author: 'Mina',
      replies: 1,
      isArchived: false,
      isLocked: true,
    });
    expect(await look(String(message))).toMatchObject({ messages: [{ content: 'x' }, { content: 'More' }], posts: [] });
  });

  test('says why something cannot be posted', async () => {
    expect(await post('', 'x')).toEqual({ error: 'A title has 1 to 100 characters' });
    expect(await act('post', { channel: demo.channelIds.general, title: 'x', text: 'x' })).toEqual({
      error: 'general is not a forum',
    });
  });
});

describe('mentions on the page', () => {
  test('of a role are suggested, sent as its id, and have its name', async () => {
    const { general: channel } = demo.channelIds;
    expect(await act('suggest', { channel, text: 'Hi @Hel' })).toMatchObject({
      suggestions: [{ label: '@Helpers', hint: 'Role', text: 'Hi @Helpers ' }],
    });
    await act('run', { channel, text: 'Hi @Helpers' });
    const { messages, roles } = await look(channel);
    expect(messages).toMatchObject([{ content: `Hi <@&${demo.helperRoleId}>` }]);
    expect(roles).toMatchObject({ [demo.helperRoleId]: 'Helpers' });
  });
});

describe('menus of users, roles and channels on the page', () => {
  test('list the bot and the members, all roles, and the channels that the person sees', async () => {
    const names = async (who: string) => {
      const { users, roles, channels } = Object((await look(demo.channelIds.general, who)).choices);
      return [users, roles, channels].map((list) => list.map(({ name }: { name: string }) => name));
    };
    const [users, roles, channels] = await names(demo.memberId);
    expect(users).toEqual(['Bot', 'Mina', 'Omar', 'Hana']);
    expect(roles).toEqual(expect.arrayContaining(['@everyone', 'Helpers']));
    expect(channels).toContain('questions');
    expect(channels).not.toContain('helpers');
    expect((await names(demo.helperId))[2]).toContain('helpers');
  });

  test('send what was chosen, or nothing', async () => {
    const { general: channel = '', questions = '' } = demo.channelIds;
    const menu = { type: 8, custom_id: 'where', channel_types: [15], min_values: 0, max_values: 2 };
    const { body } = await caller(discord)('POST', `/channels/${channel}/messages`, {
      components: [{ type: 1, components: [menu] }],
    });
    const chosen = async (values: string[]) => {
      let data: unknown;
      const stop = discord.events.subscribe((event) => {
        if (event.name === 'interaction') data ??= event.interaction.payload.data;
      });
      await act('choose', { channel, message: body.id, customId: 'where', values });
      stop();
      return data;
    };
    expect(await chosen([questions])).toMatchObject({
      values: [questions],
      resolved: { channels: { [questions]: { type: 15 } } },
    });
    expect(await chosen([])).toMatchObject({ values: [] });
    expect(await act('choose', { channel, message: body.id, customId: 'where', values: [channel] })).toEqual({
      error: 'The select menu where does not list general',
    });
  });
});
