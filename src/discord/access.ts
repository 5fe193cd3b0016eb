// What the bot may do in the channels of a server: asked from Discord, because the bot keeps no copy of servers.
import type { REST } from 'discord.js';
import {
  type APIRole,
  type ChannelType,
  RESTJSONErrorCodes as Code,
  OverwriteType,
  PermissionFlagsBits,
} from 'discord-api-types/v10';
import { discordErrorCode } from './errors.ts';
import { lacking, type Permission } from './permissions.ts';
import { getChannel, getGuildRoles, getMember, getOwnUser } from './requests.ts';

/** What is known of a channel: what the bot lacks there and whether all members can see it, or that it is gone, or nothing. */
export type ChannelAccess =
  | {
      readonly state: 'known';
      readonly lacks: readonly Permission[];
      readonly isPublic?: boolean;
      readonly type?: ChannelType;
    }
  | { readonly state: 'gone' | 'unknown' };

export interface ServerAccess {
  /** By id. */
  readonly channels: ReadonlyMap<string, ChannelAccess>;
  /** The server's roles by id; undefined if Discord did not say. */
  readonly roles: ReadonlyMap<string, APIRole> | undefined;
}

/**
 * Asks Discord for roles and channels of a server. Never rejects.
 * @param needed the permissions that the bot needs in each channel, by channel id
 */
export async function readAccess(
  rest: REST,
  guildId: string,
  needed: ReadonlyMap<string, readonly Permission[]>,
): Promise<ServerAccess> {
  const [roles, own] = await Promise.all([
    getGuildRoles(rest, guildId).catch(() => undefined),
    getOwnUser(rest)
      .then(({ id }) => getMember(rest, guildId, id))
      .catch(() => undefined),
  ]);
  const byId = roles && new Map(roles.map((role) => [role.id, role]));
  const read = async (channelId: string, permissions: readonly Permission[]): Promise<ChannelAccess> => {
    try {
      const channel = await getChannel(rest, channelId);
      if (!byId || !own?.user || !('permission_overwrites' in channel)) return { state: 'unknown' };
      // A channel of another server is none that was chosen here.
      if (channel.guild_id !== undefined && channel.guild_id !== guildId) return { state: 'gone' };
      const overwrites = channel.permission_overwrites ?? [];
      const bits = permissionsIn(overwrites, { guildId, userId: own.user.id }, own.roles, byId);
      const ofEveryone = permissionsIn(overwrites, { guildId, userId: '' }, [], byId);
      const isPublic = lacking(String(ofEveryone), ['ViewChannel']).length === 0;
      return { state: 'known', lacks: lackingIn(bits, permissions), isPublic, type: channel.type };
    } catch (error) {
      const code = discordErrorCode(error);
      if (code === Code.UnknownChannel) return { state: 'gone' };
      // Without View Channel the others do not matter.
      return code === Code.MissingAccess ? { state: 'known', lacks: ['ViewChannel'] } : { state: 'unknown' };
    }
  };
  const channels = [...needed].map(async ([id, permissions]) => [id, await read(id, permissions)] as const);
  return { channels: new Map(await Promise.all(channels)), roles: byId };
}

function lackingIn(bits: bigint, needed: readonly Permission[]): Permission[] {
  const missing = lacking(String(bits), needed);
  return missing.includes('ViewChannel') ? ['ViewChannel'] : missing;
}

interface Overwrite {
  readonly id: string;
  readonly type: OverwriteType;
  readonly allow: string;
  readonly deny: string;
}

/** The permissions of a member in a channel (Discord docs, Permissions, "Permission Overwrites"). */
function permissionsIn(
  overwrites: readonly Overwrite[],
  { guildId, userId }: { guildId: string; userId: string },
  memberRoles: readonly string[],
  roles: ReadonlyMap<string, APIRole>,
): bigint {
  const base = [guildId, ...memberRoles].reduce((bits, id) => bits | BigInt(roles.get(id)?.permissions ?? 0), 0n);
  if ((base & PermissionFlagsBits.Administrator) !== 0n) return base;
  const apply = (bits: bigint, some: readonly Overwrite[]) => {
    const deny = some.reduce((all, one) => all | BigInt(one.deny), 0n);
    const allow = some.reduce((all, one) => all | BigInt(one.allow), 0n);
    return (bits & ~deny) | allow;
  };
  const ofRole = (matches: (id: string) => boolean) =>
    overwrites.filter(({ id, type }) => type === OverwriteType.Role && matches(id));
  const forEveryone = apply(
    base,
    ofRole((id) => id === guildId),
  );
  const forRoles = apply(
    forEveryone,
    ofRole((id) => id !== guildId && memberRoles.includes(id)),
  );
  return apply(
    forRoles,
    overwrites.filter(({ id, type }) => type === OverwriteType.Member && id === userId),
  );
}
