// The bot put together: content, commands, REST, jobs, and one transport.
import { REST, RESTEvents } from 'discord.js';
import type { Logger } from 'pino';
import { commandsFor, responders } from '../commands/index.ts';
import type { Clock } from './clock.ts';
import { type Config, DEFAULT_PORT } from './config.ts';
import type { ContentFolder } from './content/folder.ts';
import type { Answer } from './discord/answer.ts';
import { fetchApplication } from './discord/application.ts';
import { type Callbacks, openCallbacks } from './discord/callback.ts';
import type { Bot, Command } from './discord/command.ts';
import { isUnauthorized, TokenError } from './discord/errors.ts';
import { type Gateway, type Listeners, openGateway } from './discord/gateway.ts';
import { createHttpApp, type Health, type Listening, listen } from './discord/http.ts';
import { createEndpoint } from './discord/interactions-endpoint.ts';
import { inviteLink } from './discord/invite.ts';
import { createLivingPins } from './discord/living-pins.ts';
import { createMembership } from './discord/membership.ts';
import { createMessageHandler, type MessageHandler } from './discord/messages.ts';
import { type Metrics, openMetrics } from './discord/metrics.ts';
import { createQuestionAnswering } from './discord/question-answering.ts';
import { createRefusedSignatures } from './discord/refused-signatures.ts';
import { createRegistration } from './discord/registration.ts';
import { getApplication } from './discord/requests.ts';
import { createInteractionHandler, type InteractionHandler } from './discord/responding.ts';
import { createRouter } from './discord/router.ts';
import { checkSignatures } from './discord/signature.ts';
import { unknownButton } from './discord/walk-buttons.ts';
import { DEFAULT_LOCALE } from './guide/model.ts';
import { editionFor } from './guide/walk.ts';
import { type Job, type JobProblem, untilAborted, withinTimeout } from './jobs.ts';
import type { OperatorError } from './operator-error.ts';
import { openReplyCache } from './replies/cache.ts';
import { openStatsRecorder } from './stats/recorder.ts';
import { openStore, type Store } from './store/store.ts';

const REST_OPTIONS = { version: '10', timeout: 10_000, retries: 3 } as const;
/** The parts of a stop, in ms. With a second for the counters under 4.5 seconds: Docker and systemd kill after 10. */
const STOP = { jobs: 1000, answers: 2200, sentences: 500, rest: 700 } as const;

export type LiveConfig = Config & { readonly token: string };

export interface BotOptions {
  readonly log: Logger;
  readonly clock: Clock;
  /** Aborting it ends the start. */
  readonly signal?: AbortSignal;
}

export interface RunningBot {
  readonly applicationId: string;
  /** Where the health check (and with TRANSPORT=http the interactions endpoint) listens, if anywhere. */
  readonly url: string | undefined;
  /** Resolves when the bot cannot go on: the reason says what a person has to do. */
  readonly failed: Promise<OperatorError>;
  /** Answers what is in flight and closes everything, within 4.5 seconds. */
  stop(): Promise<void>;
}

/**
 * Starts the bot and resolves when it can answer. Connecting, registering and reading the content go side by side, and
 * what another try may fix is tried again.
 * @param opening the content, which may still be being read
 * @throws {OperatorError} where only a person can help: content with errors, a refused token, a port that is taken
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

/** What answers, once there is content. */
interface Serving {
  readonly folder: ContentFolder;
  readonly responding: InteractionHandler;
  readonly metrics: Metrics;
  readonly bot: Bot;
}

class LiveBot {
  readonly #config: LiveConfig;
  readonly #log: Logger;
  readonly #clock: Clock;
  readonly #rest: REST;
  readonly #callbacks: Callbacks;
  readonly #store: Store;
  readonly #serving: Promise<Serving>;
  readonly #gateway: Gateway | undefined;
  /** Ends the start, and what waits for another try. */
  readonly #stopping = new AbortController();
  /** Ends what jobs have not finished in their time. */
  readonly #ending = new AbortController();
  readonly #jobs: Job[] = [];
  readonly #failed: Promise<OperatorError>;
  #fail: (error: OperatorError) => void = () => undefined;
  #served: Serving | undefined;
  #answerMessage: MessageHandler | undefined;
  #listening: Listening | undefined;
  #stopped: Promise<void> | undefined;

