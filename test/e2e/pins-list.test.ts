// /faq-pin list: shows all pins of the server with their state.

import { buttonsOf } from 'fake-discord';
import { describe, expect, it } from 'vitest';
import { en } from '../../src/i18n/en.ts';
import { databases, useDatabase } from '../store/databases.ts';
import { PAGE, TITLE } from './pin-helpers.ts';
import { ADMIN, MANAGE_ONLY, MEMBER, PIN_ONLY, useWorld, write } from './world.ts';

describe.each(databases)('/faq-pin list on $name', (kind) => {
  const database = useDatabase(kind);
  const world = useWorld(() => ({ DATABASE_URL: database.url }));

  it.each([
    ['a member', MEMBER, false],
    ['who may pin only', PIN_ONLY, true],
    ['who may manage messages only', MANAGE_ONLY, true],
    ['an admin', ADMIN, true],
  ])('by %s', async (name, permissions, mayDo) => {
    const person = world.newcomer(name, permissions);
    const { message } = await person.slash('faq-pin list');
    const refused = en.error.lacksAll('**Pin Messages**, **Manage Messages**');
    if (mayDo) expect(message?.content).not.toBe(refused);
    else expect(message?.content).toBe(refused);
    const pressed = await person.sendRaw({ type: 3, data: { component_type: 2, custom_id: 'n1:list:1' } }, message);
    if (!mayDo) expect(pressed.message?.content).toBe(refused);
  });

  it('shows the state of each pin', async () => {
    const guild = world.discord.addGuild('Motley');
    const admin = world.newcomer('Ada', ADMIN, world.discord.addChannel(guild, 'general'));
    const topic = await write(admin, 'Of our own', 'x');
    const make = async (name: string, pinned = PAGE) => {
      const channel = world.discord.addChannel(guild, name);
      await admin.slash('faq-pin add', { topic: pinned, channel });
      const [message] = world.discord.pinsOf(channel);
      return { channel, message: message ?? expect.fail(`nothing pinned in ${name}`) };
    };
    const { state } = en.pin;
    const [alive, unpinned, message, gone, access, ownTopic] = [
      await make('alive'),
      await make('unpinned'),
      await make('deleted message'),
      await make('deleted channel'),
      await make('hidden'),
      await make('topic gone', topic),
    ];
    world.discord.unpin(unpinned.message);
    world.discord.removeMessage(message.message);
    world.discord.removeChannel(gone.channel);
    world.discord.setBotPermissions(access.channel, 0n);
    await admin.press((await admin.slash('faq-edit remove', { topic })).message, en.confirm.remove);
    const expected = (accessState: string) =>
      [
        [alive, state.alive, TITLE],
        [unpinned, state.unpinned, TITLE],
        [message, state.message, TITLE],
        [gone, state.channel, TITLE],
        [access, accessState, TITLE],
        [ownTopic, state.topic, en.pin.unknownTopic],
      ] as const;
    const lines = async () => (await admin.slash('faq-pin list')).message?.embeds[0]?.description?.split('\n\n').sort();
    const written = (rows: ReturnType<typeof expected>) =>
      rows
        .map(
          ([
            {
              channel,
              message: { id },
            },
            sentence,
            title,
          ]) =>
            en.pin.line(title, channel.id, `https://discord.com/channels/${guild.id}/${channel.id}/${id}`, sentence),
        )
        .sort();
    expect(await lines()).toEqual(written(expected(state.access)));
    expect(await lines(), 'the same again').toEqual(written(expected(state.access)));
    world.discord.setBotPermissions(access.channel, null);
    expect(await lines(), 'seen again').toEqual(written(expected(state.alive)));
    world.discord.fail({ match: new RegExp(`GET /channels/${alive.channel.id}/`), status: 500, times: 50 });
    expect((await lines())?.join()).toContain(state.unknown);
  });

  it('shows ten per page, with buttons in both directions, also after a restart', async () => {
    const guild = world.discord.addGuild('Large');
    const admin = world.newcomer('Ada', ADMIN, world.discord.addChannel(guild, 'general'));
    const channels = Array.from({ length: 23 }, (_, i) => world.discord.addChannel(guild, `c${i}`));
    await Promise.all(channels.map((channel) => admin.slash('faq-pin add', { topic: PAGE, channel })));
    const { message } = await admin.slash('faq-pin list');
    const seen: string[] = [];
    const look = () => {
      const found = [...(message?.embeds[0]?.description ?? '').matchAll(/<#(\d+)>/g)].map(([, id]) => id ?? '');
      seen.push(...found);
      return [found.length, ...(message ? buttonsOf(message).map(({ label }) => label) : [])];
    };
    const { next, previous } = en.page;
    expect(look()).toEqual([10, next]);
    await admin.press(message, next);
    expect(look()).toEqual([10, previous, next]);
    await world.restart();
    await admin.press(message, next);
    expect(look()).toEqual([3, previous]);
    expect(seen.sort()).toEqual(channels.map(({ id }) => id).sort());
    await admin.press(message, previous);
    expect(look()).toEqual([10, previous, next]);
    for (const odd of ['n1:list:99', 'n1:list:-1', 'n1:list:x', 'n1:list:1e9']) {
      await admin.pressId(message, odd);
      expect(look()[0]).toBeGreaterThan(0);
    }
  });
});
