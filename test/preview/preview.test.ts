// The preview: where it listens, what it prints, and what it leaves behind.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readConfig } from '../../src/config.ts';
import type { ContentFolder } from '../../src/content/folder.ts';
import { PortError } from '../../src/discord/http.ts';
import { startPreview } from '../../src/preview/preview.ts';
import { systemClock } from '../../src/system-clock.ts';
import { load } from '../guide/sample.ts';

const options = { log: pino({ level: 'silent' }), clock: systemClock };
let temporary: string;
let printed: string[];
/** Ends what a test started. */
let ending: (() => Promise<void>)[];
beforeEach(() => {
  temporary = mkdtempSync(join(tmpdir(), 'guidepost-preview-test-'));
  vi.stubEnv('TMPDIR', temporary);
  printed = [];
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
    model: undefined,
    isValid: true,
    onChange: () => undefined,
    start: () => undefined,
    close: async () => undefined,
    health: () => undefined,
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
async function start(environment: Record<string, string> = {}, isPublic = false) {
  const preview = await startPreview(config(environment), openContent(), { ...options, isPublic });
  ending.push(() => preview.stop());
  const address = /Open (http:\S+) and type \/help/.exec(printed.join('\n'))?.[1] ?? expect.fail('no address');
  return { preview, address };
}

describe('the preview', () => {
  it('listens on loopback whatever HOST says, with a database of its own, which it deletes at the end', async () => {
    const { preview, address } = await start({
      HOST: '0.0.0.0',
      TRANSPORT: 'http',
      DISCORD_PUBLIC_KEY: 'ab'.repeat(32),
    });
    expect(new URL(address).hostname).toBe('127.0.0.1');
    expect(printed).toHaveLength(1);
    expect((await fetch(`${address}/map/`)).status).toBe(200);
    expect((await fetch(`${address}/map/data`)).status).toBe(500);
    const [home = ''] = readdirSync(temporary);
    expect(home).toMatch(/^guidepost-preview-/);
    expect(readdirSync(join(temporary, home))).toContain('preview.db');
    await preview.stop();
    expect(readdirSync(temporary)).toEqual([]);
    await expect(fetch(address)).rejects.toThrow();
  });

  it('listens on all addresses with --public, and says so', async () => {
    const { address } = await start({ HOST: '127.0.0.1' }, true);
    expect(printed[1]).toContain(`--public: anyone who can reach port ${new URL(address).port} of this machine`);
    const { port } = new URL(address);
    for (const [HOST, expected] of [
      ['127.0.0.9', `PORT ${port} on 0.0.0.0 is used`],
      // Whether or not this machine has IPv6.
      ['::1', /^(PORT \d+ on|HOST) :: (is|and) /],
      ['192.0.2.1', `HOST 192.0.2.1 and PORT ${port} cannot be listened on`],
    ] as const) {
      const failing = startPreview(config({ PORT: port, HOST }), openContent(), { ...options, isPublic: true });
      await expect(failing).rejects.toThrow(expected);
    }
  });

  it('that cannot start because the port is taken leaves nothing behind', async () => {
    const { address } = await start();
    const { port } = new URL(address);
    const before = readdirSync(temporary);
    const failing = startPreview(config({ PORT: port }), openContent(), { ...options, isPublic: false });
    await expect(failing).rejects.toThrow(PortError);
    await expect(failing).rejects.toThrow(`PORT ${port} on 127.0.0.1 is used by another program`);
    expect(readdirSync(temporary)).toEqual(before);
  });

  it('whose content has errors ends everything', async () => {
    const opening = Promise.reject(new Error('errors'));
    const failing = startPreview(config(), opening, { ...options, isPublic: false });
    await expect(failing).rejects.toThrow('errors');
    expect(readdirSync(temporary)).toEqual([]);
    expect(printed).toEqual([]);
  });
});
