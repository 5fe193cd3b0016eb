// How many faults the tests catch: plants one at a time on a random line of src/ or commands/, in a copy, and runs them.
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseSync, Visitor } from 'rolldown/utils';
import { showProgress } from './progress.ts';
import { createRandom } from './random.ts';
import type { Table } from './table.ts';

const COUNT = Number(process.env.FAULTS ?? 30);
const SEED = Number(process.env.FAULTS_SEED ?? 1);
/** Only files whose path begins so. */
const FOLDER = process.env.FAULTS_IN ?? '';
/** `FAULTS_UNIT=1` runs the unit tests only. */
const UNIT_ONLY = process.env.FAULTS_UNIT === '1';
/** A fault may make a loop endless. */
const TIMEOUT_MS = 15 * 60_000;
/** Runs in a browser: `npm run test:browser` covers it. */
const BROWSER_CODE = 'src/preview/map-page/';
const UNIT_TESTS = ['--project', 'unit', '--project', 'clock'];

const OPPOSITES: Record<string, string> = {
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
  '===': '!==',
  '!==': '===',
  '+': '-',
  '-': '+',
  '&&': '||',
  '||': '&&',
};

interface Range {
  readonly start: number;
  readonly end: number;
}

interface Fault extends Range {
  readonly file: string;
  readonly line: number;
  readonly kind: string;
  readonly replacement: string;
}

/** `FAULTS=30 FAULTS_SEED=1 FAULTS_IN=src/pins FAULTS_UNIT=1 npm run bench faults`: all tests run on what unit tests miss. */
export async function measureFaults(): Promise<Table> {
  const files = sourceFiles();
  const faults = choose(files.flatMap(faultsIn));
  const copy = copyOfTheProject();
  const rows: string[][] = [];
  const caught = { unit: 0, all: 0 };
  if (await testsFail(copy, UNIT_TESTS)) throw new Error(`The unit tests fail without a fault: see them in ${copy}.`);
  for (const [index, fault] of faults.entries()) {
    showProgress(`fault ${index + 1} of ${faults.length}: ${fault.file}:${fault.line}, ${fault.kind}`);
    const path = join(copy, fault.file);
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, text.slice(0, fault.start) + fault.replacement + text.slice(fault.end));
    const byUnit = await testsFail(copy, UNIT_TESTS);
    const byAll = byUnit || (!UNIT_ONLY && (await testsFail(copy, [])));
    writeFileSync(path, text);
    caught.unit += Number(byUnit);
    caught.all += Number(byAll);
    rows.push([`${fault.file}:${fault.line}`, fault.kind, byUnit ? 'unit tests' : byAll ? 'all tests' : 'nothing']);
  }
  rmSync(copy, { recursive: true });
  return {
    title: `${faults.length} planted faults, seed ${SEED}`,
    columns: ['place', 'fault', 'caught by'],
    rows,
    notes: [`Unit tests caught ${caught.unit}${UNIT_ONLY ? '' : `, all tests ${caught.all}`} of ${faults.length}.`],
  };
}

function sourceFiles(): string[] {
  const listed = execFileSync('git', ['ls-files', 'src/*.ts', 'commands/*.ts'], { encoding: 'utf8' });
  return listed.split('\n').filter((file) => file.startsWith(FOLDER) && !file.startsWith(BROWSER_CODE) && file !== '');
}

/** Every fault that can be planted in a file. */
function faultsIn(file: string): Fault[] {
  const text = readFileSync(file, 'utf8');
  const faults: Fault[] = [];
  const source = ({ start, end }: Range) => text.slice(start, end);
  const add = (kind: string, { start, end }: Range, replacement: string) =>
    faults.push({ file, line: text.slice(0, start).split('\n').length, kind, start, end, replacement });
  const addOpposite = ({ left, right, operator }: { left: Range; right: Range; operator: string }) => {
    const opposite = OPPOSITES[operator];
    if (opposite === undefined) return;
    const replacement = `${source(left)} ${opposite} ${source(right)}`;
    add(`${operator} is ${opposite}`, { start: left.start, end: right.end }, replacement);
  };
  new Visitor({
    IfStatement: ({ test }) => add('condition flipped', test, `!(${source(test)})`),
    ConditionalExpression: ({ test }) => add('condition flipped', test, `!(${source(test)})`),
    BinaryExpression: addOpposite,
    LogicalExpression: addOpposite,
    AwaitExpression: (node) => add('await dropped', node, source(node.argument)),
    ExpressionStatement: (node) => {
      if (node.expression.type === 'CallExpression') add('call removed', node, ';');
    },
    CallExpression: ({ arguments: [first, second] }) => {
      if (!first || !second) return;
      add('arguments swapped', { start: first.start, end: second.end }, `${source(second)}, ${source(first)}`);
    },
    Literal: (node) => {
      if (typeof node.value === 'boolean') add('wrong constant', node, String(!node.value));
      if (typeof node.value !== 'number') return;
      add('wrong constant', node, String(node.value > 10 ? node.value * 2 : node.value + 1));
    },
  }).visit(parseSync(file, text).program);
  return faults;
}

/** One fault on each of some random lines. */
function choose(faults: readonly Fault[]): Fault[] {
  const random = createRandom(SEED);
  const pick = <T>(list: readonly T[]) => Math.floor(random() * list.length);
  const lines = [...new Set(faults.map(({ file, line }) => `${file}:${line}`))];
  const chosen: Fault[] = [];
  while (chosen.length < COUNT && lines.length > 0) {
    const [place] = lines.splice(pick(lines), 1);
    const there = faults.filter(({ file, line }) => `${file}:${line}` === place);
    const fault = there[pick(there)];
    if (fault) chosen.push(fault);
  }
  return chosen;
}

/** The committed and changed files, without what is built. */
function copyOfTheProject(): string {
  const copy = mkdtempSync(join(tmpdir(), 'guidepost-faults-'));
  const listed = execFileSync('git', ['ls-files'], { encoding: 'utf8' });
  for (const file of listed.split('\n').filter(Boolean)) cpSync(file, join(copy, file));
  symlinkSync(join(process.cwd(), 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

function testsFail(folder: string, projects: readonly string[]): Promise<boolean> {
  const child = spawn('npx', ['vitest', 'run', '--bail', '1', ...projects], {
    cwd: folder,
    stdio: 'ignore',
    detached: true,
  });
  return new Promise((resolve, reject) => {
    // A negative id ends the processes that it started, too.
    const timer = setTimeout(() => child.pid && process.kill(-child.pid, 'SIGKILL'), TIMEOUT_MS);
    child.on('error', reject).on('exit', (code) => {
      clearTimeout(timer);
      resolve(code !== 0);
    });
  });
}
