// What servers cost: memory, and the time until a bot is ready, with more and more of them.
import { setTimeout as sleep } from 'node:timers/promises';
import { BOT_KEYS, BOTS, type BotKey, startBot } from './load/bots.ts';
import { median } from './load/drive.ts';
import { shippedEdition } from './load/interactions.ts';
import { showProgress } from './progress.ts';
import type { Table } from './table.ts';

const SERVERS = [0, 1000, 2500];
const STARTS = 3;
/** After the last server has come: buffers are let go, and what is left is kept. */
const SETTLE_MS = 3000;

interface Size {
  readonly residentMiB: number;
  readonly readyMs: number;
}

/** Memory and start. Over HTTP Discord never sends a server: more of them change nothing there. Needs Linux. */
export async function measureServers(): Promise<Table[]> {
  const edition = await shippedEdition();
  const measured = new Map<string, Size>();
  for (const servers of SERVERS) {
    const starts = new Map(BOT_KEYS.map((key): [BotKey, Size[]] => [key, []]));
    for (let n = 0; n < STARTS; n++) {
      showProgress(`servers: ${servers} servers, start ${n + 1} of ${STARTS}`);
      for (const [key, list] of starts) {
        const bot = await startBot(BOTS[key], edition, servers);
        await sleep(SETTLE_MS);
        list.push({ residentMiB: bot.residentMiB(), readyMs: bot.readyMs });
        await bot.stop();
      }
    }
    for (const [key, list] of starts) {
      const of = (name: keyof Size) => median(list.map((one) => one[name]));
      measured.set(`${key} ${servers}`, { residentMiB: of('residentMiB'), readyMs: of('readyMs') });
    }
  }
  return [table('Resident memory, MiB', 'residentMiB', measured), table('Start to ready, ms', 'readyMs', measured)];
}

function table(title: string, name: keyof Size, measured: ReadonlyMap<string, Size>): Table {
  const of = (key: BotKey, servers: number) => measured.get(`${key} ${servers}`)?.[name] ?? Number.NaN;
  const most = SERVERS.at(-1) ?? 0;
  return {
    title: `${title}; medians of ${STARTS} starts`,
    columns: ['who', ...SERVERS.map((servers) => `${servers} servers`), `with ${most}, × bare discord.js`],
    rows: BOT_KEYS.map((key) => [
      BOTS[key].name,
      ...SERVERS.map((servers) => of(key, servers).toFixed(0)),
      (of(key, most) / of('bare', most)).toFixed(2),
    ]),
    data: Object.fromEntries(BOT_KEYS.map((key) => [key, SERVERS.map((servers) => [servers, of(key, servers)])])),
  };
}
