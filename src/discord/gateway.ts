// The gateway transport: @discordjs/ws keeps the connections, events are passed on as Discord sends them.
import {
  type IIdentifyThrottler,
  type SessionInfo,
  SimpleIdentifyThrottler,
  WebSocketManager,
  WebSocketShardEvents,
} from '@discordjs/ws';
import { GatewayIntentBits, type REST, Routes } from 'discord.js';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import type { Shards } from '../config.ts';
import { type JobProblem, retry, untilAborted } from '../jobs.ts';
import { createDispatch, type EventListeners } from './dispatch.ts';
import { GatewayClosedError, isClosedForGood, isUnauthorized, TokenError } from './errors.ts';
import { checkGatewayBot, waitForSessionStarts } from './session-starts.ts';

export interface Gateway {
  /**
   * Connects, and keeps trying while Discord cannot be reached or no session starts are left. Resolves once every shard
   * is ready.
   * @throws {TokenError} if Discord refuses the token
   * @throws {GatewayClosedError} if Discord closed a connection for good
   * @throws the signal's reason if it aborts
   */
  connect(signal: AbortSignal): Promise<void>;
  /** Resolves with the reason once Discord has closed a connection for good. */
  readonly closedForGood: Promise<TokenError | GatewayClosedError>;
  health(): JobProblem | undefined;
  close(): Promise<void>;
}

interface GatewayOptions {
  /** Has the token. */
  readonly rest: REST;
  readonly token: string;
  readonly shards: Shards;
  readonly log: Logger;
  readonly clock: Clock;
}

const CONNECT_BACKOFF = { firstMs: 1000, longestMs: 60_000 };

/**
 * Opens the gateway without a privileged intent. Interactions need no intent; messages need those of servers and DMs.
 * Without the privileged intent Discord sends the text of a message only if it mentions the bot or is a DM to it
 * (Discord docs, Gateway, "Message Content Intent").
 */
export function openGateway(options: GatewayOptions, listeners: EventListeners): Gateway {
  return new WebSocketGateway(options, listeners);
}

class WebSocketGateway implements Gateway {
  readonly closedForGood: Promise<TokenError | GatewayClosedError>;
  readonly #rest: REST;
  readonly #log: Logger;
  readonly #clock: Clock;
  readonly #dispatch: ReturnType<typeof createDispatch>;
  readonly #manager: WebSocketManager;
  readonly #sessions = new Map<number, SessionInfo>();
  readonly #readyShards = new Set<number>();
  /** Shards whose loss was logged: without a network each reconnects twice a second, which is not logged again. */
  readonly #lostShards = new Set<number>();
  readonly #closing = new AbortController();
  readonly #everyShardReady: Promise<void>;
  #onEveryShardReady: () => void = () => undefined;
  #onClosedForGood: (error: TokenError | GatewayClosedError) => void = () => undefined;
  #shardCount = 0;
  #ownUserId = '';
  #waitsUntil: Date | undefined;

