// Turns events into gateway dispatches, each with its intent (Discord docs, Gateway Events and Gateway Intents).
import { GatewayIntentBits as Intents } from 'discord-api-types/v10';
import { canBotView } from './access.ts';
import { channelJson, guildCreateJson, lastPinTime } from './guild-json.ts';
import { readableWith } from './intents.ts';
import { messageJson } from './message-json.ts';
import type { Channel, FakeDiscordEvent, Guild, Json, Member, Message, User, World } from './model.ts';
import { bareMemberJson, memberJson, rolesJson, userJson, userRoleIds } from './user-json.ts';
import { isThread } from './world.ts';

/** A gateway event for the sessions with its intent. */
export interface Dispatch {
  readonly name: string;
  /** 0 if no intent is needed. */
  readonly intent: number;
  /** Null in direct messages. Decides the shard. */
  readonly guild: Guild | null;
  /** The data for a session with these intents. */
  data(intents: number): Json;
}

/** Returns undefined for what bots don't receive: ephemeral messages, and events for the page only. */
export function toDispatch(world: World, event: FakeDiscordEvent): Dispatch | undefined {
  switch (event.name) {
    case 'message':
      return messageDispatch(world, 'MESSAGE_CREATE', event.message);
    case 'messageUpdate':
      return messageDispatch(world, 'MESSAGE_UPDATE', event.message);
    case 'messageDelete':
      return messageDispatch(world, 'MESSAGE_DELETE', event.message);
    case 'channelCreate':
      return channelDispatch(world, 'CREATE', event.channel);
    case 'channelUpdate':
      return channelDispatch(world, 'UPDATE', event.channel);
    case 'channelDelete':
      return channelDispatch(world, 'DELETE', event.channel);
    case 'pins':
      return pinsDispatch(event.channel);
    case 'guildCreate':
      return guildDispatch('GUILD_CREATE', event.guild, () => guildCreateJson(world, event.guild));
    case 'guildDelete':
      return guildDispatch('GUILD_DELETE', event.guild, () => ({ id: event.guild.id }));
    // Members have a role of their own, which comes and changes with them.
    case 'memberJoin':
      return roleDispatch(world, 'GUILD_ROLE_CREATE', event.guild, event.member.roleId);
    case 'memberUpdate':
      return roleDispatch(world, 'GUILD_ROLE_UPDATE', event.guild, event.member.roleId);
    case 'memberRoles':
      return memberDispatch(event.guild, event.member);
    case 'roleCreate':
      return roleDispatch(world, 'GUILD_ROLE_CREATE', event.guild, event.roleId);
    case 'roleDelete': {
      const { guild, roleId } = event;
      return guildDispatch('GUILD_ROLE_DELETE', guild, () => ({ guild_id: guild.id, role_id: roleId }));
    }
    default:
      return undefined;
  }
}

function guildDispatch(name: string, guild: Guild, data: () => Json): Dispatch {
  return { name, intent: Intents.Guilds, guild, data };
}

function roleDispatch(world: World, name: string, guild: Guild, roleId: string): Dispatch {
  return guildDispatch(name, guild, () => ({
    guild_id: guild.id,
    role: rolesJson(world, guild).find(({ id }) => id === roleId),
  }));
}

function memberDispatch(guild: Guild, member: Member): Dispatch {
  const data = () => ({ guild_id: guild.id, ...memberJson(member) });
  return { name: 'GUILD_MEMBER_UPDATE', intent: Intents.GuildMembers, guild, data };
}

function channelDispatch(world: World, change: string, channel: Channel): Dispatch | undefined {
  if (channel.guild === null) return undefined;
  if (isThread(channel)) return threadDispatch(world, change, channel, channel.guild);
  return guildDispatch(`CHANNEL_${change}`, channel.guild, () => channelJson(world, channel));
}

/** Threads that the bot cannot see have no events (Discord docs, Gateway Events, Thread Create, Update and Delete). */
function threadDispatch(world: World, change: string, channel: Channel, guild: Guild): Dispatch | undefined {
  if (!canBotView(channel)) return undefined;
  const { id, type, parent } = channel;
  const data = {
    CREATE: () => ({ ...channelJson(world, channel), newly_created: true }),
    DELETE: () => ({ id, type, guild_id: guild.id, parent_id: parent?.id }),
  }[change];
  return guildDispatch(`THREAD_${change}`, guild, data ?? (() => channelJson(world, channel)));
}

function pinsDispatch(channel: Channel): Dispatch {
  const { id, guild } = channel;
  const data = {
    channel_id: id,
    last_pin_timestamp: lastPinTime(channel),
    ...(guild === null ? {} : { guild_id: guild.id }),
  };
  return {
    name: 'CHANNEL_PINS_UPDATE',
    intent: guild === null ? Intents.DirectMessages : Intents.Guilds,
    guild,
    data: () => data,
  };
}

function messageDispatch(world: World, name: string, message: Message): Dispatch | undefined {
  const { channel, viewer, id } = message;
  const { guild } = channel;
  if (viewer !== null || !canBotView(channel)) return undefined;
  const location = guild === null ? {} : { guild_id: guild.id };
  return {
    name,
    intent: guild === null ? Intents.DirectMessages : Intents.GuildMessages,
    guild,
    data: (intents) =>
      name === 'MESSAGE_DELETE'
        ? { id, channel_id: channel.id, ...location }
        : { ...messageJson(world, message, readableWith(world, intents)), ...membersJson(world, message), ...location },
  };
}

/**
 * The members who wrote a message and who are mentioned in it; none where an interaction's webhook sent it (Discord docs,
 * Gateway Events, Message Create).
 */
function membersJson(world: World, { channel: { guild }, author, notifies, origin }: Message): Json {
  if (guild === null) return {};
  const member = (user: User) => {
    const roles = userRoleIds(world, guild, user);
    return roles.length === 0 ? {} : { member: bareMemberJson(roles) };
  };
  const mentioned = notifies.users.map((id) => world.users.get(id)).filter((user) => user !== undefined);
  return {
    ...(origin === null ? member(author) : {}),
    mentions: mentioned.map((user) => ({ ...userJson(user), ...member(user) })),
  };
}
