// Helpers for the tests of /faq-pin.

import type { Channel, Message } from 'fake-discord';
import { expect } from 'vitest';
import { shippedEdition } from '../shipped.ts';
import type { World } from './world.ts';

const edition = await shippedEdition();
export const PAGE = 'close-account#money';
export const TITLE = edition.pages.get(PAGE)?.title ?? expect.fail(`there is a page ${PAGE}`);

export function pinHelpers(world: World) {
  let channels = 0;
  const newChannel = (options: Parameters<World['discord']['addChannel']>[2] = {}) =>
    world.discord.addChannel(world.guild, `channel-${channels++}`, options);
  const add = async (channel: Channel, topic = PAGE) =>
    (await world.moderator.slash('faq-pin add', { topic, channel })).message;
  const remove = async (channel: Channel, topic = PAGE) =>
    (await world.moderator.slash('faq-pin remove', { topic, channel })).message;
  const posted = (channel: Channel) => world.discord.messagesOf(channel);
  const postsTo = ({ id }: Channel) =>
    world.discord.requests.filter(({ method, path }) => method === 'POST' && path === `/channels/${id}/messages`);
  const url = (channel: Channel, message: Message | undefined) =>
    `https://discord.com/channels/${world.guild.id}/${channel.id}/${message?.id}`;
  /** Expects that the channel has no message and no pin, and that the bot stores none. */
  const expectNothing = async (channel: Channel) => {
    expect(posted(channel)).toEqual([]);
    expect(world.discord.pinsOf(channel)).toEqual([]);
    expect((await remove(channel))?.content).toBe(world.messages.pin.notPinned(channel.id));
  };
  return { newChannel, add, remove, posted, postsTo, url, expectNothing };
}
