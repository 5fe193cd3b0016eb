// The background job that registers the commands, at the start and after new content, with retries.
import { RESTJSONErrorCodes as Code, type REST, type RESTPostAPIApplicationCommandsJSONBody } from 'discord.js';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import type { CommandIds } from '../i18n/command-mentions.ts';
import { type Job, type JobProblem, retry, withinTimeout } from '../jobs.ts';
import type { OperatorError } from '../operator-error.ts';
import { discordErrorCode, GuildAccessError, isUnauthorized, TokenError } from './errors.ts';
import { registerCommands } from './register.ts';

/** Discord limits new commands per day (error 30034), so a limit that is reached takes hours to pass. */
const BACKOFF = { firstMs: 1000, longestMs: 30 * 60_000 };

interface Registration extends Job {
  /** Registers again: the definitions may have changed. */
  register(): void;
  /** Resolves after the first try, whether it succeeded or not. */
  readonly firstTry: Promise<void>;
}

interface RegistrationOptions {
  readonly rest: REST;
  readonly applicationId: string;
  /** Registers in this one server only. */
  readonly guildId: string | undefined;
  definitions(): readonly RESTPostAPIApplicationCommandsJSONBody[];
  readonly log: Logger;
  readonly clock: Clock;
  /** Called with the ids of the slash commands each time that they are registered. */
  onRegistered(ids: CommandIds): void;
  /** Called with an error that only a person can fix. After it there is no further try. */
  onFatal(error: OperatorError): void;
}

/** Creates the job. It does nothing until `start`. */
export function createRegistration(options: RegistrationOptions): Registration {
  return new RegistrationJob(options);
}

class RegistrationJob implements Registration {
  readonly name = 'registration';
  readonly firstTry: Promise<void>;
  readonly #options: RegistrationOptions;
  readonly #closing = new AbortController();
  #isRegistered = false;
  #lastSuccess: number | undefined;
  #isDue = false;
  #working: Promise<void> | undefined;
  #onFirstTry: () => void = () => undefined;

  constructor(options: RegistrationOptions) {
    this.#options = options;
    this.firstTry = new Promise((resolve) => {
      this.#onFirstTry = resolve;
    });
  }

  start(signal: AbortSignal): void {
    signal.addEventListener('abort', () => this.#closing.abort(), { once: true });
    this.register();
  }

  register(): void {
    this.#isDue = true;
    this.#working ??= this.#work()
      .catch((error) => {
        if (error instanceof TokenError || error instanceof GuildAccessError) this.#options.onFatal(error);
      })
      .finally(() => {
        this.#working = undefined;
        this.#onFirstTry();
        // It was asked for after the loop had ended and before this.
        if (this.#isDue && !this.#closing.signal.aborted) this.register();
      });
  }

  async close(timeoutMs: number): Promise<void> {
    this.#closing.abort();
    await withinTimeout(this.#options.clock, this.#working, timeoutMs);
  }

  /** 1 until the commands of now are registered. */
  backlog(): number {
    return this.#working || !this.#isRegistered ? 1 : 0;
  }

  get lastSuccess(): number | undefined {
    return this.#lastSuccess;
  }

  health(): JobProblem | undefined {
    return this.#isRegistered ? undefined : { status: 'degraded', problem: 'commands not registered' };
  }

  async #work(): Promise<void> {
    const { clock } = this.#options;
    const { signal } = this.#closing;
    while (this.#isDue && !signal.aborted) {
      this.#isDue = false;
      const onFailure = (error: unknown, pauseMs: number) => this.#failed(error, pauseMs);
      await retry(() => this.#attempt(), { ...BACKOFF, clock, signal, onFailure });
      this.#onFirstTry();
    }
  }

  async #attempt(): Promise<void> {
    const { rest, applicationId, guildId, definitions, onRegistered, log, clock } = this.#options;
    const list = definitions();
    const { isWritten, ids } = await registerCommands(rest, applicationId, list, guildId);
    this.#isRegistered = true;
    this.#lastSuccess = clock.now() / 1000;
    onRegistered(ids);
    log.info({ commands: list.length }, isWritten ? 'commands registered' : 'commands already registered');
  }

  #failed(error: unknown, pauseMs: number): void {
    const { guildId, log } = this.#options;
    if (isUnauthorized(error)) throw new TokenError(error);
    if (guildId !== undefined && isNotInGuild(error)) throw new GuildAccessError(guildId, error);
    this.#isRegistered = false;
    log.warn({ err: error, pauseMs }, 'commands not registered, trying again');
    this.#onFirstTry();
  }
}

function isNotInGuild(error: unknown): boolean {
  const code = discordErrorCode(error);
  return code === Code.MissingAccess || code === Code.UnknownGuild;
}
