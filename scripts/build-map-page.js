// Builds the page of the conversation map into dist/page/: its script with libraries as one file, styles and HTML as they are.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const source = join(root, 'src/preview/map-page');
/** The look of Discord, and of messages in it. */
const look = join(root, 'packages/fake-discord/page');
const target = join(root, 'dist/page');
const stamp = join(target, '.built');
const LOOK_STYLES = ['base.css', 'discord.css'];

/** Builds unless dist/page/ is newer than its sources. @throws if the script cannot be bundled */
export async function buildMapPage() {
  if (!existsSync(source) || !existsSync(look)) return; // an installation without sources
  const sources = [source, look].flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)));
  const newest = Math.max(
    ...[...sources, fileURLToPath(import.meta.url), join(root, 'package-lock.json')].map(modifiedAt),
  );
  if (existsSync(stamp) && modifiedAt(stamp) > newest) return;
  const { build } = await import('rolldown');
  mkdirSync(target, { recursive: true });
  const { output } = await build({
    cwd: root,
    input: join(source, 'map.ts'),
    platform: 'browser',
    write: false,
    output: { format: 'esm', minify: true, codeSplitting: false },
  });
  put('map.js', output[0].code);
  for (const name of ['map.css', 'map.html']) put(name, readFileSync(join(source, name)));
  for (const name of LOOK_STYLES) put(name, readFileSync(join(look, name)));
  put('.built', '');
}

const modifiedAt = (path) => statSync(path).mtimeMs;

/** Writes a file in one step, so that nobody reads half of it. */
function put(name, text) {
  const draft = join(target, `${name}.${process.pid}`);
  writeFileSync(draft, text);
  renameSync(draft, join(target, name));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildMapPage();
