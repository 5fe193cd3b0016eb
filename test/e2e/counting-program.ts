// A process that counts continuously, and prints the time and the number counted so far.
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { openStatsRecorder } from '../../src/stats/recorder.ts';
import { openStore } from '../../src/store/store.ts';
import { systemClock } from '../../src/system-clock.ts';

const [url = ''] = process.argv.slice(2);
const log = pino({ level: 'silent' });
const stats = openStatsRecorder(openStore(url, { log, clock: systemClock }), { log });
for (let counted = 1; ; counted++) {
  stats.count('killed', 'seen', `page#${counted % 7}`);
  process.stdout.write(`${Date.now()} ${counted}\n`);
  await sleep(2);
}
