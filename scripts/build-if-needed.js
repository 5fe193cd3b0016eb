// Builds the program if there is no build of these sources yet: one bundle for the bot, one for the process that
// reads the content, one for each tool. A single file starts faster and takes less memory than a thousand modules.
//
// Each build has a folder of its own, dist/<digest of the sources>/, which is never changed: a running bot goes on
// loading its own files while others are built. dist/<name>.js are entry points into the newest build, for
// installations without sources.
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
import { buildPage } from './build-page.js';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, 'dist');

/** What is built, beside the tools. */
const ENTRIES = { main: 'src/main.ts', 'content-reader': 'src/content/reader.ts', bench: 'bench/index.ts' };

/** Loaded from node_modules: native, or looked for by discord.js and pg where somebody has installed them. */
const EXTERNAL = [
  /^libsql$/,
  /^@libsql\//,
  /^@resvg\//,
  'bufferutil',
  'utf-8-validate',
  'zlib-sync',
  'pg-native',
  'cloudflare:sockets',
];

const BUILD = /^[0-9a-f]{12}$/;
/** A build that is not finished, by a process. */
const DRAFT = /^[0-9a-f]{12}\.(\d+)$/;
const IN_USE = 'in-use-by-';

/**
 * Builds unless these sources are built already. Ends the process if that fails.
 * @returns the URL of the folder with `main.js` and the tools, with a slash at the end
 */
export async function buildIfNeeded() {
  const sources = ['src', 'commands', 'bench', 'scripts', 'package-lock.json'];
  if (!sources.every((name) => existsSync(join(root, name)))) return urlOf(dist); // an installation without sources
  const folder = join(dist, digestOf(sources));
  if (!existsSync(folder)) await build(folder);
  else if (!isSelected(folder)) await selectAgain(folder);
  markInUse(folder);
  return urlOf(folder);
}

/** Windows imports absolute paths as URLs only. */
function urlOf(folder) {
  return `${pathToFileURL(folder)}/`;
}

/** A digest of the sources' names and contents. */
function digestOf(sources) {
  const hash = createHash('sha256');
  const add = (name) => {
    const path = join(root, name);
    if (statSync(path).isDirectory()) for (const entry of readdirSync(path).sort()) add(`${name}/${entry}`);
    else hash.update(`${name}\0`).update(readFileSync(path)).update('\0');
  };
  for (const name of sources) add(name);
  return hash.digest('hex').slice(0, 12);
}

/** What is built: name → source. */
function inputs() {
  const tools = readdirSync(join(root, 'src/tools')).map((name) => [name.replace(/\.ts$/, ''), `src/tools/${name}`]);
  return { ...ENTRIES, ...Object.fromEntries(tools) };
}

async function build(folder) {
  try {
    accessSync(existsSync(dist) ? dist : root, constants.W_OK);
  } catch {
    giveUp(
      'The bot is not built, or its sources are newer, and this user cannot write to dist/: run "npm run build" as the user who owns it.',
    );
  }
  const { build: bundle } = await import('rolldown').catch(() =>
    giveUp('The bot is not built, and what builds it is not installed: run "npm install" first.'),
  );
  const draft = `${folder}.${process.pid}`;
  await bundle({
    cwd: root,
    input: inputs(),
    platform: 'node',
    external: EXTERNAL,
    checks: { eval: false },
    output: {
      dir: draft,
      format: 'esm',
      entryFileNames: '[name].js',
      chunkFileNames: '[name]-[hash].js',
      // Node keeps the sources in memory. Names stay, for stack traces.
      minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
    },
  }).catch((error) => {
    rmSync(draft, { recursive: true, force: true });
    console.error(error.message);
    process.exit(1);
  });
  await buildPage();
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

/** Makes the entry points lead into a build; that of `main`, which `isSelected` reads, as the last one. */
function select(folder) {
  const names = Object.keys(inputs()).filter((name) => name !== 'main');
  for (const name of [...names, 'main']) replace(join(dist, `${name}.js`), entryPoint(folder, name));
}

/** The sources are those of an earlier build again, which was kept because it was in use. */
async function selectAgain(folder) {
  try {
    await buildPage();
    select(folder);
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

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildIfNeeded();
