// What a person's client checks before it sends something, and the ids and objects that it sends.
import { describe, test } from 'node:test';
import { ChannelType, PermissionFlagsBits } from 'discord.js';
import { expect } from 'expect';
import type { OptionValues } from '../src/command-data.ts';
import type { Interaction, Json } from '../src/model.ts';
import type { Person } from '../src/person.ts';
import { useDiscord } from './here.ts';
import { many, option, rows, select } from './samples.ts';

const here = useDiscord();
const { ask, call, found, post } = here;

/** The data of the interaction that an action starts. Nobody answers it. @throws {Error} of the client */
async function dataOf(action: (mina: Person) => Promise<unknown>): Promise<Json> {
  let started: Interaction | undefined;
  const stop = here.discord.events.subscribe((event) => {
    if (event.name === 'interaction') started ??= event.interaction;
  });
  const failure = action(here.mina).then(
    () => new Error('answered'),
    (error: unknown) => error,
  );
  stop();
  if (started === undefined) throw await failure;
  return Object(started.payload.data);
}

describe('a person', () => {
  test('chooses as many values as a select menu takes', async () => {
    const { body } = await post(rows([select({ options: many(4, option), min_values: 2, max_values: 3 })]));
    const choose = (count: number) =>
      dataOf((mina) =>
        mina.choose(
          found(body.id),
          'pick',
          many(count, (at) => `v${at}`),
        ),
      );
    for (const count of [1, 4]) await expect(choose(count)).rejects.toThrow(`takes 2 to 3 values, not ${count}`);
    expect(await choose(2)).toMatchObject({ component_type: 3, values: ['v0', 'v1'] });
    expect(await choose(3)).toMatchObject({ values: ['v0', 'v1', 'v2'] });
  });

  test('chooses one value unless the menu says otherwise, and none where it may stay empty', async () => {
    const { body } = await post(rows([select()], [select({ custom_id: 'empty', min_values: 0 })]));
    await expect(dataOf((mina) => mina.choose(found(body.id), 'pick', []))).rejects.toThrow('takes 1 values, not 0');
    expect(await dataOf((mina) => mina.choose(found(body.id), 'empty', []))).toMatchObject({ values: [] });
  });

  test('chooses users, roles and channels that exist, and they come along', async () => {
    const menus = [5, 6, 7, 8].map((type) => [{ type, custom_id: `${type}`, max_values: 2 }]);
    const { body } = await post(rows(...menus));
    const { channel, guild, mina } = here;
    const role = guild.members.get(mina.user.id)?.roleId ?? '';
    const choose = (menu: number, ...ids: string[]) =>
      dataOf((person) => person.choose(found(body.id), String(menu), ids));
    const user = mina.user.id;
    expect(await choose(5, user)).toMatchObject({ resolved: { users: { [user]: { username: 'mina' } } } });
    expect(await choose(6, role)).toMatchObject({ resolved: { roles: { [role]: { name: 'Mina' } } } });
    expect(await choose(7, user, role)).toMatchObject({ resolved: { users: { [user]: {} }, roles: { [role]: {} } } });
    expect(await choose(8, channel.id)).toMatchObject({ resolved: { channels: { [channel.id]: {} } } });
    for (const [menu, id] of [
      [5, channel.id],
      [5, role],
      [6, user],
      [7, channel.id],
      [8, user],
      [8, '1'],
    ] as const)
      await expect(choose(menu, id)).rejects.toThrow(/takes ids of (users|roles|users and roles|channels), not/);
  });

  test('chooses channels of the listed types that they see, each once', async () => {
    const { discord, guild } = here;
    const forum = discord.addChannel(guild, 'forum', { type: ChannelType.GuildForum });
    const hidden = discord.addChannel(guild, 'hidden', { type: ChannelType.GuildForum });
    discord.setPermissions(hidden, guild, { deny: PermissionFlagsBits.ViewChannel });
    const elsewhere = discord.addChannel(discord.addGuild('Other'), 'forum', { type: ChannelType.GuildForum });
    const menu = { type: 8, custom_id: 'where', channel_types: [15], max_values: 2, min_values: 0 };
    const { body } = await post(rows([menu]));
    const choose = (...ids: string[]) => dataOf((mina) => mina.choose(found(body.id), 'where', ids));
    expect(await choose(forum.id)).toMatchObject({ values: [forum.id] });
    expect(await choose()).toMatchObject({ values: [] });
    for (const channel of [here.channel, hidden, elsewhere])
      await expect(choose(channel.id)).rejects.toThrow(`does not list ${channel.name}`);
    await expect(choose(forum.id, forum.id)).rejects.toThrow('takes each value once');
  });

  test('sends channels in part, with the permissions of both, and members without their user', async () => {
    const { discord, guild, mina } = here;
    const forum = discord.addChannel(guild, 'forum', { type: ChannelType.GuildForum });
    const { thread } = await mina.post(forum, 'A post', 'x');
    discord.setBotPermissions(forum, PermissionFlagsBits.ViewChannel);
    const menus = [5, 8].map((type) => [{ type, custom_id: `${type}`, max_values: 2 }]);
    const { body } = await post(rows(...menus));
    const chosen = async (menu: number, ...ids: string[]) =>
      Object((await dataOf((person) => person.choose(found(body.id), String(menu), ids))).resolved);
    const { channels } = await chosen(8, forum.id, thread.id);
    const permissions = {
      permissions: String(mina.permissionsIn(forum)),
      app_permissions: String(PermissionFlagsBits.ViewChannel),
    };
    expect(channels[forum.id]).toEqual({
      id: forum.id,
      name: 'forum',
      type: 15,
      flags: 0,
      guild_id: guild.id,
      last_message_id: thread.id,
      last_pin_timestamp: null,
      nsfw: false,
      parent_id: null,
      position: expect.any(Number),
      rate_limit_per_user: 0,
      topic: null,
      ...permissions,
    });
    expect(channels[thread.id]).toMatchObject({ parent_id: forum.id, thread_metadata: {}, ...permissions });
    const bot = discord.botUser.id;
    const { members, users } = await chosen(5, bot, mina.user.id);
    expect(Object.keys(members)).toEqual(Object.keys(users));
    expect(members[bot]).toMatchObject({ roles: [guild.botRoleId], permissions: expect.any(String) });
    for (const field of ['user', 'deaf', 'mute']) expect(members[bot]).not.toHaveProperty(field);
  });

  test('writes in a channel only with SEND_MESSAGES, and in its threads only with SEND_MESSAGES_IN_THREADS', async () => {
    const { channel, discord, guild, mina } = here;
    const { ViewChannel, SendMessages, SendMessagesInThreads } = PermissionFlagsBits;
    const thread = discord.addChannel(guild, 'talk', { type: ChannelType.PublicThread, parent: channel });
    discord.join(guild, mina.user, ViewChannel | SendMessagesInThreads);
    await expect(mina.say('x')).rejects.toThrow("Mina can't write in general");
    expect((await mina.in(thread).say('x')).message.content).toBe('x');
    discord.join(guild, mina.user, ViewChannel | SendMessages);
    expect((await mina.say('x')).message.content).toBe('x');
    await expect(mina.in(thread).say('x')).rejects.toThrow("Mina can't write in talk");
  });

  test('writes in a locked thread only as a member who manages threads', async () => {
    const { channel, discord, guild, mina } = here;
    const thread = discord.addChannel(guild, 'closed', {
      type: ChannelType.PublicThread,
      parent: channel,
      locked: true,
    });
    await expect(mina.in(thread).say('x')).rejects.toThrow("Mina can't write in a locked thread");
    const { ViewChannel, ManageThreads, SendMessagesInThreads } = PermissionFlagsBits;
    discord.join(guild, mina.user, ViewChannel | ManageThreads | SendMessagesInThreads);
    expect((await mina.in(thread).say('x')).message.content).toBe('x');
  });

  test('edits only messages of their own', async () => {
    const { message } = await here.mina.say('mine');
    here.mina.edit(message, 'still mine');
    expect(message.content).toBe('still mine');
    const other = here.discord.person(here.discord.addUser('Omar'), here.channel);
    expect(() => other.edit(message, 'not yours')).toThrow('Omar did not write this message');
  });
});

