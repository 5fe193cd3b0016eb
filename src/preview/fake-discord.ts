// The local fake Discord as tests and the preview drive it: its world, its people, its faults, its records.
import type { Hono } from 'hono';
import type { CommandWrite, RegisteredCommand } from './command-registry.ts';
import type { Fault } from './faults.ts';
import type { ChannelOptions } from './guilds.ts';
import {
  addChannel,
  addGuild,
  addMember,
  addUser,
  removeBotFrom,
  removeChannel,
  returnBotTo,
  setBotPermissions,
} from './guilds.ts';
import { deleteMessage, messagesVisibleTo } from './messages.ts';
import type { Application, Attachment, Channel, Events, Guild, Member, Message, User, World } from './model.ts';
import { MEMBER_PERMISSIONS } from './permissions.ts';
import type { PersonOptions } from './person.ts';
import { Person } from './person.ts';
import { pinMessage, unpinMessage } from './pins.ts';
import type { RateLimit } from './rate-limits.ts';
import type { Env } from './rest.ts';
import type { Records, RunningServer } from './server.ts';
import { newToken, startServer } from './server.ts';
import type { GatewayInfo } from './session-start-limit.ts';
import { getOrCreateDm, storeFile } from './world.ts';

export interface FakeDiscordOptions {
  /** Where to listen; loopback unless given. */
  readonly host?: string;
  /** 0, the default, takes any free port. */
  readonly port?: number;
  readonly botName?: string;
  /** What is served at `/map`; the fake Discord knows nothing of it. */
  readonly map?: Hono<Env>;
}

/**
 * Starts the fake Discord: REST at `/api`, the gateway at `/gateway`, the page at `/`, files at `/attachments`.
 * @throws the listening error, such as EADDRINUSE
 */
export async function startFakeDiscord({
  host = '127.0.0.1',
  port = 0,
  botName = 'Guidepost',
  map,
}: FakeDiscordOptions = {}): Promise<FakeDiscord> {
  return new FakeDiscord(await startServer({ host, port, botName, map }));
}

const INVALID_WITHIN_MS = 10 * 60_000;

export class FakeDiscord {
  /** The application's Ed25519 key, in hexadecimal digits. */
  readonly publicKey: string;
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  /** For DISCORD_API_URL. */
  readonly apiUrl: string;
  readonly botUser: User;
  readonly applicationId: string;
  /** Tells of messages, pins, commands, interactions, refusals. */
  readonly events: Events;
  readonly #parts: RunningServer;

  constructor(parts: RunningServer) {
    const { world } = parts.backend;
    this.#parts = parts;
    this.publicKey = parts.publicKey;
    this.origin = world.origin;
    this.apiUrl = `${world.origin}/api`;
    this.botUser = world.bot;
    this.applicationId = world.applicationId;
    this.events = world.events;
  }

  /** The bot's token. */
  get token(): string {
    return this.#parts.credentials.token;
  }

