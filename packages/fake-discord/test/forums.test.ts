// Forums: posts of people as a bot receives and reads them, and what it can do in them.
import { after, before, beforeEach, describe, test } from 'node:test';
import { PermissionFlagsBits as Bits, ChannelType, type Client, GatewayIntentBits as Intents } from 'discord.js';
import { expect } from 'expect';
import type { Channel, Json } from '../src/model.ts';
import { BOT_PERMISSIONS, MEMBER_PERMISSIONS } from '../src/permissions.ts';
import { useDiscord } from './here.ts';
import { many, x } from './samples.ts';
import { eventually } from './support.ts';
import { startTinyBot } from './tiny-bot.ts';

const here = useDiscord();
const { call, post } = here;
let forum: Channel;
beforeEach(() => {
  forum = here.discord.addChannel(here.guild, 'questions', { type: ChannelType.GuildForum, tags: ['Money', 'Rules'] });
});
const read = async ({ id }: Channel) => (await call('GET', `/channels/${id}`)).body;

describe('a post', () => {
  test('is a thread whose first message has its id', async () => {
    const { thread, message } = await here.mina.post(forum, ' How do I start? ', 'I am new here.', { tags: ['Rules'] });
    expect(thread.id).toBe(message.id);
    expect(await read(thread)).toMatchObject({
      id: message.id,
      type: ChannelType.PublicThread,
      guild_id: here.guild.id,
      parent_id: forum.id,
      owner_id: here.mina.user.id,
      name: 'How do I start?',
      applied_tags: [forum.availableTags[1]?.id],
      last_message_id: message.id,
      message_count: 0,
      total_message_sent: 0,
      member_count: 1,
      thread_metadata: { archived: false, locked: false, archive_timestamp: expect.any(String) },
    });
    expect(await read(thread)).not.toHaveProperty('member');
    expect((await call('GET', `/channels/${thread.id}/messages/${thread.id}`)).body).toMatchObject({
      channel_id: thread.id,
      type: 0,
      author: { id: here.mina.user.id },
    });
  });

  test('counts its messages without the first one, and those that were ever sent', async () => {
    const { thread } = await here.mina.post(forum, 'Title', 'Text');
    const { body } = await post({ content: 'x' }, thread);
    await here.mina.in(thread).say('y');
    await call('DELETE', `/channels/${thread.id}/messages/${body.id}`);
    expect(await read(thread)).toMatchObject({ message_count: 1, total_message_sent: 2, member_count: 1 });
    await post({ content: 'z' }, thread);
    expect(await read(thread)).toMatchObject({ member_count: 2, member: { user_id: here.discord.botUser.id } });
  });

  test('is the newest one of its forum, which lists its tags', async () => {
    await here.mina.post(forum, 'First', 'x');
    const { thread } = await here.mina.post(forum, 'Second', 'x');
    expect(await read(forum)).toMatchObject({
      last_message_id: thread.id,
      available_tags: [
        { name: 'Money', moderated: false },
        { name: 'Rules', moderated: false },
      ],
    });
  });

  test('has a title of 1 to 100 characters, a text of up to 2000, and tags of the forum', async () => {
    const { thread } = await here.mina.post(forum, x(100), x(2000), { tags: ['Money', 'Rules'] });
    expect(thread.appliedTags).toHaveLength(2);
    for (const [title, text, tags, error] of [
      [' ', 'x', [], 'A title has 1 to 100 characters'],
      [x(101), 'x', [], 'A title has 1 to 100 characters'],
      ['x', ' ', [], 'A post needs a text'],
      ['x', x(2001), [], 'A text has at most 2000 characters'],
      ['x', 'x', ['Food'], 'questions has no tag Food'],
      ['x', 'x', many(6, () => 'Money'), 'A post has at most 5 tags'],
    ] as const)
      await expect(here.mina.post(forum, title, text, { tags })).rejects.toThrow(error);
    await expect(here.mina.post(here.channel, 'x', 'x')).rejects.toThrow('general is not a forum');
  });

  test('needs SEND_MESSAGES in the forum, and a message in it SEND_MESSAGES_IN_THREADS', async () => {
    const { thread } = await here.mina.post(forum, 'x', 'x');
    const { discord, guild, mina } = here;
    discord.join(guild, mina.user, MEMBER_PERMISSIONS & ~Bits.SendMessages);
    await expect(mina.post(forum, 'x', 'x')).rejects.toThrow("Mina can't post in questions");
    await mina.in(thread).say('x');
    discord.join(guild, mina.user, MEMBER_PERMISSIONS & ~Bits.SendMessagesInThreads);
    await expect(mina.in(thread).say('x')).rejects.toThrow("Mina can't write in x");
    await mina.post(forum, 'x', 'x');
  });

  test('takes no message of a bot before its first one', async () => {
    const posting = here.mina.post(forum, 'x', 'x', { firstMessageAfterMs: 50 });
    const thread = here.guild.channels.at(-1) ?? forum;
    expect(await post({ content: 'x' }, thread)).toMatchObject({ status: 403, code: 40058 });
    await posting;
    expect(await post({ content: 'x' }, thread)).toMatchObject({ status: 200 });
  });

  test('takes replies with READ_MESSAGE_HISTORY only, and once for a nonce', async () => {
    const { thread, message } = await here.mina.post(forum, 'x', 'x');
    const body = { content: 'x', message_reference: { message_id: message.id }, nonce: 'n', enforce_nonce: true };
    const first = await post(body, thread);
    expect(first).toMatchObject({ status: 200, body: { type: 19, referenced_message: { id: thread.id } } });
    expect((await post(body, thread)).body.id).toBe(first.body.id);
    here.discord.setBotPermissions(forum, BOT_PERMISSIONS & ~Bits.ReadMessageHistory);
    expect(await post({ ...body, nonce: 'm' }, thread)).toMatchObject({ status: 403, code: 160002 });
    here.discord.setBotPermissions(forum, BOT_PERMISSIONS & ~Bits.SendMessagesInThreads);
    expect(await post({ content: 'x' }, thread)).toMatchObject({ status: 403, code: 50013 });
  });

  test('takes a reply to a deleted message as a plain one with fail_if_not_exists: false', async () => {
    const { thread, message } = await here.mina.post(forum, 'x', 'x');
    here.discord.removeMessage(message);
    const reference = { message_id: message.id, channel_id: thread.id };
    expect(await post({ content: 'x', message_reference: reference }, thread)).toMatchObject({
      status: 400,
      code: 50035,
      errors: ['message_reference: MESSAGE_REFERENCE_UNKNOWN_MESSAGE'],
    });
    const kept = { ...reference, fail_if_not_exists: false };
    expect(await post({ content: 'x', message_reference: kept }, thread)).toMatchObject({
      status: 200,
      body: { type: 0 },
    });
    const elsewhere = { ...kept, channel_id: here.channel.id };
    expect(await post({ content: 'x', message_reference: elsewhere }, thread)).toMatchObject({ code: 50035 });
  });

  test('that is deleted is an unknown channel', async () => {
    const { thread } = await here.mina.post(forum, 'x', 'x');
    here.discord.removeChannel(thread);
    expect(await post({ content: 'x' }, thread)).toMatchObject({ status: 404, code: 10003 });
    expect(await call('GET', `/channels/${thread.id}`)).toMatchObject({ status: 404, code: 10003 });
  });

  test('can be renamed, locked and archived', async () => {
    const { thread } = await here.mina.post(forum, 'x', 'x');
    const changedAt = async () => Object(await read(thread)).thread_metadata.archive_timestamp;
    const before = await changedAt();
    here.discord.advance(1000);
    here.discord.editThread(thread, { name: 'Renamed', locked: true });
    expect(await changedAt()).toBe(before);
    expect(await post({ content: 'x' }, thread)).toMatchObject({ status: 403, code: 160005 });
    here.discord.editThread(thread, { archived: true });
    expect(await changedAt()).not.toBe(before);
    expect(await read(thread)).toMatchObject({ name: 'Renamed', thread_metadata: { archived: true, locked: true } });
  });
});

