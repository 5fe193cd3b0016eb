// Starts processes that use a store, and talks to them line by line.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const root = join(import.meta.dirname, '..', '..');

export interface Program {
  readonly pid: number;
  /** Its output. */
  readonly lines: readonly string[];
  /** Sends a line and resolves with the next line of output. */
  ask(line: string): Promise<string>;
  send(line: string): void;
  nextLine(): Promise<string>;
  kill(): Promise<void>;
}

export interface Programs {
  start(url: string): Program;
  remove(): Promise<void>;
}

/** Compiles the program into a temporary folder: Node 20 can't run TypeScript. */
export function compile(): Programs {
  const folder = mkdtempSync(join(tmpdir(), 'guidepost-program-'));
  const config = {
    extends: join(root, 'tsconfig.json'),
    compilerOptions: {
      noEmit: false,
      outDir: join(folder, 'out'),
      rootDir: root,
      typeRoots: [join(root, 'node_modules', '@types')],
    },
    include: [join(root, 'test', 'e2e', 'store-program.ts')],
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  execFileSync(process.execPath, [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', folder]);
  const running: Program[] = [];
  return {
    start(url) {
      const child = spawn(process.execPath, [join(folder, 'out', 'test', 'e2e', 'store-program.js'), url], {
        stdio: ['pipe', 'pipe', 'inherit'],
      });
      const program = follow(child);
      running.push(program);
      return program;
    },
    async remove() {
      await Promise.all(running.map((program) => program.kill()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function follow(child: ChildProcess): Program {
  const lines: string[] = [];
  const waiting: ((line: string) => void)[] = [];
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  if (child.stdout) {
    createInterface({ input: child.stdout }).on('line', (line) => {
      lines.push(line);
      waiting.shift()?.(line);
    });
  }
  const nextLine = () => new Promise<string>((resolve) => waiting.push(resolve));
  const send = (line: string) => void child.stdin?.write(`${line}\n`);
  return {
    pid: child.pid ?? 0,
    lines,
    nextLine,
    send,
    ask(line) {
      const answer = nextLine();
      send(line);
      return answer;
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
