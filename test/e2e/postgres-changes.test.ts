// What is logged when notifications do not arrive.
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { afterEach, describe, expect, test } from 'vitest';
import { listenOnPostgres } from '../../src/store/postgres-changes.ts';
import { openStore } from '../../src/store/store.ts';
import { systemClock } from '../../src/system-clock.ts';
import { databases, postgresUrl } from '../store/databases.ts';
import { startWithoutListen } from './without-listen.ts';

const ending: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0)) await end();
});
const lines: string[] = [];
const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) });
afterEach(() => void lines.splice(0));
const warnings = () => lines.filter((line) => line.includes('notifications do not arrive'));

describe.skipIf(!postgresUrl)('listening on PostgreSQL', () => {
  test('logs no warning if the test notification could not be sent', async () => {
    const run = () => Promise.reject(new Error('timeout'));
    const watcher = listenOnPostgres({ url: postgresUrl, run, emit: () => undefined, log, clock: systemClock });
    ending.push(() => watcher.stop());
    await sleep(7000);
    expect(warnings()).toEqual([]);
  });

  test('logs once why LISTEN was refused', async () => {
    const database = (await databases[1]?.create()) ?? expect.fail('there is no PostgreSQL');
    const proxy = await startWithoutListen(database.url);
    const store = openStore(proxy.through(database.url), { log, clock: systemClock });
    ending.push(() => store.close(), proxy.close, database.close);
    await expect.poll(warnings, { timeout: 10_000 }).toHaveLength(1);
    expect(warnings()[0]).toContain('42601');
    await sleep(2000);
    expect(warnings()).toHaveLength(1);
  });
});
