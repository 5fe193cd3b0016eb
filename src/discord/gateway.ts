// The gateway transport: @discordjs/ws holds the connections, events are read as they come over the wire.
import {
  type IIdentifyThrottler,
  type SessionInfo,
  SimpleIdentifyThrottler,
  WebSocketManager,
  WebSocketShardEvents,
} from '@discordjs/ws';
import {
  type APIInteraction,
  GatewayDispatchEvents,
  type GatewayDispatchPayload,
  GatewayIntentBits,
  type GatewayMessageCreateDispatchData,
  type REST,
  Routes,
} from 'discord.js';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import type { Shards } from '../config.ts';
import { type JobProblem, retry, untilAborted } from '../jobs.ts';
import { createRecentIds } from './deduplication.ts';
import { GatewayClosedError, isClosedForGood, isUnauthorized, TokenError } from './errors.ts';
import { checkGatewayBot, waitForSessionStarts } from './session-starts.ts';

export interface Gateway {
  /**
   * Connects, and goes on trying while Discord cannot be reached or has no session starts left.
   * @returns the bot's own user id, once every shard is ready
   * @throws {TokenError} for a token that Discord refuses
   * @throws {GatewayClosedError} where Discord closed a connection for good
   * @throws the signal's reason, where it aborts
   */
  connect(signal: AbortSignal): Promise<string>;
  /** Resolves with the reason once Discord has closed a connection for good. */
  readonly closedForGood: Promise<TokenError | GatewayClosedError>;
  health(): JobProblem | undefined;
  close(): Promise<void>;
}

export interface Listeners {
  /** @param receivedAt `Clock.monotonic()` when it came */
  onInteraction(interaction: APIInteraction, receivedAt: number): void;
  /**
   * New and edited messages. Those that are written to the bot come with their text; of others Discord sends an empty one.
   * @param ownUserId the bot's own
   */
  onMessage(message: GatewayMessageCreateDispatchData, ownUserId: string): void;
}

/** Interactions of the last minutes by id: after a resume Discord may send one twice. */
const REMEMBERED = 5000;
const CONNECT_BACKOFF = { firstMs: 1000, longestMs: 60_000 };

/**
 * Opens the gateway without any privileged intent. Interactions need none; messages need those of servers and DMs, and
 * without the privileged intent for their content Discord sends it only where the bot is mentioned or written to
 * (Discord docs, Gateway, "Message Content Intent").
 * @param rest has the token
 */
