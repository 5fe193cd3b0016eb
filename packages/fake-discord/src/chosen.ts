// What people choose in select menus and forms: counted and looked up as Discord's client does it.
import { PermissionFlagsBits } from 'discord-api-types/v10';
import type { Actor } from './interaction-payload.ts';
import type { Attachment, Channel, User, World } from './model.ts';
import { hasPermissions } from './permissions.ts';
import { rolesJson } from './user-json.ts';

interface Menu {
  readonly type: number;
  readonly channel_types?: readonly number[] | undefined;
  readonly min_values?: number | undefined;
  readonly max_values?: number | undefined;
}

/** The objects that ids stand for, by kind. */
export interface ChosenObjects {
  readonly users: User[];
  readonly channels: Channel[];
  readonly roleIds: string[];
}

/**
 * @param what names the menu in the error
 * @param most what max_values is where it is not set: 1 for select menus and uploads
 * @throws Error for fewer or more values than can be chosen (Discord docs, Component Reference, min_values and
 * max_values), and for one that is chosen twice
 */
export function requireCount(
  what: string,
  { min_values: min = 1, max_values }: Menu,
  values: readonly unknown[],
  most = 1,
): void {
  const max = max_values ?? most;
  if (new Set(values).size < values.length) throw new Error(`${what} takes each value once`);
  if (values.length >= min && values.length <= max) return;
  throw new Error(`${what} takes ${min === max ? min : `${min} to ${max}`} values, not ${values.length}`);
}

/**
 * Finds what was chosen in a menu of users (5), roles (6), both (7) or channels (8).
 * @param what names the menu in the error
 * @throws Error for an id of something else, and for a channel that the menu does not list
 */
export function findChosen(
  world: World,
  acting: Actor,
  menu: Menu,
  what: string,
  ids: readonly string[],
): ChosenObjects {
  const { type } = menu;
  const { guild } = acting.channel;
  const found: ChosenObjects = { users: [], channels: [], roleIds: [] };
  const roleIds = guild === null ? [] : rolesJson(world, guild).map(({ id }) => id);
  for (const id of ids) {
    const user = type === 5 || type === 7 ? world.users.get(id) : undefined;
    const channel = type === 8 ? world.channels.get(id) : undefined;
    if (channel && !isListed(acting, menu, channel)) throw new Error(`${what} does not list ${channel.name}`);
    if (user) found.users.push(user);
    else if (channel) found.channels.push(channel);
    else if ((type === 6 || type === 7) && roleIds.includes(id)) found.roleIds.push(id);
    else throw new Error(`${what} takes ids of ${KINDS[type]}, not ${id}`);
  }
  return found;
}

/**
 * Whether a menu of channels lists this one: it is of the server and of one of the menu's `channel_types` (Discord docs,
 * Component Reference, Channel Select), and the person sees it.
 */
export function isListed(acting: Actor, { channel_types: types = [] }: Pick<Menu, 'channel_types'>, channel: Channel) {
  const isType = types.length === 0 || types.includes(channel.type);
  const isVisible = hasPermissions(acting.permissionsIn(channel), PermissionFlagsBits.ViewChannel);
  return isType && isVisible && channel.guild === acting.channel.guild;
}

const KINDS: Readonly<Record<number, string>> = { 5: 'users', 6: 'roles', 7: 'users and roles', 8: 'channels' };

/** Whether a value is a file. */
export function isAttachment(value: unknown): value is Attachment {
  return typeof value === 'object' && value !== null && 'filename' in value;
}
