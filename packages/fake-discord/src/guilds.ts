// Adds, changes and removes servers, channels and members, and emits the events for it.
import { ChannelType } from 'discord-api-types/v10';
import type { Channel, Guild, Member, User, World } from './model.ts';
import { createChannel } from './world.ts';

/** What a new channel is, where it differs from a text channel with the bot's usual permissions. */
export interface ChannelOptions {
  /** Text by default. Threads need a parent. */
  readonly type?: ChannelType;
  /** The bot's permissions here; by default those of the parent or the server. */
  readonly botPermissions?: bigint;
  /** The channel of a thread, or the category of a channel. */
  readonly parent?: Channel;
  readonly archived?: boolean;
  readonly locked?: boolean;
  /** The names of the tags that a forum's posts can have. */
  readonly tags?: readonly string[];
}

/** What can be changed of a thread. */
export type ThreadChanges = Partial<Pick<Channel, 'name' | 'archived' | 'locked'>>;

/** Adds a server that the bot is in. `locale` is its preferred locale. */
export function addGuild(world: World, name: string, locale: string): Guild {
  const guild: Guild = {
    id: world.clock.nextId(),
    name,
    locale,
    ownerId: world.clock.nextId(),
    botRoleId: world.clock.nextId(),
    channels: [],
    members: new Map(),
    roles: new Map(),
    allowedCommands: new Map(),
    botPermissions: world.botPermissions,
    hasBot: true,
  };
  world.guilds.set(guild.id, guild);
  world.events.emit({ name: 'guildCreate', guild });
  return guild;
}

/** Adds a channel or thread at the end of a server's list. */
export function addChannel(world: World, guild: Guild, name: string, options: ChannelOptions): Channel {
  const {
    type = ChannelType.GuildText,
    botPermissions = null,
    parent = null,
    archived = false,
    locked = false,
    tags = [],
  } = options;
  const availableTags = tags.map((tag) => ({ id: world.clock.nextId(), name: tag }));
  const channel = createChannel(world, { type, guild, name, botPermissions, parent, archived, locked, availableTags });
  insertChannel(world, guild, channel);
  return channel;
}

/** Adds a channel that has been created to the end of its server's list. */
export function insertChannel(world: World, guild: Guild, channel: Channel): void {
  guild.channels.push(channel);
  world.channels.set(channel.id, channel);
  world.events.emit({ name: 'channelCreate', channel });
}

/** Renames, archives or locks a thread, or takes that back. */
export function editThread(world: World, thread: Channel, changes: ThreadChanges): void {
  const { name = thread.name, archived = thread.archived, locked = thread.locked } = changes;
  if (archived !== thread.archived) thread.archiveChangedAt = world.clock.now();
  Object.assign(thread, { name, archived, locked });
  world.events.emit({ name: 'channelUpdate', channel: thread });
}

/** Adds a user who is in no server yet. The username is the name in lower case, with `_` for other characters. */
export function addUser(world: World, name: string): User {
  const user: User = {
    id: world.clock.nextId(),
    username: name.toLowerCase().replace(/\W+/g, '_'),
    name,
    isBot: false,
    dmsClosed: false,
    locale: 'en-US',
  };
  world.users.set(user.id, user);
  return user;
}

/** Makes a user a member, or changes a member's base permissions. */
export function addMember(world: World, guild: Guild, user: User, permissions: bigint): Member {
  const known = guild.members.get(user.id);
  const member: Member = known ?? { user, permissions, roleId: world.clock.nextId(), roles: new Set() };
  member.permissions = permissions;
  guild.members.set(user.id, member);
  world.events.emit({ name: known ? 'memberUpdate' : 'memberJoin', guild, member });
  return member;
}

/** Sets the bot's permissions in a channel; null restores those of the server. */
export function setBotPermissions(world: World, channel: Channel, permissions: bigint | null): void {
  channel.botPermissions = permissions;
  world.events.emit({ name: 'channelUpdate', channel });
}

/** Deletes a channel with its threads and all their messages. */
export function removeChannel(world: World, channel: Channel): void {
  const { guild } = channel;
  for (const thread of guild?.channels.filter(({ parent }) => parent === channel) ?? []) removeChannel(world, thread);
  for (const message of [...world.messages.values()].filter((each) => each.channel === channel)) {
    message.isDeleted = true;
    world.messages.delete(message.id);
  }
  channel.messages.clear();
  channel.pins = [];
  world.channels.delete(channel.id);
  guild?.channels.splice(guild.channels.indexOf(channel), 1);
  world.events.emit({ name: 'channelDelete', channel });
}

/** Removes the bot from a server. The server itself stays. */
export function removeBotFrom(world: World, guild: Guild): void {
  guild.hasBot = false;
  world.events.emit({ name: 'guildDelete', guild });
}

/** Adds the bot back to a server that it was removed from. */
export function returnBotTo(world: World, guild: Guild): void {
  guild.hasBot = true;
  world.events.emit({ name: 'guildCreate', guild });
}
