// The bot put together: content, commands, REST, and one transport.
import { type APIInteraction, PermissionFlagsBits, REST } from 'discord.js';
import type { Logger } from 'pino';
import { commandsFor, responders } from '../commands/index.ts';
import { type Config, DEFAULT_PORT } from './config.ts';
import { openFolder } from './content-folder.ts';
import type { Answer } from './discord/answer.ts';
import { openCallbacks } from './discord/callback.ts';
import type { Bot } from './discord/command.ts';
import { isUnauthorized, TokenError } from './discord/errors.ts';
import { openGateway } from './discord/gateway.ts';
import { createApp, type Listening, listen } from './discord/http.ts';
import { registerCommands } from './discord/register.ts';
import { pageLimits } from './discord/render.ts';
import { getApplication } from './discord/requests.ts';
import { createResponding } from './discord/respond.ts';
import { createRouter } from './discord/router.ts';
import { checkSignatures } from './discord/signature.ts';
import { lostButton } from './discord/walk-buttons.ts';

/** What the bot needs where it posts: to see the channel, write, embed, read back, pin. */
export const INVITE_PERMISSIONS =
  PermissionFlagsBits.ViewChannel |
  PermissionFlagsBits.SendMessages |
  PermissionFlagsBits.SendMessagesInThreads |
  PermissionFlagsBits.EmbedLinks |
  PermissionFlagsBits.AttachFiles |
  PermissionFlagsBits.ReadMessageHistory |
  PermissionFlagsBits.PinMessages;

/** In-flight answers get this long when the bot is asked to end. */
const CLOSING_MS = 4000;
const REST_OPTIONS = { version: '10', timeout: 10_000, retries: 3 } as const;

export interface RunningBot {
  readonly applicationId: string;
  /** Where the health check (and with TRANSPORT=http the interactions endpoint) listens, if anywhere. */
  readonly url: string | undefined;
  /** Answers what is in flight and closes everything. */
  stop(): Promise<void>;
}

/**
 * Starts the bot and resolves when it can answer.
 * @throws {ContentError} where the content has errors
 * @throws {TokenError} where Discord refuses the token
 * @throws {PortError} where a port that it was told to use cannot be had
 */
export async function startBot(config: Config & { token: string }, log: Logger): Promise<RunningBot> {
  const folder = await openFolder(config.contentDir, pageLimits, log);
  const restOptions = { ...REST_OPTIONS, api: config.apiUrl };
  const rest = new REST(restOptions).setToken(config.token);
  const callbacks = openCallbacks(config.apiUrl, log);
  let commands = commandsFor(folder.current);
  const bot: Bot = {
    get content() {
      return folder.current;
    },
    rest,
    log,
  };
  const router = createRouter({ commands: () => commands, responders, lost: lostButton }, bot);
  const responding = createResponding(router, rest, log);
  const health = () => ({
    status: folder.isSound ? ('ok' as const) : ('degraded' as const),
    content: folder.current.version,
  });

  const register = async (applicationId: string) => {
    const definitions = commands.map(({ definition }) => definition);
    const isWritten = await registerCommands(rest, applicationId, definitions, config.guildId);
    log.info({ commands: definitions.length }, isWritten ? 'commands registered' : 'commands are registered already');
  };
  const identify = async () => {
    const application = await getApplication(rest);
    await register(application.id);
    return application.id;
  };

  let listening: Listening | undefined;
  let gateway: ReturnType<typeof openGateway> | undefined;
  const close = async () => {
    folder.close();
    await responding.settled(CLOSING_MS);
    await Promise.all([gateway?.close(), listening?.close()]);
    await callbacks.close();
  };
  try {
    if (config.transport === 'http') {
      const signatures = checkSignatures(config.publicKey ?? '');
      listening = await listen(createApp(health, { signatures, responding }), config.host, config.port ?? DEFAULT_PORT);
    } else if (config.port !== undefined) listening = await listen(createApp(health), config.host, config.port);
    if (config.transport === 'gateway') {
      gateway = openGateway(
        restOptions,
        (interaction: APIInteraction, receivedAt: number) => {
          const deliver = (answer: Answer) => callbacks.send(interaction, answer, receivedAt);
          void responding.respond(interaction, deliver);
        },
        log,
      );
    }
    const [applicationId] = await Promise.all([identify(), gateway?.connect(config.token)]);
    folder.onSwap((content) => {
      commands = commandsFor(content);
      register(applicationId).catch((error) => log.error({ err: error }, 'the commands could not be registered again'));
    });
    log.info({ transport: config.transport, content: folder.current.version, url: listening?.url }, 'ready');
    log.info(`invite: ${inviteLink(applicationId)}`);
    return { applicationId, url: listening?.url, stop: close };
  } catch (error) {
    await close();
    throw isUnauthorized(error) ? new TokenError(error) : error;
  }
}

/** The address at which a server's admin adds the bot. */
export function inviteLink(applicationId: string): string {
  const query = new URLSearchParams({
    client_id: applicationId,
    scope: 'bot applications.commands',
    permissions: String(INVITE_PERMISSIONS),
  });
  return `https://discord.com/oauth2/authorize?${query}`;
}
