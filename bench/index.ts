// `npm run bench [name …]`: what the bot costs, measured on this machine in one run. Prints Markdown, and keeps it beside
// the same numbers as JSON in bench-results/; with --store also in docs/figures.
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { storeFigure } from '../src/figures/store.ts';
import { measureAnswers } from './answers.ts';
import { measureContent } from './content.ts';
import { measureFaults } from './faults.ts';
import { measureForums } from './forums.ts';
import { measureHost } from './host.ts';
import { measureInsights } from './insights.ts';
import { measureLoad } from './load.ts';
import { measurePins } from './pins.ts';
import { clearProgress, showProgress } from './progress.ts';
import { measureReplies } from './replies.ts';
import { measureSearch } from './search.ts';
import { measureServers } from './servers.ts';
import { measureSoak } from './soak.ts';
import { measureStart } from './start.ts';
import { asTable, type Table } from './table.ts';

/** Runs only when it is named: it takes hours, and it measures the tests. */
const FAULTS = 'faults';
const MEASURES: Record<string, () => Promise<Table[]>> = {
  load: measureLoad,
  servers: measureServers,
  host: measureHost,
  soak: measureSoak,
  forums: measureForums,
  answers: async () => [pairs('Inside the process', await measureAnswers())],
  replies: async () => [pairs('A server with 10,000 replies of its own', await measureReplies())],
  search: async () => [pairs('The search', await measureSearch())],
  start: async () => [pairs('Start', await measureStart())],
  content: async () => [pairs('A change of the content', await measureContent())],
  insights: async () => [pairs('Insights of a month', await measureInsights())],
  pins: async () => [pairs('Living pins', await measurePins())],
  [FAULTS]: async () => [await measureFaults()],
};
const FOLDER = 'bench-results';

function pairs(title: string, rows: [string, string][]): Table {
  return { title, columns: ['what', 'measured'], rows };
}

/** The variables that change a benchmark, such as `SOAK_MINUTES=30`, in front of the command. */
function commandOf(name: string): string {
  const isOwn = ([variable]: readonly [string, unknown]) => variable.split('_')[0] === name.toUpperCase();
  const variables = Object.entries(process.env).filter(isOwn);
  return [...variables.map(([key, value]) => `${key}=${value}`), `npm run bench ${name}`].join(' ');
}

/** The soak with random faults measures something else than the other one. */
function figureOf(name: string): string {
  return name === 'soak' && process.env.SOAK_MINUTES !== undefined ? 'soak-faults' : name;
}

const STORE = '--store';
const isStored = process.argv.includes(STORE);
const wanted = process.argv.slice(2).filter((argument) => argument !== STORE && argument !== '--');
const unknown = wanted.filter((name) => !(name in MEASURES));
if (unknown.length > 0) {
  console.error(`There is no benchmark "${unknown.join('", "')}". There are: ${Object.keys(MEASURES).join(', ')}.`);
  process.exit(2);
}
const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`;
const tables: Table[] = [];
console.log(`${machine}\n`);
for (const [name, measure] of Object.entries(MEASURES)) {
  if (!(wanted.length > 0 ? wanted.includes(name) : name !== FAULTS)) continue;
  showProgress(`${name} …`);
  const measured = await measure();
  clearProgress();
  for (const table of measured) {
    tables.push(table);
    console.log(asTable(table));
  }
  if (!isStored) continue;
  const path = storeFigure(figureOf(name), { command: commandOf(name), tables: measured, at: new Date() });
  console.log(`Stored in ${path}\n`);
}
mkdirSync(FOLDER, { recursive: true });
const at = new Date().toISOString();
writeFileSync(`${FOLDER}/results.md`, [`${machine}, ${at}\n`, ...tables.map(asTable)].join('\n'));
writeFileSync(`${FOLDER}/results.json`, `${JSON.stringify({ at, machine, tables }, null, 2)}\n`);
console.log(`Written to ${FOLDER}/results.md and ${FOLDER}/results.json`);
process.exit(0);
