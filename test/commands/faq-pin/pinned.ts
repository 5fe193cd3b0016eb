// Pinned messages in a fake Discord, as the tests of /faq-pin need them.
import type { Channel, Guild, Message } from 'fake-discord';
import { expect } from 'vitest';
import { messageUrl } from '../../../src/discord/links.ts';
import { digestOf } from '../../../src/discord/pin-updater.ts';
import { postAndPin } from '../../../src/discord/pinning.ts';
import { addPin, type Pin, pinsOf } from '../../../src/pins/repository.ts';
import type { Store } from '../../../src/store/store.ts';
import { commandInteraction } from '../../interactions.ts';
import { newId } from '../../new-id.ts';
import { type openDiscordWorld, START } from '../world.ts';

export function pinHelpers({ discord, services, store }: Awaited<ReturnType<typeof openDiscordWorld>>) {
  const guild = discord.addGuild('Harbour');
  /** The pins of a server that are recorded. */
  const recorded = (of: Guild = guild): Promise<Pin[]> => pinsOf(store, of.id);
  const newChannel = (of: Guild = guild, options: Parameters<typeof discord.addChannel>[2] = {}) =>
    discord.addChannel(of, `c${newId()}`, options);
  return {
    guild,
    recorded,
    newChannel,
    /** A command in a channel of its server. */
    inChannel: (line: string, channel: Channel, options: Record<string, string> = {}, more: object = {}) =>
      commandInteraction(line, options, {
        guildId: channel.guild?.id ?? null,
        channel,
        ...more,
      }),
    /** Posts, pins and records what a topic shows now. */
    async pin(channel: Channel, { topic = START, digest = '' } = {}): Promise<{ pin: Pin; message: Message }> {
      const guildId = channel.guild?.id ?? expect.fail('a server');
      const body = (await services.pins.bodyOf({ guildId, topic })) ?? expect.fail('no such topic');
      const { rest, log } = services;
      const messageId = await postAndPin(rest, channel.id, body, { nonce: newId(), reason: 'a test', log });
      const shownDigest = digest || digestOf(body);
      await addPin(store, { guildId, channelId: channel.id, messageId, topic, shownDigest, pinnedBy: '1' });
      const pin = (await pinsOf(store, guildId)).find((one) => one.messageId === messageId);
      const message = channel.messages.get(messageId);
      return { pin: pin ?? expect.fail('not recorded'), message: message ?? expect.fail('not posted') };
    },
    urlOf: (channel: Channel, messageId: string) =>
      messageUrl({ guildId: channel.guild?.id ?? '', channelId: channel.id, messageId }),
    /** The requests for a channel, as `METHOD`. */
    requestsTo: (channel: Channel) =>
      discord.requests.filter(({ path }) => path.startsWith(`/channels/${channel.id}/`)).map(({ method }) => method),
  };
}

/** Records pins of these topics, each in a channel of its own; nothing is posted. @returns the channels' ids */
export async function recordPins(store: Store, guildId: string, topics: readonly string[]): Promise<string[]> {
  const at = '2026-11-24T12:00:00.000Z';
  const rows = topics.map((topic) => ({
    guild_id: guildId,
    channel_id: newId(),
    message_id: newId(),
    topic,
    shown_hash: '',
    state: 'alive' as const,
    pinned_by: '1',
    pinned_at: at,
    checked_at: at,
    gone_reason: null,
    next_try_at: null,
    failures: null,
    problem: null,
  }));
  await store.run((db) => db.insertInto('pins').values(rows).execute());
  return rows.map((row) => row.channel_id);
}