describe('a command that a person sends', () => {
  const number = (type: number, fields: object = {}) => ({ type, name: `n${type}`, description: 'd', ...fields });
  const options = [
    number(4, { min_value: 1, max_value: 90 }),
    number(10, { choices: [{ name: 'Half', value: 0.5 }] }),
    number(3, { min_length: 2, max_length: 3 }),
    number(5),
    number(7, { channel_types: [0] }),
  ];
  const send = async (values: OptionValues) => {
    const body = { name: 'all', description: 'd', options };
    await call('POST', `/applications/${here.discord.applicationId}/commands`, body);
    return dataOf((mina) => mina.slash('all', values));
  };

  test('has values of the types of its options', async () => {
    expect(await send({ n4: 1, n10: 0.5, n3: 'xy', n5: false, n7: here.channel })).toMatchObject({
      options: [{ value: 1 }, { value: 0.5 }, { value: 'xy' }, { value: false }, { value: here.channel.id }],
    });
    expect(await send({ n4: 90, n3: 'xyz' })).toMatchObject({ options: [{ value: 90 }, { value: 'xyz' }] });
  });

  test('is not sent with other values', async () => {
    const voice = here.discord.addChannel(here.guild, 'stage', { type: ChannelType.GuildVoice });
    for (const [values, error] of [
      [{ n4: 0 }, 'The option n4 takes a number from 1 to 90, not 0'],
      [{ n4: 91 }, 'The option n4 takes a number from 1 to 90, not 91'],
      [{ n4: 1.5 }, 'The option n4 takes a whole number, not 1.5'],
      [{ n4: '1' }, 'The option n4 takes a number from 1 to 90, not "1"'],
      [{ n10: 1 }, 'The option n10 has no choice 1'],
      [{ n3: 'x' }, 'The option n3 takes 2 to 3 characters, not 1'],
      [{ n3: 'wxyz' }, 'The option n3 takes 2 to 3 characters, not 4'],
      [{ n5: 'yes' }, 'The option n5 takes true or false, not "yes"'],
      [{ n7: voice }, 'The option n7 does not list stage'],
      [{ n7: here.mina.user }, 'The option n7 takes a channel, not Mina'],
    ] satisfies [OptionValues, string][])
      await expect(send(values)).rejects.toThrow(error);
  });
});

