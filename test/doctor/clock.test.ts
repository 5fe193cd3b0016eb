// The comparison of this machine's time with Discord's.
import { describe, expect, it } from 'vitest';
import { checkClock, formatDuration } from '../../src/doctor/clock.ts';

const ADVICE =
  'Synchronize the clock with NTP: "timedatectl set-ntp true" (systemd-timesyncd), or chrony. For a container, do it on the host.';
const found = (level: 'hint' | 'problem', text: string) => ({
  level,
  check: 'clock',
  text,
  advice: ADVICE,
  details: [],
});

describe('the clock', () => {
  it.each([0, 2499, -2499])('that is %i ms ahead is ok', (ms) => {
    for (const transport of ['http', 'gateway'] as const)
      expect(checkClock(ms, transport)).toEqual({ level: 'ok', check: 'clock', text: 'matches Discord’s' });
  });

  it.each([
    [2500, '3 s ahead of Discord’s'],
    [-2500, '3 s behind Discord’s'],
    [29_499, '29 s ahead of Discord’s'],
    [-29_499, '29 s behind Discord’s'],
  ])('that is %i ms ahead is a hint', (ms, text) => {
    expect(checkClock(ms, 'http')).toEqual(
      found('hint', `${text}; at 30 s the bot would refuse all requests from Discord`),
    );
    expect(checkClock(ms, 'gateway')).toEqual(found('hint', text));
  });

  it.each([
    [29_500, '30 s ahead of Discord’s'],
    [-600_000, '10 min behind Discord’s'],
  ])('that is %i ms ahead is a problem over HTTP only', (ms, text) => {
    expect(checkClock(ms, 'http')).toEqual(found('problem', `${text}: the bot refuses all requests from Discord`));
    expect(checkClock(ms, 'gateway')).toEqual(found('hint', text));
  });

  it('is not compared without a date', () => {
    expect(checkClock(undefined, 'http')).toEqual({
      level: 'skipped',
      check: 'clock',
      text: 'Discord’s responses had no Date header',
    });
  });
});

it.each([
  [0, '0 s'],
  [119, '119 s'],
  [120, '2 min'],
  [7199, '120 min'],
  [7200, '2 h'],
  [86_400, '24 h'],
])('%i seconds are %s', (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text);
});
