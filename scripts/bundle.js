// Bundles the program into a folder: node scripts/bundle.js FOLDER. A process of its own, because a bot that has loaded
// the bundler would keep hundreds of megabytes.
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** What is built, beside the tools. */
const ENTRIES = {
  main: 'src/main.ts',
  'content-reader': 'src/content/reader.ts',
  'content-trainer': 'src/content/trainer.ts',
  bench: 'bench/index.ts',
  simulate: 'test/simulation/main.ts',
};

/**
 * Loaded from node_modules: native, missing in production, or looked for by discord.js and pg where somebody has
 * installed them.
 */
const EXTERNAL = [
  /^fake-discord/,
  /^rolldown/,
  /^libsql$/,
  /^@libsql\//,
  /^@resvg\//,
  'bufferutil',
  'utf-8-validate',
  'zlib-sync',
  'pg-native',
  'cloudflare:sockets',
];

/** What is built: name → source. */
export function inputs() {
  const tools = readdirSync(join(root, 'src/tools')).map((name) => [name.replace(/\.ts$/, ''), `src/tools/${name}`]);
  // The image is built without tests.
  const entries = Object.entries(ENTRIES).filter(([, source]) => existsSync(join(root, source)));
  return { ...Object.fromEntries(entries), ...Object.fromEntries(tools) };
}

/** Ends the process if the program cannot be bundled, with 2 if what bundles it is not installed. */
async function bundle(folder) {
  const { build } = await import('rolldown').catch(() => {
    console.error('The bot is not built, and what builds it is not installed: run "npm install" first.');
    process.exit(2);
  });
  await build({
    cwd: root,
    input: inputs(),
    platform: 'node',
    external: EXTERNAL,
    checks: { eval: false },
    output: {
      dir: folder,
      format: 'esm',
      entryFileNames: '[name].js',
      chunkFileNames: '[name]-[hash].js',
      // Node keeps the sources in memory. Names stay, for stack traces.
      minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
    },
  }).catch((error) => {
    console.error(error.message);
    process.exit(1);
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await bundle(process.argv[2]);
