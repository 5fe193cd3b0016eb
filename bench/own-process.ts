// Guidepost as an operator runs it: a process of its own, connected to the full fake Discord.
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { NPM_START } from './load/bots.ts';

export interface OwnProcess {
  /** From the start to ready, in ms. */
  readonly ms: number;
  /** Resident memory, in MiB. */
  resident(): number;
  stop(): Promise<void>;
}

/** Starts a process and waits until it is ready. @param folder the content folder */
export async function startOwnProcess(
  { token, apiUrl }: { token: string; apiUrl: string },
  folder: string,
): Promise<OwnProcess> {
  const from = performance.now();
  const child = spawn(process.execPath, NPM_START, {
    env: {
      PATH: process.env.PATH ?? '',
      DISCORD_TOKEN: token,
      DISCORD_API_URL: apiUrl,
      CONTENT_DIR: folder,
      DATABASE_URL: 'file:/tmp/guidepost-bench.db',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await ready(child);
  return { ms: performance.now() - from, resident: () => residentOf(child.pid), stop: () => stop(child) };
}

function ready(child: ChildProcess): Promise<void> {
  return new Promise((done, fail) => {
    child.stdout?.on('data', (data) => String(data).includes('"ready"') && done());
    child.on('exit', (code) => fail(new Error(`the bot ended with code ${code}`)));
  });
}

async function stop(child: ChildProcess): Promise<void> {
  child.removeAllListeners('exit');
  child.kill('SIGTERM');
  await new Promise((done) => child.on('exit', done));
}

function residentOf(pid: number | undefined): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
}
