// Roles of a server besides those that the fake Discord makes itself, who has them, and what they may do in a channel.
import type { Channel, Guild, Member, Role, User, World } from './model.ts';

/** What a new role is. */
export type RoleOptions = Partial<Pick<Role, 'permissions' | 'managed' | 'mentionable'>>;

/** Permissions that a channel gives and takes, besides those of the server. */
export type ChannelPermissions = Partial<{ readonly allow: bigint; readonly deny: bigint }>;

/** Adds a role that nobody has yet. */
export function addRole(world: World, guild: Guild, name: string, options: RoleOptions): Role {
  const role: Role = {
    id: world.clock.nextId(),
    name,
    permissions: 0n,
    managed: false,
    mentionable: false,
    ...options,
  };
  guild.roles.set(role.id, role);
  world.events.emit({ name: 'roleCreate', guild, roleId: role.id });
  return role;
}

/** Deletes a role: from its server, its members and its channels. */
export function removeRole(world: World, guild: Guild, { id }: Role): void {
  guild.roles.delete(id);
  guild.allowedCommands.delete(id);
  for (const { roles } of guild.members.values()) roles.delete(id);
  for (const { overwrites } of guild.channels) overwrites.delete(id);
  world.events.emit({ name: 'roleDelete', guild, roleId: id });
}

/**
 * Gives a member a role, or takes it.
 * @throws Error for a user who is not a member
 */
export function setRole(world: World, guild: Guild, user: User, { id }: Role, hasRole: boolean): void {
  const member = guild.members.get(user.id);
  if (!member) throw new Error(`${user.name} is not a member of ${guild.name}`);
  if (hasRole) member.roles.add(id);
  else member.roles.delete(id);
  world.events.emit({ name: 'memberRoles', guild, member });
}

/** Allows a role the commands whose default permissions are among these (Discord docs, Application Commands, Permissions). */
export function allowCommands(world: World, guild: Guild, { id }: Role, upTo: bigint): void {
  guild.allowedCommands.set(id, upTo);
  world.events.emit({ name: 'commands', guildId: guild.id });
}

/** The ids of a member's roles: the one of their own, and those that were given. */
export const roleIdsOf = ({ roleId, roles }: Member): string[] => [roleId, ...roles];

/**
 * Sets what a role, @everyone (the server) or a user may do in a channel; null removes that.
 * @throws Error for the bot, whose permissions `setBotPermissions` sets
 */
export function setOverwrite(
  world: World,
  channel: Channel,
  target: Role | Guild | User,
  permissions: ChannelPermissions | null,
): void {
  if (target === world.bot) throw new Error("setBotPermissions sets the bot's permissions");
  if (permissions === null) channel.overwrites.delete(target.id);
  else channel.overwrites.set(target.id, { type: 'username' in target ? 1 : 0, allow: 0n, deny: 0n, ...permissions });
  world.events.emit({ name: 'channelUpdate', channel });
}
