// Changes to the fake Discord's world: servers, channels, users, messages, files.
import type { CommandWrite, RegisteredCommand } from './command-registry.ts';
import type { ChannelOptions, ThreadChanges } from './guilds.ts';
import {
  addChannel,
  addGuild,
  addMember,
  addUser,
  editThread,
  removeBotFrom,
  removeChannel,
  returnBotTo,
  setBotPermissions,
} from './guilds.ts';
import { deleteMessage, messagesVisibleTo } from './messages.ts';
import type { Application, Attachment, Channel, Events, Guild, Member, Message, Role, User } from './model.ts';
import { MEMBER_PERMISSIONS } from './permissions.ts';
import type { PersonOptions } from './person.ts';
import { Person } from './person.ts';
import { pinMessage, unpinMessage } from './pins.ts';
import {
  addRole,
  allowCommands,
  type ChannelPermissions,
  type RoleOptions,
  removeRole,
  setOverwrite,
  setRole,
} from './roles.ts';
import type { Backend } from './routes/route.ts';
import { getOrCreateDm, storeFile } from './world.ts';
import { type Post, startPost } from './writing.ts';

/** What tests do to the world. Changes take effect at once and are sent to the bot as events. */
export class WorldEditor {
  readonly botUser: User;
  readonly applicationId: string;
  /** Reports messages, pins, commands, interactions and refused requests. */
  readonly events: Events;
  readonly #backend: Backend;
  readonly #commandWrites: readonly CommandWrite[];

  /** @param commandWrites a live list of the successful writes of commands */
  constructor(backend: Backend, commandWrites: readonly CommandWrite[]) {
    this.#backend = backend;
    this.#commandWrites = commandWrites;
    this.botUser = backend.world.bot;
    this.applicationId = backend.world.applicationId;
    this.events = backend.world.events;
  }

  get #world() {
    return this.#backend.world;
  }

  /** Adds a server that the bot is in. */
  addGuild(name: string, { locale = 'en-US' }: { locale?: string } = {}): Guild {
    return addGuild(this.#world, name, locale);
  }

  /** Adds a text channel, or what `options` say. Threads need `parent`; people create posts with `Person.post`. */
  addChannel(guild: Guild, name: string, options: ChannelOptions = {}): Channel {
    return addChannel(this.#world, guild, name, options);
  }

  /** Adds a post to a forum, with its first message, as `Person.post` does. Throws an Error where its author may not. */
  addPost(forum: Channel, author: User, title: string, text: string): Post {
    const { thread, sendFirst } = startPost(this.#world, this.person(author, forum), forum, title, text);
    return { thread, message: sendFirst() };
  }

  /** Deletes a channel with its threads and all their messages. */
  removeChannel(channel: Channel): void {
    removeChannel(this.#world, channel);
  }

  /** Renames, archives or locks a thread, or takes that back, as a moderator would. */
  editThread(thread: Channel, changes: ThreadChanges): void {
    editThread(this.#world, thread, changes);
  }

  /** Sets the bot's permissions in a channel; null restores those of the server. */
  setBotPermissions(channel: Channel, permissions: bigint | null): void {
    setBotPermissions(this.#world, channel, permissions);
  }

  /** Removes the bot from a server, as a moderator would. The server itself stays. */
  removeBotFrom(guild: Guild): void {
    removeBotFrom(this.#world, guild);
  }

  /** Adds the bot back to a server that it was removed from. */
  returnBotTo(guild: Guild): void {
    returnBotTo(this.#world, guild);
  }

  /** Adds a user who is in no server yet. */
  addUser(name: string): User {
    return addUser(this.#world, name);
  }

  /** Makes a user a member with these base permissions, or changes them. */
  join(guild: Guild, user: User, permissions: bigint = MEMBER_PERMISSIONS): Member {
    return addMember(this.#world, guild, user, permissions);
  }

  /** Adds a role that nobody has yet. It grants nothing unless `options` say so. */
  addRole(guild: Guild, name: string, options: RoleOptions = {}): Role {
    return addRole(this.#world, guild, name, options);
  }

  /** Deletes a role. Who had it loses its permissions. */
  removeRole(guild: Guild, role: Role): void {
    removeRole(this.#world, guild, role);
  }

  /** Gives a member a role, whose permissions are added to their own. Throws an Error for a user who is not a member. */
  giveRole(guild: Guild, user: User, role: Role): void {
    setRole(this.#world, guild, user, role, true);
  }

  /** Takes a role from a member. Throws an Error for a user who is not a member. */
  takeRole(guild: Guild, user: User, role: Role): void {
    setRole(this.#world, guild, user, role, false);
  }

  /**
   * Allows a role commands that Discord hides from it otherwise, as somebody can under Server Settings › Integrations. The
   * permissions of the role stay as they are.
   * @param upTo allows each command whose default permissions are among these
   */
  allowCommands(guild: Guild, role: Role, upTo: bigint): void {
    allowCommands(this.#world, guild, role, upTo);
  }

  /** Sets what a role, @everyone (the server) or a user may do in a channel and its threads; null removes that. */
  setPermissions(channel: Channel, target: Role | Guild | User, permissions: ChannelPermissions | null): void {
    setOverwrite(this.#world, channel, target, permissions);
  }

  /** A user who acts in a channel. Joins the channel's server first if needed. */
  person(user: User, channel: Channel, options: PersonOptions = {}): Person {
    const { guild } = channel;
    if (guild !== null && !guild.members.has(user.id)) this.join(guild, user, options.permissions);
    return new Person(this.#backend, user, channel, options);
  }

  /** The direct-message channel between the bot and this user. */
  dmOf(user: User): Channel {
    return getOrCreateDm(this.#world, user);
  }

  /** Blocks the bot's direct messages to this user (error 50007), or allows them again. */
  closeDms(user: User, isClosed = true): void {
    user.dmsClosed = isClosed;
  }

  /** Stores a file that a person can attach to a command or modal. */
  addFile(filename: string, data: string | Uint8Array, contentType = 'text/plain'): Attachment {
    return storeFile(this.#world, filename, typeof data === 'string' ? Buffer.from(data) : data, contentType);
  }

  /** Messages in the channel that this user sees, oldest first; without a user, those that everyone sees. */
  messagesOf(channel: Channel, viewer?: User): Message[] {
    return messagesVisibleTo(this.#world, channel, viewer);
  }

  /** Deletes a message, as a moderator would. */
  removeMessage(message: Message): void {
    deleteMessage(this.#world, message);
  }

  /** Newest first. */
  pinsOf(channel: Channel): readonly Message[] {
    return channel.pins;
  }

  /** Pins a message for a person. Throws ApiError 30003, 50021. */
  pin(message: Message, by: User): void {
    pinMessage(this.#world, message, by);
  }

  /** Unpins a message. Does nothing for a message that isn't pinned. */
  unpin(message: Message): void {
    unpinMessage(this.#world, message);
  }

  /** The settings of the developer portal; tests may change them. */
  get application(): Application {
    return this.#world.application;
  }

  /** Gives the application an Entry Point command, as Discord does where Activities are switched on. */
  addEntryPoint(name = 'launch'): RegisteredCommand {
    return this.#backend.registry.addEntryPoint(name);
  }

  /** All registered commands, global and per server. */
  get commands(): readonly RegisteredCommand[] {
    return this.#backend.registry.all();
  }

  /** All successful writes of commands, oldest first. */
  get commandWrites(): readonly CommandWrite[] {
    return this.#commandWrites;
  }
}
