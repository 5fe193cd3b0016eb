// The program: read the environment, start the bot (or the preview), end in order.
import { config as readDotenv } from 'dotenv';
import { type Logger, pino } from 'pino';
import { type Config, readConfig } from './config.ts';
import { cachedBy } from './content-cache.ts';
import { type ContentFolder, openFolder, readInProcess } from './content-folder.ts';

/** Failures that whoever starts the bot can mend: their message says how, a stack would not. */
const EXPECTED = new Set(['ConfigError', 'ContentError', 'TokenError', 'PortError']);

async function main(): Promise<void> {
  readDotenv({ quiet: true });
  const config = readConfig(process.env);
  const log = pino({ level: config.logLevel, base: null });
  // Begun before discord.js is loaded: the content is read in a process of its own meanwhile.
  const opening = openFolder(config.contentDir, cachedBy(readInProcess), log);
  opening.catch(() => undefined); // told by whoever awaits it
  const running = await start(config, log, opening);
  let isEnding = false;
  const end = (signal: string) => {
    if (isEnding) return;
    isEnding = true;
    log.info({ signal }, 'ending');
    running.stop().then(
      () => process.exit(0),
      (error) => fail(error),
    );
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
}

/** The stand-in and its page are loaded only where they are wanted. */
async function start(config: Config, log: Logger, opening: Promise<ContentFolder>): Promise<{ stop(): Promise<void> }> {
  const { token } = config;
  if (token !== undefined) return (await import('./bot.ts')).startBot({ ...config, token }, log, opening);
  return (await import('./preview/preview.ts')).startPreview(config, log, opening);
}

function fail(error: unknown): never {
  const isExpected = error instanceof Error && EXPECTED.has(error.name);
  console.error(isExpected ? error.message : error);
  process.exit(isExpected ? 2 : 1);
}

main().catch(fail);
