// Session starts: waiting until Discord allows enough of them.
import { describe, expect, it } from 'vitest';
import { checkGatewayBot, waitForSessionStarts } from '../../src/discord/session-starts.ts';
import { createVirtualClock } from '../virtual-clock.ts';
import { refusal, settle, stubRest } from './rest-stub.ts';

const limit = { total: 1000, remaining: 1, reset_after: 60_000, max_concurrency: 1 };
const bot = { url: 'wss://gateway.discord.gg', shards: 1, session_start_limit: limit };

describe('the answer to GET /gateway/bot', () => {
  it('is returned if it is Discord’s', () => expect(checkGatewayBot(bot)).toEqual(bot));

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['a page', '<html>'],
    ['no address', { ...bot, url: undefined }],
    ['no number of shards', { ...bot, shards: '1' }],
    ['no limit', { ...bot, session_start_limit: undefined }],
    ...Object.keys(limit).map((key): [string, unknown] => [
      `no ${key}`,
      { ...bot, session_start_limit: { ...limit, [key]: null } },
    ]),
  ])('is not with %s', (_, answer) => {
    expect(() => checkGatewayBot(answer)).toThrow('GET /gateway/bot');
  });
});

/** @param remaining in each answer, the last one for all further; undefined for an error */
function wait(count: number, remaining: readonly (number | undefined)[], resetAfter = 60_000) {
  const left = [...remaining];
  const stub = stubRest(() => {
    const next = left.length > 1 ? left.shift() : left[0];
    if (next === undefined) return refusal(500);
    return { body: { ...bot, session_start_limit: { ...limit, remaining: next, reset_after: resetAfter } } };
  });
  const clock = createVirtualClock(1_000_000);
  const stopping = new AbortController();
  const waits: (number | undefined)[] = [];
  let isOver = false;
  const waiting = waitForSessionStarts(stub.rest, count, {
    clock,
    signal: stopping.signal,
    onWaiting: (until) => void waits.push(until?.getTime()),
  });
  const over = waiting.finally(() => {
    isOver = true;
  });
  over.catch(() => undefined);
  const advance = async (ms: number) => {
    await settle();
    await clock.advance(ms);
    await settle();
    return isOver;
  };
  return { ...stub, advance, waits, waiting, stopping };
}

describe('a wait for session starts', () => {
  it('ends immediately if enough are left', async () => {
    const { advance, waits, lines } = wait(2, [2]);
    expect(await advance(0)).toBe(true);
    expect(waits).toEqual([]);
    expect(lines()).toEqual(['GET /gateway/bot']);
  });

  it('lasts until a second after the time that Discord gives, and reports its begin and its end', async () => {
    const { advance, waits } = wait(2, [1, 2]);
    expect(await advance(60_999)).toBe(false);
    expect(waits).toEqual([1_061_000]);
    expect(await advance(1)).toBe(true);
    expect(waits).toEqual([1_061_000, undefined]);
  });

  it('is reported once, however long it takes', async () => {
    const { advance, waits, lines } = wait(1, [0, 0, 0, 1]);
    expect(await advance(61_000)).toBe(false);
    expect(await advance(61_000)).toBe(false);
    expect(waits).toEqual([1_061_000]);
    expect(await advance(61_000)).toBe(true);
    expect(waits).toEqual([1_061_000, undefined]);
    expect(lines()).toHaveLength(4);
  });

  it('asks again after a quarter of an hour at the latest', async () => {
    const { advance, waits } = wait(1, [0, 1], 3_600_000);
    expect(await advance(899_999)).toBe(false);
    expect(waits).toEqual([1_000_000 + 3_601_000]);
    expect(await advance(1)).toBe(true);
  });

  it('lasts a second if Discord’s time is over already', async () => {
    const { advance } = wait(1, [0, 1], -5000);
    expect(await advance(999)).toBe(false);
    expect(await advance(1)).toBe(true);
  });

  it('is over if Discord does not say how many are left', async () => {
    const failing = wait(1, [undefined]);
    expect(await failing.advance(0)).toBe(true);
    expect(failing.waits).toEqual([]);
    const later = wait(1, [0, undefined]);
    expect(await later.advance(61_000)).toBe(true);
    expect(later.waits).toEqual([1_061_000, undefined]);
  });

  it('ends with the signal', async () => {
    const { advance, waits, waiting, stopping, lines } = wait(1, [0]);
    await advance(0);
    stopping.abort(new Error('stopping'));
    await expect(waiting).rejects.toThrow('stopping');
    expect(waits).toEqual([1_061_000, undefined]);
    expect(lines()).toHaveLength(1);
  });

  it('asks nothing after the signal has aborted', async () => {
    const stub = stubRest();
    const options = { clock: createVirtualClock(0), signal: AbortSignal.abort(new Error('stopping')), onWaiting() {} };
    await expect(waitForSessionStarts(stub.rest, 1, options)).rejects.toThrow('stopping');
    expect(stub.requests).toEqual([]);
  });
});
