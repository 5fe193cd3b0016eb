// Registers commands with one bulk PUT, only if something differs. `registration.ts` is the job that calls it.
import { ApplicationCommandType, type REST, type RESTPostAPIApplicationCommandsJSONBody, Routes } from 'discord.js';
import { z } from 'zod';
import { compareText } from '../compare-text.ts';
import { type CommandIds, NO_COMMAND_IDS } from '../i18n/command-mentions.ts';
import { UnexpectedAnswerError } from './errors.ts';

type Definition = RESTPostAPIApplicationCommandsJSONBody;

/** What Discord lists. Only these fields are checked; the others are kept. */
const Registered = z.array(
  z.looseObject({
    id: z.string().optional(),
    name: z.string(),
    type: z.number().default(ApplicationCommandType.ChatInput),
  }),
);

/** Types that the bot manages. It has no user commands: registered ones are left over and get deleted. */
const OWN_TYPES: readonly number[] = [
  ApplicationCommandType.ChatInput,
  ApplicationCommandType.User,
  ApplicationCommandType.Message,
];

export interface RegisteredCommands {
  /** Whether Discord had other commands before. */
  readonly isWritten: boolean;
  /** Empty if they were written, and Discord's answer could not be read. */
  readonly ids: CommandIds;
}

/**
 * Registers the commands if those at Discord differ. The bulk PUT keeps commands whose names stay the same; a command
 * that is renamed or missing loses the permissions that server admins set for it, so nothing is deleted first. Commands
 * of other types, such as the Entry Point that Discord creates for an application with Activities, are sent back
 * unchanged: Discord refuses a bulk PUT without it with 50240 (Discord docs, Application Commands, "Entry Point
 * Commands").
 * @param guildId registers in this server only (immediately, for trying out), without the fields for global commands
 * @throws {UnexpectedAnswerError} if the list is not Discord's
 */
export async function registerCommands(
  rest: REST,
  applicationId: string,
  definitions: readonly Definition[],
  guildId?: string,
): Promise<RegisteredCommands> {
  const route = guildId
    ? Routes.applicationGuildCommands(applicationId, guildId)
    : Routes.applicationCommands(applicationId);
  const wanted = wantedIn(definitions, guildId);
  const query = new URLSearchParams({ with_localizations: 'true' });
  const parsed = Registered.safeParse(await rest.get(route, { query }));
  if (!parsed.success) throw new UnexpectedAnswerError('GET /applications/:id/commands');
  const foreign = parsed.data.filter(({ type }) => !OWN_TYPES.includes(type));
  const own = parsed.data.filter(({ type }) => OWN_TYPES.includes(type));
  if (describe(own) === describe(wanted)) return { isWritten: false, ids: idsOf(own) };
  const written = Registered.safeParse(await rest.put(route, { body: [...wanted, ...foreign] }));
  return { isWritten: true, ids: written.success ? idsOf(written.data) : NO_COMMAND_IDS };
}

/** The ids of the slash commands: no others can be mentioned (Discord docs, Reference, "Message Formatting"). */
function idsOf(commands: z.infer<typeof Registered>): CommandIds {
  const chatInput = commands.filter(({ type }) => type === ApplicationCommandType.ChatInput);
  return new Map(chatInput.flatMap(({ id, name }) => (id === undefined ? [] : [[name, id]])));
}

interface CommandDifferences {
  /** Names of commands that are not registered. */
  readonly missing: readonly string[];
  /** Names of commands that are registered with other descriptions, options or permissions. */
  readonly different: readonly string[];
  /** Names of registered commands that the bot does not have. */
  readonly leftOver: readonly string[];
}

/**
 * How the registered commands differ from the bot's: empty lists if registering would write nothing.
 * @param registered what Discord lists, with localizations
 * @param guildId the server whose own commands they are; undefined for the global ones
 */
export function commandDifferences(
  registered: readonly NamedCommand[],
  definitions: readonly Definition[],
  guildId?: string,
): CommandDifferences {
  const wanted = new Map(wantedIn(definitions, guildId).map((one) => [keyOf(one), one]));
  const found = new Map(registered.map((one) => [keyOf(one), one]));
  const others = [...wanted].filter(([key, one]) => {
    const there = found.get(key);
    return there !== undefined && describe([there]) !== describe([one]);
  });
  return {
    missing: [...wanted].filter(([key]) => !found.has(key)).map(([, { name }]) => name),
    different: others.map(([, { name }]) => name),
    leftOver: [...found]
      .filter(([key, { type = 1 }]) => !wanted.has(key) && OWN_TYPES.includes(type))
      .map(([, { name }]) => name),
  };
}

type NamedCommand = { readonly name: string; readonly type?: number | undefined };

/** Commands of different types may have the same name; without a type it is a slash command. */
const keyOf = ({ name, type = 1 }: NamedCommand): string => `${type} ${name}`;

const wantedIn = (definitions: readonly Definition[], guildId: string | undefined): readonly Definition[] =>
  guildId === undefined ? definitions : definitions.map(forGuild);

/** Contexts and install types are refused on a server's own commands. */
function forGuild({ contexts: _, integration_types: __, ...definition }: Definition): Definition {
  return definition;
}

/** Fields that Discord sets; they do not count as differences. */
const ASSIGNED = new Set([
  'id',
  'application_id',
  'guild_id',
  'version',
  'default_permission',
  'dm_permission',
  'handler',
]);

/** Commands as one text that ignores order, assigned ids and values that equal Discord's defaults. */
function describe(commands: readonly object[]): string {
  return JSON.stringify(
    commands
      .map((command) => normalize({ type: 1, ...command }))
      .sort((a, b) => compareText(JSON.stringify(a), JSON.stringify(b))),
  );
}

function normalize(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(normalize);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([key, one]) => !ASSIGNED.has(key) && !isDefault(one));
  return Object.fromEntries(entries.sort(([a], [b]) => compareText(a, b)).map(([key, one]) => [key, normalize(one)]));
}

function isDefault(value: unknown): boolean {
  if (value === null || value === undefined || value === false || value === '') return true;
  return Array.isArray(value) && value.length === 0;
}
