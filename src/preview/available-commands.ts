// Which commands a person may use in a channel, and why not the others.
import { PermissionFlagsBits } from 'discord.js';
import { commandsForChannel } from './command-data.ts';
import type { CommandRegistry, RegisteredCommand } from './command-registry.ts';
import { hasPermissions } from './permissions.ts';
import type { Person } from './person.ts';
import type { CommandOption } from './schema/command.ts';

const ADMINISTRATOR = PermissionFlagsBits.Administrator;

/** The command lines that a person may use here, such as `faq-pin add`, with their descriptions. */
export function availableCommandLines(
  registry: CommandRegistry,
  person: Person,
): { name: string; description: string }[] {
  return availableCommands(registry, person).flatMap((command) => {
    if (command.type !== 1) return [];
    return commandLines(command.name, command.description, command.options ?? []);
  });
}

/** The commands of the message menu that a person may use here. */
export function availableMessageCommands(registry: CommandRegistry, person: Person): string[] {
  return availableCommands(registry, person)
    .filter(({ type }) => type === 3)
    .map(({ name }) => name);
}

/** Why a typed line is no command that this person can send here. */
export function explainUnavailable(registry: CommandRegistry, person: Person, text: string): string {
  const typed = text.trim();
  const { channel, user } = person;
  const [name = ''] = typed.slice(1).split(/\s/);
  const isNamed = (command: RegisteredCommand) => command.type === 1 && command.name === name;
  const here = commandsForChannel(registry, channel).find(isNamed);
  if (here && !mayUse(here, person))
    return `Discord shows /${name} only to those who have the permission ${permissionNames(here)} here. ${user.name} does not have it`;
  if (!here && registry.all().some(isNamed))
    return `/${name} cannot be used here, only in ${channel.guild === null ? 'servers' : 'other places'}`;
  const longer = availableCommandLines(registry, person).filter((line) =>
    `/${line.name}`.startsWith(here ? `/${name} ` : typed),
  );
  if (longer.length === 0) return `${typed} is no command here`;
  return `${typed} is no whole command. There are: ${longer.map((line) => `/${line.name}`).join(', ')}`;
}

function availableCommands(registry: CommandRegistry, person: Person): RegisteredCommand[] {
  return commandsForChannel(registry, person.channel).filter((command) => mayUse(command, person));
}

/** Discord hides a command from those who lack its default permissions; "0" leaves it to administrators. */
function mayUse({ default_member_permissions: needed }: RegisteredCommand, person: Person): boolean {
  if (needed === undefined || person.channel.guild === null) return true;
  const permissions = person.permissionsIn(person.channel);
  return hasPermissions(permissions, needed === '0' ? ADMINISTRATOR : BigInt(needed));
}

/** As Discord's settings name them: `Manage Messages`. */
function permissionNames({ default_member_permissions: needed = '0' }: RegisteredCommand): string {
  const bits = needed === '0' ? ADMINISTRATOR : BigInt(needed);
  return Object.entries(PermissionFlagsBits)
    .filter(([, bit]) => (bits & bit) !== 0n)
    .map(([name]) => name.replace(/(?<=[a-z])(?=[A-Z])/g, ' '))
    .join(', ');
}

function commandLines(
  name: string,
  description: string,
  options: readonly CommandOption[],
): { name: string; description: string }[] {
  const branches = options.filter(({ type }) => type <= 2);
  if (branches.length === 0) return [{ name, description }];
  return branches.flatMap((branch) =>
    commandLines(`${name} ${branch.name}`, branch.description, 'options' in branch ? (branch.options ?? []) : []),
  );
}
