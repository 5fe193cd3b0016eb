// Progress of long work: when it is shown, and that the final answer comes after it.
import { expect, it } from 'vitest';
import { createProgressReport } from '../../../commands/faq-edit/progress.ts';
import { messageBody, type Progress } from '../../../src/discord/answer.ts';
import { createVirtualClock } from '../../virtual-clock.ts';

const INTERVAL_MS = 2000;

function open(show: Progress = async () => undefined) {
  const clock = createVirtualClock(0);
  const shown: unknown[] = [];
  const progress: Progress = (body) => {
    shown.push(body);
    return show(body);
  };
  return { clock, shown, report: createProgressReport(clock, progress, (done, total) => `${done}/${total}`) };
}

it('shows progress after two seconds, and then at most every two seconds', async () => {
  const { clock, shown, report } = open();
  for (let done = 1; done <= 60; done++) {
    await clock.advance(100);
    report.update(done, 60);
    await new Promise(setImmediate);
  }
  expect(shown).toEqual(['20/60', '40/60'].map((content) => messageBody({ content })));
});

it('shows nothing before two seconds', async () => {
  const { clock, shown, report } = open();
  await clock.advance(INTERVAL_MS - 1);
  report.update(1, 2);
  expect(shown).toEqual([]);
  await clock.advance(1);
  report.update(1, 2);
  expect(shown).toHaveLength(1);
});

it('does not show that everything is done, because the final answer says so', async () => {
  const { clock, shown, report } = open();
  await clock.advance(INTERVAL_MS);
  report.update(2, 2);
  expect(shown).toEqual([]);
});

it('waits for the message that is being sent, so that the final answer comes last', async () => {
  let arrive = () => {};
  const arrived = new Promise<void>((done) => {
    arrive = done;
  });
  const { clock, shown, report } = open(() => arrived);
  await clock.advance(INTERVAL_MS);
  report.update(1, 3);
  await clock.advance(INTERVAL_MS);
  report.update(2, 3);
  expect(shown).toHaveLength(1);
  let isSettled = false;
  const settled = report.settled().then(() => {
    isSettled = true;
  });
  await new Promise(setImmediate);
  expect(isSettled).toBe(false);
  arrive();
  await settled;
  report.update(2, 3);
  expect(shown).toHaveLength(2);
});

it('has nothing to wait for if nothing was shown', async () => {
  await expect(open().report.settled()).resolves.toBeUndefined();
});
