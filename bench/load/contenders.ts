// Who is compared: Guidepost over both transports, a bare discord.js bot, and the least that each transport needs.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { Edition } from '../../src/guide/model.ts';
import { type Contender, startContender } from './contender.ts';
import { type LoadDiscord, startLoadDiscord } from './discord.ts';
import type { Line } from './drive.ts';
import { interactionsOf } from './interactions.ts';
import { gatewayLine, httpLine, makeKeys } from './lines.ts';

export interface Running extends Contender {
  readonly name: string;
  readonly line: Line;
  readonly discord: LoadDiscord;
}

export interface Candidate {
  readonly name: string;
  readonly transport: 'gateway' | 'http';
  /** What node runs. */
  readonly command: readonly string[];
}

/** What `npm start` runs, without npm itself. */
export const NPM_START: readonly string[] = z
  .object({ scripts: z.object({ start: z.templateLiteral(['node ', z.string()]) }) })
  .parse(JSON.parse(readFileSync('package.json', 'utf8')))
  .scripts.start.split(' ')
  .slice(1);

export const CANDIDATES = {
  floorGateway: { name: 'floor, gateway', transport: 'gateway', command: ['bench/bots/floor-gateway.js'] },
  guidepostGateway: { name: 'Guidepost, gateway', transport: 'gateway', command: NPM_START },
  bare: { name: 'bare discord.js', transport: 'gateway', command: ['bench/bots/bare.js'] },
  floorHttp: { name: 'floor, HTTP', transport: 'http', command: ['bench/bots/floor-http.js'] },
  guidepostHttp: { name: 'Guidepost, HTTP', transport: 'http', command: NPM_START },
} as const satisfies Record<string, Candidate>;
export type Key = keyof typeof CANDIDATES;
export const KEYS: readonly Key[] = ['floorGateway', 'guidepostGateway', 'bare', 'floorHttp', 'guidepostHttp'];

/**
 * Starts one of them with a Discord of its own.
 * @param guilds in how many servers it is
 * @param make what it is sent
 */
export async function startCandidate(
  candidate: Candidate,
  edition: Edition,
  guilds: number,
  make = interactionsOf(edition),
): Promise<Running> {
  const discord = await startLoadDiscord({ guilds });
  const keys = makeKeys();
  const home = mkdtempSync(join(tmpdir(), 'guidepost-compare-'));
  const port = await freePort();
  const contender = await startContender(candidate.command, {
    DISCORD_TOKEN: 'ODAwMDAwMDAwMDAwMDAwMDAx.bench.bench',
    DISCORD_API_URL: discord.apiUrl,
    DATABASE_URL: `file:${join(home, 'guidepost.db')}`,
    ...(candidate.transport === 'http'
      ? { TRANSPORT: 'http', DISCORD_PUBLIC_KEY: keys.publicKey, PORT: String(port) }
      : {}),
  });
  if (candidate.transport === 'gateway') await discord.connected;
  const http = candidate.transport === 'http' ? httpLine(`http://127.0.0.1:${port}`, make, keys) : undefined;
  return {
    ...contender,
    name: candidate.name,
    discord,
    line: http ?? gatewayLine(discord, make),
    async stop() {
      await contender.stop();
      await http?.close();
      await discord.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** A port that nobody listens on now. */
function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
