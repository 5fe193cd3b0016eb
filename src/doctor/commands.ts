// The commands that Discord has, against those of the bot.
import { ApplicationCommandType, RESTJSONErrorCodes as Code, Routes } from 'discord.js';
import { z } from 'zod';
import { definitionsFor } from '../../commands/index.ts';
import type { Config } from '../config.ts';
import { discordErrorCode } from '../discord/errors.ts';
import { inviteLink } from '../discord/invite.ts';
import { commandDifferences } from '../discord/register.ts';
import type { Content } from '../guide/model.ts';
import type { Discord } from './discord.ts';
import { counted, type DoctorFinding, hint, pass, problem, Unanswered } from './finding.ts';
import { oneLine, withoutCredentials } from './foreign.ts';
import type { UserGuild } from './servers.ts';

/** Without DISCORD_GUILD_ID, this many servers are asked for commands of their own: small bots were tried out in one. */
const ASKED_SERVERS = 5;

/** The kinds that a bot registers. Others are Discord's own, such as the Entry Point command of an Activity. */
const { ChatInput: SLASH, Message: MESSAGE_MENU } = ApplicationCommandType;

const Registered = z.array(z.looseObject({ name: z.string(), type: z.number().optional() }));
type Registered = z.infer<typeof Registered>;

export interface CommandCheck {
  readonly config: Config;
  readonly content: Content;
  readonly applicationId: string;
  readonly servers: readonly UserGuild[];
}

/** Whether they are registered as the code has them, and whether any show twice. @throws {Unanswered} */
export async function checkCommands(discord: Discord, check: CommandCheck): Promise<DoctorFinding[]> {
  const { config, content, applicationId, servers } = check;
  const query = { with_localizations: 'true' };
  const everywhere = await discord.get(Routes.applicationCommands(applicationId), Registered, query);
  /** Undefined where the bot was added without the scope for commands. */
  const ownOf = (guildId: string): Promise<Registered | undefined> =>
    discord.get(Routes.applicationGuildCommands(applicationId, guildId), Registered, query).catch((error: unknown) => {
      if (error instanceof Unanswered && discordErrorCode(error.cause) === Code.MissingAccess) return undefined;
      throw error;
    });
  const definitions = definitionsFor(content);
  if (config.guildId === undefined) {
    const twice: DoctorFinding[] = [];
    for (const server of servers.length <= ASKED_SERVERS ? servers : [])
      twice.push(...checkTwice(everywhere, (await ownOf(server.id)) ?? [], server, check));
    return [compare(everywhere, definitions, undefined), ...twice];
  }
  const { guildId } = config;
  // Where the bot is not, that is told already.
  const server = servers.find(({ id }) => id === guildId);
  if (!server) return [];
  const own = await ownOf(guildId);
  if (!own) {
    const text = `the bot may not have commands in ${oneLine(server.name)} (${guildId})`;
    return [problem('commands', text, `Add the bot once more, with commands: ${inviteLink(applicationId)}`)];
  }
  return [compare(own, definitions, guildId), ...checkTwice(everywhere, own, server, check)];
}

function compare(
  registered: Registered,
  definitions: Parameters<typeof commandDifferences>[1],
  guildId: string | undefined,
): DoctorFinding {
  const comparable = registered.filter(({ type = SLASH }) => type <= MESSAGE_MENU);
  const { missing, different, leftOver } = commandDifferences(comparable, definitions, guildId);
  const where = guildId === undefined ? 'everywhere' : 'in the server of DISCORD_GUILD_ID';
  const lines = [
    ...(missing.length > 0 ? [`missing: ${listed(missing)}`] : []),
    ...(different.length > 0 ? [`registered otherwise: ${listed(different)}`] : []),
    ...(leftOver.length > 0 ? [`left over: ${listed(leftOver)}`] : []),
  ];
  if (lines.length === 0)
    return pass('commands', `all ${definitions.length} are registered as this version has them, ${where}`);
  return problem(
    'commands',
    `not registered as this version has them, ${where}`,
    '"npm start" registers them. Discord then shows them after a restart of its app (Ctrl+R).',
    lines,
  );
}

/** A server shows its own commands beside the global ones. */
function checkTwice(
  everywhere: Registered,
  own: Registered,
  { id, name }: Pick<UserGuild, 'id' | 'name'>,
  { config, applicationId }: CommandCheck,
): DoctorFinding[] {
  const names = new Set(everywhere.map((command) => command.name));
  const twice = own.filter((command) => names.has(command.name));
  if (twice.length === 0) return [];
  const address = `${withoutCredentials(config.apiUrl)}/v10${Routes.applicationGuildCommands(applicationId, id)}`;
  const first = config.guildId === undefined ? '' : 'Set DISCORD_GUILD_ID to nothing, run "npm start", then ';
  return [
    hint(
      'commands',
      `${counted(twice.length, 'command')} show twice in ${oneLine(name)} (${id}): registered everywhere, and in that server alone`,
      `${first}${first === '' ? 'R' : 'r'}emove the server’s own, with the token in place of TOKEN: curl -X PUT -H "Authorization: Bot TOKEN" -H "Content-Type: application/json" -d "[]" ${address}`,
    ),
  ];
}

const listed = (names: readonly string[]): string => names.map(oneLine).join(', ');
