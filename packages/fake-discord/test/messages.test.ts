// Sending, editing, deleting and listing messages, and whom they notify.
import { describe, test } from 'node:test';
import { ApplicationFlags, PermissionFlagsBits as Bits, ChannelType, MessageFlags } from 'discord.js';
import { expect } from 'expect';
import type { Channel } from '../src/model.ts';
import { BOT_PERMISSIONS } from '../src/permissions.ts';
import { useDiscord } from './here.ts';
import { each } from './support.ts';

const here = useDiscord();
const { ask, call, found, post } = here;

describe('a message', () => {
  each<[string, bigint, object, number]>([
    ['without VIEW_CHANNEL', Bits.ViewChannel, { content: 'x' }, 50001],
    ['without SEND_MESSAGES', Bits.SendMessages, { content: 'x' }, 50013],
    ['with an embed without EMBED_LINKS', Bits.EmbedLinks, { embeds: [{ title: 'x' }] }, 50013],
    [
      'as a reply without READ_MESSAGE_HISTORY',
      Bits.ReadMessageHistory,
      { content: 'x', message_reference: { message_id: '1' } },
      160002,
    ],
  ])('%s is refused', async (_, missing, body, code) => {
    here.discord.setBotPermissions(here.channel, BOT_PERMISSIONS & ~missing);
    expect(await post(body)).toMatchObject({ status: 403, code });
  });

  test('with a file needs ATTACH_FILES, and its file can be read', async () => {
    const form = () => {
      const data = new FormData();
      data.set(
        'payload_json',
        JSON.stringify({
          embeds: [{ image: { url: 'attachment://a.png' } }],
          attachments: [{ id: 0, description: 'A chart' }],
        }),
      );
      data.set('files[0]', new Blob(['bytes'], { type: 'image/png' }), 'a.png');
      return data;
    };
    const path = `/channels/${here.channel.id}/messages`;
    const { status, body } = await call('POST', path, form());
    const { attachments, embeds } = found(body.id);
    expect([status, attachments[0]?.filename, attachments[0]?.description]).toEqual([200, 'a.png', 'A chart']);
    expect(embeds[0]?.image?.url).toBe(attachments[0]?.url);
    expect(await (await fetch(attachments[0]?.url ?? '')).text()).toBe('bytes');
    here.discord.setBotPermissions(here.channel, BOT_PERMISSIONS & ~Bits.AttachFiles);
    expect(await call('POST', path, form())).toMatchObject({ status: 403, code: 50013 });
  });

  test('with an enforced nonce is sent once', async () => {
    const first = await post({ content: 'x', nonce: 'n1', enforce_nonce: true });
    const second = await post({ content: 'x', nonce: 'n1', enforce_nonce: true });
    expect(second.body.id).toBe(first.body.id);
    expect(here.discord.messagesOf(here.channel)).toHaveLength(1);
    await post({ content: 'x', nonce: 'n1' });
    expect(here.discord.messagesOf(here.channel)).toHaveLength(2);
  });

  test('of another user cannot be edited, and deleted only with MANAGE_MESSAGES', async () => {
    const { message } = await here.mina.say('mine');
    const path = `/channels/${here.channel.id}/messages/${message.id}`;
    expect(await call('PATCH', path, { content: 'x' })).toMatchObject({ status: 403, code: 50005 });
    expect(await call('DELETE', path)).toMatchObject({ status: 403, code: 50013 });
    here.discord.setBotPermissions(here.channel, BOT_PERMISSIONS | Bits.ManageMessages);
    expect(await call('DELETE', path)).toMatchObject({ status: 204 });
  });

  test('to closed direct messages is refused', async () => {
    const dm = await call('POST', '/users/@me/channels', { recipient_id: here.mina.user.id });
    expect(dm.body.id).toBe(here.discord.dmOf(here.mina.user).id);
    expect(await post({ content: 'x' }, here.discord.dmOf(here.mina.user))).toMatchObject({ status: 200 });
    here.discord.closeDms(here.mina.user, true);
    expect(await post({ content: 'x' }, here.discord.dmOf(here.mina.user))).toMatchObject({ status: 403, code: 50007 });
  });

  test('cannot be sent to a forum or a locked thread', async () => {
    const forum = here.discord.addChannel(here.guild, 'forum', { type: ChannelType.GuildForum });
    expect(await post({ content: 'x' }, forum)).toMatchObject({ code: 50008 });
    const locked = here.discord.addChannel(here.guild, 'post', {
      type: ChannelType.PublicThread,
      parent: forum,
      archived: true,
      locked: true,
    });
    expect(await post({ content: 'x' }, locked)).toMatchObject({ code: 160005 });
  });

  const edit = (id: unknown, { id: thread }: Channel) =>
    call('PATCH', `/channels/${thread}/messages/${id}`, { content: 'y' });
  const remove = (id: unknown, { id: thread }: Channel) => call('DELETE', `/channels/${thread}/messages/${id}`);
  const changes = async (id: unknown, thread: Channel) => [
    await edit(id, thread),
    await call('PUT', `/channels/${thread.id}/messages/pins/${id}`),
    await call('DELETE', `/channels/${thread.id}/messages/pins/${id}`),
  ];

  test('in a locked thread can be read and deleted, but not sent or changed without MANAGE_THREADS', async () => {
    const thread = here.discord.addChannel(here.guild, 'locked', {
      type: ChannelType.PublicThread,
      parent: here.channel,
    });
    const { body } = await post({ content: 'x' }, thread);
    thread.locked = true;
    expect(await post({ content: 'x' }, thread)).toMatchObject({ status: 403, code: 160005 });
    for (const reply of await changes(body.id, thread)) expect(reply).toMatchObject({ status: 403, code: 160005 });
    expect(await call('GET', `/channels/${thread.id}/messages/${body.id}`)).toMatchObject({ status: 200 });
    here.discord.setBotPermissions(thread, BOT_PERMISSIONS | Bits.ManageThreads);
    expect(await post({ content: 'x' }, thread)).toMatchObject({ status: 200 });
    expect(await edit(body.id, thread)).toMatchObject({ status: 200 });
    here.discord.setBotPermissions(thread, BOT_PERMISSIONS);
    expect(await remove(body.id, thread)).toMatchObject({ status: 204 });
  });

  test('in an archived thread can be read, but not changed; a new one unarchives the thread', async () => {
    const thread = here.discord.addChannel(here.guild, 'old', { type: ChannelType.PublicThread, parent: here.channel });
    const { body } = await post({ content: 'x' }, thread);
    thread.archived = true;
    for (const reply of [...(await changes(body.id, thread)), await remove(body.id, thread)])
      expect(reply).toMatchObject({ status: 400, code: 50083 });
    expect(await call('GET', `/channels/${thread.id}/messages/${body.id}`)).toMatchObject({ status: 200 });
    expect(await call('GET', `/channels/${thread.id}/messages/pins`)).toMatchObject({ status: 200 });
    expect(await post({ content: 'x' }, thread)).toMatchObject({ status: 200 });
    expect(thread.archived).toBe(false);
    thread.archived = true;
    await here.mina.in(thread).say('y');
    expect(thread.archived).toBe(false);
  });

  test('in a thread needs SEND_MESSAGES_IN_THREADS instead', async () => {
    const thread = here.discord.addChannel(here.guild, 'thread', {
      type: ChannelType.PublicThread,
      parent: here.channel,
      botPermissions: BOT_PERMISSIONS & ~Bits.SendMessages,
    });
    expect(await post({ content: 'x' }, thread)).toMatchObject({ status: 200 });
    here.discord.setBotPermissions(thread, BOT_PERMISSIONS & ~Bits.SendMessagesInThreads);
    expect(await post({ content: 'x' }, thread)).toMatchObject({ code: 50013 });
  });

  test('is listed in pages, before or after an id', async () => {
    const ids: unknown[] = [];
    for (let at = 0; at < 4; at++) ids.push((await post({ content: `${at}` })).body.id);
    const list = async (query: string) =>
      (await call('GET', `/channels/${here.channel.id}/messages?${query}`)).body.list;
    expect(await list('limit=2')).toMatchObject([{ id: ids[3] }, { id: ids[2] }]);
    expect(await list(`before=${ids[2]}`)).toMatchObject([{ id: ids[1] }, { id: ids[0] }]);
    expect(await list(`after=${ids[1]}&limit=1`)).toMatchObject([{ id: ids[2] }]);
  });

  test('is listed with a valid limit and id only', async () => {
    const list = (query: string) => call('GET', `/channels/${here.channel.id}/messages?${query}`);
    for (const query of ['limit=1', 'limit=100', 'before=1', 'after=1'])
      expect(await list(query)).toMatchObject({ status: 200 });
    for (const query of ['limit=0', 'limit=101', 'before=x', 'after=-1', 'around=1'])
      expect(await list(query)).toMatchObject({ status: 400, code: 50035 });
  });

  test('of others has no content without the intent, except where it mentions the bot', async () => {
    const { channel, discord, mina } = here;
    const asked = (await mina.say('secret', { forwarded: (await mina.say('older')).message })).message;
    const told = (await mina.say('to you', { mentions: [discord.botUser], replyTo: asked })).message;
    const own = (await post()).body.id;
    discord.pin(asked, mina.user);
    const read = async (id: unknown) => (await call('GET', `/channels/${channel.id}/messages/${id}`)).body;
    const texts = async () => [
      (await read(asked.id)).content,
      (await read(told.id)).content,
      (await read(own)).content,
    ];
    expect(await texts()).toEqual(['', told.content, 'x']);
    expect(await read(asked.id)).toMatchObject({ message_snapshots: [{ message: { content: '' } }] });
    expect(await read(told.id)).toMatchObject({ referenced_message: { content: '' } });
    const { body } = await call('GET', `/channels/${channel.id}/messages/pins`);
    expect(body).toMatchObject({ items: [{ message: { content: '' } }] });
    discord.application.flags = ApplicationFlags.GatewayMessageContentLimited;
    expect(await texts()).toEqual([asked.content, told.content, 'x']);
    expect(await read(told.id)).toMatchObject({ referenced_message: { content: asked.content } });
    discord.application.flags = 0;
  });

  test('that is replied to comes along once, without the one that it replies to itself', async () => {
    const { channel, mina } = here;
    const first = (await mina.say('one', { mentions: [here.discord.botUser] })).message;
    const second = (await mina.say('two', { replyTo: first })).message;
    const third = (await mina.say('three', { replyTo: second })).message;
    const { body } = await call('GET', `/channels/${channel.id}/messages/${third.id}`);
    expect(body.referenced_message).toMatchObject({ id: second.id, message_reference: { message_id: first.id } });
    expect(body.referenced_message).not.toHaveProperty('referenced_message');
  });

  test('that is forwarded keeps what it was when it changes later', async () => {
    const { channel, discord, mina } = here;
    const { message } = await mina.say('before');
    const forward = (await mina.say('', { forwarded: message })).message;
    mina.edit(message, 'after');
    discord.application.flags = ApplicationFlags.GatewayMessageContentLimited;
    expect((await call('GET', `/channels/${channel.id}/messages/${forward.id}`)).body).toMatchObject({
      content: '',
      flags: MessageFlags.HasSnapshot,
      message_reference: { type: 1 },
      message_snapshots: [{ message: { content: 'before' } }],
    });
    discord.application.flags = 0;
  });

  test('with SUPPRESS_EMBEDS has none, until the flag is removed', async () => {
    const { body } = await post({ content: 'x', embeds: [{ title: 't' }], flags: 4 });
    expect(body.embeds).toEqual([]);
    const path = `/channels/${here.channel.id}/messages/${body.id}`;
    expect((await call('PATCH', path, { flags: 0 })).body.embeds).toMatchObject([{ title: 't' }]);
  });

  test('read aloud needs SEND_TTS_MESSAGES', async () => {
    expect(await post({ content: 'x', tts: true })).toMatchObject({ status: 403, code: 50013 });
    here.discord.setBotPermissions(here.channel, BOT_PERMISSIONS | Bits.SendTTSMessages);
    expect(await post({ content: 'x', tts: true })).toMatchObject({ status: 200, body: { tts: true } });
  });
});

