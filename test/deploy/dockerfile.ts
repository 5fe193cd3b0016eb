// Builds the stages of a Dockerfile without a container engine: each in a folder, with the programs of this machine.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { cp, mkdir } from 'node:fs/promises';
import { basename, delimiter, dirname, join, relative, resolve } from 'node:path';

interface Instruction {
  readonly name: string;
  /** Such as `from` of `COPY --from=build`. */
  readonly flags: Readonly<Record<string, string>>;
  readonly value: string;
}

export interface Stage {
  readonly base: string;
  readonly name: string;
  readonly instructions: readonly Instruction[];
}

export interface BuiltStage {
  /** The folder that is `/` in the container. */
  readonly root: string;
  readonly workdir: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** The stages of a Dockerfile. @see https://docs.docker.com/reference/dockerfile/ */
export function parseDockerfile(text: string): Stage[] {
  const lines = text.replace(/^\s*#.*\n/gm, '').replace(/\\\n\s*/g, ' ');
  const stages: (Stage & { instructions: Instruction[] })[] = [];
  for (const line of lines.split('\n').filter((one) => one.trim())) {
    const [, name = '', flags = '', value = ''] = /^(\w+)((?:\s+--\S+)*)\s+(.*)$/.exec(line) ?? [];
    const [base = '', , alias = String(stages.length)] = value.split(/\s+/);
    if (name === 'FROM') stages.push({ base, name: alias, instructions: [] });
    else stages.at(-1)?.instructions.push({ name, flags: flagsOf(flags), value });
  }
  return stages;
}

function flagsOf(text: string): Record<string, string> {
  return Object.fromEntries([...text.matchAll(/--([\w-]+)=(\S+)/g)].map(([, name = '', value = '']) => [name, value]));
}

/** The pairs of all ENV instructions of a stage. */
export function environmentOf({ instructions }: Stage): Record<string, string> {
  const pairs = instructions.filter(({ name }) => name === 'ENV').flatMap(({ value }) => value.split(/\s+/));
  return Object.fromEntries(pairs.map((pair) => [pair.split('=', 1)[0], pair.slice(pair.indexOf('=') + 1)]));
}

/** Whether .dockerignore keeps a path out of the build. @see https://docs.docker.com/build/concepts/context/ */
export function readDockerignore(file: string): (path: string) => boolean {
  const rules = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line && !line.startsWith('#'))
    .map((line) => ({ isException: line.startsWith('!'), pattern: patternOf(line.replace(/^!/, '')) }));
  return (path) =>
    rules.reduce((isIgnored, { isException, pattern }) => (pattern.test(path) ? !isException : isIgnored), false);
}

function patternOf(glob: string): RegExp {
  const source = glob
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*\*\/|\*|\?/g, (sign) => ({ '**/': '(?:.*/)?', '*': '[^/]*' })[sign] ?? '[^/]');
  return new RegExp(`^${source}(?:/.*)?$`);
}

interface BuildOptions {
  /** The folder that is given to `docker build`. */
  readonly context: string;
  /** An empty folder for the stages. */
  readonly home: string;
  /** The id of the user whom the Dockerfile calls "node". */
  readonly user: number;
}

/** Instructions that change no file. */
const SETTINGS = ['ENV', 'VOLUME', 'USER', 'EXPOSE', 'STOPSIGNAL', 'HEALTHCHECK', 'CMD'];

/**
 * Runs the COPY and RUN instructions of all stages. A stage waits only for those that it copies from.
 * @returns the last stage
 * @throws if an instruction is unknown or fails
 */
export async function buildImage(stages: readonly Stage[], options: BuildOptions): Promise<BuiltStage> {
  const built = new Map<string, Promise<BuiltStage>>();
  for (const stage of stages) built.set(stage.name, buildStage(stage, built, options));
  const all = await Promise.all(built.values());
  const last = all.at(-1);
  if (!last) throw new Error('the Dockerfile has no stage');
  return last;
}

async function buildStage(
  stage: Stage,
  built: ReadonlyMap<string, Promise<BuiltStage>>,
  options: BuildOptions,
): Promise<BuiltStage> {
  const root = join(options.home, stage.name);
  const environment = environmentOf(stage);
  let workdir = root;
  await mkdir(root);
  for (const { name, flags, value } of stage.instructions) {
    if (name === 'WORKDIR') {
      workdir = join(root, value);
      await mkdir(workdir, { recursive: true });
    } else if (name === 'RUN') await run(onThisMachine(value, root, options.user), workdir, environment);
    else if (name === 'COPY') {
      const from = flags.from === undefined ? undefined : await built.get(flags.from);
      if (flags.from !== undefined && !from) throw new Error(`COPY from an unknown stage: ${flags.from}`);
      await copy(value.split(/\s+/), workdir, from?.root ?? options.context, from !== undefined);
    } else if (!SETTINGS.includes(name)) throw new Error(`unknown instruction: ${name}`);
  }
  return { root, workdir, environment };
}

/** Absolute paths lead into the stage's folder, and the user "node" is one that this machine has. */
function onThisMachine(command: string, root: string, user: number): string {
  return command.replace(/(?<=^|[\s=])\/(?=\w)/g, `${root}/`).replace(/(--(?:owner|group)=)node\b/g, `$1${user}`);
}

function run(command: string, cwd: string, environment: Readonly<Record<string, string>>): Promise<void> {
  const env = {
    HOME: process.env.HOME ?? '',
    PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
    // What `npm install` in this project has downloaded is not downloaded again.
    npm_config_prefer_offline: 'true',
    ...environment,
  };
  const child = spawn('sh', ['-c', command], { cwd, env });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', (code) => (code === 0 ? done() : fail(new Error(`${command}: code ${code}\n${output}`))));
  });
}

/** Copies files, and the contents of folders. @param isStage .dockerignore applies to the build's context only */
async function copy(paths: readonly string[], workdir: string, source: string, isStage: boolean): Promise<void> {
  const sources = paths.slice(0, -1);
  const target = paths.at(-1) ?? '';
  const isIgnored = isStage ? () => false : readDockerignore(join(source, '.dockerignore'));
  for (const path of sources) {
    const from = join(source, path);
    if (!existsSync(from) || isIgnored(relative(source, from))) throw new Error(`COPY: ${path} is not there`);
    const isInto = target.endsWith('/') || sources.length > 1;
    const to = resolve(workdir, target, statSync(from).isDirectory() || !isInto ? '' : basename(path));
    const filter = (name: string) => name === from || !isIgnored(relative(source, name));
    await cp(from, to, { recursive: true, verbatimSymlinks: true, filter });
  }
}
