// Builds the program if there is no build of these sources yet: one bundle for the bot, one for the process that
// reads the content, one for each tool. A single file starts faster and takes less memory than a thousand modules.
//
// Each build has a folder of its own, dist/<digest of the sources>/, which is never changed: a running bot goes on
// loading its own files while others are built. dist/<name>.js are entry points into the newest build, for
// installations without sources.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { inputs } from './bundle.js';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, 'dist');

/** What builds the rest of the preview, which is not bundled: each only if its sources are newer. */
const BESIDES = [['packages/fake-discord/build.js'], ['scripts/build-map-page.js']];

const BUILD = /^[0-9a-f]{12}$/;
/** A build that is not finished, by a process. */
const DRAFT = /^[0-9a-f]{12}\.(\d+)$/;
const IN_USE = 'in-use-by-';

/**
 * Builds unless these sources are built already. Ends the process if that fails.
 * @returns the URL of the folder with `main.js` and the tools, with a slash at the end
 */
export function buildIfNeeded() {
  const sources = ['src', 'commands', 'bench', 'scripts', 'packages', 'package-lock.json'];
  if (!sources.every((name) => existsSync(join(root, name)))) return urlOf(dist); // an installation without sources
  const tests = ['test/simulation'].filter((name) => existsSync(join(root, name)));
  const folder = join(dist, digestOf([...sources, ...tests]));
  if (!existsSync(folder)) build(folder);
  else if (!isSelected(folder)) selectAgain(folder);
  markInUse(folder);
  return urlOf(folder);
}

/** Windows imports absolute paths as URLs only. */
function urlOf(folder) {
  return `${pathToFileURL(folder)}/`;
}

/** What is in a folder, in order, but for what is built or installed there. */
function sourcesIn(folder) {
  return readdirSync(folder)
    .filter((name) => !name.startsWith('dist') && name !== 'node_modules')
    .sort();
}

/** A digest of the sources' names and contents. */
function digestOf(sources) {
  const hash = createHash('sha256');
  const add = (name) => {
    const path = join(root, name);
    if (statSync(path).isDirectory()) for (const entry of sourcesIn(path)) add(`${name}/${entry}`);
    else hash.update(`${name}\0`).update(readFileSync(path)).update('\0');
  };
  for (const name of sources) add(name);
  return hash.digest('hex').slice(0, 12);
}

function build(folder) {
  try {
    accessSync(existsSync(dist) ? dist : root, constants.W_OK);
  } catch {
    giveUp(
      'The bot is not built, or its sources are newer, and this user cannot write to dist/: run "npm run build" as the user who owns it.',
    );
  }
  const draft = `${folder}.${process.pid}`;
  for (const [script, ...args] of [['scripts/bundle.js', draft], ...BESIDES]) {
    const { status } = run(script, ...args);
    if (status === 0) continue;
    rmSync(draft, { recursive: true, force: true });
    process.exit(status ?? 1);
  }
  try {
    renameSync(draft, folder);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(folder)) throw error; // else another start built the same at the same time
  }
  const previous = selected();
  select(folder);
  // The bot of a service user cannot mark its build as in use: the previous one stays until the next.
  removeUnused([basename(folder), previous]);
}

/** Runs a script of the project in a process of its own, with the same output. */
function run(script, ...args) {
  return spawnSync(process.execPath, [join(root, script), ...args], { stdio: 'inherit' });
}

/** Makes the entry points lead into a build; that of `main`, which `isSelected` reads, as the last one. */
function select(folder) {
  const names = Object.keys(inputs()).filter((name) => name !== 'main');
  for (const name of [...names, 'main']) replace(join(dist, `${name}.js`), entryPoint(folder, name));
}

/** The sources are those of an earlier build again, which was kept because it was in use. */
function selectAgain(folder) {
  try {
    select(folder);
    for (const [script] of BESIDES) run(script);
  } catch {
    // A read-only installation: the build itself is there.
  }
}

function entryPoint(folder, name) {
  return `import './${basename(folder)}/${name}.js';\n`;
}

function isSelected(folder) {
  return selected() === basename(folder);
}

/** The name of the build that the entry points lead into. */
function selected() {
  const main = join(dist, 'main.js');
  return existsSync(main) ? /[0-9a-f]{12}/.exec(readFileSync(main, 'utf8'))?.[0] : undefined;
}

/** Ends the process with the code for what only a person can fix, so that a service manager does not try again. */
function giveUp(message) {
  console.error(message);
  process.exit(2);
}

/** Writes a file in one step: another process reads the old text or the new one. */
function replace(path, text) {
  writeFileSync(`${path}.${process.pid}`, text);
  renameSync(`${path}.${process.pid}`, path);
}

/** Keeps a build for as long as this process runs, if it may write there. */
function markInUse(folder) {
  const mark = join(folder, `${IN_USE}${process.pid}`);
  try {
    writeFileSync(mark, '');
    process.on('exit', () => rmSync(mark, { force: true }));
  } catch {
    // A read-only installation.
  }
}

/** Removes what no running process uses or writes, but for the builds with these names. */
function removeUnused(kept) {
  for (const name of readdirSync(dist)) {
    const folder = join(dist, name);
    const writer = DRAFT.exec(name)?.[1];
    const isUnused = BUILD.test(name) && !kept.includes(name) && !isInUse(folder);
    if (isUnused || (writer !== undefined && !isRunning(writer))) rmSync(folder, { recursive: true, force: true });
  }
}

/** False if another start has removed the build meanwhile. */
function isInUse(folder) {
  try {
    return readdirSync(folder).some((name) => name.startsWith(IN_USE) && isRunning(name.slice(IN_USE.length)));
  } catch (error) {
    if (error.code === 'ENOENT') return false;
    throw error;
  }
}

function isRunning(pid) {
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM'; // it runs, as another user
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) buildIfNeeded();