  constructor(options: GatewayOptions, listeners: EventListeners) {
    this.#rest = options.rest;
    this.#log = options.log;
    this.#clock = options.clock;
    this.#dispatch = createDispatch(listeners, options.clock);
    this.#everyShardReady = new Promise((resolve) => {
      this.#onEveryShardReady = resolve;
    });
    this.closedForGood = new Promise((resolve) => {
      this.#onClosedForGood = resolve;
    });
    this.#manager = this.#createManager(options);
    this.#listen();
  }

  async connect(signal: AbortSignal): Promise<void> {
    const either = AbortSignal.any([signal, this.#closing.signal]);
    await retry(() => this.#connectOnce(either), {
      ...CONNECT_BACKOFF,
      clock: this.#clock,
      signal: either,
      onFailure: (error, pauseMs) => {
        if (isUnauthorized(error)) throw new TokenError(error);
        this.#log.warn({ err: error, pauseMs }, 'gateway address not fetched, trying again');
      },
    });
    const failed = this.closedForGood.then((error) => {
      throw error;
    });
    return Promise.race([this.#everyShardReady, failed, untilAborted(either)]);
  }

  health(): JobProblem | undefined {
    const [ready, count] = [this.#readyShards.size, this.#shardCount];
    if (this.#waitsUntil)
      return { status: 'down', problem: `no session starts left until ${this.#waitsUntil.toISOString()}` };
    if (ready === 0) return { status: 'down', problem: 'no gateway connection' };
    if (ready < count) return { status: 'degraded', problem: `${count - ready} of ${count} shards not connected` };
    return undefined;
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#manager.destroy({ reason: 'shutting down' });
  }

  #createManager({ token, shards }: GatewayOptions): WebSocketManager {
    const manager = new WebSocketManager({
      token,
      rest: this.#rest,
      intents: GatewayIntentBits.GuildMessages | GatewayIntentBits.DirectMessages,
      ...(shards === 'auto' ? {} : { shardIds: [...shards.ids], shardCount: shards.count }),
      retrieveSessionInfo: (shardId) => this.#sessions.get(shardId) ?? null,
      updateSessionInfo: (shardId, session) => {
        if (session) this.#sessions.set(shardId, session);
        else this.#sessions.delete(shardId);
      },
      // A resume needs no session start; every identify does, even hours after the start.
      buildIdentifyThrottler: async (): Promise<IIdentifyThrottler> => {
        const limit = await manager.fetchGatewayInformation().then((bot) => bot.session_start_limit);
        const throttler = new SimpleIdentifyThrottler(limit.max_concurrency);
        return {
          waitForIdentify: async (shardId, signal) => {
            await this.#waitForSessionStarts(1, signal);
            await throttler.waitForIdentify(shardId, signal);
          },
        };
      },
    });
    return manager;
  }

  #listen(): void {
    this.#manager.on(WebSocketShardEvents.Dispatch, ({ data }) => this.#dispatch(data, this.#ownUserId));
    this.#manager.on(WebSocketShardEvents.Ready, ({ data, shardId }) => {
      this.#ownUserId = data.user.id;
      this.#connected(shardId);
      if (this.#readyShards.size >= this.#shardCount) this.#onEveryShardReady();
    });
    this.#manager.on(WebSocketShardEvents.Resumed, ({ shardId }) => this.#connected(shardId));
    this.#manager.on(WebSocketShardEvents.Closed, ({ code, shardId }) => this.#closed(code, shardId));
    // A failed connection ends in a close, which says what happens next.
    this.#manager.on(WebSocketShardEvents.Error, ({ error, shardId }) =>
      this.#log.debug({ err: error, shard: shardId }, 'gateway connection failed'),
    );
  }

  async #connectOnce(signal: AbortSignal): Promise<void> {
    // Checked first, because the manager takes any answer for one of Discord's.
    const { session_start_limit: limit } = checkGatewayBot(await this.#rest.get(Routes.gatewayBot()));
    this.#shardCount = (await this.#manager.getShardIds(true)).length;
    if (limit.remaining < this.#shardCount) await this.#waitForSessionStarts(this.#shardCount, signal);
    await this.#manager.fetchGatewayInformation(true);
    // Rejects at the first failed connection, but goes on connecting: the Ready events count.
    this.#manager.connect().catch((error) => this.#log.debug({ err: error }, 'first gateway connection failed'));
  }

  #waitForSessionStarts(count: number, signal: AbortSignal): Promise<void> {
    const onWaiting = (until: Date | undefined) => {
      this.#waitsUntil = until;
      if (until) this.#log.warn({ until }, 'no session starts left, waiting before connecting to the gateway');
    };
    return waitForSessionStarts(this.#rest, count, { clock: this.#clock, signal, onWaiting });
  }

  #connected(shardId: number): void {
    this.#readyShards.add(shardId);
    if (this.#lostShards.delete(shardId)) this.#log.info({ shard: shardId }, 'gateway connected');
  }

  #closed(code: number, shardId: number): void {
    this.#readyShards.delete(shardId);
    if (this.#closing.signal.aborted) return;
    if (isClosedForGood(code)) this.#onClosedForGood(code === 4004 ? new TokenError() : new GatewayClosedError(code));
    else {
      const level = this.#lostShards.has(shardId) ? 'debug' : 'info';
      this.#log[level]({ code, shard: shardId }, 'gateway closed, reconnecting');
    }
    this.#lostShards.add(shardId);
  }
}
