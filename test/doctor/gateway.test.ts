// The check of shards and session starts.
import { describe, expect, it } from 'vitest';
import type { Shards } from '../../src/config.ts';
import { checkGateway } from '../../src/doctor/gateway.ts';
import { answering } from './answering.ts';

const info = (shards: number, remaining: number, reset_after = 3 * 3_600_000) => ({
  url: 'wss://gateway.discord.gg',
  shards,
  session_start_limit: { total: 1000, remaining, reset_after, max_concurrency: 1 },
});
const check = (answer: object, shards: Shards = 'auto') => checkGateway(answering({ '/gateway/bot': answer }), shards);
/** The first shards of a total. */
const first = (own: number, count: number): Shards => ({ ids: Array.from({ length: own }, (_, i) => i), count });

const ADVICE =
  'Find out from the log why the bot restarts so often, and restart it rarely until then. Discord resets a bot’s token when it uses up its starts.';

describe('the gateway', () => {
  it('is ok with the number of shards and session starts', async () => {
    expect(await check(info(1, 999))).toEqual([
      {
        level: 'ok',
        check: 'gateway',
        text: '1 shard recommended, SHARDS=auto uses that; 999 of 1000 session starts left',
      },
    ]);
    expect(await check(info(8, 999), first(4, 16))).toMatchObject([
      { level: 'ok', text: expect.stringMatching(/^8 shards recommended, this process runs 4 of 16; /) },
    ]);
  });

  it.each<[number, Shards, number]>([
    [1, 'auto', 50],
    [30, 'auto', 60],
    [8, first(30, 32), 60],
  ])('with %i shards and SHARDS=%j is a hint if fewer than %i starts are left', async (shards, own, few) => {
    expect(await check(info(shards, few), own)).toMatchObject([{ level: 'ok' }]);
    expect(await check(info(shards, few - 1), own)).toMatchObject([
      {
        level: 'hint',
        check: 'gateway',
        text: `${few - 1} of 1000 session starts left: back to 1000 in 3 h`,
        advice: ADVICE,
      },
    ]);
  });

  it('is a problem if a start needs more than are left', async () => {
    expect(await check(info(16, 16))).toMatchObject([{ level: 'hint' }]);
    expect(await check(info(16, 15, 599_001))).toMatchObject([
      {
        level: 'problem',
        check: 'gateway',
        text: '15 of 1000 session starts left, and a start needs 16: back to 1000 in 10 min',
        advice: `Wait until then. ${ADVICE}`,
      },
    ]);
  });

  it('is a hint if SHARDS has fewer shards than Discord recommends', async () => {
    expect(await check(info(8, 999), first(4, 8))).toMatchObject([{ level: 'ok' }]);
    expect(await check(info(8, 10), first(4, 7))).toMatchObject([
      { level: 'hint', text: expect.stringContaining('session starts left') },
      {
        level: 'hint',
        check: 'gateway',
        text: 'SHARDS has a total of 7, but Discord recommends 8',
        advice:
          'Set the total in SHARDS to at least 8, the same in all processes. A shard can have up to 2,500 servers.',
      },
    ]);
  });

  it('rounds the time of the reset up to seconds', async () => {
    expect(await check(info(1, 1, 59_001))).toMatchObject([{ text: expect.stringMatching(/in 60 s$/) }]);
  });
});
