// Posts in forums that wait for their answer: how many, how long, and what a shutdown does with them.
import { describe, expect, it, onTestFinished } from 'vitest';
import { DUE_MS, isRead, post, useForumAnswers } from './forum-answers-world.ts';
import { LEVEL } from './parts.ts';
import { createGate, holding } from './rest-stub.ts';

const { open, stateOf } = await useForumAnswers();

describe('posts that wait', () => {
  it('are not read beyond 1,000, which is logged once', async () => {
    const { read, job, logged, rests, guildId } = await open();
    for (let i = 0; i < 1000; i++) expect(read(post(guildId))).toBe(true);
    expect(logged).toEqual([]);
    expect([read(post(guildId)), read(post(guildId)), job.backlog()]).toEqual([true, true, 1000]);
    expect(logged).toMatchObject([{ level: LEVEL.warn, waiting: 1000 }]);
    await job.close(0);
    await rests();
    expect(job.backlog()).toBe(0);
  });

  it('cause no warning of Node, however many there are', async () => {
    const warnings: Error[] = [];
    const onWarning = (warning: Error) => void warnings.push(warning);
    process.on('warning', onWarning);
    onTestFinished(() => void process.off('warning', onWarning));
    const { read, job, rests, guildId } = await open();
    for (let i = 0; i < 100; i++) read(post(guildId));
    await rests();
    await job.close(0);
    await rests();
    expect(warnings).toEqual([]);
  });

  it('start 20 requests a second at most', async () => {
    const { read, clock, requests, rests, guildId, job } = await open();
    for (let i = 0; i < 60; i++) read(post(guildId));
    await rests();
    await clock.advance(4500);
    const before = requests.filter(({ path }) => isRead(path)).length;
    await clock.advance(1000);
    await rests();
    expect(before).toBeLessThanOrEqual(30);
    expect(requests.filter(({ path }) => isRead(path)).length - before).toBe(20);
    const closing = job.close(1);
    await clock.advance(1);
    await closing;
  });

  it.each([
    [60_000, 1],
    [60_001, 0],
  ])('are answered after %i ms: %i times', async (ms, answers) => {
    const gate = createGate();
    const { read, clock, rests, untilDue, finish, posted, asked, guildId } = await open({
      found: async () => {
        await gate.opened;
        return undefined;
      },
    });
    read(post(guildId));
    await untilDue();
    expect(asked).toHaveLength(1);
    await clock.advance(ms - DUE_MS);
    gate.open();
    await rests();
    await finish();
    expect(posted()).toHaveLength(answers);
  });

  it('are dropped at a shutdown, without an error, and no others are read', async () => {
    const { read, job, clock, requests, logged, rests, guildId } = await open();
    read(post(guildId));
    await rests();
    await job.close(5000);
    expect(job.backlog()).toBe(0);
    expect(read(post(guildId))).toBe(true);
    await clock.advance(10_000);
    await rests();
    expect([job.backlog(), requests, logged, clock.pending()]).toEqual([0, [], [], 0]);
  });

  it('are dropped after the signal to stop', async () => {
    const { read, job, clock, requests, rests, guildId } = await open();
    const stopping = new AbortController();
    job.start(stopping.signal);
    read(post(guildId));
    await rests();
    stopping.abort();
    await clock.advance(10_000);
    await rests();
    expect([requests, job.backlog(), job.health()]).toEqual([[], 0, undefined]);
  });

  it('are answered to the end at a shutdown if their answer is on its way', async () => {
    const held = holding(({ method }) => method === 'POST');
    const { read, job, posted, untilDue, counts, guildId } = await open({ respond: held.respond });
    const message = post(guildId);
    read(message);
    await untilDue();
    expect(posted()).toHaveLength(1);
    const closing = job.close(5000);
    held.open();
    await closing;
    expect(await stateOf(message.id)).toBe('answered');
    expect(counts).toContain(`${guildId} post answered`);
  });

  it('delay a shutdown no longer than they may', async () => {
    const { read, job, clock, untilDue, guildId } = await open({
      respond: ({ method }) => (method === 'POST' ? new Promise(() => undefined) : undefined),
    });
    read(post(guildId));
    await untilDue();
    let isClosed = false;
    const closing = job.close(5000).then(() => {
      isClosed = true;
    });
    await clock.advance(4999);
    expect(isClosed).toBe(false);
    await clock.advance(1);
    await closing;
  });
});
