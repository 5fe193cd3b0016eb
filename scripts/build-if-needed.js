// Builds dist/ where it is missing or older than the sources: one bundle for the bot, one for the process that reads
// the content, one for each tool. A single file starts faster and takes less memory than a thousand modules.
import { accessSync, constants, existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildPage } from './build-page.js';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, 'dist');
const stamp = join(dist, '.built');

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

function newest(path) {
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.mtimeMs;
  return Math.max(stats.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

/** Ends the process with the code for what only a person can fix, so that a service manager does not try again. */
function giveUp(message) {
  console.error(message);
  process.exit(2);
}

/** Builds unless dist/ is as new as the sources. Ends the process where that fails. */
export async function buildIfNeeded() {
  const sources = ['src', 'commands', 'bench', 'scripts', 'package-lock.json'].map((name) => join(root, name));
  if (!sources.every(existsSync)) return; // an installation without sources runs what was built elsewhere
  if (existsSync(stamp) && statSync(stamp).mtimeMs > Math.max(...sources.map(newest))) return;
  try {
    accessSync(existsSync(dist) ? dist : root, constants.W_OK);
  } catch {
    giveUp(
      'The bot is not built, or its sources are newer, and this user cannot write to dist/: run "npm run build" as the user who owns it.',
    );
  }
  const { build } = await import('rolldown').catch(() =>
    giveUp('The bot is not built, and what builds it is not installed: run "npm install" first.'),
  );
  const tools = readdirSync(join(root, 'src/tools')).map((name) => [name.replace(/\.ts$/, ''), `src/tools/${name}`]);
  // The page has a build of its own, which other programs may be serving meanwhile.
  const old = existsSync(dist) ? readdirSync(dist).filter((name) => name !== 'page') : [];
  for (const name of old) rmSync(join(dist, name), { recursive: true, force: true });
  await build({
    cwd: root,
    input: { ...ENTRIES, ...Object.fromEntries(tools) },
    platform: 'node',
    external: EXTERNAL,
    checks: { eval: false },
    output: { dir: dist, format: 'esm', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
  }).catch((error) => {
    console.error(error.message);
    process.exit(1);
  });
  await buildPage();
  writeFileSync(stamp, '');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildIfNeeded();
