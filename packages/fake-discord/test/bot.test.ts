// The real discord.js client with the fake Discord, and people who use its bot.
import { after, before, describe, test } from 'node:test';
import type { Client } from 'discord.js';
import { ChannelType, GatewayIntentBits, PermissionFlagsBits } from 'discord.js';
import { expect } from 'expect';
import type { FakeDiscord } from '../src/fake-discord.ts';
import { startFakeDiscord } from '../src/fake-discord.ts';
import { BOT_PERMISSIONS, MEMBER_PERMISSIONS } from '../src/permissions.ts';
import { eventually } from './support.ts';
import { COMMANDS, startTinyBot } from './tiny-bot.ts';

let discord: FakeDiscord;
let client: Client<true>;
let world: ReturnType<typeof build>;

function build() {
  const guild = discord.addGuild('Test server', { locale: 'de' });
  const general = discord.addChannel(guild, 'general');
  const mina = discord.person(discord.addUser('Mina'), general, { locale: 'fr' });
  const omar = discord.person(discord.addUser('Omar'), general);
  return { guild, general, mina, omar };
}

before(async () => {
  discord = await startFakeDiscord();
  world = build();
  client = await startTinyBot(discord, [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages]);
});
after(async () => {
  await client.destroy();
  await discord.stop();
});

describe('a bot', () => {
  test('logs in and sees its server and channel', () => {
    expect(client.user.id).toBe(discord.botUser.id);
    expect(client.guilds.cache.get(world.guild.id)?.channels.cache.get(world.general.id)?.name).toBe('general');
  });

  test('registers its commands with one write', () => {
    expect(discord.commands.map(({ name }) => name)).toEqual(COMMANDS.map(({ name }) => name));
    expect(discord.commandWrites).toEqual([{ method: 'PUT' }]);
  });

  test('keeps the ids of its commands when it registers them again', async () => {
    const before = discord.commands.map(({ id }) => id);
    await client.rest.put(`/applications/${client.application.id}/commands`, { body: COMMANDS });
    expect(discord.commands.map(({ id }) => id)).toEqual(before);
  });

  test('computes the same permissions as interactions carry', () => {
    const channel = discord.addChannel(world.guild, 'quiet', {
      botPermissions: BOT_PERMISSIONS & ~PermissionFlagsBits.SendMessages,
    });
    return eventually(() => {
      const seen = client.channels.cache.get(channel.id);
      const permissions = seen?.isTextBased() && !seen.isDMBased() ? seen.permissionsFor(client.user) : undefined;
      expect(permissions?.has('SendMessages')).toBe(false);
    });
  });

  test('has the permissions of its invite link in every server, and no others through @everyone', async () => {
    const { SendMessages, ViewChannel } = PermissionFlagsBits;
    const strict = await startFakeDiscord({ botPermissions: ViewChannel | SendMessages });
    const guild = strict.addGuild('Strict');
    const channel = strict.addChannel(guild, 'general');
    const bot = await startTinyBot(strict, [GatewayIntentBits.Guilds]);
    expect(bot.guilds.cache.get(guild.id)?.members.me?.permissions.toArray()).toEqual(['ViewChannel', 'SendMessages']);
    await bot.rest.post(`/channels/${channel.id}/messages`, { body: { content: 'x' } });
    const withFile = { body: { content: 'x' }, files: [{ name: 'a.txt', data: 'text' }] };
    await expect(bot.rest.post(`/channels/${channel.id}/messages`, withFile)).rejects.toMatchObject({ code: 50013 });
    await bot.destroy();
    await strict.stop();
  });

  test('sees the role of a member come, and change with the permissions', async () => {
    const nora = discord.addUser('Nora');
    const { roleId } = discord.join(world.guild, nora, PermissionFlagsBits.ViewChannel);
    const role = () => client.guilds.cache.get(world.guild.id)?.roles.cache.get(roleId)?.permissions.toArray();
    await eventually(() => expect(role()).toEqual(['ViewChannel']));
    const changes = new Promise((resolve) => client.once('roleUpdate', (_, { id }) => resolve(id)));
    discord.join(world.guild, nora, PermissionFlagsBits.SendMessages);
    expect(await changes).toBe(roleId);
    expect(role()).toEqual(['SendMessages']);
  });

  test('sees channels and servers come and go', async () => {
    const guild = discord.addGuild('Second');
    const channel = discord.addChannel(guild, 'short-lived');
    await eventually(() => expect(client.channels.cache.has(channel.id)).toBe(true));
    discord.removeChannel(channel);
    await eventually(() => expect(client.channels.cache.has(channel.id)).toBe(false));
    discord.removeBotFrom(guild);
    await eventually(() => expect(client.guilds.cache.has(guild.id)).toBe(false));
  });
});