  constructor(config: LiveConfig, opening: Promise<ContentFolder>, { log, clock, signal }: BotOptions) {
    this.#config = config;
    this.#log = log;
    this.#clock = clock;
    this.#failed = new Promise((resolve) => {
      this.#fail = resolve;
    });
    signal?.addEventListener('abort', () => this.#stopping.abort(), { once: true });
    if (signal?.aborted) this.#stopping.abort();
    const { token, apiUrl, shards, transport } = config;
    this.#rest = new REST({ ...REST_OPTIONS, api: apiUrl }).setToken(token);
    this.#watchToken();
    this.#callbacks = openCallbacks(apiUrl, { log, clock });
    this.#store = openStore(config.databaseUrl, { log, clock });
    this.#serving = opening.then((folder) => this.#serve(folder));
    this.#serving.catch(() => undefined); // thrown by `start`
    this.#gateway =
      transport === 'gateway'
        ? openGateway({ rest: this.#rest, token, shards, log, clock }, this.#listeners())
        : undefined;
    void this.#gateway?.closedForGood.then(this.#fail);
  }

  async start(): Promise<RunningBot> {
    const { signal } = this.#stopping;
    const failing = this.#failed.then((error) => {
      throw error;
    });
    // Requests to Discord go on for 40 seconds where it does not answer: the end does not wait for them.
    const ended = Promise.race([failing, untilAborted(signal)]);
    const unlessEnded = <T>(work: Promise<T>): Promise<T> => Promise.race([ended, work]);
    const application = fetchApplication(this.#rest, { log: this.#log, clock: this.#clock, signal });
    const userId = this.#gateway?.connect(signal) ?? Promise.resolve(undefined);
    // Each is awaited below; one that fails first must not end the process meanwhile.
    for (const begun of [ended, application, userId]) begun.catch(() => undefined);
    const served = await unlessEnded(this.#serving);
    this.#listening = await this.#listen(served);
    const [{ id, endpointUrl }, ownUserId] = await unlessEnded(Promise.all([application, userId]));
    if (ownUserId !== undefined) this.#answerMessage = createMessageHandler(ownUserId, served.bot);
    await unlessEnded(this.#startJobs(id, served));
    if (this.#gateway && endpointUrl)
      this.#log.warn('no interactions arrive: Discord posts them to the Interactions Endpoint URL. See npm run doctor');
    const { version } = served.folder.current;
    const url = this.#listening?.url;
    this.#log.info({ transport: this.#config.transport, content: version, url }, 'ready');
    this.#log.info(`invite: ${inviteLink(id)}`);
    this.#prepareSearch(served);
    return { applicationId: id, url, failed: this.#failed, stop: () => this.stop() };
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  /** Nothing new comes in; what came in is answered; then everything is closed. */
  async #stop(): Promise<void> {
    this.#stopping.abort();
    const incoming = Promise.all([this.#gateway?.close(), this.#listening?.close()]);
    incoming.catch(() => undefined);
    const served = this.#served;
    void served?.folder.close(0);
    const jobs = Promise.all(this.#jobs.map((job) => job.close(STOP.jobs)));
    await served?.responding.settled(STOP.answers);
    await served?.responding.close(STOP.sentences);
    await jobs;
    this.#ending.abort();
    await served?.bot.stats.close();
    served?.bot.replyCache.close();
    await withinTimeout(this.#clock, Promise.all([incoming, this.#callbacks.close(), this.#store.close()]), STOP.rest);
  }

  #serve(folder: ContentFolder): Serving {
    const { apiUrl } = this.#config;
    const [log, clock, rest, store] = [this.#log, this.#clock, this.#rest, this.#store];
    let commands = commandsFor(folder.current);
    const namesOf = (list: readonly Command[]) => new Set(list.map(({ definition }) => definition.name));
    let names = namesOf(commands);
    const replyCache = openReplyCache(store, { log });
    const pins = createLivingPins({ rest, store, book: replyCache, log, clock, content: () => folder.current });
    const bot: Bot = {
      get content() {
        return folder.current;
      },
      rest,
      apiUrl,
      store,
      replyCache,
      pins,
      answering: createQuestionAnswering({ log, clock }),
      stats: openStatsRecorder(store, { log }),
      log,
      clock,
    };
    const router = createRouter(
      { commands: () => commands, responders: responders(clock), unknownButton: unknownButton },
      bot,
    );
    const metrics = openMetrics(() => names, {
      contentVersion: () => folder.current.version,
      pinsBehind: () => pins.countBehind().catch(() => undefined),
      problems: () => this.#health().problems,
    });
    metrics.watch(rest);
    const served = {
      folder,
      metrics,
      responding: createInteractionHandler(router, { rest, metrics, log, clock }),
      bot,
    };
    folder.onChange((content) => {
      commands = commandsFor(content);
      names = namesOf(commands);
      pins.followAll();
      this.#prepareSearch(served);
    });
    this.#served = served;
    return served;
  }

  #prepareSearch({ bot, folder }: Serving): void {
    bot.answering.prepare(editionFor(folder.current, DEFAULT_LOCALE), folder.model);
  }

  /** Resolves once the commands are registered, or the first try failed. */
  async #startJobs(applicationId: string, { bot, folder }: Serving): Promise<void> {
    const { rest, log, clock } = bot;
    const registration = createRegistration({
      rest,
      applicationId,
      guildId: this.#config.guildId,
      definitions: () => commandsFor(folder.current).map(({ definition }) => definition),
      log,
      clock,
      onFatal: this.#fail,
    });
    folder.onChange(() => registration.register());
    this.#jobs.push(bot.pins, registration, createMembership({ ...bot, counters: bot.stats, applicationId }));
    for (const job of this.#jobs) job.start(this.#ending.signal);
    await registration.firstTry;
  }

  /** Answers what comes over the gateway; what comes before the content is there waits for it. */
  #listeners(): Listeners {
    const whenServed = (act: (served: Serving) => void) => {
      if (this.#served) act(this.#served);
      else this.#serving.then(act, () => this.#log.warn('interaction dropped: content is not loaded'));
    };
    return {
      onInteraction: (interaction, receivedAt) => {
        const deliver = (answer: Answer) => this.#callbacks.send(interaction, answer, receivedAt);
        whenServed(({ responding }) => void responding.respond(interaction, deliver, receivedAt));
      },
      onMessage: (message) => whenServed(() => void this.#answerMessage?.(message)),
    };
  }

  /** In gateway mode nothing listens unless a port is set. */
  async #listen({ responding, metrics }: Serving): Promise<Listening | undefined> {
    const { transport, host, port, publicKey } = this.#config;
    if (transport === 'gateway' && port === undefined) return undefined;
    const warn = createRefusedSignatures(this.#log, this.#clock.monotonic);
    const onRefusedSignature = () => {
      metrics.signatureRefused();
      warn();
    };
    const endpoint =
      transport === 'http'
        ? createEndpoint(checkSignatures(publicKey ?? '', this.#clock.now), responding, {
            clock: this.#clock,
            onRefusedSignature,
          })
        : undefined;
    return listen(
      createHttpApp(() => this.#health(), metrics),
      host,
      port ?? DEFAULT_PORT,
      endpoint,
    );
  }

  #health(): Health {
    const folder = this.#served?.folder;
    const found: (JobProblem | undefined)[] = [
      this.#gateway?.health(),
      folder ? folder.health() : { status: 'down', problem: 'content is not loaded' },
      this.#store.health(),
      ...this.#jobs.map((job) => job.health()),
    ];
    const problems = found.filter((one) => one !== undefined);
    const isDown = problems.some(({ status }) => status === 'down');
    return {
      status: isDown ? 'down' : problems.length > 0 ? 'degraded' : 'ok',
      problems: problems.map(({ problem }) => problem),
      content: folder?.current.version,
    };
  }

  /**
   * A token that was reset while the bot runs: Discord answers 401 to whatever is sent with it. One such answer may also be
   * a proxy's, or a slip of Discord's, and ending for it would need a person to start the bot again: it is asked twice.
   */
  #watchToken(): void {
    let isChecking = false;
    this.#rest.on(RESTEvents.Response, ({ path }, { status }) => {
      // The tokens of webhooks and interactions are others, and run out.
      if (status !== 401 || path.startsWith('/webhooks/') || isChecking) return;
      isChecking = true;
      void this.#checkToken().finally(() => {
        isChecking = false;
      });
    });
  }

  async #checkToken(): Promise<void> {
    const { token, apiUrl } = this.#config;
    try {
      await getApplication(new REST({ ...REST_OPTIONS, api: apiUrl }).setToken(token));
    } catch (error) {
      if (isUnauthorized(error)) return this.#fail(new TokenError(error));
    }
    // discord.js forgets a token at the first 401.
    this.#rest.setToken(token);
  }
}