export function openGateway(
  { rest, token, shards, log, clock }: { rest: REST; token: string; shards: Shards; log: Logger; clock: Clock },
  { onInteraction, onMessage }: Listeners,
): Gateway {
  const sessions = new Map<number, SessionInfo>();
  const ready = new Set<number>();
  /** Shards whose loss is logged; without a network they try to connect twice a second. */
  const lost = new Set<number>();
  const seen = createRecentIds({ count: REMEMBERED }, clock.monotonic);
  const closing = new AbortController();
  let shardCount = 0;
  let ownUserId = '';
  let waitsUntil: Date | undefined;

  const waiting = (until: Date | undefined) => {
    waitsUntil = until;
    if (until) log.warn({ until }, 'no session starts left, waiting before connecting to the gateway');
  };
  const manager = new WebSocketManager({
    token,
    rest,
    intents: GatewayIntentBits.GuildMessages | GatewayIntentBits.DirectMessages,
    ...(shards === 'auto' ? {} : { shardIds: [...shards.ids], shardCount: shards.count }),
    retrieveSessionInfo: (shardId) => sessions.get(shardId) ?? null,
    updateSessionInfo(shardId, session) {
      if (session) sessions.set(shardId, session);
      else sessions.delete(shardId);
    },
    // A resume needs no session start; every identify does, also hours after the start.
    async buildIdentifyThrottler(): Promise<IIdentifyThrottler> {
      const limit = await manager.fetchGatewayInformation().then((bot) => bot.session_start_limit);
      const throttler = new SimpleIdentifyThrottler(limit.max_concurrency);
      return {
        async waitForIdentify(shardId, signal) {
          await waitForSessionStarts(rest, 1, { clock, signal, waiting });
          await throttler.waitForIdentify(shardId, signal);
        },
      };
    },
  });
  manager.on(WebSocketShardEvents.Dispatch, ({ data }) => dispatch(data));
  const everyShardReady = new Promise<string>((resolve) => {
    manager.on(WebSocketShardEvents.Ready, ({ data, shardId }) => {
      ownUserId = data.user.id;
      connected(shardId);
      if (ready.size >= shardCount) resolve(ownUserId);
    });
  });
  manager.on(WebSocketShardEvents.Resumed, ({ shardId }) => connected(shardId));
  const closedForGood = new Promise<TokenError | GatewayClosedError>((resolve) => {
    manager.on(WebSocketShardEvents.Closed, ({ code, shardId }) => {
      ready.delete(shardId);
      if (closing.signal.aborted) return;
      if (isClosedForGood(code)) resolve(code === 4004 ? new TokenError() : new GatewayClosedError(code));
      else log[lost.has(shardId) ? 'debug' : 'info']({ code, shard: shardId }, 'gateway closed, reconnecting');
      lost.add(shardId);
    });
  });
  // A failed connection ends in a close, which says what happens next.
  manager.on(WebSocketShardEvents.Error, ({ error, shardId }) =>
    log.debug({ err: error, shard: shardId }, 'gateway connection failed'),
  );

  const connected = (shardId: number) => {
    ready.add(shardId);
    if (lost.delete(shardId)) log.info({ shard: shardId }, 'gateway connected');
  };
  const dispatch = (payload: GatewayDispatchPayload) => {
    if (payload.t === GatewayDispatchEvents.InteractionCreate) {
      if (payload.d?.id && seen.isNew(payload.d.id)) onInteraction(payload.d, clock.monotonic());
    } else if (payload.t === GatewayDispatchEvents.MessageCreate) {
      if (payload.d?.id && payload.d.author) onMessage(payload.d, ownUserId);
    } else if (payload.t === GatewayDispatchEvents.MessageUpdate) {
      // An edit may add the mention that was forgotten. Other updates, such as a link's preview, have no time of an edit.
      if (payload.d?.id && payload.d.author && payload.d.edited_timestamp) onMessage(payload.d, ownUserId);
    }
  };

  const connectOnce = async (signal: AbortSignal) => {
    // Checked first, because the manager takes whatever answers for Discord's own words.
    const { session_start_limit: limit } = checkGatewayBot(await rest.get(Routes.gatewayBot()));
    shardCount = (await manager.getShardIds(true)).length;
    if (limit.remaining < shardCount) await waitForSessionStarts(rest, shardCount, { clock, signal, waiting });
    await manager.fetchGatewayInformation(true);
    // Rejects at the first failed connection, but goes on connecting: the Ready events count.
    manager.connect().catch((error) => log.debug({ err: error }, 'the first gateway connection failed'));
  };

  return {
    closedForGood,
    async connect(signal) {
      const either = AbortSignal.any([signal, closing.signal]);
      await retry(() => connectOnce(either), {
        ...CONNECT_BACKOFF,
        clock,
        signal: either,
        onFailure(error, pauseMs) {
          if (isUnauthorized(error)) throw new TokenError(error);
          log.warn({ err: error, pauseMs }, 'gateway address cannot be fetched, trying again');
        },
      });
      const failed = closedForGood.then((error) => {
        throw error;
      });
      return Promise.race([everyShardReady, failed, untilAborted(either)]);
    },
    health() {
      if (waitsUntil) return { status: 'down', problem: `no session starts left until ${waitsUntil.toISOString()}` };
      if (ready.size === 0) return { status: 'down', problem: 'no gateway connection' };
      if (ready.size < shardCount)
        return { status: 'degraded', problem: `${shardCount - ready.size} of ${shardCount} shards not connected` };
      return undefined;
    },
    async close() {
      closing.abort();
      await manager.destroy({ reason: 'shutting down' });
    },
  };
}