describe('a modal that a person submits', () => {
  const label = (component: object, fields: object = {}) => ({ type: 18, label: 'L', component, ...fields });
  const opened = async (...components: object[]) => {
    const { interaction, answer } = ask(2);
    await answer({ type: 9, data: { custom_id: 'm', title: 'T', components } });
    if (interaction.answer === null) throw new Error('The modal was refused');
    return { ...interaction.answer, message: null, ms: 0, interaction };
  };

  test('has the ids of its components', async () => {
    const modal = await opened(
      { type: 10, content: 'Text' },
      label({ type: 4, custom_id: 'a', style: 1, id: 3 }),
      label({ type: 23, custom_id: 'b' }, { id: 9 }),
    );
    expect(await dataOf((mina) => mina.submit(modal, { a: 'x' }))).toMatchObject({
      components: [
        { type: 10, id: 1 },
        { type: 18, id: 2, component: { type: 4, id: 3, value: 'x' } },
        { type: 18, id: 9, component: { type: 23, id: 4, value: false } },
      ],
    });
  });

  test('has the users and channels that were chosen, and those chosen in advance', async () => {
    const { channel, mina } = here;
    const modal = await opened(
      label({ type: 5, custom_id: 'who', default_values: [{ id: mina.user.id, type: 'user' }] }),
      label({ type: 8, custom_id: 'where' }),
    );
    expect(await dataOf((person) => person.submit(modal, { where: [channel.id] }))).toMatchObject({
      resolved: { users: { [mina.user.id]: {} }, channels: { [channel.id]: {} } },
    });
    await expect(mina.submit(modal, { where: [mina.user.id] })).rejects.toThrow('takes ids of channels');
  });

  test('has as many values as each field takes', async () => {
    const options = many(3, option);
    const modal = await opened(
      label({ type: 22, custom_id: 'all', options }),
      label({ type: 22, custom_id: 'two', options, max_values: 2, required: false }),
      label({ type: 21, custom_id: 'one', options, required: false }),
    );
    const submit = (values: Record<string, readonly string[]>) => dataOf((mina) => mina.submit(modal, values));
    const [first = '', second = '', third = ''] = options.map(({ value }) => value);
    const all = [first, second, third];
    expect(await submit({ all })).toMatchObject({
      components: [{ component: { values: all } }, { component: { values: [] } }, { component: { value: null } }],
    });
    await expect(submit({ all, two: all })).rejects.toThrow('takes 1 to 2 values, not 3');
    await expect(submit({ all, one: [first, second] })).rejects.toThrow('takes 1 values, not 2');
    await expect(submit({ all: [] })).rejects.toThrow('needs a value');
  });
});
