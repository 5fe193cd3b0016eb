// The bot on Discord: connects it by the gateway or HTTP, starts it, and stops it in order.
import type { REST } from 'discord.js';
import type { Logger } from 'pino';
import { type App, createApp } from './app.ts';
import type { Clock } from './clock.ts';
import { type Config, DEFAULT_PORT } from './config.ts';
import type { ContentFolder } from './content/folder.ts';
import type { Answer } from './discord/answer.ts';
import { fetchApplication } from './discord/application.ts';
import { type Callbacks, openCallbacks } from './discord/callback.ts';
import type { EventListeners } from './discord/dispatch.ts';
import { type Gateway, openGateway } from './discord/gateway.ts';
import { createHttpApp, type Health, type Listening, listen } from './discord/http.ts';
import { createEndpoint, type Endpoint } from './discord/interactions-endpoint.ts';
import { inviteLink } from './discord/invite.ts';
import { createRefusedSignatures } from './discord/refused-signatures.ts';
import { openRest } from './discord/rest.ts';
import { checkSignatures } from './discord/signature.ts';
import { untilAborted, withinTimeout } from './jobs.ts';
import type { OperatorError } from './operator-error.ts';
import { openStore, type Store } from './store/store.ts';

/** How long connections may take to close, in ms. The app closes first, in 4 s; Docker kills after 10 s. */
const CLOSING_MS = 700;

type LiveConfig = Config & { readonly token: string };

export interface BotOptions {
  readonly log: Logger;
  readonly clock: Clock;
  /** Aborting it cancels the start. */
  readonly signal?: AbortSignal;
  /** Whether Discord is fake: then nobody can use an invite link, and none is logged. */
  readonly isPreview?: boolean;
}

export interface RunningBot {
  readonly applicationId: string;
  /** Where the health check (and with TRANSPORT=http the interactions endpoint) listens, if anywhere. */
  readonly url: string | undefined;
  /** Resolves when the bot cannot continue. The error says what a person has to do. */
  readonly failed: Promise<OperatorError>;
  /** Answers open interactions and closes everything, within 5 seconds. */
  stop(): Promise<void>;
}

/**
 * Starts the bot and resolves when it can answer. It connects once the content is loaded: Discord would send it
 * interactions before, and drops what is not answered within 3 s. Temporary failures are retried.
 * @param opening the content, which may still be loading
 * @throws {OperatorError} if only a person can help: content with errors, a refused token, a port that is in use
 */
export async function startBot(
  config: LiveConfig,
  opening: Promise<ContentFolder>,
  options: BotOptions,
): Promise<RunningBot> {
  const bot = new LiveBot(config, opening, options);
  try {
    return await bot.start();
  } catch (error) {
    await bot.stop();
    throw error;
  }
}

class LiveBot {
  readonly #config: LiveConfig;
  readonly #log: Logger;
  readonly #clock: Clock;
  readonly #isPreview: boolean;
  readonly #rest: REST;
  readonly #callbacks: Callbacks;
  readonly #store: Store;
  readonly #gateway: Gateway | undefined;
  readonly #opening: Promise<ContentFolder>;
  /** Undefined until the content is loaded. */
  #app: App | undefined;
  /** Cancels the start and its retries. */
  readonly #stopping = new AbortController();
  readonly #failed: Promise<OperatorError>;
  #fail: (error: OperatorError) => void = () => undefined;
  #listening: Listening | undefined;
  #stopped: Promise<void> | undefined;