describe('a bot', () => {
  const seen: [name: string, data: Json][] = [];
  let client: Client;
  before(async () => {
    client = await startTinyBot(here.discord, [Intents.Guilds, Intents.GuildMessages]);
    client.on('raw', ({ t, d }) => seen.push([t, d]));
  });
  after(() => client.destroy());
  beforeEach(() => {
    seen.length = 0;
  });
  const names = () => seen.map(([name]) => name).filter((name) => !name.startsWith('CHANNEL') && !/ROLE/.test(name));
  const dataOf = (name: string) => seen.find((each) => each[0] === name)?.[1];

  test('receives a post as a thread, then its first message without its text', async () => {
    const { thread, message } = await here.mina.post(forum, 'How?', 'secret');
    await eventually(() => expect(names()).toEqual(['THREAD_CREATE', 'MESSAGE_CREATE']));
    expect(dataOf('THREAD_CREATE')).toMatchObject({
      id: thread.id,
      newly_created: true,
      name: 'How?',
      owner_id: here.mina.user.id,
    });
    expect(dataOf('MESSAGE_CREATE')).toMatchObject({ id: message.id, channel_id: message.id, content: '' });
  });

  test('receives the text of a post that mentions it', async () => {
    await here.mina.post(forum, 'How?', 'is it?', { mentions: [here.discord.botUser] });
    const content = `<@${here.discord.botUser.id}> is it?`;
    await eventually(() => expect(dataOf('MESSAGE_CREATE')).toMatchObject({ content }));
  });

  test('receives that a post is locked and deleted', async () => {
    const { thread } = await here.mina.post(forum, 'How?', 'x');
    here.discord.editThread(thread, { locked: true });
    here.discord.removeChannel(thread);
    await eventually(() => expect(names()).toContain('THREAD_DELETE'));
    expect(dataOf('THREAD_UPDATE')).toMatchObject({ thread_metadata: { locked: true } });
    expect(dataOf('THREAD_DELETE')).toEqual({
      id: thread.id,
      guild_id: here.guild.id,
      parent_id: forum.id,
      type: ChannelType.PublicThread,
    });
  });

  test('receives nothing of a forum that it cannot see', async () => {
    here.discord.setBotPermissions(forum, 0n);
    await here.mina.post(forum, 'How?', 'x');
    await here.mina.say('elsewhere');
    await eventually(() => expect(names()).toEqual(['MESSAGE_CREATE']));
    expect(dataOf('MESSAGE_CREATE')).toMatchObject({ channel_id: here.channel.id });
  });
});
