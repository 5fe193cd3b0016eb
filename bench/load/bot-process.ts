// A bot under test as a process of its own, with its CPU time and memory according to the kernel.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** The kernel counts CPU time in ticks of 10 ms (`getconf CLK_TCK`). */
const TICK_MS = 1000 / Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

export interface BotProcess {
  /** Time from the start of the process until it reports that it is ready. */
  readonly readyMs: number;
  /** CPU time so far, of all threads, in milliseconds. */
  cpuMs(): number;
  /** Resident memory in MiB. */
  residentMiB(): number;
  stop(): Promise<void>;
}

/**
 * Starts a bot and waits until it prints `"ready"`.
 * @param command the arguments of node
 * @param environment the complete environment, except PATH, which is inherited
 * @throws if the process ends before it is ready
 */
export async function startBotProcess(
  command: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<BotProcess> {
  const from = performance.now();
  const child = spawn(process.execPath, command, {
    env: { PATH: process.env.PATH ?? '', ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await untilReady(child, command.join(' '));
  const readyMs = performance.now() - from;
  child.stdout.resume();
  return {
    readyMs,
    cpuMs: () => cpuTimeOf(child),
    residentMiB: () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) / 1024,
    async stop() {
      child.removeAllListeners('exit');
      const ended = new Promise((done) => child.on('exit', done));
      child.kill('SIGKILL');
      await ended;
    },
  };
}

function untilReady(child: ChildProcess, name: string): Promise<void> {
  return new Promise((done, fail) => {
    child.stdout?.on('data', (data) => String(data).includes('"ready"') && done());
    child.on('exit', (code) => fail(new Error(`${name} ended with code ${code}`)));
  });
}

/** Fields 14 and 15 of /proc/PID/stat, counted after the name in parentheses (proc(5)). */
function cpuTimeOf({ pid }: ChildProcess): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}
