// The fake Discord: a local server that answers as Discord does. Tests control it through this class.
import type { Fault } from './faults.ts';
import { GLOBAL_RATE_LIMIT } from './limits.ts';
import { BOT_PERMISSIONS } from './permissions.ts';
import type { RateLimit } from './rate-limits.ts';
import type { Records } from './records.ts';
import { createParts, type MountedSite, newToken, type RunningServer, startServer } from './server.ts';
import type { GatewayInfo } from './session-start-limit.ts';
import { WorldEditor } from './world-editor.ts';

/** Options of `startFakeDiscord`. All have defaults. */
export interface FakeDiscordOptions {
  /** The address to listen on; loopback by default. */
  readonly host?: string;
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** The name of the bot's user; `Bot` by default. */
  readonly botName?: string;
  /**
   * The bot's permissions in each server: the `permissions` of its invite link, so that a test fails where the link asks
   * for too little. @everyone grants nothing. `BOT_PERMISSIONS` by default.
   */
  readonly botPermissions?: bigint;
  /**
   * All requests per second together; further ones get 429. 50 by default, as for a bot on Discord (Discord docs, Rate
   * Limits, "Global Rate Limit"); Infinity for no limit. Answers to interactions don't count.
   */
  readonly globalRateLimit?: number;
  /**
   * How long the bot may take for its first answer, in milliseconds: 3000 by default, as at Discord (Discord docs,
   * Receiving and Responding). More for a bot in a debugger, or on a machine too busy to keep to it.
   */
  readonly answerWithinMs?: number;
  /** Another site on the same port. */
  readonly mounted?: MountedSite;
}

/**
 * Starts the fake Discord: REST at `/api`, the gateway at `/gateway`, the page at `/`, files at `/attachments`.
 * @throws the listening error, such as EADDRINUSE
 */
export async function startFakeDiscord({
  host = '127.0.0.1',
  port = 0,
  botName = 'Bot',
  botPermissions = BOT_PERMISSIONS,
  globalRateLimit = GLOBAL_RATE_LIMIT,
  answerWithinMs,
  mounted,
}: FakeDiscordOptions = {}): Promise<FakeDiscord> {
  const options = { host, port, botName, botPermissions, globalRateLimit, answerWithinMs, mounted };
  return new FakeDiscord(await startServer(options));
}

/**
 * Creates a fake Discord that listens on no port, for a bot in the same process: it sends its requests to `fetch` and gets
 * its events from `attach`. Nothing in it waits for anything but timers, so a test can run it on a virtual clock.
 */
export function createFakeDiscord({
  botName = 'Bot',
  botPermissions = BOT_PERMISSIONS,
  globalRateLimit = GLOBAL_RATE_LIMIT,
  answerWithinMs,
}: Omit<FakeDiscordOptions, 'host' | 'port' | 'mounted'> = {}): FakeDiscord {
  const parts = createParts({ botName, botPermissions, globalRateLimit, answerWithinMs });
  parts.backend.world.origin = 'http://fake-discord.invalid';
  return new FakeDiscord({ ...parts, stop: async () => parts.gateway.stop() });
}

const INVALID_WINDOW_MS = 10 * 60_000;

/** A running fake Discord. `startFakeDiscord` creates it; `stop` ends it, and what it holds is gone. */
export class FakeDiscord extends WorldEditor {
  /** The application's Ed25519 key, in hexadecimal digits. */
  readonly publicKey: string;
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  /** The value for DISCORD_API_URL. */
  readonly apiUrl: string;
  readonly #server: RunningServer;

  constructor(server: RunningServer) {
    super(server.backend, server.records.commandWrites);
    const { origin } = server.backend.world;
    this.#server = server;
    this.publicKey = server.publicKey;
    this.origin = origin;
    this.apiUrl = `${origin}/api`;
  }

  /** The bot's token. */
  get token(): string {
    return this.#server.credentials.token;
  }

  /** What `GET /gateway/bot` answers; tests may change it. */
  get gatewayInfo(): GatewayInfo {
    return this.#server.backend.world.gatewayInfo;
  }

  /** The last 1,000 requests, oldest first. */
  get requests(): Records['requests'] {
    return this.#server.records.requests;
  }

  /** The last 1,000 refused requests, oldest first. */
  get refusals(): Records['refusals'] {
    return this.#server.records.refusals;
  }

  /** Makes the next matching requests fail, slow down, or lose their connection. */
  fail(fault: Omit<Fault, 'times'> & { readonly times?: number }): void {
    this.#server.faults.add({ times: 1, ...fault });
  }

  /** Limits the requests of one bucket; further ones get 429 until the window ends. */
  limitRequests(limit: RateLimit): void {
    this.#server.limits.add(limit);
  }

  /** Changes the limit of all requests together, as the option `globalRateLimit`. */
  limitAllRequests(perSecond: number): void {
    this.#server.limits.limitAll(perSecond);
  }

  /**
   * Invalid requests of the last ten minutes: at 10,000 Discord bans the address for a while (Discord docs, Rate Limits,
   * Invalid Request Limit).
   */
  get invalidRequests(): number {
    const since = this.now() - INVALID_WINDOW_MS;
    return this.#server.records.invalidAt.filter((at) => at > since).length;
  }

  /** The number of identified gateway connections. */
  get connections(): number {
    return this.#server.gateway.connectionCount();
  }

  /** Answers a request as the server would, in this process. Faults that break a connection need a server. */
  async fetch(request: Request): Promise<Response> {
    return this.#server.app.fetch(request);
  }

  /**
   * Opens a gateway session for a bot in this process, which gets every payload as the gateway sends it.
   * @param intents as in IDENTIFY
   * @returns a function that ends the session
   */
  attach(intents: number, receive: (payload: unknown) => void): () => void {
    return this.#server.gateway.attach(intents, receive);
  }

  /** Breaks every gateway connection without a close frame; clients may resume. */
  dropConnections(): void {
    this.#server.gateway.dropConnections();
  }

  /** Closes every gateway connection with this code. A fatal code (4004, 4010 to 4014) also closes later IDENTIFYs. */
  closeConnections(code: number): void {
    this.#server.gateway.closeConnections(code);
  }

  /** Closes every IDENTIFY with this code from now on; null accepts them again. */
  refuseIdentify(code: number | null): void {
    this.#server.gateway.refuseIdentify(code);
  }

  /** IDENTIFYs that came when `gatewayInfo.remaining` was 0. Discord resets the token of such a bot. */
  get identifiesBeyondLimit(): number {
    return this.#server.gateway.identifiesBeyondLimit();
  }

  /** Resets the bot's token, as its owner does in the developer portal: the old one is refused everywhere. */
  resetToken(): void {
    const { credentials, gateway, backend } = this.#server;
    credentials.token = newToken(backend.world);
    gateway.closeConnections(4004);
    gateway.refuseIdentify(null);
  }

  /** Asks every client to reconnect and resume (opcode 7). */
  askReconnect(): void {
    this.#server.gateway.askReconnect();
  }

  /** The fake Discord's time, in milliseconds since 1970. */
  now(): number {
    return this.#server.backend.world.clock.now();
  }

  /** Moves the fake Discord's clock forward: tokens age, open interactions expire. */
  advance(ms: number): void {
    this.#server.backend.world.clock.advance(ms);
    this.#server.backend.interactions.expire();
  }

  /** Ends all connections and stops listening. */
  stop(): Promise<void> {
    return this.#server.stop();
  }
}
