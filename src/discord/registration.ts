// The job that registers the commands, at the start and after new content, with retries.
import { RESTJSONErrorCodes as Code, type REST, type RESTPostAPIApplicationCommandsJSONBody } from 'discord.js';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import { type Job, type JobProblem, retry, withinTimeout } from '../jobs.ts';
import type { OperatorError } from '../operator-error.ts';
import { discordErrorCode, GuildAccessError, isUnauthorized, TokenError } from './errors.ts';
import { registerCommands } from './register.ts';

/** Discord limits new commands per day (error 30034), so a limit that is reached takes hours to pass. */
const BACKOFF = { firstMs: 1000, longestMs: 30 * 60_000 };

export interface Registration extends Job {
  /** Registers again: the definitions may have changed. */
  register(): void;
  /** Resolves after the first try, whether it succeeded or not. */
  readonly firstTry: Promise<void>;
}

export interface RegistrationOptions {
  readonly rest: REST;
  readonly applicationId: string;
  /** Registers in this one server only. */
  readonly guildId: string | undefined;
  definitions(): readonly RESTPostAPIApplicationCommandsJSONBody[];
  readonly log: Logger;
  readonly clock: Clock;
  /** Called with what only a person can fix; after it there is no further try. */
  onFatal(error: OperatorError): void;
}

/** Creates the job; it begins with `start`. */
export function createRegistration({
  rest,
  applicationId,
  guildId,
  definitions,
  log,
  clock,
  onFatal,
}: RegistrationOptions): Registration {
  const closing = new AbortController();
  let isRegistered = false;
  let isDue = false;
  let working: Promise<void> | undefined;
  let tried: () => void = () => undefined;
  const firstTry = new Promise<void>((resolve) => {
    tried = resolve;
  });

  const attempt = async () => {
    const list = definitions();
    const isWritten = await registerCommands(rest, applicationId, list, guildId);
    isRegistered = true;
    log.info({ commands: list.length }, isWritten ? 'commands registered' : 'commands already registered');
  };
  const failed = (error: unknown, pauseMs: number) => {
    if (isUnauthorized(error)) throw new TokenError(error);
    if (guildId !== undefined && isNotInGuild(error)) throw new GuildAccessError(guildId, error);
    isRegistered = false;
    log.warn({ err: error, pauseMs }, 'commands not registered, trying again');
    tried();
  };
  const work = async () => {
    while (isDue && !closing.signal.aborted) {
      isDue = false;
      await retry(attempt, { ...BACKOFF, clock, signal: closing.signal, onFailure: failed });
      tried();
    }
  };
  const register = () => {
    isDue = true;
    working ??= work()
      .catch((error) => {
        if (error instanceof TokenError || error instanceof GuildAccessError) onFatal(error);
      })
      .finally(() => {
        working = undefined;
        tried();
      });
  };

  return {
    register,
    firstTry,
    start(signal) {
      signal.addEventListener('abort', () => closing.abort(), { once: true });
      register();
    },
    async close(timeoutMs) {
      closing.abort();
      await withinTimeout(clock, working, timeoutMs);
    },
    health: (): JobProblem | undefined =>
      isRegistered ? undefined : { status: 'degraded', problem: 'commands not registered' },
  };
}

function isNotInGuild(error: unknown): boolean {
  const code = discordErrorCode(error);
  return code === Code.MissingAccess || code === Code.UnknownGuild;
}
