// The memory of a process and all that it starts, while it runs.
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const INTERVAL_MS = 50;

/** The memory of a process in MiB. */
interface ProcessMemory {
  readonly all: number;
  /** What the kernel cannot take back: without the pages of files, such as the program of node. */
  readonly anonymous: number;
}

/** At one moment: the first process, then those it started. */
export type TreeMemory = readonly ProcessMemory[];

export interface TreeWatch {
  /** Ends the watch. @returns the moment at which the sum was largest */
  stop(): TreeMemory;
}

/** How many processes a process has started that still run. */
export function childCount(pid: number): number {
  return childrenOf(pid).length;
}

/** Watches a process and those that it starts, until it is stopped or the process ends. Needs Linux. */
export function watchTree(pid: number): TreeWatch {
  let most: TreeMemory = [];
  let isStopped = false;
  const watch = async () => {
    while (!isStopped) {
      const now = memoryOf(pid);
      if (sumOf(now, 'all') > sumOf(most, 'all')) most = now;
      await sleep(INTERVAL_MS);
    }
  };
  void watch();
  return {
    stop() {
      isStopped = true;
      return most;
    },
  };
}

/** The memory of all processes, in MiB. */
export function sumOf(tree: TreeMemory, part: keyof ProcessMemory): number {
  return tree.reduce((total, one) => total + one[part], 0);
}

function memoryOf(pid: number): ProcessMemory[] {
  const own = proportionalMemory(pid);
  return own === undefined ? [] : [own, ...childrenOf(pid).flatMap(memoryOf)];
}

function childrenOf(pid: number): number[] {
  const text = read(`/proc/${pid}/task/${pid}/children`) ?? '';
  return text.split(' ').filter(Boolean).map(Number);
}

/**
 * Memory that only this process has, and its share of what several have, such as the program of node: what a container's
 * limit counts (proc_pid_smaps(5), "Pss").
 */
function proportionalMemory(pid: number): ProcessMemory | undefined {
  const text = read(`/proc/${pid}/smaps_rollup`) ?? '';
  const [all, anonymous] = ['Pss', 'Pss_Anon'].map((name) => new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1]);
  return all && anonymous ? { all: Number(all) / 1024, anonymous: Number(anonymous) / 1024 } : undefined;
}

/** Undefined if the process has ended meanwhile. */
function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
