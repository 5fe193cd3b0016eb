// A bot under load: a process of its own, with its CPU time and its memory as the kernel counts them.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** The kernel counts CPU time in ticks of 10 ms (`getconf CLK_TCK`). */
const TICK_MS = 1000 / Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

export interface Contender {
  /** From starting the process until it said that it is ready. */
  readonly readyMs: number;
  /** CPU time so far, of all threads, in ms. */
  cpuMs(): number;
  /** Resident memory in MiB. */
  residentMiB(): number;
  stop(): Promise<void>;
}

/**
 * Starts a bot and waits until it prints `"ready"`.
 * @param command what node runs, with its flags
 * @param environment all of it; nothing is inherited but PATH
 * @throws where the process ends before it is ready
 */
export async function startContender(
  command: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Contender> {
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
    cpuMs: () => cpuOf(child),
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

/** Fields 14 and 15 of /proc/PID/stat, counted after the name in brackets (proc(5)). */
function cpuOf({ pid }: ChildProcess): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}
