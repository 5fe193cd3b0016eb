// Builds this package into dist/: the modules and their types with TypeScript, and the page for browsers with rolldown.
import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(fileURLToPath(import.meta.url));
const dist = join(root, 'dist');
const stamp = join(dist, '.built');

if (!isBuilt()) await build();

/** Whether dist/ is newer than every source. */
function isBuilt() {
  const sources = ['src', 'page', 'test', 'package.json', 'tsconfig.json', 'build.js'].flatMap((name) =>
    filesOf(join(root, name)),
  );
  return existsSync(stamp) && sources.every((file) => statSync(file).mtimeMs < statSync(stamp).mtimeMs);
}

function filesOf(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path).flatMap((name) => filesOf(join(path, name)));
}

async function build() {
  const tools = await findTools();
  if (!tools) return console.log('fake-discord is not built: TypeScript and rolldown are not installed');
  const draft = join(root, `dist.${process.pid}`);
  execFileSync(process.execPath, [tools.tsc, '-p', root, '--outDir', draft], { stdio: 'inherit' });
  await buildPage(tools.rolldown, join(draft, 'page'));
  writeFileSync(join(draft, '.built'), '');
  replaceBuild(draft);
}

/** Puts a finished build in place, so that no other process reads half of it. */
function replaceBuild(draft) {
  const old = `${draft}.old`;
  if (existsSync(dist)) renameSync(dist, old);
  try {
    renameSync(draft, dist);
  } catch (error) {
    rmSync(draft, { recursive: true });
    if (!existsSync(stamp)) throw error; // else another process has built the same meanwhile
  }
  rmSync(old, { recursive: true, force: true });
}

/** Undefined in an installation without development dependencies. */
async function findTools() {
  try {
    const packageFile = createRequire(import.meta.url).resolve('typescript/package.json');
    const { bin } = JSON.parse(readFileSync(packageFile, 'utf8'));
    return { tsc: join(dirname(packageFile), bin.tsc), rolldown: await import('rolldown') };
  } catch (error) {
    if (error.code === 'MODULE_NOT_FOUND' || error.code === 'ERR_MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

/** The script with its libraries as one file; styles and HTML as they are. */
async function buildPage({ build: bundle }, target) {
  const source = join(root, 'page');
  mkdirSync(target, { recursive: true });
  const { output } = await bundle({
    cwd: root,
    input: join(source, 'page.ts'),
    platform: 'browser',
    write: false,
    output: { format: 'esm', minify: true, codeSplitting: false },
  });
  writeFileSync(join(target, 'page.js'), output[0].code);
  for (const name of readdirSync(source))
    if (/\.(css|html)$/.test(name)) copyFileSync(join(source, name), join(target, name));
}
