// Interactions without their data, and resolved objects (Discord docs, Receiving and Responding, Interaction Object).
import { appPermissionsIn, authorPermissionsIn } from './access.ts';
import { channelJson } from './guild-json.ts';
import { readableByHttp } from './intents.ts';
import { UPLOAD } from './limits.ts';
import { messageJson } from './message-json.ts';
import type { Attachment, Channel, Json, Message, User, World } from './model.ts';
import { bareMemberJson, resolvedMemberJson, rolesJson, userJson, userRoleIds } from './user-json.ts';

/** Who acts, in which channel and language. */
export interface Actor {
  readonly user: User;
  readonly channel: Channel;
  readonly locale: string;
  /** The user's permissions in a channel. */
  permissionsIn(channel: Channel): bigint;
}

/** The fields of every interaction of this user in this channel. */
export function contextFields(world: World, acting: Actor): Json {
  const { user, channel, locale } = acting;
  const permissions = String(acting.permissionsIn(channel));
  const { guild } = channel;
  const { permission_overwrites: _, ...shown } = channelJson(world, channel);
  const common = {
    channel_id: channel.id,
    channel: { ...shown, permissions },
    locale,
    app_permissions: String(appPermissionsIn(channel)),
    entitlements: [],
    attachment_size_limit: UPLOAD.file,
  };
  if (guild === null)
    return { ...common, context: 1, authorizing_integration_owners: { 0: '0' }, user: userJson(user) };
  return {
    ...common,
    context: 0,
    authorizing_integration_owners: { 0: guild.id },
    guild_id: guild.id,
    guild_locale: guild.locale,
    guild: { id: guild.id, locale: guild.locale, features: ['COMMUNITY'] },
    member: {
      ...bareMemberJson(userRoleIds(world, guild, user)),
      user: userJson(user),
      permissions,
    },
  };
}

/**
 * `{ message }` for an interaction with a component: the message of the component, with the one that it replies to, whose
 * content the bot may not be able to read (Discord docs, Gateway, Message Content Intent). `{}` without a message.
 */
export const sourceFields = (world: World, source: Message | null): Json =>
  source === null ? {} : { message: messageJson(world, source, readableByHttp(world)) };

/** The fields of a resolved channel (Discord docs, Receiving and Responding, Resolved Data Structure). */
const RESOLVED_CHANNEL = [
  'id',
  'name',
  'type',
  'last_message_id',
  'last_pin_timestamp',
  'nsfw',
  'parent_id',
  'guild_id',
  'flags',
  'rate_limit_per_user',
  'topic',
  'position',
  'thread_metadata',
];

/** A channel as `resolved.channels` has it, with the permissions of the user and, since 2026-07-16, of the bot. */
function resolvedChannel(world: World, acting: Actor, channel: Channel): Json {
  const fields = Object.entries(channelJson(world, channel)).filter(([name]) => RESOLVED_CHANNEL.includes(name));
  return {
    ...Object.fromEntries(fields),
    permissions: String(acting.permissionsIn(channel)),
    app_permissions: String(appPermissionsIn(channel)),
  };
}

/** The objects behind the ids in an interaction's data. */
export interface ResolvedObjects {
  readonly users: User[];
  readonly channels: Channel[];
  readonly roleIds: string[];
  readonly attachments: Attachment[];
  readonly messages: Message[];
}

/** Empty lists, to be filled with the objects that an interaction names. */
export const noResolvedObjects = (): ResolvedObjects => ({
  users: [],
  channels: [],
  roleIds: [],
  attachments: [],
  messages: [],
});

/**
 * `{ resolved }`, or `{}` where nothing is resolved. As on Discord, empty kinds are omitted.
 */
export function resolvedJson(world: World, acting: Actor, resolved: ResolvedObjects): Json {
  const { guild } = acting.channel;
  // The bot may read "a message that a message command is used on" (Discord docs, Gateway, Message Content Intent).
  const isReadable = (message: Message) => resolved.messages.includes(message) || readableByHttp(world)(message);
  const keyed = <T>(list: readonly T[], id: (each: T) => string, json: (each: T) => unknown) =>
    Object.fromEntries(list.map((each) => [id(each), json(each)]));
  const roles = guild === null ? [] : rolesJson(world, guild).filter(({ id }) => resolved.roleIds.includes(String(id)));
  const rolesOf = (user: User) => (guild === null ? [] : userRoleIds(world, guild, user));
  const members = resolved.users.filter((user) => rolesOf(user).length > 0);
  const kinds = {
    users: keyed(resolved.users, ({ id }) => id, userJson),
    members: keyed(
      members,
      ({ id }) => id,
      (user) => ({
        ...resolvedMemberJson(rolesOf(user)),
        permissions: String(authorPermissionsIn(world, acting.channel, user)),
      }),
    ),
    roles: keyed(
      roles,
      ({ id }) => String(id),
      (role) => role,
    ),
    channels: keyed(
      resolved.channels,
      ({ id }) => id,
      (channel) => resolvedChannel(world, acting, channel),
    ),
    attachments: keyed(
      resolved.attachments,
      ({ id }) => id,
      (attachment) => ({ ...attachment, ephemeral: true }),
    ),
    messages: keyed(
      resolved.messages,
      ({ id }) => id,
      (message) => messageJson(world, message, isReadable),
    ),
  };
  const filled = Object.entries(kinds).filter(([, objects]) => Object.keys(objects).length > 0);
  return filled.length === 0 ? {} : { resolved: Object.fromEntries(filled) };
}