describe('a person', () => {
  test('gets a private answer to a slash command that nobody else sees', async () => {
    const answer = await world.mina.slash('counter');
    expect(answer.type).toBe(4);
    expect(answer.message?.embeds[0]?.title).toBe('Counter');
    expect(discord.messagesOf(world.general, world.mina.user)).toContain(answer.message);
    expect(discord.messagesOf(world.general, world.omar.user)).not.toContain(answer.message);
    expect(discord.messagesOf(world.general)).not.toContain(answer.message);
    await expect(world.omar.press(answer.message, 'Count')).rejects.toThrow("can't see");
  });

  test('presses a button and the message changes in place', async () => {
    const { message } = await world.mina.slash('counter', { share: true });
    const pressed = await world.omar.press(message, /count/i);
    expect(pressed.type).toBe(7);
    expect(pressed.message).toBe(message);
    expect(message?.embeds[0]?.description).toBe('1 presses');
    await world.omar.pressId(message, 'count:41');
    expect(message?.embeds[0]?.description).toBe('42 presses');
    expect(message?.revision).toBe(2);
  });

  test('waits for the content of a deferred answer, which then loses the flag LOADING', async () => {
    const { type, message } = await world.mina.slash('slow');
    expect([type, message?.content, message?.viewer]).toEqual([5, 'Here it is', world.mina.user]);
    expect((message?.flags ?? 0) & 128).toBe(0);
  });

  test('chooses in a select menu', async () => {
    const { message } = await world.mina.slash('menu');
    await expect(world.mina.choose(message, 'pick', ['green'])).rejects.toThrow('no option green');
    const chosen = await world.mina.choose(message, 0, ['blue']);
    expect(chosen.message?.content).toBe('Chosen: blue');
  });

  test('fills in a modal by label', async () => {
    const opened = await world.mina.slash('form');
    expect(opened.type === 9 && opened.data.title).toBe('A form');
    await expect(world.mina.submit(opened, { 'Your note': 'x'.repeat(21) })).rejects.toThrow('to 20 characters');
    await expect(world.mina.submit(opened, { Other: 'x' })).rejects.toThrow('no field Other');
    const sent = await world.mina.submit(opened, { 'Your note': 'hello' });
    expect(sent.message?.content).toBe('Noted: hello');
  });

  test('passes users, channels and files as options', async () => {
    const file = discord.addFile('a.md', 'file text', 'text/markdown');
    const { message } = await world.mina.slash('topic', {
      name: 'x',
      member: world.omar.user,
      channel: world.general,
      file,
    });
    expect(message?.content).toBe(`x Omar ${world.general.id} file text`);
    await expect(world.mina.slash('topic')).rejects.toThrow('needs name');
    await expect(world.mina.slash('topic', { nothing: 'x' })).rejects.toThrow('no option nothing');
  });

  test('gets autocomplete choices', async () => {
    expect(await world.mina.autocomplete('topic', 'name', 'ref')).toEqual([{ name: 'About ref', value: 'about' }]);
  });

  test('runs a message command', async () => {
    const { message } = await world.omar.say('How do I close my account?');
    expect((await world.mina.menu('Quote', message)).message?.content).toBe('> How do I close my account?');
  });

  test('cannot use a server command in direct messages', async () => {
    const inDms = world.mina.in(discord.dmOf(world.mina.user));
    await expect(inDms.slash('faq-pin list')).rejects.toThrow('not registered for this channel');
    expect((await inDms.slash('counter')).message?.embeds).toHaveLength(1);
  });

  test('gets an error that names the interaction without an answer within three seconds', async () => {
    const asked = world.mina.slash('silent');
    discord.advance(3001);
    await expect(asked).rejects.toThrow('/silent by Mina');
  });
});

describe('an interaction', () => {
  test('has the fields of a real one', async () => {
    const channel = discord.addChannel(world.guild, 'elsewhere', {
      botPermissions: BOT_PERMISSIONS & ~PermissionFlagsBits.PinMessages,
    });
    const { interaction } = await world.mina.slash('topic', { name: 'x', channel });
    expect(interaction.payload).toMatchObject({
      type: 2,
      context: 0,
      locale: 'fr',
      guild_locale: 'de',
      app_permissions: String(BOT_PERMISSIONS),
      authorizing_integration_owners: { 0: world.guild.id },
      attachment_size_limit: 10 * 1024 * 1024,
      entitlements: [],
      member: { permissions: String(MEMBER_PERMISSIONS), user: { global_name: 'Mina' } },
      data: {
        resolved: {
          channels: {
            [channel.id]: {
              permissions: String(MEMBER_PERMISSIONS),
              app_permissions: String(BOT_PERMISSIONS & ~PermissionFlagsBits.PinMessages),
            },
          },
        },
      },
    });
  });

  test('has the permissions of its channel', async () => {
    const permissionsIn = new Map([[world.general.id, PermissionFlagsBits.ViewChannel]]);
    const limited = discord.person(world.omar.user, world.general, { permissionsIn });
    const { interaction } = await limited.slash('counter');
    expect(interaction.payload.member).toMatchObject({ permissions: String(PermissionFlagsBits.ViewChannel) });
  });

  test('works in threads, forum posts and voice chats', async () => {
    const forum = discord.addChannel(world.guild, 'questions', { type: ChannelType.GuildForum });
    const places = [
      discord.addChannel(world.guild, 'post', { type: ChannelType.PublicThread, parent: forum }),
      discord.addChannel(world.guild, 'voice', { type: ChannelType.GuildVoice }),
      discord.addChannel(world.guild, 'news', { type: ChannelType.GuildAnnouncement }),
    ];
    for (const place of places) expect((await world.mina.in(place).slash('counter')).message?.channel).toBe(place);
  });

  test('may have any fields', async () => {
    const answer = await world.mina.sendRaw(
      { type: 3, data: { component_type: 2, custom_id: 'count:6', id: 2 } },
      (await world.mina.slash('counter')).message,
    );
    expect(answer.message?.embeds[0]?.description).toBe('7 presses');
  });
});
