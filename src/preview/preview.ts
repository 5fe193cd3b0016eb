// The preview: the real bot against the local stand-in, with a page to type commands and press buttons.
import type { Logger } from 'pino';
import { type RunningBot, startBot } from '../bot.ts';
import { type Config, DEFAULT_PORT } from '../config.ts';
import { cachedBy } from '../content-cache.ts';
import { type ContentFolder, readInProcess } from '../content-folder.ts';
import { PortError, portMessage } from '../discord/http.ts';
import { seedDemoWorld } from './demo.ts';
import { openMapData } from './map-data.ts';
import { mapApp } from './map-server.ts';
import { startStandin } from './standin.ts';

/** Starts the stand-in and the bot, and prints where to look. @throws {PortError} where the port is taken */
export async function startPreview(
  config: Config,
  log: Logger,
  opening: Promise<ContentFolder>,
  signal?: AbortSignal,
): Promise<Pick<RunningBot, 'failed' | 'stop'>> {
  const { host } = config;
  const port = config.port ?? DEFAULT_PORT;
  const map = openMapData(config.contentDir, cachedBy(readInProcess));
  const standin = await startStandin({ host, port, map: mapApp(config.contentDir, map) }).catch((error: Error) => {
    throw new PortError(portMessage(error, host, port), { cause: error });
  });
  seedDemoWorld(standin);
  const settings = {
    ...config,
    token: standin.token,
    apiUrl: standin.apiUrl,
    guildId: undefined,
    transport: 'gateway',
    port: undefined,
  } as const;
  const bot = await startBot(settings, log, opening, signal).catch(async (error) => {
    await standin.stop();
    throw error;
  });
  // Made ready meanwhile, so that whoever opens the map need not wait for it; a failure is told to them.
  map.current().catch(() => undefined);
  console.log(
    `\nGuidepost runs in a local preview; Discord is not touched.\nOpen ${standin.origin} and type /close-account\n`,
  );
  return {
    failed: bot.failed,
    async stop() {
      await bot.stop();
      await standin.stop();
    },
  };
}