describe('mentions', () => {
  const names = () => `@everyone <@${here.mina.user.id}> <@&5>`;

  test('in a channel message notify everyone mentioned by default', async () => {
    const loud = found((await post({ content: names() })).body.id);
    expect(loud.notifies).toEqual({ everyone: true, users: [here.mina.user.id], roles: ['5'] });
    const quiet = found((await post({ content: names(), allowed_mentions: { parse: [] } })).body.id);
    expect(quiet.notifies).toEqual({ everyone: false, users: [], roles: [] });
    const one = found(
      (await post({ content: names(), allowed_mentions: { parse: [], users: [here.mina.user.id] } })).body.id,
    );
    expect(one.notifies.users).toEqual([here.mina.user.id]);
  });

  test('in an answer to an interaction notify users only', async () => {
    const { interaction, answer } = ask(2);
    await answer({ type: 4, data: { content: names() } });
    expect(interaction.original?.notifies).toEqual({ everyone: false, users: [here.mina.user.id], roles: [] });
  });

  test('are evaluated again on an edit without allowed_mentions', async () => {
    const { body } = await post({ content: 'x', allowed_mentions: { parse: [] } });
    await call('PATCH', `/channels/${here.channel.id}/messages/${body.id}`, { content: names() });
    expect(found(body.id).notifies.everyone).toBe(true);
  });

  test('of the replied-to author depend on replied_user', async () => {
    const { message } = await here.mina.say('Hello?');
    const reply = (allowed: object) =>
      post({ content: 'x', message_reference: { message_id: message.id }, ...allowed });
    expect(found((await reply({})).body.id).notifies.users).toEqual([here.mina.user.id]);
    expect(found((await reply({ allowed_mentions: { parse: [] } })).body.id).notifies.users).toEqual([]);
    expect(found((await reply({ allowed_mentions: { replied_user: true } })).body.id)).toMatchObject({
      type: 19,
      notifies: { users: [here.mina.user.id] },
    });
  });
});
