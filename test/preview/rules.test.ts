// Who may do what, once, in time, and what is refused otherwise.
import { PermissionFlagsBits as Bits, ChannelType } from 'discord.js';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { FakeDiscord } from '../../src/preview/fake-discord.ts';
import { startFakeDiscord } from '../../src/preview/fake-discord.ts';
import type { Channel, Guild, Message } from '../../src/preview/model.ts';
import { BOT_PERMISSIONS, MEMBER_PERMISSIONS } from '../../src/preview/permissions.ts';
import type { Person } from '../../src/preview/person.ts';
import { asker, type Call, caller } from './requests.ts';

let discord: FakeDiscord;
let call: Call;
let guild: Guild;
let channel: Channel;
let mina: Person;

beforeAll(async () => {
  discord = await startFakeDiscord();
  call = caller(discord);
  guild = discord.addGuild('Rules');
});
beforeEach(() => {
  channel = discord.addChannel(guild, 'general');
  mina = discord.person(discord.addUser('Mina'), channel);
});
afterAll(() => discord.stop());

const ask = (type: number, source: Message | null = null, person = mina) =>
  asker(discord, call)(person, type, type === 3 ? { component_type: 2, custom_id: 'go' } : undefined, source);
const post = (body: object = { content: 'x' }, to = channel) => call('POST', `/channels/${to.id}/messages`, body);
const pin = (id: unknown, to = channel) => call('PUT', `/channels/${to.id}/messages/pins/${id}`);
const found = (id: unknown): Message => {
  const message = discord.messagesOf(channel, mina.user).find((each) => each.id === id);
  if (!message) throw new Error(`There is no message ${id}`);
  return message;
};

describe('a request', () => {
  test('with a wrong token is refused', async () => {
    expect(await call('GET', '/users/@me', undefined, { token: 'wrong' })).toMatchObject({ status: 401 });
  });

  test('to another version, to none, or to an unknown route is refused', async () => {
    expect(await call('GET', '/users/@me', undefined, { version: '/v9' })).toMatchObject({ status: 400, code: 50041 });
    expect(await call('GET', '/users/@me', undefined, { version: '' })).toMatchObject({ status: 400, code: 50041 });
    expect(await call('GET', '/nothing')).toMatchObject({ status: 404, code: 0 });
  });

  test('for what is not there is refused with the code of its kind', async () => {
    expect(await call('GET', '/channels/1')).toMatchObject({ status: 404, code: 10003 });
    expect(await call('GET', '/guilds/1')).toMatchObject({ status: 404, code: 10004 });
    expect(await call('GET', `/channels/${channel.id}/messages/1`)).toMatchObject({ status: 404, code: 10008 });
    expect(await call('GET', '/users/1')).toMatchObject({ status: 404, code: 10013 });
    expect(await call('POST', '/users/@me/channels', { recipient_id: '1' })).toMatchObject({
      status: 404,
      code: 10013,
    });
    expect(await call('GET', `/applications/${discord.applicationId}/commands/1`)).toMatchObject({
      status: 404,
      code: 10063,
    });
  });

  test('is recorded, and its refusal too', async () => {
    await call('GET', '/channels/1');
    expect(discord.requests.at(-1)).toMatchObject({ method: 'GET', path: '/channels/1', status: 404 });
    expect(discord.refusals.at(-1)).toMatchObject({
      method: 'GET',
      route: '/channels/:channel',
      status: 404,
      code: 10003,
      message: 'Unknown Channel',
    });
  });

  test('fails as a test asks for, so many times', async () => {
    discord.fail({ match: /^GET \/users\/@me$/, times: 2, status: 429, retryAfter: 4 });
    expect(await call('GET', '/users/@me')).toMatchObject({ status: 429, body: { retry_after: 4 } });
    expect(await call('GET', '/users/@me')).toMatchObject({ status: 429 });
    expect(await call('GET', '/users/@me')).toMatchObject({ status: 200 });
  });

  test('loses its connection before or after it was carried out', async () => {
    discord.fail({ match: /messages$/, reset: 'before' });
    await expect(post()).rejects.toThrow();
    expect(discord.messagesOf(channel)).toHaveLength(0);
    discord.fail({ match: /messages$/, reset: 'after' });
    await expect(post()).rejects.toThrow();
    expect(discord.messagesOf(channel)).toHaveLength(1);
  });
});

