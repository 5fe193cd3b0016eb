// The throttle: starts spread evenly over a second.
import { expect, it } from 'vitest';
import { createThrottle } from '../../src/discord/throttle.ts';
import { createVirtualClock } from '../virtual-clock.ts';
import { settle } from './rest-stub.ts';

it('starts are spread over the second, and a pause gives no burst afterwards', async () => {
  const clock = createVirtualClock(0);
  const throttle = createThrottle(clock, 5);
  const starts: number[] = [];
  const begin = () => void throttle().then(() => starts.push(clock.monotonic()));
  const beginThree = async () => {
    for (let i = 0; i < 3; i++) begin();
    await settle();
  };
  await clock.advance(1000);
  await beginThree();
  expect(starts).toEqual([1000]);
  await clock.advance(400);
  expect(starts).toEqual([1000, 1200, 1400]);
  await clock.advance(5000);
  await beginThree();
  await clock.advance(1000);
  expect(starts.slice(3)).toEqual([6400, 6600, 6800]);
});
