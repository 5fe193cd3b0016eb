// Users, members and roles in the JSON of Discord's API (Discord docs, User and Guild resources, Permissions).
import type { Guild, Json, Member, Role, User, World } from './model.ts';
import { roleIdsOf } from './roles.ts';

/** The join time of every member and of the bot. */
export const JOINED_AT = '2024-01-15T09:00:00.000000+00:00';

/** A user, in full (Discord docs, User resource, User object). */
export function userJson(user: User): Json {
  const { id, username, name, isBot } = user;
  return {
    id,
    username,
    global_name: isBot ? null : name,
    discriminator: isBot ? '0001' : '0',
    avatar: null,
    bot: isBot,
    public_flags: 0,
    flags: 0,
    banner: null,
    accent_color: null,
    avatar_decoration_data: null,
    collectibles: null,
    primary_guild: null,
  };
}

/** A member without its user, as messages have it (Discord docs, Gateway Events, Message Create). */
export function bareMemberJson(roles: readonly string[]): Json {
  return { ...resolvedMemberJson(roles), deaf: false, mute: false };
}

/**
 * A member as in `resolved.members`: "missing `user`, `deaf` and `mute` fields" (Discord docs, Receiving and Responding,
 * Resolved Data Structure).
 */
export function resolvedMemberJson(roles: readonly string[]): Json {
  return {
    nick: null,
    avatar: null,
    banner: null,
    roles,
    joined_at: JOINED_AT,
    premium_since: null,
    pending: false,
    flags: 0,
    communication_disabled_until: null,
  };
}

/** A member with its user (Discord docs, Guild resource, Guild Member object). */
export function memberJson(member: Member): Json {
  return { ...bareMemberJson(roleIdsOf(member)), user: userJson(member.user) };
}

/** The bot as a member. */
export function botMemberJson(world: World, guild: Guild): Json {
  return { ...bareMemberJson([guild.botRoleId]), user: userJson(world.bot) };
}

/** The ids of a user's roles: none for a user who is not a member. */
export function userRoleIds({ bot }: World, guild: Guild, user: User): string[] {
  const member = guild.members.get(user.id);
  if (member) return roleIdsOf(member);
  return user === bot ? [guild.botRoleId] : [];
}

type ShownRole = Pick<Role, 'id' | 'name' | 'permissions'> & Partial<Role> & { readonly tags?: Json };

/**
 * @everyone, the bot's role, the server's other roles, and one role per member (Discord docs, Permissions, Role object).
 * @everyone grants nothing.
 */
export function rolesJson(world: World, guild: Guild): Json[] {
  const { id, botRoleId, botPermissions, roles, members } = guild;
  const all: ShownRole[] = [
    { id, name: '@everyone', permissions: 0n },
    { id: botRoleId, name: world.bot.name, permissions: botPermissions, managed: true, tags: { bot_id: world.bot.id } },
    ...[...roles.values()].map((role) => (role.managed ? { ...role, tags: { integration_id: role.id } } : role)),
    ...[...members.values()].map(({ user, roleId, permissions }) => ({ id: roleId, name: user.name, permissions })),
  ];
  return all.map((role, position) => ({
    managed: false,
    mentionable: false,
    ...role,
    permissions: String(role.permissions),
    position,
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    icon: null,
    unicode_emoji: null,
    flags: 0,
  }));
}
