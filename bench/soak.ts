// 200,000 interactions of every kind on one process, or a few minutes of random faults: whether memory stays flat.
import { BOTS, type BotUnderTest, startBot } from './load/bots.ts';
import { sendConcurrently } from './load/drive.ts';
import { mixedInteractions, shippedEdition } from './load/interactions.ts';
import { showProgress } from './progress.ts';
import { measureSoakWithFaults } from './soak-faults.ts';
import type { Table } from './table.ts';

const INTERACTIONS = 200_000;
const TURNS = 10;
const AT_ONCE = 64;
/** With random faults, instead of a number of interactions: `SOAK_MINUTES=30 npm run bench soak`. */
const MINUTES = Number(process.env.SOAK_MINUTES ?? 0);

/** Resident memory after every tenth, over both transports. Needs Linux. */
export async function measureSoak(): Promise<Table[]> {
  if (MINUTES > 0) return [await measureSoakWithFaults(MINUTES)];
  const rows: string[][] = [];
  for (const candidate of [BOTS.guidepostGateway, BOTS.guidepostHttp]) rows.push(await soak(candidate));
  return [
    {
      title: `Resident memory in MiB over ${INTERACTIONS.toLocaleString('en')} interactions of every kind`,
      columns: ['who', 'at the start', ...Array.from({ length: TURNS }, (_, i) => `${((i + 1) * 100) / TURNS} %`)],
      rows,
    },
  ];
}

async function soak(candidate: BotUnderTest): Promise<string[]> {
  const edition = await shippedEdition();
  const bot = await startBot(candidate, edition, 0, mixedInteractions(edition));
  const resident = [bot.residentMiB()];
  for (let turn = 0; turn < TURNS; turn++) {
    await sendConcurrently(bot.sender, AT_ONCE, { count: INTERACTIONS / TURNS });
    resident.push(bot.residentMiB());
    showProgress(`soak: ${candidate.name}, ${turn + 1} of ${TURNS} parts`);
  }
  await bot.stop();
  return [candidate.name, ...resident.map((mebibytes) => mebibytes.toFixed(0))];
}
