// The local preview: starts the bot with a fake Discord and a page to use it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seedDemoWorld, startFakeDiscord } from 'fake-discord';
import { type Config, DEFAULT_PORT } from '../config.ts';
import { withCache } from '../content/cache.ts';
import { type ContentFolder, createChildReader } from '../content/folder.ts';
import { PortError, portMessage } from '../discord/http.ts';
import { INVITE_PERMISSIONS } from '../discord/invite.ts';
import { originalOf } from '../guide/walk.ts';
import { type BotOptions, type RunningBot, startBot } from '../live.ts';
import { isLoopback, networkOrigins } from '../origin.ts';
import { mapSite } from './map-server.ts';
import { createMapSource } from './map-source.ts';

/**
 * Starts the fake Discord and the bot, and prints the address of the page. Servers, people and the database are new
 * each time: the preview never touches the database of a live bot.
 * @param options.isPublic listens on HOST, or on all addresses if HOST is loopback, instead of loopback only
 * @throws {PortError} if the port is taken
 */
export async function startPreview(
  config: Config,
  opening: Promise<ContentFolder>,
  { isPublic, ...options }: BotOptions & { isPublic: boolean },
): Promise<Pick<RunningBot, 'failed' | 'stop'>> {
  const host = isPublic ? publicHost(config.host) : '127.0.0.1';
  const port = config.port ?? DEFAULT_PORT;
  const map = createMapSource(config.contentDir, withCache(createChildReader()));
  const discord = await startFakeDiscord({
    host,
    port,
    botName: 'Guidepost',
    botPermissions: INVITE_PERMISSIONS,
    mounted: mapSite(config.contentDir, map),
  }).catch((error: Error) => {
    throw new PortError(portMessage(error, host, port), { cause: error });
  });
  seedDemoWorld(discord);
  const home = mkdtempSync(join(tmpdir(), 'guidepost-preview-'));
  const settings = {
    ...config,
    token: discord.token,
    apiUrl: discord.apiUrl,
    guildId: undefined,
    transport: 'gateway',
    port: undefined,
    databaseUrl: `file:${join(home, 'preview.db')}`,
    shards: 'auto',
  } as const;
  const stop = async (bot?: { stop(): Promise<void> }) => {
    await bot?.stop();
    await discord.stop();
    rmSync(home, { recursive: true, force: true });
  };
  const bot = await startBot(settings, opening, { ...options, isPreview: true }).catch(async (error) => {
    await stop();
    throw error;
  });
  // Loaded in the background, so that the first visitor of the map doesn't wait. An error is shown to the visitor.
  map.current().catch(() => undefined);
  const command = await firstCommand(opening);
  console.log(
    `\nGuidepost runs in a local preview; Discord is not touched.\nOpen ${discord.origin} and type /${command}\n`,
  );
  if (isPublic) {
    const openPort = Number(new URL(discord.origin).port);
    const origins = networkOrigins(host, openPort);
    const address = origins.length > 0 ? origins.join(' or ') : `this machine's address, port ${openPort}`;
    console.warn(
      `From another device: ${address}\n--public: anyone who can reach port ${openPort} of this machine can use the preview, without a password.\n`,
    );
  }
  return { failed: bot.failed, stop: () => stop(bot) };
}

/** A command that shows what the bot is for: that of the first guide that has one. */
async function firstCommand(opening: Promise<ContentFolder>): Promise<string> {
  const { guides } = originalOf((await opening).current);
  return guides.find(({ command }) => command)?.command ?? 'help';
}

/** The host for `--public`. HOST is loopback in .env.example, which can't be meant here. */
function publicHost(host: string): string {
  if (!isLoopback(host)) return host;
  return host.includes(':') ? '::' : '0.0.0.0';
}
