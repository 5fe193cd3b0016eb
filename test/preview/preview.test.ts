// The preview: where it listens, what it prints, and what it leaves behind.
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readConfig } from '../../src/config.ts';
import type { ContentFolder } from '../../src/content/folder.ts';
import { PortError } from '../../src/discord/http.ts';
import { startPreview } from '../../src/preview/preview.ts';
import { systemClock } from '../../src/system-clock.ts';
import { load } from '../guide/sample.ts';
import { noProgress } from '../job-progress.ts';
import { temporaryFolder } from '../store/databases.ts';

let temporary: string;
let printed: string[];
let logged: string[];
const log = pino({ level: 'info' }, { write: (line) => void logged.push(JSON.parse(line).msg) });
const options = { log, clock: systemClock };
/** Ends what a test started. */
let ending: (() => Promise<void>)[];
beforeEach(() => {
  temporary = temporaryFolder();
  vi.stubEnv('TMPDIR', temporary);
  printed = [];
  logged = [];
  ending = [];
  for (const method of ['log', 'warn', 'error'] as const)
    vi.spyOn(console, method).mockImplementation((text) => void printed.push(String(text)));
});
afterEach(async () => {
  for (const end of ending) await end();
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  rmSync(temporary, { recursive: true });
});

/** The content of the sample, which never changes. Its folder is missing, so no process reads it for the map. */
function openContent(): Promise<ContentFolder> {
  return Promise.resolve({
    current: load().content ?? expect.fail('the sample has errors'),
    search: undefined,
    isValid: true,
    onChange: () => undefined,
    start: () => undefined,
    close: async () => undefined,
    health: () => undefined,
    ...noProgress('content'),
  });
}
/** The live bot's settings must not matter. */
const config = (environment: Record<string, string> = {}) => ({
  ...readConfig({
    PORT: '0',
    DISCORD_TOKEN: 'live.bot.token',
    DATABASE_URL: `file:${join(temporary, 'live.db')}`,
    DISCORD_GUILD_ID: '11111111111111111',
    DISCORD_API_URL: 'http://127.0.0.1:9/api',
    ...environment,
  }),
  contentDir: join(temporary, 'missing'),
});
async function start(environment: Record<string, string> = {}) {
  const preview = await startPreview(config(environment), openContent(), { ...options, isPublic: true });
  ending.push(() => preview.stop());
  const address = /Open (http:\S+) and type \/open-door/.exec(printed.join('\n'))?.[1] ?? expect.fail('no address');
  return { preview, address };
}

describe('the preview', () => {
  it('listens where it should, with a database of its own, and deletes it at the end', async () => {
    const { preview, address } = await start({
      HOST: '127.0.0.1',
      TRANSPORT: 'http',
      DISCORD_PUBLIC_KEY: 'ab'.repeat(32),
    });
    const { port } = new URL(address);
    expect(printed).toHaveLength(2);
    expect(printed[1]).toMatch(new RegExp(`^From another device: .*\\b${port}$`, 'm'));
    expect(printed[1]).toContain(`--public: anyone who can reach port ${port} of this machine`);
    expect((await fetch(`${address}/map/`)).status).toBe(200);
    expect((await fetch(`${address}/map/data`)).status).toBe(500);
    const [home = ''] = readdirSync(temporary);
    expect(home).toMatch(/^guidepost-preview-/);
    expect(readdirSync(join(temporary, home))).toContain('preview.db');
    // Another one finds the port taken at the same address, and leaves nothing behind.
    for (const [HOST, isPublic, expected] of [
      ['0.0.0.0', false, `PORT ${port} on 127.0.0.1 is used by another program`],
      ['127.0.0.9', true, `PORT ${port} on 0.0.0.0 is used`],
      // Whether or not this machine has IPv6.
      ['::1', true, /^(PORT \d+ on|HOST) :: (is|and) /],
      ['192.0.2.1', true, `HOST 192.0.2.1 and PORT ${port} cannot be listened on`],
    ] as const) {
      const failing = startPreview(config({ PORT: port, HOST }), openContent(), { ...options, isPublic });
      await expect(failing).rejects.toThrow(expected);
      await expect(failing).rejects.toThrow(PortError);
    }
    expect(readdirSync(temporary)).toEqual([home]);
    await preview.stop();
    expect(readdirSync(temporary)).toEqual([]);
    await expect(fetch(address)).rejects.toThrow();
  });

  it('names a command of the guides, and logs no invite link to the fake Discord', async () => {
    await start();
    expect(printed[0]).toMatch(/type \/open-door$/m);
    expect(logged).toContain('ready');
    expect(logged.filter((message) => message.startsWith('invite'))).toEqual([]);
  });

  it('whose content has errors ends everything', async () => {
    const opening = Promise.reject(new Error('errors'));
    const failing = startPreview(config(), opening, { ...options, isPublic: false });
    await expect(failing).rejects.toThrow('errors');
    expect(readdirSync(temporary)).toEqual([]);
    expect(printed).toEqual([]);
  });
});
