// Before tests that run the program as a process: builds it once, and lets it read the content and train the search
// once. The processes of the tests find both in its cache; many of them end before they would have written it.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { buildIfNeeded } from '../scripts/build-if-needed.js';
import { cacheFileOf } from '../src/content/cache.ts';

/** The project whose tests run the program. */
const PROGRAM = 'program';
/** Training has a low priority: on a busy machine it takes ten times as long. */
const LIMIT_MS = 600_000;

export default async function setup({ vitest }: TestProject): Promise<void> {
  const cache = cacheFileOf('content', fileURLToPath(buildIfNeeded()));
  if (!vitest.projects.some(({ name }) => name === PROGRAM) || existsSync(cache)) return;
  const home = mkdtempSync(join(tmpdir(), 'guidepost-setup-'));
  // Without a token it is the local preview.
  const { DISCORD_TOKEN: _, ...environment } = process.env;
  const own = { DATABASE_URL: `file:${join(home, 'preview.db')}`, PORT: '0' };
  const preview = spawn(process.execPath, ['scripts/start.js'], { env: { ...environment, ...own }, stdio: 'ignore' });
  try {
    await untilExists(cache, preview);
  } finally {
    preview.kill('SIGKILL');
    rmSync(home, { recursive: true });
  }
}

async function untilExists(file: string, writer: ChildProcess): Promise<void> {
  const end = Date.now() + LIMIT_MS;
  while (!existsSync(file)) {
    if (writer.exitCode !== null) throw new Error(`the preview ended with code ${writer.exitCode}`);
    if (Date.now() > end) throw new Error(`the content was not read and trained within ${LIMIT_MS} ms`);
    await sleep(50);
  }
}
