// Faults that are known: each patch is applied to a copy of the program, and must be found and replayed.
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { applyPatch, parsePatch } from 'diff';

const PATCHES = 'test/simulation/planted';
/** What the program is built from. */
const SOURCES = ['src', 'commands', 'bench', 'scripts', 'test', 'package.json', 'tsconfig.json', 'tsconfig.base.json'];

interface Options {
  /** The patches; all of the folder if there are none. */
  readonly files: readonly string[];
  readonly seed: number;
  readonly histories: number;
  readonly length: number;
}

/** @returns whether each was found, and found again from its seed */
export async function findPlanted(options: Options): Promise<boolean> {
  const patches = options.files.length > 0 ? options.files : listPatches();
  let areAllFound = patches.length > 0;
  const waiting = [...patches];
  const work = async () => {
    for (let patch = waiting.shift(); patch !== undefined; patch = waiting.shift()) {
      const result = await tryPatch(patch, options);
      console.log(`${basename(patch)}: ${result.words}`);
      areAllFound &&= result.isFound;
    }
  };
  await Promise.all(cpus().map(work));
  return areAllFound;
}

function listPatches(): string[] {
  return readdirSync(PATCHES)
    .filter((name) => /\.(patch|diff)$/.test(name))
    .sort()
    .map((name) => join(PATCHES, name));
}

async function tryPatch(patch: string, options: Options): Promise<{ isFound: boolean; words: string }> {
  const copy = mkdtempSync(join(tmpdir(), 'guidepost-planted-'));
  try {
    copyProgram(copy);
    const problem = apply(patch, copy);
    if (problem) return { isFound: false, words: problem };
    const built = await run(copy, ['scripts/bundle.js', join(copy, 'dist')]);
    if (built.code !== 0) return { isFound: false, words: `does not build\n${built.output}` };
    const { seed, histories, length } = options;
    const simulate = ['dist/simulate.js', '--seed', `${seed}`, '--length', `${length}`];
    const search = await run(copy, [...simulate, '--histories', `${histories}`]);
    const last = search.output.trimEnd().split('\n').at(-1) ?? '';
    if (search.code === 0) return { isFound: false, words: `not found: ${last}` };
    const path = /--path (\S+)/.exec(search.output)?.[1];
    const after = /in (\d+) histories/.exec(last)?.[1];
    if (search.code !== 1 || !path || !after) return { isFound: false, words: `failed\n${search.output}` };
    const again = await run(copy, [...simulate, '--path', path]);
    const what = firstViolation(search.output);
    const isSame = again.code === 1 && firstViolation(again.output) === what;
    const steps = /still fails \((\d+) steps?/.exec(search.output)?.[1];
    const replay = isSame ? 'replayed exactly' : 'NOT replayed';
    return { isFound: isSame, words: `found after ${after} histories, ${steps} steps, ${replay}: ${what}` };
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

function copyProgram(copy: string): void {
  for (const source of SOURCES) cpSync(source, join(copy, source), { recursive: true });
  symlinkSync(join(process.cwd(), 'node_modules'), join(copy, 'node_modules'));
}

/** @returns why it cannot be applied */
function apply(patch: string, copy: string): string | undefined {
  for (const change of parsePatch(readFileSync(patch, 'utf8'))) {
    const file = change.newFileName?.replace(/^b\//, '');
    if (!file) continue;
    const path = join(copy, file);
    const changed = applyPatch(readFileSync(path, 'utf8'), change, { fuzzFactor: 2 });
    if (changed === false) return `${basename(patch)} does not fit ${file}`;
    writeFileSync(path, changed);
  }
  return undefined;
}

function firstViolation(output: string): string {
  return /Violated:\n(?:Error: )?(.*)/.exec(output)?.[1]?.slice(0, 160) ?? '';
}

function run(cwd: string, args: readonly string[]): Promise<{ code: number | null; output: string }> {
  return new Promise((done, reject) => {
    const child = spawn(process.execPath, args, { cwd });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (data) => {
        output += String(data);
      });
    child.on('error', reject).on('close', (code) => done({ code, output }));
  });
}
