// What the log says where changes by other processes are not heard.
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { afterEach, describe, expect, test } from 'vitest';
import { listenToOthers } from '../../src/store/changes.ts';
import { openStore } from '../../src/store/store.ts';
import { systemClock } from '../../src/system-clock.ts';
import { databases, postgresUrl } from './databases.ts';
import { startWithoutListen } from './without-listen.ts';

const ending: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0)) await end();
});
const lines: string[] = [];
const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) });
afterEach(() => void lines.splice(0));
const deaf = () => lines.filter((line) => line.includes('notifications do not arrive'));

describe.skipIf(!postgresUrl)('a process on PostgreSQL', () => {
  test('does not blame a pooler where it could not send the notification itself', async () => {
    const run = () => Promise.reject(new Error('timeout'));
    ending.push(listenToOthers({ url: postgresUrl, run, tell: () => undefined, log, clock: systemClock }));
    await sleep(7000);
    expect(deaf()).toEqual([]);
  });

  test('says once, and why, that it may not listen', async () => {
    const database = (await databases[1]?.create()) ?? expect.fail('there is no PostgreSQL');
    const proxy = await startWithoutListen(database.url);
    const store = openStore(proxy.through(database.url), { log, clock: systemClock });
    ending.push(() => store.close(), proxy.close, database.close);
    await expect.poll(deaf, { timeout: 10_000 }).toHaveLength(1);
    expect(deaf()[0]).toContain('42601');
    await sleep(2000);
    expect(deaf()).toHaveLength(1);
  });
});