describe('a message', () => {
  test.each<[string, bigint, object, number]>([
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
    discord.setBotPermissions(channel, BOT_PERMISSIONS & ~missing);
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
    const path = `/channels/${channel.id}/messages`;
    const { status, body } = await call('POST', path, form());
    const { attachments, embeds } = found(body.id);
    expect([status, attachments[0]?.filename, attachments[0]?.description]).toEqual([200, 'a.png', 'A chart']);
    expect(embeds[0]?.image?.url).toBe(attachments[0]?.url);
    expect(await (await fetch(attachments[0]?.url ?? '')).text()).toBe('bytes');
    discord.setBotPermissions(channel, BOT_PERMISSIONS & ~Bits.AttachFiles);
    expect(await call('POST', path, form())).toMatchObject({ status: 403, code: 50013 });
  });

  test('with an enforced nonce is made once', async () => {
    const first = await post({ content: 'x', nonce: 'n1', enforce_nonce: true });
    const second = await post({ content: 'x', nonce: 'n1', enforce_nonce: true });
    expect(second.body.id).toBe(first.body.id);
    expect(discord.messagesOf(channel)).toHaveLength(1);
    await post({ content: 'x', nonce: 'n1' });
    expect(discord.messagesOf(channel)).toHaveLength(2);
  });

  test('of somebody else cannot be edited, and deleted only with MANAGE_MESSAGES', async () => {
    const { message } = await mina.say('mine');
    const path = `/channels/${channel.id}/messages/${message.id}`;
    expect(await call('PATCH', path, { content: 'x' })).toMatchObject({ status: 403, code: 50005 });
    expect(await call('DELETE', path)).toMatchObject({ status: 403, code: 50013 });
    discord.setBotPermissions(channel, BOT_PERMISSIONS | Bits.ManageMessages);
    expect(await call('DELETE', path)).toMatchObject({ status: 204 });
  });

  test('to closed direct messages is refused', async () => {
    const dm = await call('POST', '/users/@me/channels', { recipient_id: mina.user.id });
    expect(dm.body.id).toBe(discord.dmOf(mina.user).id);
    expect(await post({ content: 'x' }, discord.dmOf(mina.user))).toMatchObject({ status: 200 });
    discord.closeDms(mina.user, true);
    expect(await post({ content: 'x' }, discord.dmOf(mina.user))).toMatchObject({ status: 403, code: 50007 });
  });

  test('cannot be sent into a forum, nor into a locked thread', async () => {
    const forum = discord.addChannel(guild, 'forum', { type: ChannelType.GuildForum });
    expect(await post({ content: 'x' }, forum)).toMatchObject({ code: 50008 });
    const locked = discord.addChannel(guild, 'post', {
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

  test('in a locked thread cannot be sent or changed without MANAGE_THREADS, but read', async () => {
    const thread = discord.addChannel(guild, 'locked', { type: ChannelType.PublicThread, parent: channel });
    const { body } = await post({ content: 'x' }, thread);
    thread.locked = true;
    expect(await post({ content: 'x' }, thread)).toMatchObject({ status: 403, code: 160005 });
    for (const change of changes(body.id, thread)) expect(await call(...change)).toMatchObject({ code: 160005 });
    expect(await call('GET', `/channels/${thread.id}/messages/${body.id}`)).toMatchObject({ status: 200 });
    discord.setBotPermissions(thread, BOT_PERMISSIONS | Bits.ManageThreads);
    expect(await post({ content: 'x' }, thread)).toMatchObject({ status: 200 });
    const [edit] = changes(body.id, thread);
    if (edit) expect(await call(...edit)).toMatchObject({ status: 200 });
  });

  test('in an archived thread cannot be changed, but read, and a new one brings the thread back', async () => {
    const thread = discord.addChannel(guild, 'old', { type: ChannelType.PublicThread, parent: channel });
    const { body } = await post({ content: 'x' }, thread);
    thread.archived = true;
    for (const change of changes(body.id, thread)) expect(await call(...change)).toMatchObject({ code: 50083 });
    expect(await call('GET', `/channels/${thread.id}/messages/${body.id}`)).toMatchObject({ status: 200 });
    expect(await call('GET', `/channels/${thread.id}/messages/pins`)).toMatchObject({ status: 200 });
    expect(await post({ content: 'x' }, thread)).toMatchObject({ status: 200 });
    expect(thread.archived).toBe(false);
  });

  test('in a thread needs SEND_MESSAGES_IN_THREADS instead', async () => {
    const thread = discord.addChannel(guild, 'thread', {
      type: ChannelType.PublicThread,
      parent: channel,
      botPermissions: BOT_PERMISSIONS & ~Bits.SendMessages,
    });
    expect(await post({ content: 'x' }, thread)).toMatchObject({ status: 200 });
    discord.setBotPermissions(thread, BOT_PERMISSIONS & ~Bits.SendMessagesInThreads);
    expect(await post({ content: 'x' }, thread)).toMatchObject({ code: 50013 });
  });

  test('lists are paged by before and after', async () => {
    const ids: unknown[] = [];
    for (let at = 0; at < 4; at++) ids.push((await post({ content: `${at}` })).body.id);
    const list = async (query: string) => (await call('GET', `/channels/${channel.id}/messages?${query}`)).body.list;
    expect(await list('limit=2')).toMatchObject([{ id: ids[3] }, { id: ids[2] }]);
    expect(await list(`before=${ids[2]}`)).toMatchObject([{ id: ids[1] }, { id: ids[0] }]);
    expect(await list(`after=${ids[1]}&limit=1`)).toMatchObject([{ id: ids[2] }]);
  });

  test('the bot’s servers are listed by id, 200 a page, after or before one', async () => {
    const crowded = await startFakeDiscord();
    const ids = Array.from({ length: 203 }, (_, at) => crowded.addGuild(`Server ${at}`).id);
    crowded.removeBotFrom(crowded.addGuild('Left'));
    const request = caller(crowded);
    const list = async (query: string) => {
      const { body, code } = await request('GET', `/users/@me/guilds${query}`);
      return Array.isArray(body.list) ? body.list.map(({ id }) => id) : code;
    };
    expect(await list('')).toEqual(ids.slice(0, 200));
    expect(await list(`?after=${ids[199]}`)).toEqual(ids.slice(200));
    expect(await list(`?after=${ids[202]}`)).toEqual([]);
    expect(await list('?after=0&limit=2')).toEqual(ids.slice(0, 2));
    expect(await list(`?before=${ids[100]}&limit=2`)).toEqual(ids.slice(98, 100));
    for (const wrong of ['?limit=0', '?limit=201', '?limit=x', '?after=x']) expect(await list(wrong)).toBe(50035);
    await crowded.stop();
  });
});

describe('mentions', () => {
  const names = () => `@everyone <@${mina.user.id}> <@&5>`;

  test('in a channel message notify everybody named, unless told otherwise', async () => {
    const loud = found((await post({ content: names() })).body.id);
    expect(loud.notifies).toEqual({ everyone: true, users: [mina.user.id], roles: ['5'] });
    const quiet = found((await post({ content: names(), allowed_mentions: { parse: [] } })).body.id);
    expect(quiet.notifies).toEqual({ everyone: false, users: [], roles: [] });
    const one = found(
      (await post({ content: names(), allowed_mentions: { parse: [], users: [mina.user.id] } })).body.id,
    );
    expect(one.notifies.users).toEqual([mina.user.id]);
  });

  test('in an answer to an interaction notify users only', async () => {
    const { interaction, answer } = ask(2);
    await answer({ type: 4, data: { content: names() } });
    expect(interaction.original?.notifies).toEqual({ everyone: false, users: [mina.user.id], roles: [] });
  });

  test('count anew on an edit without allowed_mentions', async () => {
    const { body } = await post({ content: 'x', allowed_mentions: { parse: [] } });
    await call('PATCH', `/channels/${channel.id}/messages/${body.id}`, { content: names() });
    expect(found(body.id).notifies.everyone).toBe(true);
  });

  test('of the author that a reply goes to follow replied_user', async () => {
    const { message } = await mina.say('Hello?');
    const reply = (allowed: object) =>
      post({ content: 'x', message_reference: { message_id: message.id }, ...allowed });
    expect(found((await reply({})).body.id).notifies.users).toEqual([mina.user.id]);
    expect(found((await reply({ allowed_mentions: { parse: [] } })).body.id).notifies.users).toEqual([]);
    expect(found((await reply({ allowed_mentions: { replied_user: true } })).body.id)).toMatchObject({
      type: 19,
      notifies: { users: [mina.user.id] },
    });
  });
});

describe('a pin', () => {
  test('takes PIN_MESSAGES; MANAGE_MESSAGES is not enough', async () => {
    const { body } = await post();
    discord.setBotPermissions(channel, (BOT_PERMISSIONS & ~Bits.PinMessages) | Bits.ManageMessages);
    expect(await pin(body.id)).toMatchObject({ status: 403, code: 50013 });
  });

  test('posts a notice by the pinner, who may delete it and cannot pin it', async () => {
    const { body } = await post();
    expect(await pin(body.id)).toMatchObject({ status: 204 });
    const notice = discord.messagesOf(channel).at(-1);
    expect(notice).toMatchObject({ type: 6, author: discord.botUser, replyTo: { messageId: body.id } });
    expect(await pin(notice?.id)).toMatchObject({ status: 403, code: 50021 });
    expect(await call('DELETE', `/channels/${channel.id}/messages/${notice?.id}`)).toMatchObject({ status: 204 });
  });

  test('is listed newest first, by pages, and empty without READ_MESSAGE_HISTORY', async () => {
    const ids: unknown[] = [];
    for (let at = 0; at < 3; at++) {
      ids.push((await post()).body.id);
      await pin(ids[at]);
    }
    const list = (query: string) => call('GET', `/channels/${channel.id}/messages/pins${query}`);
    const first = await list('?limit=2');
    expect(first.body).toMatchObject({
      has_more: true,
      items: [{ message: { id: ids[2], pinned: true } }, { message: { id: ids[1] } }],
    });
    const [, last] = Array.isArray(first.body.items) ? first.body.items : [];
    expect((await list(`?before=${encodeURIComponent(last.pinned_at)}`)).body).toMatchObject({
      has_more: false,
      items: [{ message: { id: ids[0] } }],
    });
    discord.setBotPermissions(channel, BOT_PERMISSIONS & ~Bits.ReadMessageHistory);
    expect((await list('')).body).toEqual({ items: [], has_more: false });
  });

  test('is refused with 250 in the channel', async () => {
    for (let at = 0; at < 250; at++) discord.pin((await mina.say(`${at}`)).message, mina.user);
    expect(await pin((await post()).body.id)).toMatchObject({ status: 400, code: 30003 });
  });

  test('of a message of another channel is refused, and of one that is gone', async () => {
    const other = discord.addChannel(guild, 'other');
    expect(await pin((await post({ content: 'x' }, other)).body.id)).toMatchObject({ status: 400, code: 50019 });
    expect(await pin('1')).toMatchObject({ status: 404, code: 10008 });
  });

  test('goes with its message, with unpin, and by the route', async () => {
    const messages = await Promise.all([1, 2, 3].map(async () => found((await post()).body.id)));
    for (const message of messages) discord.pin(message, mina.user);
    const [first, second, third] = messages;
    if (first && second) {
      discord.removeMessage(first);
      discord.unpin(second);
    }
    expect(discord.pinsOf(channel)).toEqual([third]);
    expect(await call('DELETE', `/channels/${channel.id}/messages/pins/${third?.id}`)).toMatchObject({ status: 204 });
    expect(discord.pinsOf(channel)).toEqual([]);
  });

  test.each([
    ['GET', ''],
    ['PUT', '/1'],
    ['DELETE', '/1'],
  ])('by the old route (%s) is refused with a hint', async (method, path) => {
    const reply = await call(method, `/channels/${channel.id}/pins${path}`);
    expect([reply.status, reply.body.message]).toEqual([410, expect.stringContaining('/messages/pins')]);
  });
});

describe('an interaction', () => {
  const hello = { type: 4, data: { content: 'hello' } };

  test('is answered once', async () => {
    const { answer } = ask(2);
    expect(await answer(hello)).toMatchObject({ status: 204 });
    expect(await answer(hello)).toMatchObject({ status: 400, code: 40060 });
  });

  test('is unknown after three seconds, and with a wrong token', async () => {
    const { interaction, answer } = ask(2);
    discord.advance(3001);
    expect(await answer(hello)).toMatchObject({ status: 404, code: 10062 });
    expect(await call('POST', `/interactions/${interaction.id}/wrong/callback`, hello)).toMatchObject({
      status: 404,
      code: 10062,
    });
  });

  test('gives its message with with_response', async () => {
    const { status, body } = await ask(2).answer(
      { type: 4, data: { content: 'hello', flags: 64 } },
      '?with_response=true',
    );
    expect(status).toBe(200);
    expect(body).toMatchObject({
      interaction: { response_message_ephemeral: true },
      resource: { type: 4, message: { content: 'hello', type: 20, flags: 64 } },
    });
  });

  test('edits and reads its own messages for 15 minutes, and no others', async () => {
    const { answer, hook } = ask(2);
    await answer(hello);
    expect(await hook('PATCH', '/messages/@original', { content: 'new' })).toMatchObject({
      status: 200,
      body: { content: 'new' },
    });
    const { body } = await hook('POST', '', { content: 'more' });
    expect(await hook('DELETE', `/messages/${body.id}`)).toMatchObject({ status: 204 });
    expect(await hook('GET', `/messages/${body.id}`)).toMatchObject({ status: 404, code: 10008 });
    expect(await hook('GET', `/messages/${(await post()).body.id}`)).toMatchObject({ status: 404, code: 10008 });
    discord.advance(15 * 60_000 + 1);
    expect(await hook('PATCH', '/messages/@original', { content: 'late' })).toMatchObject({ status: 401, code: 50027 });
    expect(await hook('POST', '', { content: 'late' })).toMatchObject({ status: 401, code: 50027 });
  });

  test('cannot be followed up before it is answered', async () => {
    expect(await ask(2).hook('POST', '', { content: 'x' })).toMatchObject({ status: 404, code: 10015 });
  });

  test('keeps what its first answer decided: a follow-up fills a private deferred answer', async () => {
    const { interaction, answer, hook } = ask(2);
    await answer({ type: 5, data: { flags: 64 } });
    const { body } = await hook('POST', '', { content: 'done' });
    expect(body.id).toBe(interaction.original?.id);
    expect(interaction.original).toMatchObject({ content: 'done', viewer: mina.user, revision: 1 });
  });

  test('leaves ephemeral messages out of every channel route', async () => {
    const { interaction, answer } = ask(2);
    await answer({ type: 4, data: { content: 'hello', flags: 64 } });
    const id = interaction.original?.id;
    expect(await call('GET', `/channels/${channel.id}/messages/${id}`)).toMatchObject({ code: 10008 });
    expect(await pin(id)).toMatchObject({ code: 10008 });
  });

  test('updates the message of its component, and only where there is one', async () => {
    const source = found((await post()).body.id);
    const click = ask(3, source);
    expect(await click.answer({ type: 7, data: { content: 'updated' } })).toMatchObject({ status: 204 });
    expect(source.content).toBe('updated');
    const later = ask(3, source);
    await later.answer({ type: 6 });
    await later.hook('PATCH', '/messages/@original', { content: 'again' });
    expect(source.content).toBe('again');
    expect(await ask(5, source).answer({ type: 7, data: { content: 'by modal' } })).toMatchObject({ status: 204 });
    expect(await ask(5).answer({ type: 7, data: { content: 'x' } })).toMatchObject({ code: 50035 });
    discord.removeMessage(source);
    expect(await ask(3, source).answer({ type: 7, data: { content: 'x' } })).toMatchObject({ code: 10008 });
  });

  test('needs no permission of the bot to be answered', async () => {
    discord.setBotPermissions(channel, 0n);
    expect(await ask(2).answer({ type: 4, data: { embeds: [{ title: 'x' }] } })).toMatchObject({ status: 204 });
  });

  test('tells the permissions of person and bot as they are in its channel', () => {
    discord.setBotPermissions(channel, Bits.ViewChannel);
    expect(ask(2).interaction.payload).toMatchObject({
      app_permissions: String(Bits.ViewChannel),
      member: { permissions: String(MEMBER_PERMISSIONS) },
    });
  });
});

describe('commands', () => {
  const path = () => `/applications/${discord.applicationId}/commands`;
  const faq = { name: 'faq', description: 'd', description_localizations: { de: 'e' } };

  test('are written over by name and type, with their ids', async () => {
    const created = await call('POST', path(), faq);
    const again = await call('POST', path(), { ...faq, description: 'new' });
    expect([created.status, again.status, again.body.id]).toEqual([201, 200, created.body.id]);
    const changed = await call('PATCH', `${path()}/${created.body.id}`, { description: 'newer' });
    expect(changed.body).toMatchObject({ id: created.body.id, description: 'newer', name: 'faq' });
    expect(await call('DELETE', `${path()}/${created.body.id}`)).toMatchObject({ status: 204 });
    expect(discord.commands).toEqual([]);
    expect(discord.commandWrites.map(({ method }) => method)).toEqual(['POST', 'POST', 'PATCH', 'DELETE']);
  });

  test('of a server are apart from the global ones', async () => {
    const own = `/applications/${discord.applicationId}/guilds/${guild.id}/commands`;
    expect(await call('PUT', own, [faq])).toMatchObject({ status: 200, body: { list: [{ guild_id: guild.id }] } });
    expect((await call('GET', path())).body.list).toEqual([]);
    expect(discord.commandWrites.at(-1)).toEqual({ method: 'PUT', guildId: guild.id });
  });

  test('are listed without translations unless asked for', async () => {
    await call('PUT', path(), [faq]);
    expect((await call('GET', path())).body.list).toEqual([
      expect.not.objectContaining({ description_localizations: expect.anything() }),
    ]);
    expect((await call('GET', `${path()}?with_localizations=true`)).body.list).toMatchObject([
      { description_localizations: { de: 'e' } },
    ]);
  });

  test('of a server without the bot are refused', async () => {
    const left = discord.addGuild('Left');
    discord.removeBotFrom(left);
    for (const id of [left.id, '123456789012345678']) {
      const own = `/applications/${discord.applicationId}/guilds/${id}/commands`;
      for (const [method, body] of [['GET'], ['PUT', [faq]], ['POST', faq]] as const)
        expect(await call(method, own, body)).toMatchObject({ status: 403, code: 50001 });
    }
  });

  describe('with an Entry Point command', () => {
    let entry: ReturnType<FakeDiscord['addEntryPoint']>;
    beforeEach(() => {
      entry = discord.addEntryPoint();
    });
    const listed = async () => {
      const { list } = (await call('GET', `${path()}?with_localizations=true`)).body;
      return Array.isArray(list) ? list : [];
    };

    test('list it, with its handler', async () => {
      expect((await listed()).find(({ type }) => type === 4)).toMatchObject({
        id: entry.id,
        name: 'launch',
        description: '',
        handler: 2,
        default_member_permissions: null,
      });
    });

    test('cannot be overwritten together without it, in the words of Discord', async () => {
      expect(await call('PUT', path(), [faq])).toMatchObject({
        status: 400,
        code: 50240,
        body: {
          message:
            "You cannot remove this app's Entry Point command in a bulk update operation. Please include the Entry Point command in your update request or delete it separately.",
        },
      });
      expect((await call('PUT', path(), [])).code).toBe(50240);
      expect((await listed()).some(({ type }) => type === 4)).toBe(true);
    });

    test('can be overwritten with it as it was listed, and it keeps its id', async () => {
      const kept = (await listed()).filter(({ type }) => type === 4);
      expect(await call('PUT', path(), [faq, ...kept])).toMatchObject({ status: 200 });
      expect((await listed()).find(({ type }) => type === 4)).toMatchObject({ id: entry.id, handler: 2 });
    });

    test('of a server do not need it, and cannot hold one', async () => {
      const own = `/applications/${discord.applicationId}/guilds/${guild.id}/commands`;
      expect(await call('PUT', own, [faq])).toMatchObject({ status: 200 });
      expect(await call('PUT', own, [{ type: 4, name: 'launch', handler: 2 }])).toMatchObject({ code: 50035 });
    });

    test('can lose it by a request of its own', async () => {
      expect(await call('DELETE', `${path()}/${entry.id}`)).toMatchObject({ status: 204 });
      expect(await call('PUT', path(), [faq])).toMatchObject({ status: 200 });
    });
  });

  test('are not counted as created when they are written over, or when a write is refused', async () => {
    const own = `/applications/${discord.applicationId}/guilds/${discord.addGuild('Daily').id}/commands`;
    const some = (prefix: string) => Array.from({ length: 100 }, (_, at) => ({ ...faq, name: `${prefix}-${at}` }));
    for (const prefix of ['a', 'a', 'b', 'b'])
      expect(await call('PUT', own, some(prefix))).toMatchObject({ status: 200 });
    for (let i = 0; i < 2; i++)
      expect(await call('PUT', own, [...some('b').slice(1), faq])).toMatchObject({ status: 400, code: 30034 });
    expect(await call('PUT', own, some('b'))).toMatchObject({ status: 200 });
  });
});
