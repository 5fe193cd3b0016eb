// Fetching the application: retries, and what ends them.
import { describe, expect, it } from 'vitest';
import { fetchApplication } from '../../src/discord/application.ts';
import { createVirtualClock } from '../virtual-clock.ts';
import { LEVEL, recordingLog } from './parts.ts';
import { type Respond, refusal, settle, stubRest } from './rest-stub.ts';

function open(respond: Respond) {
  const stub = stubRest(respond);
  const clock = createVirtualClock(0);
  const { log, lines } = recordingLog();
  const stopping = new AbortController();
  const fetching = fetchApplication(stub.rest, { log, clock, signal: stopping.signal });
  fetching.catch(() => undefined);
  return { ...stub, clock, logged: lines, stopping, fetching };
}

describe('the application', () => {
  it('has an id, and may have an endpoint for interactions', async () => {
    const answer = { id: '12345678901234567890', name: 'x', interactions_endpoint_url: 'https://example.org/i' };
    const { fetching, lines } = open(() => ({ body: answer }));
    expect(await fetching).toEqual({ id: answer.id, endpointUrl: answer.interactions_endpoint_url });
    expect(lines()).toEqual(['GET /applications/@me']);
  });

  it.each([
    [{ id: '1' }],
    [{ id: '1', interactions_endpoint_url: null }],
    [{ id: '1', interactions_endpoint_url: '' }],
  ])('has no endpoint in %j', async (body) =>
    expect(await open(() => ({ body })).fetching).toEqual({ id: '1', endpointUrl: undefined }),
  );

  it.each([
    ['a page of a proxy', { message: 'hello' }],
    ['an id that is a number', { id: 1 }],
    ['an id that is a path', { id: '1/../2' }],
    ['an id that is too long', { id: '9'.repeat(21) }],
    ['an endpoint that is not text', { id: '1', interactions_endpoint_url: 5 }],
  ])('is fetched again after %s', async (_, body) => {
    let tries = 0;
    const { fetching, clock } = open(() => (tries++ === 0 ? { body } : { body: { id: '1' } }));
    await settle();
    await clock.advance(550);
    expect(await fetching).toMatchObject({ id: '1' });
  });

  it('is fetched after half a second, then less and less often, up to once a minute', async () => {
    const { clock, lines, logged, stopping } = open(() => refusal(500));
    await settle();
    for (let i = 0; i < 9; i++) {
      await clock.advance(70_000);
      await settle();
    }
    const pauses = logged.map(({ pauseMs }) => Number(pauseMs));
    expect(logged[0]).toMatchObject({ level: LEVEL.warn, msg: 'application not fetched, trying again' });
    expect(lines().length).toBe(pauses.length);
    for (const [i, expected] of [500, 1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000].entries()) {
      expect(pauses[i]).toBeGreaterThanOrEqual(expected * 0.9);
      expect(pauses[i]).toBeLessThanOrEqual(expected * 1.1);
    }
    stopping.abort();
  });

  it('is not fetched again once Discord refuses the token', async () => {
    const { fetching, clock, lines } = open(() => refusal(401));
    await expect(fetching).rejects.toMatchObject({ name: 'TokenError', cause: { status: 401 } });
    expect(clock.pending()).toBe(0);
    expect(lines()).toHaveLength(1);
  });

  it('is not fetched any more after a stop', async () => {
    const { fetching, clock, lines, stopping } = open(() => refusal(500));
    await settle();
    stopping.abort(new Error('stopping'));
    await expect(fetching).rejects.toThrow('stopping');
    await clock.advance(70_000);
    expect(lines()).toHaveLength(1);
  });
});
