// Counts in memory.
import { describe, expect, it } from 'vitest';
import { PendingCounts } from '../../src/stats/pending-counts.ts';
import type { CountRow } from '../../src/store/schema.ts';

const row = (more: Partial<CountRow> = {}): CountRow => ({
  guild_id: 'g',
  day: '2026-05-17',
  kind: 'seen',
  subject: 'a#a',
  n: 1,
  ...more,
});
const pending = (rows: readonly CountRow[], max = 100) => {
  const counts = new PendingCounts(max);
  for (const one of rows) counts.add(one);
  return counts;
};

describe('pending counts', () => {
  it('add up by guild, day, kind and subject', () => {
    const others: Partial<CountRow>[] = [
      { guild_id: 'h' },
      { day: '2026-05-18' },
      { kind: 'left' },
      { subject: 'b#b' },
    ];
    const counts = pending([row(), row({ n: 2 }), ...others.map(row)]);
    expect(counts.size).toBe(5);
    expect(counts.take(100)).toEqual([row({ n: 3 }), ...others.map(row)]);
  });

  it('are taken from the oldest on, each once', () => {
    const counts = pending(['a', 'b', 'c'].map((subject) => row({ subject })));
    expect(counts.take(2).map(({ subject }) => subject)).toEqual(['a', 'b']);
    expect(counts.size).toBe(1);
    expect(counts.take(2).map(({ subject }) => subject)).toEqual(['c']);
    expect(counts.take(2)).toEqual([]);
  });

  it('keep no more rows than they may, but still count what they know', () => {
    const counts = pending([row(), row({ subject: 'b' }), row({ subject: 'c' }), row()], 2);
    expect(counts.take(9)).toEqual([row({ n: 2 }), row({ subject: 'b' })]);
  });

  it('do not change a row that was given to them', () => {
    const given = row();
    pending([given, given]);
    expect(given).toEqual(row());
  });

  it('lose the rows of one guild only', () => {
    const counts = pending([row(), row({ guild_id: 'h' }), row({ subject: 'b' })]);
    counts.deleteGuild('g');
    expect(counts.take(9)).toEqual([row({ guild_id: 'h' })]);
  });
});
