// Starts PgBouncer in front of the tests' PostgreSQL, if it is installed.
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../free-port.ts';
import { postgresUrl } from '../store/databases.ts';

/** Why there is no pooler; undefined if there is one. */
export const noPooler: string | undefined = !postgresUrl
  ? 'PostgreSQL is not installed'
  : spawnSync('pgbouncer', ['--version']).error
    ? 'PgBouncer is not installed (apt-get install pgbouncer)'
    : undefined;

export interface Pooler {
  /** The URL of a database through the pooler. */
  through(url: string): string;
  stop(): Promise<void>;
}

/** @param mode how long a client keeps a connection to the server */
export async function startPooler(mode: 'session' | 'transaction'): Promise<Pooler> {
  const folder = mkdtempSync(join(tmpdir(), 'guidepost-pooler-'));
  chmodSync(folder, 0o755);
  const { hostname, port, username } = new URL(postgresUrl);
  const own = await freePort();
  writeFileSync(join(folder, 'users.txt'), `"${username}" ""\n`);
  writeFileSync(
    join(folder, 'pgbouncer.ini'),
    `[databases]
* = host=${hostname} port=${port} user=${username}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${own}
unix_socket_dir =
auth_type = trust
auth_file = ${join(folder, 'users.txt')}
pool_mode = ${mode}
`,
  );
  // PgBouncer refuses to run as root.
  const isRoot = process.getuid?.() === 0;
  const idOf = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  const child = spawn('pgbouncer', [join(folder, 'pgbouncer.ini')], {
    cwd: '/',
    stdio: ['ignore', 'ignore', 'pipe'],
    ...(isRoot ? { uid: idOf('-u'), gid: idOf('-g') } : {}),
  });
  await isUp(child);
  return {
    through(url) {
      const address = new URL(url);
      address.hostname = '127.0.0.1';
      address.port = String(own);
      return address.href;
    },
    async stop() {
      const ended = new Promise((done) => child.once('exit', done));
      child.kill('SIGKILL');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function isUp(child: ChildProcess): Promise<void> {
  return new Promise((up, fail) => {
    let output = '';
    child.once('error', fail);
    child.once('exit', () => fail(new Error(`PgBouncer ended: ${output}`)));
    child.stderr?.on('data', (data) => {
      output += data;
      if (output.includes('process up')) up();
    });
  });
}
