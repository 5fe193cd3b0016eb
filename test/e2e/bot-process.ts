// The bot as a process of its own, as `npm start` runs it, so that a test can kill it.
import { spawn } from 'node:child_process';
import type { FakeDiscord } from 'fake-discord';
import { until } from './world.ts';

const READY_MS = 40_000;

export interface BotProcess {
  /** kill -9. Resolves when it has ended. */
  kill(): Promise<void>;
  /** What it wrote to its output so far. */
  output(): string;
}

/** Starts it, and resolves when it is ready. @param own more variables of its environment */
export async function startProcess(
  discord: FakeDiscord,
  databaseUrl: string,
  own: Readonly<Record<string, string>> = {},
): Promise<BotProcess> {
  const env = {
    PATH: process.env.PATH ?? '',
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    DATABASE_URL: databaseUrl,
    ...own,
  };
  const child = spawn(process.execPath, ['scripts/start.js'], { env });
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data));
  await until('ready', () => output.includes('"ready"'), READY_MS).catch((error) => {
    child.kill('SIGKILL');
    throw new Error(`${error.message}\n${output}`);
  });
  return {
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    output: () => output,
  };
}
