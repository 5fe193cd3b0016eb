import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createProgressReport } from '../../commands/faq-edit/progress.ts';
import type { MessageBody } from '../../src/discord/answer.ts';
import { systemClock } from '../../src/system-clock.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('shows progress after two seconds, and then at most every two seconds', async () => {
  const shown: (string | undefined)[] = [];
  const report = createProgressReport(
    systemClock,
    async ({ content }: MessageBody) => void shown.push(content),
    (done, total) => `${done}/${total}`,
  );
  for (let done = 1; done <= 60; done++) {
    vi.advanceTimersByTime(100);
    report.update(done, 60);
    await Promise.resolve();
    await Promise.resolve();
  }
  await report.settled();
  expect(shown).toEqual(['20/60', '40/60']);
});

test('waits for the message that is being sent, so that the final answer comes last', async () => {
  const order: string[] = [];
  let arrive = () => {};
  const arrived = new Promise<void>((done) => {
    arrive = done;
  });
  const report = createProgressReport(
    systemClock,
    () => arrived.then(() => void order.push('progress')),
    () => '',
  );
  vi.advanceTimersByTime(2000);
  report.update(1, 2);
  report.update(1, 2);
  const end = report.settled().then(() => order.push('end'));
  arrive();
  await end;
  expect(order).toEqual(['progress', 'end']);
});
