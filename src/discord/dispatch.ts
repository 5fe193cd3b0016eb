// Events from the gateway, passed on to what answers them.
import {
  type APIInteraction,
  GatewayDispatchEvents,
  type GatewayDispatchPayload,
  type GatewayMessageCreateDispatchData,
} from 'discord.js';
import type { Clock } from '../clock.ts';
import { createRecentIds } from './deduplication.ts';

export interface EventListeners {
  /** @param receivedAt `Clock.monotonic()` when it arrived */
  onInteraction(interaction: APIInteraction, receivedAt: number): void;
  /**
   * New and edited messages. Discord sends the text of those that are written to the bot, and an empty text for others.
   * @param ownUserId the bot's user id
   */
  onMessage(message: GatewayMessageCreateDispatchData, ownUserId: string): void;
}

/** How many interactions are remembered by id: after a resume Discord may send one twice. */
const REMEMBERED_IDS = 5000;

/** Returns what passes on the events of all shards. Each interaction is passed on once. */
export function createDispatch(
  { onInteraction, onMessage }: EventListeners,
  { monotonic }: Pick<Clock, 'monotonic'>,
): (payload: GatewayDispatchPayload, ownUserId: string) => void {
  const recent = createRecentIds({ count: REMEMBERED_IDS }, monotonic);
  return (payload, ownUserId) => {
    if (payload.t === GatewayDispatchEvents.InteractionCreate) {
      if (payload.d?.id && recent.isNew(payload.d.id)) onInteraction(payload.d, monotonic());
    } else if (payload.t === GatewayDispatchEvents.MessageCreate) {
      if (payload.d?.id && payload.d.author) onMessage(payload.d, ownUserId);
    } else if (payload.t === GatewayDispatchEvents.MessageUpdate) {
      // An edit may add the mention that was forgotten. Other updates, such as a link's preview, have no edit time.
      if (payload.d?.id && payload.d.author && payload.d.edited_timestamp) onMessage(payload.d, ownUserId);
    }
  };
}