  get #world(): World {
    return this.#parts.backend.world;
  }

  /** A server with the bot in it. */
  addGuild(name: string, { locale = 'en-US' }: { locale?: string } = {}): Guild {
    return addGuild(this.#world, name, locale);
  }

  addChannel(guild: Guild, name: string, options: ChannelOptions = {}): Channel {
    return addChannel(this.#world, guild, name, options);
  }

  addUser(name: string): User {
    return addUser(this.#world, name);
  }

  /** Makes a user a member with these base permissions, or changes them. */
  join(guild: Guild, user: User, permissions: bigint = MEMBER_PERMISSIONS): Member {
    return addMember(this.#world, guild, user, permissions);
  }

  /** Someone who acts in a channel. Whoever is not yet a member of its server becomes one. */
  person(user: User, channel: Channel, options: PersonOptions = {}): Person {
    const { guild } = channel;
    if (guild !== null && !guild.members.has(user.id)) this.join(guild, user, options.permissions);
    return new Person(this.#parts.backend, user, channel, options);
  }

  /** A file that a person can give to a command or modal; its address is served by the fake Discord. */
  addFile(filename: string, data: string | Uint8Array, contentType = 'text/plain'): Attachment {
    return storeFile(this.#world, filename, typeof data === 'string' ? Buffer.from(data) : data, contentType);
  }

  /** What this user sees in the channel, oldest first; without a user, only what everybody sees. */
  messagesOf(channel: Channel, viewer?: User): Message[] {
    return messagesVisibleTo(this.#world, channel, viewer);
  }

  /** Newest first. */
  pinsOf(channel: Channel): readonly Message[] {
    return channel.pins;
  }

  /** Deletes a message, as a moderator would. */
  removeMessage(message: Message): void {
    deleteMessage(this.#world, message);
  }

  /** Pins a message in the name of a person. Throws ApiError 30003, 50021. */
  pin(message: Message, by: User): void {
    pinMessage(this.#world, message, by);
  }

  unpin(message: Message): void {
    unpinMessage(this.#world, message);
  }

  removeChannel(channel: Channel): void {
    removeChannel(this.#world, channel);
  }

  /** Changes what the bot may do in a channel; null gives back what the server grants. */
  setBotPermissions(channel: Channel, permissions: bigint | null): void {
    setBotPermissions(this.#world, channel, permissions);
  }

  removeBotFrom(guild: Guild): void {
    removeBotFrom(this.#world, guild);
  }

  returnBotTo(guild: Guild): void {
    returnBotTo(this.#world, guild);
  }

  /** The direct-message channel of the bot and this user. */
  dmOf(user: User): Channel {
    return getOrCreateDm(this.#world, user);
  }

  /** Keeps the bot from writing to this user (error 50007), or lets it again. */
  closeDms(user: User, isClosed = true): void {
    user.dmsClosed = isClosed;
  }

  /** What the developer portal sets; tests may change it. */
  get application(): Application {
    return this.#world.application;
  }

  /** What Discord tells a bot before it connects; tests may change it. */
  get gatewayInfo(): GatewayInfo {
    return this.#world.gatewayInfo;
  }

  /** Gives the application an Entry Point command, as Discord does where Activities are switched on. */
  addEntryPoint(name = 'launch'): RegisteredCommand {
    return this.#parts.backend.registry.addEntryPoint(name);
  }

  /** Every registered command, global and of every server. */
  get commands(): readonly RegisteredCommand[] {
    return this.#parts.backend.registry.all();
  }

  /** Every successful write of commands, oldest first. */
  get commandWrites(): readonly CommandWrite[] {
    return this.#parts.records.commandWrites;
  }

  /** The last 1,000 requests, oldest first. */
  get requests(): Records['requests'] {
    return this.#parts.records.requests;
  }

  /** The last 1,000 refused requests, oldest first. */
  get refusals(): Records['refusals'] {
    return this.#parts.records.refusals;
  }

  /** Makes the next matching requests fail, slow down, or lose their connection. */
  fail(fault: Omit<Fault, 'times'> & { readonly times?: number }): void {
    this.#parts.faults.add({ times: 1, ...fault });
  }

  /** Limits the requests of one bucket; those beyond it are answered 429 until its window ends. */
  limitRequests(limit: RateLimit): void {
    this.#parts.limits.add(limit);
  }

  /** Limits all requests together; Discord's own limit is 50 (Discord docs, Rate Limits, "Global Rate Limit"). */
  limitAllRequests(perSecond: number): void {
    this.#parts.limits.limitAll(perSecond);
  }

  /** Invalid requests of the last ten minutes: at 10,000 Discord bans the address for a while (same page). */
  get invalidRequests(): number {
    const since = this.now() - INVALID_WITHIN_MS;
    return this.#parts.records.invalidAt.filter((at) => at > since).length;
  }

  /** How many gateway connections are identified. */
  get connections(): number {
    return this.#parts.gateway.connectionCount();
  }

  /** Breaks every gateway connection without a word; clients may resume. */
  dropConnections(): void {
    this.#parts.gateway.dropConnections();
  }

  /** Closes every gateway connection with this code. A final one (4004, 4010 to 4014) also meets every later IDENTIFY. */
  closeConnections(code: number): void {
    this.#parts.gateway.closeConnections(code);
  }

  /** Closes every IDENTIFY with this code from now on; null takes them again. */
  refuseIdentify(code: number | null): void {
    this.#parts.gateway.refuseIdentify(code);
  }

  /** Sessions that were asked for when `gatewayInfo.remaining` was 0. Discord resets the token of such a bot. */
  get identifiesBeyondLimit(): number {
    return this.#parts.gateway.identifiesBeyondLimit();
  }

  /** Resets the bot's token, as its owner does in the developer portal: the old one counts nowhere any more. */
  resetToken(): void {
    this.#parts.credentials.token = newToken(this.#world);
    this.#parts.gateway.closeConnections(4004);
    this.#parts.gateway.refuseIdentify(null);
  }

  /** Asks every client to reconnect and resume (opcode 7). */
  askReconnect(): void {
    this.#parts.gateway.askReconnect();
  }

  /** The fake Discord's time, in milliseconds since 1970. */
  now(): number {
    return this.#world.clock.now();
  }

  /** Moves the fake Discord's clock forward: tokens age, open interactions run out. */
  advance(ms: number): void {
    this.#world.clock.advance(ms);
    this.#parts.backend.interactions.expire();
  }

  /** Ends all connections and stops listening. */
  stop(): Promise<void> {
    return this.#parts.stop();
  }
}
