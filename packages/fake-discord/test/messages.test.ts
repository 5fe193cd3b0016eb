// Sending, editing, deleting and listing messages, and whom they notify.
import { describe, test } from 'node:test';
import { PermissionFlagsBits as Bits, ChannelType } from 'discord.js';
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

  const changes = (id: unknown, { id: thread }: Channel): [string, string, object?][] => [
    ['PATCH', `/channels/${thread}/messages/${id}`, { content: 'y' }],
    ['DELETE', `/channels/${thread}/messages/${id}`],
    ['PUT', `/channels/${thread}/messages/pins/${id}`],
    ['DELETE', `/channels/${thread}/messages/pins/${id}`],
  ];

  test('in a locked thread can be read, but not sent or changed without MANAGE_THREADS', async () => {
    const thread = here.discord.addChannel(here.guild, 'locked', {
      type: ChannelType.PublicThread,
      parent: here.channel,
    });
    const { body } = await post({ content: 'x' }, thread);
    thread.locked = true;
    expect(await post({ content: 'x' }, thread)).toMatchObject({ status: 403, code: 160005 });
    for (const change of changes(body.id, thread)) expect(await call(...change)).toMatchObject({ code: 160005 });
    expect(await call('GET', `/channels/${thread.id}/messages/${body.id}`)).toMatchObject({ status: 200 });
    here.discord.setBotPermissions(thread, BOT_PERMISSIONS | Bits.ManageThreads);
    expect(await post({ content: 'x' }, thread)).toMatchObject({ status: 200 });
    const [edit] = changes(body.id, thread);
    if (edit) expect(await call(...edit)).toMatchObject({ status: 200 });
  });

  test('in an archived thread can be read, but not changed; a new one unarchives the thread', async () => {
    const thread = here.discord.addChannel(here.guild, 'old', { type: ChannelType.PublicThread, parent: here.channel });
    const { body } = await post({ content: 'x' }, thread);
    thread.archived = true;
    for (const change of changes(body.id, thread)) expect(await call(...change)).toMatchObject({ code: 50083 });
    expect(await call('GET', `/channels/${thread.id}/messages/${body.id}`)).toMatchObject({ status: 200 });
    expect(await call('GET', `/channels/${thread.id}/messages/pins`)).toMatchObject({ status: 200 });
    expect(await post({ content: 'x' }, thread)).toMatchObject({ status: 200 });
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
