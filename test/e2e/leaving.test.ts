// Deleting the data of servers that the bot has left: the bot checks a minute after its start.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openWorld, until, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true });
  world = await openWorld();
});
afterEach(async () => {
  vi.useRealTimers();
  await world.stop();
});

const listings = () => world.discord.requests.filter(({ path }) => path === '/users/@me/guilds').length;

it('checks which servers the bot is in, a minute after the start', async () => {
  await vi.advanceTimersByTimeAsync(50_000);
  expect(listings()).toBe(0);
  await vi.advanceTimersByTimeAsync(10_000);
  await until('the list is asked for', () => listings() > 0);
});