  constructor(
    config: LiveConfig,
    opening: Promise<ContentFolder>,
    { log, clock, signal, isPreview = false }: BotOptions,
  ) {
    this.#config = config;
    this.#log = log;
    this.#clock = clock;
    this.#isPreview = isPreview;
    this.#failed = new Promise((resolve) => {
      this.#fail = resolve;
    });
    signal?.addEventListener('abort', () => this.#stopping.abort(), { once: true });
    if (signal?.aborted) this.#stopping.abort();
    const { token, apiUrl, shards, transport } = config;
    this.#rest = openRest({ token, apiUrl, onTokenRefused: this.#fail });
    this.#callbacks = openCallbacks(apiUrl, { log, clock });
    this.#store = openStore(config.databaseUrl, { log, clock });
    this.#gateway =
      transport === 'gateway'
        ? openGateway({ rest: this.#rest, token, shards, log, clock }, this.#listeners())
        : undefined;
    void this.#gateway?.closedForGood.then(this.#fail);
    this.#opening = opening;
  }

  #createApp(folder: ContentFolder): App {
    const { apiUrl } = this.#config;
    const [store, rest, connection] = [this.#store, this.#rest, this.#gateway];
    const [log, clock] = [this.#log, this.#clock];
    return createApp({ folder, store, rest, apiUrl, connection, log, clock });
  }

  async start(): Promise<RunningBot> {
    const { signal } = this.#stopping;
    const failing = this.#failed.then((error) => {
      throw error;
    });
    // If Discord does not answer, a request with its retries takes 40 seconds: a stop does not wait for it.
    const ended = Promise.race([failing, untilAborted(signal)]);
    const unlessEnded = <T>(work: Promise<T>): Promise<T> => Promise.race([ended, work]);
    const application = fetchApplication(this.#rest, { log: this.#log, clock: this.#clock, signal });
    // Both are awaited below. Until then a rejection must not count as unhandled, which would end the process.
    for (const begun of [ended, application]) begun.catch(() => undefined);
    const app = this.#createApp(await unlessEnded(this.#opening));
    this.#app = app;
    this.#listening = await this.#listen(app);
    const [{ id, endpointUrl }] = await unlessEnded(Promise.all([application, this.#gateway?.connect(signal)]));
    const { guildId, transport } = this.#config;
    await unlessEnded(app.startJobs({ applicationId: id, guildId, onFatal: this.#fail }));
    if (this.#gateway && endpointUrl)
      this.#log.warn('no interactions arrive: Discord posts them to the Interactions Endpoint URL. See npm run doctor');
    const url = this.#listening?.url;
    this.#log.info({ transport, content: app.services.contexts.content.version, url }, 'ready');
    if (!this.#isPreview) this.#log.info(`invite: ${inviteLink(id)}`);
    return { applicationId: id, url, failed: this.#failed, stop: () => this.stop() };
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  /** Accepts no new events, answers open interactions, then closes everything. */
  async #stop(): Promise<void> {
    this.#stopping.abort();
    const incoming = Promise.all([this.#gateway?.close(), this.#listening?.close()]);
    incoming.catch(() => undefined);
    this.#opening.then(
      (folder) => folder.close(0),
      () => undefined,
    );
    await this.#app?.close();
    const connections = Promise.all([incoming, this.#callbacks.close(), this.#store.close()]);
    await withinTimeout(this.#clock, connections, CLOSING_MS);
  }

  #listeners(): EventListeners {
    return {
      onInteraction: (interaction, receivedAt) => {
        const deliver = (answer: Answer) => this.#callbacks.send(interaction, answer, receivedAt);
        void this.#app?.respond(interaction, deliver, receivedAt);
      },
      onMessage: (message, ownUserId) => void this.#app?.onMessage(message, ownUserId),
    };
  }

  /** Starts the HTTP server. With the gateway there is none unless a port is set. */
  async #listen(app: App): Promise<Listening | undefined> {
    const { transport, host, port } = this.#config;
    if (transport === 'gateway' && port === undefined) return undefined;
    const endpoint = transport === 'http' ? this.#endpoint(app) : undefined;
    const httpApp = createHttpApp(() => healthOf(app), app.metrics);
    return listen(httpApp, host, port ?? DEFAULT_PORT, endpoint);
  }

  #endpoint(app: App): Endpoint {
    const [log, clock] = [this.#log, this.#clock];
    const warn = createRefusedSignatures(log, clock.monotonic);
    const onRefusedSignature = () => {
      app.metrics.signatureRefused();
      warn();
    };
    const signatures = checkSignatures(this.#config.publicKey ?? '', clock.now);
    return createEndpoint(signatures, app, { clock, onRefusedSignature });
  }
}

function healthOf(app: App): Health {
  const problems = app.problems();
  const isDown = problems.some(({ status }) => status === 'down');
  return {
    status: isDown ? 'down' : problems.length > 0 ? 'degraded' : 'ok',
    problems: problems.map(({ problem }) => problem),
    content: app.services.contexts.content.version,
  };
}
