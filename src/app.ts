// Creates the bot from its parts: everything between an event from Discord and the answer. No other file does so.
import type { REST } from 'discord.js';
import type { Logger } from 'pino';
import { type CommandServices, createCommands, createComponentHandlers, definitionsFor } from '../commands/index.ts';
import type { Clock } from './clock.ts';
import type { ContentFolder } from './content/folder.ts';
import type { ComponentInteraction } from './discord/command.ts';
import { createForumAnswers, type ForumAnswers } from './discord/forum-answers.ts';
import { createLivingPins } from './discord/living-pins.ts';
import { createMembership } from './discord/membership.ts';
import { createMessageHandler, type MessageHandler } from './discord/messages.ts';
import { type Metrics, openMetrics } from './discord/metrics.ts';
import { PageAnswerCache } from './discord/page-answers.ts';
import { createQuestionAnswering } from './discord/question-answering.ts';
import { createRegistration } from './discord/registration.ts';
import { createReminders } from './discord/reminders.ts';
import { ContextSource } from './discord/render-context.ts';
import { createInteractionHandler, type InteractionHandler } from './discord/responding.ts';
import { createRouter, type Router } from './discord/router.ts';
import { withSetupHint } from './discord/setup-hint.ts';
import { answerUnknownButton } from './discord/walk-buttons.ts';
import { DEFAULT_LOCALE } from './guide/model.ts';
import { editionFor } from './guide/walk.ts';
import type { Job, JobProblem } from './jobs.ts';
import type { OperatorError } from './operator-error.ts';
import { ReplyCache } from './replies/cache.ts';
import { SettingsCache } from './servers/settings-cache.ts';
import { createQueue } from './slices.ts';
import { openStatsRecorder } from './stats/recorder.ts';
import type { Store } from './store/store.ts';

/** How long each part of closing may take, in ms. Jobs close while interactions are answered. */
const CLOSING = { jobs: 1000, answers: 2200, deferred: 500 } as const;

/** What the bot needs from outside. The caller closes these; the store only after the app. */
export interface AppDependencies {
  readonly folder: ContentFolder;
  readonly store: Store;
  /** Discord's REST API, with the bot's token; for everything but first answers. */
  readonly rest: REST;
  /** The base URL of Discord's API. */
  readonly apiUrl: string;
  /** The gateway, for its health. Undefined over HTTP. */
  readonly connection?: { health(): JobProblem | undefined } | undefined;
  readonly log: Logger;
  readonly clock: Clock;
}

/** What the background jobs need to know of the application at Discord. */
interface RegisteredApplication {
  readonly applicationId: string;
  /** Registers the commands in this one server only. */
  readonly guildId: string | undefined;
  /** Called with an error that only a person can fix. */
  onFatal(error: OperatorError): void;
}

export interface App extends Pick<InteractionHandler, 'respond'> {
  /** Returns the first answer to an interaction. Sends nothing. */
  readonly route: Router;
  readonly onMessage: MessageHandler;
  readonly services: CommandServices;
  readonly metrics: Metrics;
  /** Starts the background jobs. Resolves once the commands are registered, or the first try has failed. */
  startJobs(application: RegisteredApplication): Promise<void>;
  /** What is wrong now; empty if nothing is. */
  problems(): JobProblem[];
  /** Closes the jobs and answers open interactions, within 4 seconds. */
  close(): Promise<void>;
}

/** Creates the bot. It can answer immediately; background jobs start with `startJobs`. */
export function createApp(dependencies: AppDependencies): App {
  return new ComposedApp(dependencies, createServices(dependencies));
}

function createServices({ folder, store, rest, apiUrl, connection, log, clock }: AppDependencies): CommandServices {
  const replyCache = new ReplyCache(store, { log });
  const settingsCache = new SettingsCache(store, { log });
  const contexts = new ContextSource(folder.current, { replyCache, settingsCache, log, clock });
  return {
    contexts,
    store,
    replyCache,
    settingsCache,
    pins: createLivingPins({ rest, store, replyCache, settingsCache, contexts, log, clock }),
    answering: createQuestionAnswering({ log, clock }),
    pageAnswers: new PageAnswerCache(),
    stats: openStatsRecorder(store, { log }),
    fileQueue: createQueue(),
    hasGateway: connection !== undefined,
    rest,
    apiUrl,
    log,
    clock,
  };
}

