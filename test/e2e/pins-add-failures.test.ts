// /faq-pin add: pins once or leaves nothing behind when Discord refuses requests or connections break.

import type { Channel } from 'fake-discord';
import { describe, expect, it } from 'vitest';
import { en } from '../../src/i18n/en.ts';
import { pinHelpers } from './pin-helpers.ts';
import { until, useWorld } from './world.ts';

describe('a failing /faq-pin add', () => {
  const world = useWorld();
  const { newChannel, add, remove, posted, postsTo, url, expectNothing } = pinHelpers(world);

  it('leaves nothing behind in a channel with 250 pins', async () => {
    const channel = newChannel();
    for (let i = 0; i < 250; i++)
      world.discord.pin((await world.member.in(channel).say(`number ${i}`)).message, world.member.user);
    const before = posted(channel).length;
    expect((await add(channel))?.content).toBe(en.pin.full(channel.id));
    expect(posted(channel)).toHaveLength(before);
    expect((await remove(channel))?.content).toBe(world.messages.pin.notPinned(channel.id));
  });

  it.each([
    [30_003, 400, ({ id }: Channel) => en.pin.full(id)],
    [50_013, 403, ({ id }: Channel) => en.pin.botLacks('**Pin Messages**', id)],
    [50_001, 403, ({ id }: Channel) => en.pin.notThere(id)],
    [50_083, 400, ({ id }: Channel) => en.pin.archived(id)],
    [10_008, 404, () => en.pin.failed],
    [0, 500, () => en.pin.failed],
    [0, 502, () => en.pin.failed],
  ])('leaves nothing behind if Discord refuses the pin with %i (%i)', async (code, status, sentence) => {
    const channel = newChannel();
    world.discord.fail({ match: new RegExp(`PUT /channels/${channel.id}/`), status, code, times: 50 });
    expect(await add(channel)).toMatchObject({ content: sentence(channel), flags: 64 });
    expect(postsTo(channel)).toHaveLength(1);
    await expectNothing(channel);
  });

  it.each([
    [50_001, 403, ({ id }: Channel) => en.pin.notThere(id)],
    [10_003, 404, ({ id }: Channel) => en.pin.notThere(id)],
    [50_013, 403, ({ id }: Channel) => en.pin.botLacks('**Send Messages**, **Embed Links**', id)],
    [160_005, 403, ({ id }: Channel) => en.pin.archived(id)],
    [200_000, 400, () => en.pin.blocked],
    [240_000, 400, () => en.pin.blocked],
    [0, 500, () => en.pin.failed],
  ])('posts nothing if Discord refuses the post with %i (%i)', async (code, status, sentence) => {
    const channel = newChannel();
    world.discord.fail({ match: new RegExp(`POST /channels/${channel.id}/`), status, code, times: 50 });
    expect(await add(channel)).toMatchObject({ content: sentence(channel), flags: 64 });
    await expectNothing(channel);
  });

  it.each([
    ['a connection that breaks before the pin', 'PUT', { reset: 'before' as const }],
    ['a connection that breaks after the pin', 'PUT', { reset: 'after' as const }],
    ['a connection that breaks before the post', 'POST', { reset: 'before' as const }],
    ['a connection that breaks after the post', 'POST', { reset: 'after' as const }],
    ['a 429 on the pin', 'PUT', { status: 429, retryAfter: 0.3 }],
    ['a 429 on the post', 'POST', { status: 429, retryAfter: 0.3 }],
    ['a 500 on the pin', 'PUT', { status: 500 }],
    ['a 502 on the post', 'POST', { status: 502 }],
    ['a pin that takes longer than 3 seconds', 'PUT', { delayMs: 3200 }],
  ])('pins once despite %s', async (_, method, fault) => {
    const channel = newChannel();
    world.discord.fail({ match: new RegExp(`${method} /channels/${channel.id}/`), times: 1, ...fault });
    expect((await add(channel))?.content).toContain('Pinned in');
    await until('one message', () => posted(channel).length === 1);
    expect(world.discord.pinsOf(channel)).toEqual(posted(channel));
  });

  it.each(['before', 'after'] as const)(
    'leaves nothing behind if every connection breaks %s the pin',
    async (reset) => {
      const channel = newChannel();
      world.discord.fail({ match: new RegExp(`PUT /channels/${channel.id}/`), reset, times: 50 });
      expect((await add(channel))?.content).toBe(en.pin.failed);
      await until('nothing', () => posted(channel).length === 0);
      await expectNothing(channel);
    },
  );

  it('links to its message if it can neither be pinned nor deleted', async () => {
    const channel = newChannel();
    world.discord.fail({ match: new RegExp(`PUT /channels/${channel.id}/`), status: 403, code: 50_013 });
    world.discord.fail({ match: new RegExp(`DELETE /channels/${channel.id}/`), status: 403, code: 50_001 });
    const message = await add(channel);
    expect(message?.content).toBe(en.pin.leftBehind(url(channel, posted(channel)[0])));
    expect((await remove(channel))?.content).toBe(world.messages.pin.notPinned(channel.id));
  });
});
