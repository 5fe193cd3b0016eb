// The bot's own reactions: which permissions they need, which emoji they take, and where they are seen.
import { beforeEach, describe, test } from 'node:test';
import { PermissionFlagsBits as Bits } from 'discord.js';
import { expect } from 'expect';
import type { Channel, FakeDiscordEvent } from '../src/model.ts';
import { BOT_PERMISSIONS } from '../src/permissions.ts';
import { useDiscord } from './here.ts';
import { each } from './support.ts';

const here = useDiscord();
const { call, found } = here;
const ALLOWED = BOT_PERMISSIONS | Bits.AddReactions;
const WAVE = '👋';

beforeEach(() => here.discord.setBotPermissions(here.channel, ALLOWED));

const change = (method: 'PUT' | 'DELETE', messageId: unknown, emoji: string, channel: Channel = here.channel) =>
  call(method, `/channels/${channel.id}/messages/${messageId}/reactions/${encodeURIComponent(emoji)}/@me`);
const react = (messageId: unknown, emoji = WAVE, channel?: Channel) => change('PUT', messageId, emoji, channel);
/** A message of Mina. @returns its id */
const said = async () => (await here.mina.say('thanks')).message.id;
/** What the API says of the reactions of a message. */
const reactionsOf = async (messageId: string) =>
  (await call('GET', `/channels/${here.channel.id}/messages/${messageId}`)).body.reactions;

describe('a reaction of the bot', () => {
  test('is in the message until the bot takes it back', async () => {
    const id = await said();
    expect(await reactionsOf(id)).toBeUndefined();
    expect(await react(id)).toMatchObject({ status: 204 });
    expect(await react(id, '⏳')).toMatchObject({ status: 204 });
    expect(await reactionsOf(id)).toEqual([
      expect.objectContaining({ emoji: { id: null, name: WAVE }, count: 1, me: true }),
      expect.objectContaining({ emoji: { id: null, name: '⏳' }, count: 1, me: true }),
    ]);
    expect(await change('DELETE', id, WAVE)).toMatchObject({ status: 204 });
    expect([...found(id).reactions]).toEqual(['⏳']);
    await change('DELETE', id, '⏳');
    expect(await reactionsOf(id)).toBeUndefined();
  });

  test('is one, however often the bot reacts with the same emoji', async () => {
    const id = await said();
    await react(id);
    expect(await react(id)).toMatchObject({ status: 204 });
    expect(await reactionsOf(id)).toMatchObject([{ count: 1 }]);
  });

  test('is an event, and so is taking it back', async () => {
    const id = await said();
    const events: FakeDiscordEvent[] = [];
    const unsubscribe = here.discord.events.subscribe((event) => {
      if (event.name === 'reaction') events.push(event);
    });
    await react(id);
    await change('DELETE', id, WAVE);
    unsubscribe();
    const message = found(id);
    expect(events).toEqual([
      { name: 'reaction', message },
      { name: 'reaction', message },
    ]);
  });

  each([
    ['ADD_REACTIONS', Bits.AddReactions, 50013],
    ['READ_MESSAGE_HISTORY', Bits.ReadMessageHistory, 50013],
    ['VIEW_CHANNEL', Bits.ViewChannel, 50001],
  ])('needs %s', async (_, missing, code) => {
    const id = await said();
    here.discord.setBotPermissions(here.channel, ALLOWED & ~missing);
    expect(await react(id)).toMatchObject({ status: 403, code });
    expect(found(id).reactions.size).toBe(0);
  });

  test('can be taken back without ADD_REACTIONS', async () => {
    const id = await said();
    await react(id);
    here.discord.setBotPermissions(here.channel, BOT_PERMISSIONS & ~Bits.AddReactions);
    expect(await change('DELETE', id, WAVE)).toMatchObject({ status: 204 });
    expect(found(id).reactions.size).toBe(0);
  });

  each([['❤️'], ['👩‍💻'], ['🇫🇷'], ['👍🏽']])('may be %s', async (emoji) => {
    const id = await said();
    expect(await react(id, emoji)).toMatchObject({ status: 204 });
    expect([...found(id).reactions]).toEqual([emoji]);
  });

  each([['x'], ['wave'], [':wave:'], ['party:41771983429993937'], [`${WAVE}!`]])(
    'with %s is refused as an unknown emoji',
    async (emoji) => {
      expect(await react(await said(), emoji)).toMatchObject({ status: 404, code: 10014 });
    },
  );

  test('is refused on a message with 20 others, but not with one of those', async () => {
    const id = await said();
    const emojis = Array.from({ length: 20 }, (_, i) => String.fromCodePoint(0x1f600 + i));
    for (const emoji of emojis) expect(await react(id, emoji)).toMatchObject({ status: 204 });
    expect(await react(id)).toMatchObject({ status: 400, code: 30010 });
    expect(await react(id, emojis[0])).toMatchObject({ status: 204 });
  });

  test('is refused on a message that is not there, in another channel, or in an archived thread', async () => {
    const id = await said();
    expect(await react('1')).toMatchObject({ status: 404, code: 10008 });
    const other = here.discord.addChannel(here.guild, 'other', { botPermissions: ALLOWED });
    expect(await react(id, WAVE, other)).toMatchObject({ status: 404, code: 10008 });
    const thread = here.discord.addChannel(here.guild, 'thread', { type: 11, parent: here.channel });
    const { message } = await here.mina.in(thread).say('thanks');
    thread.archived = true;
    expect(await react(message.id, WAVE, thread)).toMatchObject({ status: 400, code: 50083 });
    expect(await change('DELETE', message.id, WAVE, thread)).toMatchObject({ status: 400, code: 50083 });
  });
});