class ComposedApp implements App {
  readonly services: CommandServices;
  readonly route: Router;
  readonly onMessage: MessageHandler;
  readonly metrics: Metrics;
  readonly #dependencies: AppDependencies;
  readonly #interactions: InteractionHandler;
  readonly #jobs: Job[];
  readonly #forumAnswers: ForumAnswers;
  /** Aborts jobs that did not close in time. */
  readonly #ending = new AbortController();

  constructor(dependencies: AppDependencies, services: CommandServices) {
    const { folder, store, rest, log, clock } = dependencies;
    const { contexts, pins } = services;
    this.#dependencies = dependencies;
    this.services = services;
    this.#jobs = [pins];
    let commands = createCommands(folder.current, services);
    let names = new Set(commands.map(({ definition }) => definition.name));
    folder.onChange((content) => {
      contexts.replaceContent(content);
      commands = createCommands(content, services);
      names = new Set(commands.map(({ definition }) => definition.name));
      pins.followAll();
      this.#prepareSearch();
    });
    const handlers = {
      commands: () => commands,
      components: createComponentHandlers(services),
      onUnknownComponent: (interaction: ComponentInteraction) => answerUnknownButton(contexts, interaction),
    };
    this.route = withSetupHint(createRouter(handlers, { contexts, log, clock }), services);
    this.metrics = openMetrics(() => names, {
      contentVersion: () => folder.current.version,
      problems: () => this.problems().map(({ problem }) => problem),
      jobs: () => [folder, store.changes, services.stats, ...this.#jobs],
    });
    this.metrics.watch(rest);
    this.#interactions = createInteractionHandler(this.route, { contexts, rest, metrics: this.metrics, log, clock });
    const answerMention = createMessageHandler(services);
    this.#forumAnswers = createForumAnswers(services);
    this.#jobs.push(this.#forumAnswers, createReminders(services));
    this.onMessage = async (message, ownUserId) => {
      const answer = () => answerMention(message, ownUserId);
      if (!this.#forumAnswers.read(message, ownUserId, answer)) await answer();
    };
  }

  respond: InteractionHandler['respond'] = (...interaction) => this.#interactions.respond(...interaction);

  async startJobs({ applicationId, guildId, onFatal }: RegisteredApplication): Promise<void> {
    const { folder, store, rest, log, clock } = this.#dependencies;
    const { contexts, stats } = this.services;
    const definitions = () => definitionsFor(folder.current);
    const registration = createRegistration({
      rest,
      applicationId,
      guildId,
      definitions,
      onRegistered: (ids) => contexts.replaceCommandIds(ids, guildId),
      onFatal,
      log,
      clock,
    });
    folder.onChange(() => registration.register());
    this.#jobs.push(registration, createMembership({ rest, store, stats, applicationId, log, clock }));
    for (const job of this.#jobs) job.start(this.#ending.signal);
    await registration.firstTry;
    this.#prepareSearch();
  }

  problems(): JobProblem[] {
    const { connection, folder, store } = this.#dependencies;
    return [connection, folder, store, ...this.#jobs]
      .map((part) => part?.health())
      .filter((problem) => problem !== undefined);
  }

  async close(): Promise<void> {
    const jobs = Promise.all(this.#jobs.map((job) => job.close(CLOSING.jobs)));
    await this.#interactions.settled(CLOSING.answers);
    await this.#interactions.close(CLOSING.deferred);
    await jobs;
    this.#ending.abort();
    await this.services.stats.close();
    this.services.replyCache.close();
    this.services.settingsCache.close();
  }

  #prepareSearch(): void {
    const { folder } = this.#dependencies;
    this.services.answering.prepare(editionFor(folder.current, DEFAULT_LOCALE), folder.search);
  }
}
