// Pins and unpins messages (Discord docs, Message resource, Pin Message; changelog 2025-06-25, 2025-08-20, 2026-06-23).
import { apiError } from './api-error.ts';
import { PINS } from './limits.ts';
import { sendMessage } from './messages.ts';
import type { Message, User, World } from './model.ts';

/** Message types that can be pinned: plain, reply, answers to commands. All others are system messages. */
const PINNABLE: readonly number[] = [0, 19, 20, 23];

/**
 * Pins a message and posts the pin notice in the name of `by`. Does nothing for a pinned message.
 * @throws ApiError 50021 for system messages, 30003 with 250 pins
 */
export function pinMessage(world: World, message: Message, by: User): void {
  const { channel } = message;
  if (!PINNABLE.includes(message.type)) throw apiError(50021);
  if (message.pinnedAt !== null) return;
  if (channel.pins.length >= PINS.perChannel) throw apiError(30003);
  // Lists are paged by this time, so it must be unique in the channel.
  message.pinnedAt = Math.max(world.clock.now(), (channel.pins[0]?.pinnedAt ?? 0) + 1);
  channel.pins.unshift(message);
  world.events.emit({ name: 'messageUpdate', message });
  world.events.emit({ name: 'pins', channel });
  sendMessage(world, {
    channel,
    author: by,
    form: {},
    type: 6,
    replyTo: { channel, messageId: message.id },
    allowEmpty: true,
  });
}

/** Unpins a message. Does nothing for a message that isn't pinned. */
export function unpinMessage(world: World, message: Message): void {
  const { channel } = message;
  if (message.pinnedAt === null) return;
  message.pinnedAt = null;
  channel.pins = channel.pins.filter((pinned) => pinned !== message);
  world.events.emit({ name: 'messageUpdate', message });
  world.events.emit({ name: 'pins', channel });
}
