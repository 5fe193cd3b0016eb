// A stand-in for Discord with a server in it, and the real bot connected to it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PermissionFlagsBits } from 'discord.js';
import { pino } from 'pino';
import { type RunningBot, startBot } from '../../src/bot.ts';
import { readConfig } from '../../src/config.ts';
import { readFolder } from '../../src/content-files.ts';
import { openFolder } from '../../src/content-folder.ts';
import { startStandin } from '../../src/preview/standin.ts';

export const MEMBER =
  PermissionFlagsBits.ViewChannel |
  PermissionFlagsBits.SendMessages |
  PermissionFlagsBits.ReadMessageHistory |
  PermissionFlagsBits.UseApplicationCommands;
export const MODERATOR = MEMBER | PermissionFlagsBits.ManageMessages | PermissionFlagsBits.PinMessages;

export type World = Awaited<ReturnType<typeof openWorld>>;

/** Starts everything. @param environment variables of the bot beside token and addresses */
export async function openWorld(environment: Readonly<Record<string, string>> = {}) {
  const standin = await startStandin();
  const home = mkdtempSync(join(tmpdir(), 'guidepost-world-'));
  const DATABASE_URL = `file:${join(home, 'guidepost.db')}`;
  const guild = standin.addGuild('Harbour');
  const general = standin.addChannel(guild, 'general');
  const person = (name: string, permissions: bigint) => {
    const user = standin.addUser(name);
    standin.join(guild, user, permissions);
    return standin.person(user, general);
  };
  const member = person('Mina', MEMBER);
  const other = person('Otto', MEMBER);
  const moderator = person('Omar', MODERATOR);
  const logged: string[] = [];
  const log = pino({ level: 'info' }, { write: (line: string) => void logged.push(line) });
  const start = (more: Readonly<Record<string, string>> = {}): Promise<RunningBot> => {
    const config = readConfig({ DISCORD_API_URL: standin.apiUrl, DATABASE_URL, ...environment, ...more });
    return startBot(
      { ...config, token: more.DISCORD_TOKEN ?? standin.token },
      log,
      openFolder(config.contentDir, readFolder, log),
    );
  };
  let bot = await start();
  return {
    standin,
    guild,
    general,
    member,
    other,
    moderator,
    logged,
    start,
    async restart() {
      await bot.stop();
      bot = await start();
    },
    async stop() {
      await bot.stop();
      await standin.stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** Waits until something holds. */
export async function until<T>(what: string, test: () => T | Promise<T>, limitMs = 6000): Promise<T> {
  for (const end = performance.now() + limitMs; ; ) {
    const value = await test();
    if (value) return value;
    if (performance.now() > end) throw new Error(`${what}: not within ${limitMs} ms`);
    await new Promise((done) => setTimeout(done, 25));
  }
}
