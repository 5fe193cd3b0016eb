// The program: reads the environment, starts the bot (or the preview), and stops it in order.
import type { Logger } from 'pino';
import { type Config, ConfigError, readConfig } from './config.ts';
import { withCache } from './content/cache.ts';
import { type ContentFolder, createChildReader, openContentFolder } from './content/folder.ts';
import { createTrainer } from './content/training-process.ts';
import { readEnvFile } from './env-file.ts';
import { misnamedToken } from './env-value.ts';
import type { RunningBot } from './live.ts';
import { openProgramLog } from './log.ts';
import { OperatorError } from './operator-error.ts';
import { systemClock } from './system-clock.ts';

/** Exit codes. `failed`: a restart may help. `operator`: only a person can fix the cause. */
const EXIT = { ok: 0, failed: 1, operator: 2 } as const;

type Running = Pick<RunningBot, 'failed' | 'stop'>;

async function main(): Promise<void> {
  // New files, such as the database, must not be readable for other users of this machine.
  process.umask(process.umask() | 0o007);
  const envFile = readEnvFile(process.env);
  const config = readConfig(process.env, envFile);
  const log = await openProgramLog(config.logLevel);
  process.on('uncaughtException', (error) => fail(error, log));
  // A second signal ends the process immediately: its sender does not want to wait.
  const stopping = new AbortController();
  const onSignal = (signal: string) => {
    if (stopping.signal.aborted) process.exit(EXIT.failed);
    log.info({ signal }, 'stopping');
    stopping.abort();
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
  try {
    process.exit(await run(config, log, stopping.signal));
  } catch (error) {
    if (stopping.signal.aborted) process.exit(EXIT.ok);
    fail(error, log);
  }
}

/** Runs until a signal arrives. @returns the exit code @throws {OperatorError} if only a person can help */
async function run(config: Config, log: Logger, signal: AbortSignal): Promise<number> {
  // Started before discord.js is loaded, so that a child process reads the content meanwhile.
  const opening = openContentFolder(config.contentDir, withCache(createChildReader(createTrainer())), {
    log,
    clock: systemClock,
  });
  opening.catch(() => undefined); // handled where it is awaited
  const running = await start(config, log, opening, signal);
  const stopped = new Promise<undefined>((resolve) => {
    if (signal.aborted) resolve(undefined);
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  const failure = await Promise.race([running.failed, stopped]);
  await running.stop();
  if (failure) throw failure;
  return EXIT.ok;
}

/** Starts the bot, or without a token the preview. Each loads its modules only when it is needed. */
async function start(
  config: Config,
  log: Logger,
  opening: Promise<ContentFolder>,
  signal: AbortSignal,
): Promise<Running> {
  const { token } = config;
  if (token !== undefined)
    return (await import('./live.ts')).startBot({ ...config, token }, opening, { log, clock: systemClock, signal });
  const misnamed = misnamedToken(process.env);
  const notice = misnamed === undefined ? '' : `, but ${misnamed} is: rename it to DISCORD_TOKEN`;
  const preview = process.env.NODE_ENV === 'production' ? undefined : await loadPreview();
  if (!preview) throw new ConfigError([`DISCORD_TOKEN is not set${notice || ': put the bot’s token there'}`]);
  if (notice) console.warn(`DISCORD_TOKEN is not set${notice}.`);
  return preview.startPreview(config, opening, {
    log,
    clock: systemClock,
    isPublic: process.argv.includes('--public'),
    signal,
  });
}

/** Returns undefined if the preview's packages are not installed. */
async function loadPreview() {
  return import('./preview/preview.ts').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ERR_MODULE_NOT_FOUND') return undefined;
    throw error;
  });
}

/**
 * Prints the message of an `OperatorError`. Any other error goes to the log, which removes secrets: printed whole, it
 * could show a token.
 */
function fail(error: unknown, log: Logger): never {
  if (error instanceof OperatorError) {
    console.error(error.message);
    process.exit(EXIT.operator);
  }
  log.fatal({ err: error }, 'unexpected error, stopping');
  process.exit(EXIT.failed);
}

main().catch(async (error) => fail(error, await openProgramLog('info')));
