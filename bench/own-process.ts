// Guidepost as an operator runs it, connected to the full fake Discord.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BotProcess, startBotProcess } from './load/bot-process.ts';
import { NPM_START } from './load/bots.ts';

/** Starts a process with a database of its own, and waits until it is ready. @param folder the content folder */
export async function startOwnProcess(
  { token, apiUrl }: { token: string; apiUrl: string },
  folder: string,
): Promise<BotProcess> {
  const home = mkdtempSync(join(tmpdir(), 'guidepost-bench-'));
  const bot = await startBotProcess(NPM_START, {
    DISCORD_TOKEN: token,
    DISCORD_API_URL: apiUrl,
    CONTENT_DIR: folder,
    DATABASE_URL: `file:${join(home, 'guidepost.db')}`,
  });
  return {
    ...bot,
    async stop() {
      await bot.stop();
      rmSync(home, { recursive: true });
    },
  };
}
