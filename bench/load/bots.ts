// The bots to compare: Guidepost over both transports, a bare discord.js bot, and the minimum for each transport.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { Edition } from '../../src/guide/model.ts';
import { type BotProcess, startBotProcess } from './bot-process.ts';
import { type LoadDiscord, startLoadDiscord } from './discord.ts';
import type { InteractionSender } from './drive.ts';
import { walkInteractions } from './interactions.ts';
import { createKeyPair, gatewaySender, httpSender } from './senders.ts';

export interface RunningBot extends BotProcess {
  readonly name: string;
  readonly sender: InteractionSender;
  readonly discord: LoadDiscord;
}

export interface BotUnderTest {
  readonly name: string;
  readonly transport: 'gateway' | 'http';
  /** The arguments of node. */
  readonly command: readonly string[];
}

/** The arguments of node in `npm start`. */
export const NPM_START: readonly string[] = z
  .object({ scripts: z.object({ start: z.templateLiteral(['node ', z.string()]) }) })
  .parse(JSON.parse(readFileSync('package.json', 'utf8')))
  .scripts.start.split(' ')
  .slice(1);

export const BOTS = {
  floorGateway: { name: 'floor, gateway', transport: 'gateway', command: ['bench/bots/floor-gateway.js'] },
  guidepostGateway: { name: 'Guidepost, gateway', transport: 'gateway', command: NPM_START },
  bare: { name: 'bare discord.js', transport: 'gateway', command: ['bench/bots/bare.js'] },
  floorHttp: { name: 'floor, HTTP', transport: 'http', command: ['bench/bots/floor-http.js'] },
  guidepostHttp: { name: 'Guidepost, HTTP', transport: 'http', command: NPM_START },
} as const satisfies Record<string, BotUnderTest>;
export type BotKey = keyof typeof BOTS;
export const BOT_KEYS: readonly BotKey[] = ['floorGateway', 'guidepostGateway', 'bare', 'floorHttp', 'guidepostHttp'];

interface StartOptions {
  /** Further arguments of node. */
  readonly nodeArguments?: readonly string[];
  /** Fills the bot's database before the bot starts. */
  readonly fill?: (databaseUrl: string) => Promise<void>;
}

/**
 * Starts a bot with a fake Discord of its own.
 * @param guilds the number of its servers
 * @param create creates the interactions to send
 */
export async function startBot(
  bot: BotUnderTest,
  edition: Edition,
  guilds: number,
  create = walkInteractions(edition),
  { nodeArguments = [], fill }: StartOptions = {},
): Promise<RunningBot> {
  const discord = await startLoadDiscord({ guilds });
  const keys = createKeyPair();
  const home = mkdtempSync(join(tmpdir(), 'guidepost-compare-'));
  const port = await freePort();
  const databaseUrl = `file:${join(home, 'guidepost.db')}`;
  await fill?.(databaseUrl);
  const process = await startBotProcess([...nodeArguments, ...bot.command], {
    DISCORD_TOKEN: 'ODAwMDAwMDAwMDAwMDAwMDAx.bench.bench',
    DISCORD_API_URL: discord.apiUrl,
    DATABASE_URL: databaseUrl,
    ...(bot.transport === 'http' ? { TRANSPORT: 'http', DISCORD_PUBLIC_KEY: keys.publicKey, PORT: String(port) } : {}),
  });
  if (bot.transport === 'gateway') await discord.connected;
  const http = bot.transport === 'http' ? httpSender(`http://127.0.0.1:${port}`, create, keys) : undefined;
  return {
    ...process,
    name: bot.name,
    discord,
    sender: http ?? gatewaySender(discord, create),
    async stop() {
      await process.stop();
      await http?.close();
      await discord.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** A free port. */
export function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
