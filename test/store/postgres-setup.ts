// Starts a PostgreSQL server for the tests, once for a whole run, if its binaries are installed.
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { freePort } from '../free-port.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The URL of a PostgreSQL server where tests may create databases; empty if there is none. */
    postgresUrl: string;
  }
}

const ROOT = '/usr/lib/postgresql';
let stop = () => {};

/** The projects of `npm run test:unit`, which needs no server. */
const WITHOUT_SERVER = ['unit', 'clock'];

export async function setup(project: TestProject): Promise<void> {
  if (project.vitest.projects.every(({ name }) => WITHOUT_SERVER.includes(name))) {
    console.log('Unit tests: what needs a database runs on SQLite; npm test runs it on PostgreSQL, too');
    return project.provide('postgresUrl', '');
  }
  const given = process.env.TEST_POSTGRES_URL;
  const bin = given ? undefined : newestBinaries();
  if (!given && !bin) {
    console.log('PostgreSQL is not installed: its half of the store tests is skipped (apt-get install postgresql)');
  }
  project.provide('postgresUrl', given ?? (bin ? await start(bin) : ''));
}

export function teardown(): void {
  stop();
}

function newestBinaries(): string | undefined {
  if (!existsSync(ROOT)) return undefined;
  return readdirSync(ROOT)
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(ROOT, version, 'bin'))
    .find((bin) => existsSync(join(bin, 'initdb')));
}

async function start(bin: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'guidepost-postgres-'));
  const data = join(folder, 'data');
  // PostgreSQL refuses to run as root.
  const isRoot = process.getuid?.() === 0;
  if (isRoot) {
    const idOf = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
    chownSync(folder, idOf('-u'), idOf('-g'));
  }
  chmodSync(folder, 0o700);
  const run = (program: string, args: string[]) => {
    const command = isRoot ? 'runuser' : join(bin, program);
    const all = isRoot ? ['-u', 'postgres', '--', join(bin, program), ...args] : args;
    const { status, stderr } = spawnSync(command, all, {
      encoding: 'utf8',
      cwd: '/',
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    if (status !== 0) throw new Error(`${program} failed: ${stderr}`);
  };
  const port = await freePort();
  const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${folder} -c fsync=off -c max_connections=500`;
  run('initdb', ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8']);
  run('pg_ctl', ['-D', data, '-l', join(folder, 'log'), '-w', '-o', options, 'start']);
  stop = () => {
    run('pg_ctl', ['-D', data, '-m', 'immediate', '-w', 'stop']);
    rmSync(folder, { recursive: true, force: true });
  };
  return `postgres://postgres@127.0.0.1:${port}/postgres`;
}
