// Builds the preview's two pages into dist/page/: each script with its libraries as one file, styles and HTML as they are.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const source = join(root, 'src/preview/page');
const target = join(root, 'dist/page');
const stamp = join(target, '.built');

/** Scripts that an HTML file asks for; the others are parts of them. */
const ENTRIES = ['page.js', 'map.js'];

/** Builds unless dist/page/ is as new as its sources. @throws where a script cannot be bundled */
export async function buildPage() {
  const sources = [...readdirSync(source).map((name) => join(source, name)), fileURLToPath(import.meta.url)];
  if (!sources.every(existsSync)) return;
  const newest = Math.max(...[...sources, join(root, 'package-lock.json')].map((path) => statSync(path).mtimeMs));
  if (existsSync(stamp) && statSync(stamp).mtimeMs > newest) return;
  const { build } = await import('rolldown');
  mkdirSync(target, { recursive: true });
  for (const name of ENTRIES) {
    const { output } = await build({
      cwd: root,
      input: join(source, name),
      platform: 'browser',
      write: false,
      output: { format: 'esm', minify: true, codeSplitting: false },
    });
    put(name, output[0].code);
  }
  for (const name of readdirSync(source)) if (/\.(css|html)$/.test(name)) put(name, readFileSync(join(source, name)));
  put('.built', '');
}

/** Writes a file in one step, so that nobody reads half of it. */
function put(name, text) {
  const draft = join(target, `${name}.${process.pid}`);
  writeFileSync(draft, text);
  renameSync(draft, join(target, name));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildPage();
