// The program: read the environment, start the bot (or the preview), end in order.
import { config as readDotenv } from 'dotenv';
import { type Logger, pino } from 'pino';
import { startBot } from './bot.ts';
import { type Config, ConfigError, readConfig } from './config.ts';
import { ContentError } from './content-folder.ts';
import { TokenError } from './discord/errors.ts';
import { PortError } from './discord/http.ts';

/** Failures that whoever starts the bot can mend: their message says how, a stack would not. */
const EXPECTED = [ConfigError, ContentError, TokenError, PortError];

async function main(): Promise<void> {
  readDotenv({ quiet: true });
  const config = readConfig(process.env);
  const log = pino({ level: config.logLevel, base: null });
  const { token } = config;
  const running = token === undefined ? await preview(config, log) : await startBot({ ...config, token }, log);
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
async function preview(config: Config, log: Logger): Promise<{ stop(): Promise<void> }> {
  const { startPreview } = await import('./preview/preview.ts');
  return startPreview(config, log);
}

function fail(error: unknown): never {
  const isExpected = EXPECTED.some((kind) => error instanceof kind);
  console.error(isExpected && error instanceof Error ? error.message : error);
  process.exit(isExpected ? 2 : 1);
}

main().catch(fail);
