// Builds this package into dist/: the modules and their types with TypeScript, and the page for browsers with rolldown.
import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(fileURLToPath(import.meta.url));
const stamp = join(root, 'dist/.built');

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
  execFileSync(process.execPath, [tools.tsc, '-p', root], { stdio: 'inherit' });
  await buildPage(tools.rolldown);
  writeFileSync(stamp, '');
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
async function buildPage({ build: bundle }) {
  const source = join(root, 'page');
  const target = join(root, 'dist/page');
  mkdirSync(target, { recursive: true });
  const { output } = await bundle({
    cwd: root,
    input: join(source, 'page.ts'),
    platform: 'browser',
    write: false,
    output: { format: 'esm', minify: true, codeSplitting: false },
  });
  const draft = join(target, `page.js.${process.pid}`);
  writeFileSync(draft, output[0].code);
  renameSync(draft, join(target, 'page.js'));
  for (const name of readdirSync(source))
    if (/\.(css|html)$/.test(name)) copyFileSync(join(source, name), join(target, name));
}
