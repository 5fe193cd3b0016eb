// Builds the program where there is no build of these sources yet: one bundle for the bot, one for the process that
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
import { dirname, join } from 'node:path';
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
const IN_USE = 'in-use-by-';

/**
 * Builds unless these sources are built already. Ends the process where that fails.
 * @returns the URL of the folder with `main.js` and the tools, with a slash at the end
 */
export async function buildIfNeeded() {
  const sources = ['src', 'commands', 'bench', 'scripts', 'package-lock.json'];
  if (!sources.every((name) => existsSync(join(root, name)))) return urlOf(dist); // an installation without sources
  const folder = join(dist, digestOf(sources));
  if (!existsSync(folder)) await build(folder);
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
  const tools = readdirSync(join(root, 'src/tools')).map((name) => [name.replace(/\.ts$/, ''), `src/tools/${name}`]);
  const input = { ...ENTRIES, ...Object.fromEntries(tools) };
  const draft = `${folder}.${process.pid}`;
  await bundle({
    cwd: root,
    input,
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
  for (const name of Object.keys(input))
    replace(join(dist, `${name}.js`), `import './${folder.slice(dist.length + 1)}/${name}.js';\n`);
  removeUnused(folder);
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

/** Keeps a build for as long as this process runs. Where it cannot be written, nothing is ever built or removed. */
function markInUse(folder) {
  const mark = join(folder, `${IN_USE}${process.pid}`);
  try {
    writeFileSync(mark, '');
    process.on('exit', () => rmSync(mark, { force: true }));
  } catch {
    // A read-only installation.
  }
}

/** Removes builds that no running process uses, but for the one that is wanted now. */
function removeUnused(wanted) {
  for (const name of readdirSync(dist)) {
    const folder = join(dist, name);
    if (BUILD.test(name) && folder !== wanted && !readdirSync(folder).some(isMarkOfRunning))
      rmSync(folder, { recursive: true, force: true });
  }
}

function isMarkOfRunning(name) {
  if (!name.startsWith(IN_USE)) return false;
  try {
    process.kill(Number(name.slice(IN_USE.length)), 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM'; // it runs, as another user
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildIfNeeded();
