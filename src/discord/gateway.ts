// The gateway transport: discord.js holds the connection, interactions are read as they come over the wire.
import {
  type APIInteraction,
  Client,
  DiscordjsError,
  DiscordjsErrorCodes,
  Events,
  GatewayDispatchEvents,
  Options,
  type RESTOptions,
} from 'discord.js';
import type { Logger } from 'pino';
import { TokenError } from './errors.ts';

export interface Gateway {
  readonly client: Client;
  /** Resolves when Discord has said READY. @throws {TokenError} for a token that Discord refuses */
  connect(token: string): Promise<void>;
  close(): Promise<void>;
}

/** What interactions bring along and discord.js would keep. Caches of guilds, channels and roles cannot be left out. */
const NO_CACHES = {
  GuildMemberManager: 0,
  MessageManager: 0,
  ThreadManager: 0,
  ThreadMemberManager: 0,
  UserManager: 0,
};

/** Interactions of the last minutes by id: after a resume Discord may send one twice. */
const REMEMBERED = 5000;

/**
 * Opens the gateway with no intent at all: interactions come without any (Discord docs, Gateway, "Gateway Intents").
 * Nothing more is cached than discord.js must, for every interaction carries what its answer needs.
 */
export function openGateway(
  rest: Partial<RESTOptions>,
  onInteraction: (interaction: APIInteraction, receivedAt: number) => void,
  log: Logger,
): Gateway {
  const client = new Client({
    intents: [],
    rest,
    makeCache: Options.cacheWithLimits(NO_CACHES),
  });
  const seen = new Set<string>();
  client.ws.on(GatewayDispatchEvents.InteractionCreate, (interaction: APIInteraction) => {
    if (!interaction?.id || seen.has(interaction.id)) return;
    seen.add(interaction.id);
    if (seen.size > REMEMBERED)
      for (const id of seen) {
        seen.delete(id);
        break;
      }
    onInteraction(interaction, performance.now());
  });
  client.on(Events.Warn, (message) => log.warn(message));
  client.on(Events.Error, (error) =>
    log.error({ err: error }, 'the gateway connection failed; discord.js connects again'),
  );
  client.on(Events.ShardDisconnect, ({ code }) =>
    log.error({ code }, 'Discord closed the gateway connection for good'),
  );
  client.on(Events.ShardReconnecting, () => log.info('connecting to the gateway again'));
  return {
    client,
    async connect(token) {
      const ready = new Promise<void>((done) => client.once(Events.ClientReady, () => done()));
      await client.login(token).catch((error) => {
        throw error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid
          ? new TokenError(error)
          : error;
      });
      await ready;
    },
    close: () => client.destroy(),
  };
}
