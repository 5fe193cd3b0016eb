// The commands that a person can use in a channel, and why others are unavailable.
import { PermissionFlagsBits } from 'discord-api-types/v10';
import { commandsForChannel } from './command-data.ts';
import type { CommandRegistry, RegisteredCommand } from './command-registry.ts';
import { hasPermissions } from './permissions.ts';
import type { Person } from './person.ts';
import type { CommandOption } from './schema/command.ts';

const ADMINISTRATOR = PermissionFlagsBits.Administrator;

/** The command lines that a person can use here, such as `faq-pin add`, described in the person's language. */
export function availableCommandLines(
  registry: CommandRegistry,
  person: Person,
): { name: string; description: string }[] {
  return availableCommands(registry, person).flatMap((command) => {
    if (command.type !== 1) return [];
    return commandLines(command.name, descriptionIn(command, person.locale), command.options ?? [], person.locale);
  });
}

/** The names of the message commands that a person can use here. */
export function availableMessageCommands(registry: CommandRegistry, person: Person): string[] {
  return availableCommands(registry, person)
    .filter(({ type }) => type === 3)
    .map(({ name }) => name);
}

/** Explains why a typed line is not a command that this person can send here. */
export function explainUnavailable(registry: CommandRegistry, person: Person, text: string): string {
  const typed = text.trim();
  const { channel, user } = person;
  const [name = ''] = typed.slice(1).split(/\s/);
  const hasName = (each: RegisteredCommand) => each.type === 1 && each.name === name;
  const command = commandsForChannel(registry, channel).find(hasName);
  if (command && !canUse(command, person))
    return `Discord shows /${name} only to members with the permission ${permissionNames(command)}, which ${user.name} does not have here`;
  if (!command && registry.all().some(hasName))
    return `/${name} can't be used here, only in ${channel.guild === null ? 'servers' : 'other channels'}`;
  const longer = availableCommandLines(registry, person).filter((line) =>
    `/${line.name}`.startsWith(command ? `/${name} ` : typed),
  );
  if (longer.length === 0) return `${typed} is not a command here`;
  return `${typed} is not a complete command. Try ${longer.map((line) => `/${line.name}`).join(', ')}`;
}

/** The description that Discord shows in a language (Discord docs, Application Commands, Localization). */
export const descriptionIn = (
  {
    description,
    description_localizations: localizations,
  }: Pick<CommandOption, 'description' | 'description_localizations'>,
  locale: string,
): string => localizations?.[locale] ?? description;

function availableCommands(registry: CommandRegistry, person: Person): RegisteredCommand[] {
  return commandsForChannel(registry, person.channel).filter((command) => canUse(command, person));
}

/**
 * Discord hides a command from those who lack its default permissions, unless the server has allowed it one of their
 * roles; "0" leaves it to administrators.
 */
function canUse({ default_member_permissions: needed }: RegisteredCommand, person: Person): boolean {
  const { guild } = person.channel;
  if (needed === undefined || guild === null) return true;
  const roles = guild.members.get(person.user.id)?.roles ?? [];
  const allowed = [...roles].map((id) => guild.allowedCommands.get(id) ?? 0n);
  return [person.permissionsIn(person.channel), ...allowed].some((permissions) =>
    hasPermissions(permissions, needed === '0' ? ADMINISTRATOR : BigInt(needed)),
  );
}

/** Names that Discord's settings do not write as the API does. */
const SHOWN_NAMES: Readonly<Record<string, string>> = { ManageGuild: 'Manage Server' };

/** The names in Discord's settings, such as `Manage Messages`. */
function permissionNames({ default_member_permissions: needed = '0' }: RegisteredCommand): string {
  const bits = needed === '0' ? ADMINISTRATOR : BigInt(needed);
  return Object.entries(PermissionFlagsBits)
    .filter(([, bit]) => (bits & bit) !== 0n)
    .map(([name]) => SHOWN_NAMES[name] ?? name.replace(/(?<=[a-z])(?=[A-Z])/g, ' '))
    .join(', ');
}

/** A group without subcommands can't be used, so it is not shown. */
function commandLines(
  name: string,
  description: string,
  options: readonly CommandOption[],
  locale: string,
): { name: string; description: string }[] {
  const branches = options.filter(({ type }) => type <= 2);
  if (branches.length === 0) return [{ name, description }];
  return branches.flatMap((branch) => {
    const inner = 'options' in branch ? (branch.options ?? []) : [];
    if (branch.type === 2 && inner.length === 0) return [];
    return commandLines(`${name} ${branch.name}`, descriptionIn(branch, locale), inner, locale);
  });
}
