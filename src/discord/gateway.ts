// The gateway transport: discord.js holds the connection, events are read as they come over the wire.
import {
  type APIInteraction,
  Client,
  DiscordjsError,
  DiscordjsErrorCodes,
  Events,
  GatewayDispatchEvents,
  GatewayIntentBits,
  type GatewayMessageCreateDispatchData,
  Options,
  type RESTOptions,
} from 'discord.js';
import type { Logger } from 'pino';
import type { Shards } from '../config.ts';
import { TokenError } from './errors.ts';
import { openRecent } from './recent.ts';

export interface Gateway {
  /** Resolves when Discord has said READY. @throws {TokenError} for a token that Discord refuses */
  connect(token: string): Promise<void>;
  close(): Promise<void>;
}

export interface Listeners {
  onInteraction(interaction: APIInteraction, receivedAt: number): void;
  /** Messages that are written to the bot come with their text; of others Discord sends an empty one. */
  onMessage(message: GatewayMessageCreateDispatchData): void;
}

/** What events bring along and discord.js would keep. Caches of guilds, channels and roles cannot be left out. */
const NO_CACHES = {
  GuildMemberManager: 0,
  MessageManager: 0,
  ThreadManager: 0,
  ThreadMemberManager: 0,
  UserManager: 0,
};

/** Interactions of the last minutes by id: after a resume Discord may send one twice. */
const REMEMBERED = 5000;

/** Read here as payloads; discord.js would build objects of them that nobody uses, and fails on odd ones. */
const OURS: ReadonlySet<string> = new Set([
  GatewayDispatchEvents.InteractionCreate,
  GatewayDispatchEvents.MessageCreate,
  GatewayDispatchEvents.MessageUpdate,
  GatewayDispatchEvents.MessageDelete,
  GatewayDispatchEvents.MessageDeleteBulk,
]);

/**
 * Opens the gateway without any privileged intent. Interactions need none; messages need those of servers and DMs, and
 * without the privileged intent for their content Discord sends it only where the bot is mentioned or written to
 * (Discord docs, Gateway, "Message Content Intent").
 */
export function openGateway(
  rest: Partial<RESTOptions>,
  shards: Shards,
  { onInteraction, onMessage }: Listeners,
  log: Logger,
): Gateway {
  const client = new Client({
    intents: [GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages],
    rest,
    makeCache: Options.cacheWithLimits(NO_CACHES),
    ...(shards === 'auto' ? { shards } : { shards: [...shards.ids], shardCount: shards.count }),
  });
  keepFromDiscordJs(client);
  const seen = openRecent({ count: REMEMBERED });
  client.ws.on(GatewayDispatchEvents.InteractionCreate, (interaction: APIInteraction) => {
    if (!interaction?.id || !seen.isNew(interaction.id)) return;
    onInteraction(interaction, performance.now());
  });
  client.ws.on(GatewayDispatchEvents.MessageCreate, (message: GatewayMessageCreateDispatchData) => {
    if (message?.id && message.author) onMessage(message);
  });
  client.on(Events.Warn, (message) => log.warn(message));
  client.on(Events.Error, (error) => log.error({ err: error }, 'discord.js failed'));
  client.on(Events.ShardError, (error) => log.warn({ err: error }, 'the gateway connection failed; it is made again'));
  client.on(Events.ShardDisconnect, ({ code }) =>
    log.error({ code }, 'Discord closed the gateway connection for good'),
  );
  client.on(Events.ShardReconnecting, () => log.info('connecting to the gateway again'));
  return {
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

/**
 * Keeps our events from discord.js's own handlers. Its `handlePacket` is marked private: where a later version has it no
 * longer, everything goes on to work and only costs more.
 */
function keepFromDiscordJs(client: Client): void {
  const manager: object = client.ws;
  const handle: unknown = Reflect.get(manager, 'handlePacket');
  if (typeof handle !== 'function') return;
  Reflect.set(manager, 'handlePacket', (packet: { t?: string } | undefined, shard: unknown): unknown =>
    packet?.t !== undefined && OURS.has(packet.t) ? true : handle.call(manager, packet, shard),
  );
}
