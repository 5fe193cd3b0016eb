// The start as an operator sees it: a process of its own, from its start to answering on the fake Discord.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { startFakeDiscord } from 'fake-discord';
import { NPM_START } from './load/bots.ts';

const STARTS = 5;

/** Start to ready and resident memory, medians of five starts. */
export async function measureStart(): Promise<[string, string][]> {
  const discord = await startFakeDiscord();
  const results: { ms: number; mebibytes: number }[] = [];
  for (let i = 0; i < STARTS; i++) results.push(await startOnce(discord));
  await discord.stop();
  const median = (list: number[]) => list.sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
  return [
    ['start (built) to ready', `median ${median(results.map(({ ms }) => ms)).toFixed(0)} ms of ${STARTS}`],
    ['resident memory when ready', `median ${median(results.map(({ mebibytes }) => mebibytes)).toFixed(0)} MiB`],
  ];
}

async function startOnce({
  token,
  apiUrl,
}: {
  token: string;
  apiUrl: string;
}): Promise<{ ms: number; mebibytes: number }> {
  const from = performance.now();
  const environment = {
    PATH: process.env.PATH ?? '',
    DISCORD_TOKEN: token,
    DISCORD_API_URL: apiUrl,
    DATABASE_URL: 'file:/tmp/guidepost-bench.db',
  };
  const child = spawn(process.execPath, NPM_START, {
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise<void>((done, fail) => {
    child.stdout.on('data', (data) => String(data).includes('"ready"') && done());
    child.on('exit', (code) => fail(new Error(`the bot ended with code ${code}`)));
  });
  const ms = performance.now() - from;
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
  const mebibytes = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
  child.removeAllListeners('exit');
  child.kill('SIGTERM');
  await new Promise((done) => child.on('exit', done));
  return { ms, mebibytes };
}
