// Compares the commands registered at Discord with the bot's own.
import { ApplicationCommandType, RESTJSONErrorCodes as Code, Routes } from 'discord.js';
import { z } from 'zod';
import { definitionsFor } from '../../commands/index.ts';
import type { Config } from '../config.ts';
import { discordErrorCode } from '../discord/errors.ts';
import { inviteLink } from '../discord/invite.ts';
import { commandDifferences } from '../discord/register.ts';
import type { Content } from '../guide/model.ts';
import type { DiscordClient } from './discord-client.ts';
import { CheckError, type DoctorFinding, hint, pass, plural, problem } from './finding.ts';
import { oneLine, withoutCredentials } from './redact.ts';
import type { UserGuild } from './servers.ts';

/** Without DISCORD_GUILD_ID, servers are checked for leftovers of an earlier one if the bot is in at most this many. */
const MAX_SERVERS_CHECKED = 5;

/** The types that the bot registers. Others are created by Discord, such as an Activity's Entry Point command. */
const { ChatInput: SLASH, Message: MESSAGE_COMMAND } = ApplicationCommandType;

const RegisteredCommands = z.array(z.looseObject({ name: z.string(), type: z.number().optional() }));
type RegisteredCommands = z.infer<typeof RegisteredCommands>;

interface CommandCheckOptions {
  readonly config: Config;
  readonly content: Content;
  readonly applicationId: string;
  readonly servers: readonly UserGuild[];
}

/** Checks whether the commands are registered as defined, and whether any is shown twice. @throws {CheckError} */
export async function checkCommands(discord: DiscordClient, check: CommandCheckOptions): Promise<DoctorFinding[]> {
  const { config, content, applicationId, servers } = check;
  const query = { with_localizations: 'true' };
  const global = await discord.get(Routes.applicationCommands(applicationId), RegisteredCommands, query);
  /** Undefined if the bot was added without the scope for commands. */
  const guildCommands = (guildId: string): Promise<RegisteredCommands | undefined> =>
    discord
      .get(Routes.applicationGuildCommands(applicationId, guildId), RegisteredCommands, query)
      .catch((error: unknown) => {
        if (error instanceof CheckError && discordErrorCode(error.cause) === Code.MissingAccess) return undefined;
        throw error;
      });
  const definitions = definitionsFor(content);
  if (config.guildId === undefined) {
    const duplicates: DoctorFinding[] = [];
    for (const server of servers.length <= MAX_SERVERS_CHECKED ? servers : [])
      duplicates.push(...checkDuplicates(global, (await guildCommands(server.id)) ?? [], server, check));
    return [compareCommands(global, definitions, undefined), ...duplicates];
  }
  const { guildId } = config;
  // If the bot isn't in that server, the check of servers reports it.
  const server = servers.find(({ id }) => id === guildId);
  if (!server) return [];
  const own = await guildCommands(guildId);
  if (!own) {
    const text = `the bot is not allowed to have commands in ${oneLine(server.name)} (${guildId})`;
    return [problem('commands', text, `Add the bot again, with commands: ${inviteLink(applicationId)}`)];
  }
  return [compareCommands(own, definitions, guildId), ...checkDuplicates(global, own, server, check)];
}

function compareCommands(
  registered: RegisteredCommands,
  definitions: Parameters<typeof commandDifferences>[1],
  guildId: string | undefined,
): DoctorFinding {
  const comparable = registered.filter(({ type = SLASH }) => type <= MESSAGE_COMMAND);
  const { missing, different, leftOver } = commandDifferences(comparable, definitions, guildId);
  const where = guildId === undefined ? 'globally' : 'in the server DISCORD_GUILD_ID';
  const lines = [
    ...(missing.length > 0 ? [`missing: ${joinNames(missing)}`] : []),
    ...(different.length > 0 ? [`different: ${joinNames(different)}`] : []),
    ...(leftOver.length > 0 ? [`left over: ${joinNames(leftOver)}`] : []),
  ];
  if (lines.length === 0) return pass('commands', `all ${definitions.length} are registered ${where} and up to date`);
  return problem(
    'commands',
    `those registered ${where} do not match this version`,
    '"npm start" registers them. Then restart the Discord app (Ctrl+R) to see them.',
    lines,
  );
}

/** A server shows its own commands in addition to the global ones. */
function checkDuplicates(
  global: RegisteredCommands,
  own: RegisteredCommands,
  { id, name }: Pick<UserGuild, 'id' | 'name'>,
  { config, applicationId }: CommandCheckOptions,
): DoctorFinding[] {
  const names = new Set(global.map((command) => command.name));
  const duplicates = own.filter((command) => names.has(command.name));
  if (duplicates.length === 0) return [];
  const address = `${withoutCredentials(config.apiUrl)}/v10${Routes.applicationGuildCommands(applicationId, id)}`;
  const first = config.guildId === undefined ? '' : 'Unset DISCORD_GUILD_ID and run "npm start" first. ';
  return [
    hint(
      'commands',
      `${plural(duplicates.length, 'command')} shown twice in ${oneLine(name)} (${id}): registered globally and in that server`,
      `${first}Remove the server’s commands (replace TOKEN with the bot’s token): curl -X PUT -H "Authorization: Bot TOKEN" -H "Content-Type: application/json" -d "[]" ${address}`,
    ),
  ];
}

const joinNames = (names: readonly string[]): string => names.map(oneLine).join(', ');
