// Users, members and roles in the JSON of Discord's API (Discord docs, User and Guild resources, Permissions).
import type { Guild, Json, Member, User, World } from './model.ts';

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

/** A member without its user, as in `resolved.members`. */
export function bareMemberJson(roles: readonly string[]): Json {
  return {
    nick: null,
    avatar: null,
    banner: null,
    roles,
    joined_at: JOINED_AT,
    premium_since: null,
    deaf: false,
    mute: false,
    pending: false,
    flags: 0,
    communication_disabled_until: null,
  };
}

/** A member with its user (Discord docs, Guild resource, Guild Member object). */
export function memberJson({ user, roleId }: Member): Json {
  return { ...bareMemberJson([roleId]), user: userJson(user) };
}

/** The bot as a member. */
export function botMemberJson(world: World, guild: Guild): Json {
  return { ...bareMemberJson([guild.botRoleId]), user: userJson(world.bot) };
}

function roleJson(id: string, name: string, permissions: bigint, position: number, more: Json = {}): Json {
  return {
    id,
    name,
    permissions: String(permissions),
    position,
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    managed: false,
    mentionable: false,
    icon: null,
    unicode_emoji: null,
    flags: 0,
    ...more,
  };
}

/** The role that gives a member their permissions (Discord docs, Permissions, Role object). */
export const memberRoleJson = ({ user, roleId, permissions }: Member): Json =>
  roleJson(roleId, user.name, permissions, 2);

/** @everyone, the bot's role, and one role per member. Only the roles of their own give permissions, not @everyone. */
export function rolesJson(world: World, guild: Guild): Json[] {
  const memberRoles = [...guild.members.values()].map(({ user, roleId, permissions }, at) =>
    roleJson(roleId, user.name, permissions, at + 2),
  );
  const bot = roleJson(guild.botRoleId, world.bot.name, guild.botPermissions, 1, {
    managed: true,
    tags: { bot_id: world.bot.id },
  });
  return [roleJson(guild.id, '@everyone', 0n, 0), bot, ...memberRoles];
}
