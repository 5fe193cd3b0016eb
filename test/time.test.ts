// Days in UTC.
import { describe, expect, test } from 'vitest';
import { DAY_MS, dayOf, daysBefore } from '../src/time.ts';

describe('days', () => {
  test('are in UTC', () => {
    expect(dayOf(Date.UTC(2024, 1, 29, 23, 59, 59, 999))).toBe('2024-02-29');
    expect(dayOf(Date.UTC(2024, 2, 1))).toBe('2024-03-01');
    expect(DAY_MS).toBe(24 * 60 * 60 * 1000);
  });

  test.each([
    ['2024-03-01', 1, '2024-02-29'],
    ['2026-01-01', -1, '2026-01-02'],
    ['2026-01-01', 0, '2026-01-01'],
    ['2026-01-01', 365, '2025-01-01'],
  ])('from %s on %i back are %s', (day, days, before) => {
    expect(daysBefore(day, days)).toBe(before);
  });
});
