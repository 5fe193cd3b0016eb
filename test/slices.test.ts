// Long work in slices, and work that is done one after the other.
import { describe, expect, it, vi } from 'vitest';
import { createQueue, createTimeSlices, runInSlices, toEnd, yieldToEventLoop } from '../src/slices.ts';

describe('yielding', () => {
  it('lets waiting work run before it goes on', async () => {
    const order: string[] = [];
    setImmediate(() => order.push('other work'));
    await yieldToEventLoop();
    order.push('goes on');
    expect(order).toEqual(['other work', 'goes on']);
  });
});

describe('a time slice', () => {
  it('is over after 10 ms', () => {
    let now = 1000;
    const watch = vi.spyOn(performance, 'now').mockImplementation(() => now);
    try {
      const slices = createTimeSlices();
      expect(slices.isOver()).toBe(false);
      now = 1009.9;
      expect(slices.isOver()).toBe(false);
      now = 1010;
      expect(slices.isOver()).toBe(true);
    } finally {
      watch.mockRestore();
    }
  });

  it('begins again when the other work is done', async () => {
    let now = 0;
    const watch = vi.spyOn(performance, 'now').mockImplementation(() => now);
    try {
      const slices = createTimeSlices();
      now = 30;
      setImmediate(() => {
        now = 100;
      });
      await slices.next();
      expect(slices.isOver()).toBe(false);
      now = 109;
      expect(slices.isOver()).toBe(false);
      now = 110;
      expect(slices.isOver()).toBe(true);
    } finally {
      watch.mockRestore();
    }
  });
});

describe('steps', () => {
  /** Three steps, each of which is noted. */
  function* steps(order: string[]): Generator<undefined, string> {
    for (const step of ['one', 'two', 'three']) {
      order.push(step);
      yield undefined;
    }
    return 'result';
  }
  /** Other work that waits for the event loop, and goes on as long as there are steps. */
  function otherWork(order: string[]): void {
    setImmediate(() => {
      if (order.includes('three')) return;
      order.push('other work');
      otherWork(order);
    });
  }

  it('run without a pause to what they end with', async () => {
    const order: string[] = [];
    otherWork(order);
    expect(toEnd(steps(order))).toBe('result');
    expect(order).toEqual(['one', 'two', 'three']);
    expect(toEnd(steps([]))).toBe('result');
  });

  it('let other work run after each of them', async () => {
    const order: string[] = [];
    otherWork(order);
    expect(await runInSlices(steps(order))).toBe('result');
    expect(order).toEqual(['one', 'other work', 'two', 'other work', 'three']);
  });

  it('that fail end with their error', async () => {
    const failure = new Error('failed');
    // biome-ignore lint/correctness/useYield: it fails before its first step ends
    function* failing(): Generator<undefined, never> {
      throw failure;
    }
    expect(() => toEnd(failing())).toThrow(failure);
    await expect(runInSlices(failing())).rejects.toBe(failure);
  });
});

describe('a queue', () => {
  it('begins the next work when the one before has ended', async () => {
    const queue = createQueue();
    const order: string[] = [];
    const work = (name: string) => async () => {
      order.push(`${name} begins`);
      await yieldToEventLoop();
      order.push(`${name} ends`);
      return name;
    };
    expect(await Promise.all([queue(work('first')), queue(work('second'))])).toEqual(['first', 'second']);
    expect(order).toEqual(['first begins', 'first ends', 'second begins', 'second ends']);
  });

  it('goes on after a failure, which only its own caller gets', async () => {
    const queue = createQueue();
    const failing = queue(() => Promise.reject(new Error('failed')));
    const next = queue(async () => 'done');
    await expect(failing).rejects.toThrow('failed');
    expect(await next).toBe('done');
  });
});
