// `npm run simulate`: random histories of the whole bot on a virtual clock, replayable by their seed.
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { storeFigure } from '../../src/figures/store.ts';
import { type Step, steps } from './actions.ts';
import { History } from './history.ts';
import { openLibrary } from './library.ts';
import { findPlanted } from './planted.ts';
import { installVirtualTime } from './time.ts';

const USAGE = `Usage: npm run simulate -- [--seed N] [--steps N] [--length N] [--histories N] [--path P] [--planted [FILE…]] [--store]
  --seed N      which histories: the same number gives the same ones (a random one by default)
  --steps N     how many steps in all (default 10000)
  --length N    how many steps a history has at most (default 60)
  --histories N how many histories at most; with --planted for each patch (default 2000)
  --path P      replays the one history that a report names, and lists all requests of the bot
  --planted     applies each patch of test/simulation/planted/, or of FILE…, to a copy of the program, and says after how
                many histories it was found
  --store       also writes the result to docs/figures/simulation.json`;

const { values, positionals } = readArguments();
const length = numberOf(values.length, 60);
const seed = numberOf(values.seed, Date.now() % 1_000_000);
/** Histories that are tried while a failing one is made shorter. */
const MAX_SHRINKS = 150;
const REPORT_EVERY_MS = 5000;

const histories = numberOf(values.histories, values.planted ? 2000 : Number.MAX_SAFE_INTEGER);

if (values.planted) process.exit((await findPlanted({ seed, histories, length, files: positionals })) ? 0 : 1);
else process.exit(await simulate(numberOf(values.steps, values.histories === undefined ? 10_000 : 1_000_000)));

async function simulate(wanted: number): Promise<number> {
  const elapsed = stopwatch();
  const time = installVirtualTime();
  const library = await openLibrary();
  let [taken, run, shrinks, reportAt] = [0, 0, 0, REPORT_EVERY_MS];
  let failed: readonly string[] | undefined;
  let played: History | undefined;
  process.on('unhandledRejection', (error) => played?.failed('a rejection that nobody handles', error));
  const property = fc.asyncProperty(fc.noShrink(fc.nat()), steps(length), async (own, history) => {
    if (failed ? ++shrinks > MAX_SHRINKS : taken >= wanted || run >= histories) return;
    time.reset();
    played = new History(own, library, time);
    const found = await played.run(history);
    if (values.path !== undefined) for (const line of played.requests()) console.log(line);
    if (!failed) {
      run += 1;
      taken += history.length;
      if (elapsed() > reportAt) {
        reportAt = elapsed() + REPORT_EVERY_MS;
        console.error(
          `${taken} of ${wanted} steps in ${run} histories, ${Math.round(taken / (elapsed() / 1000))} steps a second`,
        );
      }
    }
    if (found.length === 0) return;
    failed ??= found;
    throw new Error(found.join('\n'));
  });
  const path = values.path === undefined ? {} : { path: values.path, endOnFailure: true };
  // A history has half of `length` steps on average. Those that come after enough steps are not run.
  const least = Math.max(1, length / 4);
  const result = await fc.check(property, {
    seed,
    numRuns: values.path === undefined ? Math.min(Math.ceil(wanted / least), histories) : 1,
    ...path,
  });
  time.uninstall();
  const speed = Math.round(taken / (elapsed() / 1000));
  if (!result.failed) {
    console.log(`seed ${seed}: ${taken} steps in ${run} histories, ${speed} steps a second, 0 violations`);
    if (values.store) store(taken, run, speed);
    return 0;
  }
  const [own, shortest] = result.counterexample ?? [0, []];
  console.log(`Violated:\n${String(result.errorInstance ?? failed?.join('\n'))}\n`);
  console.log(`The shortest history that still fails (${shortest.length} steps, ${own}):`);
  for (const step of shortest) console.log(`  ${wordsOf(step)}`);
  console.log(`\nnpm run simulate -- --seed ${seed} --length ${length} --path ${result.counterexamplePath}`);
  console.log(`seed ${seed}: ${taken} steps in ${run} histories, 1 violation`);
  return 1;
}

/** Stores a run without violations. */
function store(taken: number, run: number, speed: number): void {
  const rows = [
    ['steps', String(taken)],
    ['histories', String(run)],
    ['violations', '0'],
    ['steps a second', String(speed)],
  ];
  const own = process.argv.slice(2).filter((argument) => argument !== '--store');
  const command = ['npm run simulate --', ...(values.seed === undefined ? [`--seed ${seed}`] : []), ...own].join(' ');
  const tables = [{ title: `Random histories, seed ${seed}`, columns: ['what', 'measured'], rows }];
  console.log(`Stored in ${storeFigure('simulation', { command, tables, at: new Date() })}`);
}

function wordsOf({ kind, town, who, what, waitMs }: Step): string {
  return `${kind} (server ${town}, who ${who}, what ${what}), then ${waitMs} ms`;
}

/** Milliseconds of the machine's own clock. */
function stopwatch(): () => number {
  const from = process.hrtime.bigint();
  return () => Number(process.hrtime.bigint() - from) / 1e6;
}

function readArguments() {
  try {
    const read = parseArgs({
      allowPositionals: true,
      options: {
        seed: { type: 'string' },
        steps: { type: 'string' },
        length: { type: 'string' },
        path: { type: 'string' },
        planted: { type: 'boolean' },
        histories: { type: 'string' },
        store: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (read.values.help) {
      console.log(USAGE);
      process.exit(0);
    }
    if (read.positionals.length > 0 && !read.values.planted) throw new Error(`unknown: ${read.positionals.join(' ')}`);
    return read;
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n${USAGE}`);
    process.exit(2);
  }
}

function numberOf(text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  const number = Number(text);
  if (Number.isInteger(number) && number >= 0) return number;
  console.error(`${text} is not a whole number\n${USAGE}`);
  process.exit(2);
}
