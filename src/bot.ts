// The bot put together: content, commands, REST, and one transport.
import { setTimeout as sleep } from 'node:timers/promises';
import { REST } from 'discord.js';
import type { Logger } from 'pino';
import { commandsFor, responders } from '../commands/index.ts';
import { type Config, DEFAULT_PORT } from './config.ts';
import type { ContentFolder } from './content-folder.ts';
import type { Answer } from './discord/answer.ts';
import { openAsking } from './discord/asking.ts';
import { type Callbacks, openCallbacks } from './discord/callback.ts';
import type { Bot, Command } from './discord/command.ts';
import { isUnauthorized, TokenError } from './discord/errors.ts';
import { type Listeners, openGateway } from './discord/gateway.ts';
import { createApp, type Listening, listen } from './discord/http.ts';
import { createEndpoint } from './discord/interactions-endpoint.ts';
import { inviteLink } from './discord/invite.ts';
import { type LivingPins, openLivingPins } from './discord/living-pins.ts';
import { type Membership, openMembership } from './discord/membership.ts';
import { type Answering, createAnswering } from './discord/messages.ts';
import { type Metrics, openMetrics } from './discord/metrics.ts';
import { registerCommands } from './discord/register.ts';
import { getApplication } from './discord/requests.ts';
import { createResponding, type Responding } from './discord/respond.ts';
import { createRouter } from './discord/router.ts';
import { checkSignatures } from './discord/signature.ts';
import { lostButton } from './discord/walk-buttons.ts';
import { openReplyBook, type ReplyBook } from './faq/book.ts';
import { openCounters } from './faq/counters.ts';
import { DEFAULT_LOCALE } from './guide/model.ts';
import { editionFor } from './guide/walk.ts';
import { openStore, type Store } from './store/store.ts';

/** In-flight answers get this long when the bot is asked to end. */
const CLOSING_MS = 4000;
/** A gateway that is still connecting does not end when it is told to. */
const DISCONNECTING_MS = 700;
const REST_OPTIONS = { version: '10', timeout: 10_000, retries: 3 } as const;

export type LiveConfig = Config & { readonly token: string };

export interface RunningBot {
  readonly applicationId: string;
  /** Where the health check (and with TRANSPORT=http the interactions endpoint) listens, if anywhere. */
  readonly url: string | undefined;
  /** Answers what is in flight and closes everything. */
  stop(): Promise<void>;
}

/**
 * Starts the bot and resolves when it can answer. Connecting, registering and reading the content go side by side.
 * @param opening the content, which may still be being read
 * @throws {ContentError} where the content has errors
 * @throws {TokenError} where Discord refuses the token
 * @throws {PortError} where a port that it was told to use cannot be had
 */
export async function startBot(config: LiveConfig, log: Logger, opening: Promise<ContentFolder>): Promise<RunningBot> {
  const restOptions = { ...REST_OPTIONS, api: config.apiUrl };
  const rest = new REST(restOptions).setToken(config.token);
  const callbacks = openCallbacks(config.apiUrl, log);
  const store = openStore(config.databaseUrl, { log });
  const serving = opening.then((folder) => serve(folder, store, rest, config, log));
  const gateway =
    config.transport === 'gateway'
      ? openGateway(restOptions, config.shards, listeners(callbacks, serving, log), log)
      : undefined;
  let listening: Listening | undefined;
  const stop = async () => {
    const served = await serving.catch(() => undefined);
    served?.folder.close();
    await served?.responding.settled(CLOSING_MS);
    await Promise.all([served?.pins.close(), served?.membership?.close(), served?.bot.counters.close()]);
    served?.book.close();
    const closing = Promise.all([gateway?.close(), listening?.close(), callbacks.close(), store.close()]);
    await Promise.race([closing, sleep(DISCONNECTING_MS, undefined, { ref: false })]);
  };
  try {
    const [application, served] = await Promise.all([getApplication(rest), serving, gateway?.connect(config.token)]);
    served.answerMessage = createAnswering(application.id, served.bot);
    await register(served, rest, application.id, config.guildId, log);
    listening = await listenFor(config, served);
    if (config.transport === 'gateway' && application.interactions_endpoint_url)
      log.warn(
        'no interaction will come: Discord sends them to the Interactions Endpoint URL. npm run doctor says more',
      );
    const { version } = served.folder.current;
    log.info({ transport: config.transport, content: version, url: listening?.url }, 'ready');
    log.info(`invite: ${inviteLink(application.id)}`);
    served.prepare();
    served.membership = openMembership({ ...served.bot, applicationId: application.id });
    return { applicationId: application.id, url: listening?.url, stop };
  } catch (error) {
    await stop();
    throw isUnauthorized(error) ? new TokenError(error) : error;
  }
}

/** What answers, once there is content. */
interface Serving {
  readonly folder: ContentFolder;
  readonly responding: Responding;
  readonly metrics: Metrics;
  readonly book: ReplyBook;
  readonly pins: LivingPins;
  readonly bot: Bot;
  /** Answers messages, once the bot knows its own id. */
  answerMessage?: Answering;
  /** Looks after servers that the bot has left, from then on too. */
  membership?: Membership;
  /** Begins to prepare the search; it can wait until the bot is ready. */
  prepare(): void;
}

function serve(folder: ContentFolder, store: Store, rest: REST, { apiUrl }: Config, log: Logger): Serving {
  let commands = commandsFor(folder.current);
  const namesOf = (list: readonly Command[]) => new Set(list.map(({ definition }) => definition.name));
  let names = namesOf(commands);
  const book = openReplyBook(store, { log });
  const counters = openCounters(store, { log });
  const asking = openAsking(log);
  const prepare = () => asking.prepare(editionFor(folder.current, DEFAULT_LOCALE), folder.model);
  const pins = openLivingPins({ rest, store, book, log, content: () => folder.current });
  folder.onSwap((content) => {
    commands = commandsFor(content);
    names = namesOf(commands);
    pins.followAll();
    prepare();
  });
  const bot: Bot = {
    get content() {
      return folder.current;
    },
    rest,
    apiUrl,
    store,
    book,
    pins,
    asking,
    counters,
    log,
  };
  const router = createRouter({ commands: () => commands, responders, lost: lostButton }, bot);
  const metrics = openMetrics(() => names, {
    contentVersion: () => folder.current.version,
    pinsBehind: () => pins.behind,
  });
  metrics.watch(rest);
  return { folder, metrics, responding: createResponding(router, rest, metrics, log), book, pins, bot, prepare };
}

/** Answers what comes over the gateway; what comes before the content is there waits for it. */
function listeners(callbacks: Callbacks, serving: Promise<Serving>, log: Logger): Listeners {
  let served: Serving | undefined;
  const missing = () => log.warn('something came, and there was no content to answer it with');
  const whenServed = (act: (served: Serving) => void) => {
    if (served) act(served);
    else serving.then(act).catch(missing);
  };
  serving.then(
    (one) => {
      served = one;
    },
    () => undefined,
  );
  return {
    onInteraction(interaction, receivedAt) {
      const deliver = (answer: Answer) => callbacks.send(interaction, answer, receivedAt);
      whenServed(({ responding }) => void responding.respond(interaction, deliver, receivedAt));
    },
    onMessage(message) {
      const failed = (error: unknown) => log.error({ err: error }, 'a message could not be answered');
      whenServed(({ answerMessage }) => void answerMessage?.(message).catch(failed));
    },
  };
}

/** Registers the commands now, and again when content brings other descriptions. */
async function register(
  { folder }: Serving,
  rest: REST,
  id: string,
  guildId: string | undefined,
  log: Logger,
): Promise<void> {
  const write = async () => {
    const definitions = commandsFor(folder.current).map(({ definition }) => definition);
    const isWritten = await registerCommands(rest, id, definitions, guildId);
    log.info({ commands: definitions.length }, isWritten ? 'commands registered' : 'commands are registered already');
  };
  await write();
  folder.onSwap(() => {
    write().catch((error) => log.error({ err: error }, 'the commands could not be registered again'));
  });
}

/** In gateway mode nothing listens unless a port is set. */
async function listenFor(config: LiveConfig, { folder, responding, metrics }: Serving): Promise<Listening | undefined> {
  const health = () => ({
    status: folder.isSound ? ('ok' as const) : ('degraded' as const),
    content: folder.current.version,
  });
  if (config.transport === 'http') {
    const endpoint = createEndpoint(checkSignatures(config.publicKey ?? ''), responding);
    return listen(createApp(health, metrics), config.host, config.port ?? DEFAULT_PORT, endpoint);
  }
  return config.port === undefined ? undefined : listen(createApp(health, metrics), config.host, config.port);
}
