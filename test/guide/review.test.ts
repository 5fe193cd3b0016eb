// What was done to check a source: the keys of sources.yaml, and the age of a review.
import { describe, expect, it } from 'vitest';
import { formatFinding } from '../../src/guide/findings.ts';
import { parseSources } from '../../src/guide/sources.ts';
import { load, SOURCES } from './sample.ts';

const SOURCE = 'sources:\n  - id: a\n    title: A\n    publisher: B\n';
const reviewOf = (keys: string) => {
  const { sources, findings } = parseSources('s.yaml', `${SOURCE}    ${keys}\n    statements: [A01]\n`);
  return sources[0]?.review ?? findings.map(formatFinding);
};

describe('a source', () => {
  it.each([
    ['opened: 2026-11-01', { kind: 'opened', date: '2026-11-01' }],
    ['compared: 2026-11-01\n    copy: whole', { kind: 'compared', date: '2026-11-01', copy: 'whole' }],
    ['compared: 2026-11-01\n    copy: partial', { kind: 'compared', date: '2026-11-01', copy: 'partial' }],
    ['concluded: 2026-11-01', { kind: 'concluded', date: '2026-11-01' }],
  ])('with "%s" says what was done', (keys, review) => {
    expect(reviewOf(keys)).toEqual(review);
  });

  it('that was compared is only known in part, unless it says more', () => {
    expect(reviewOf('compared: 2026-11-01')).toMatchObject({ copy: 'partial' });
  });

  it('of version 1.0 was reviewed, which may mean a stored copy', () => {
    const { sources, findings } = parseSources('s.yaml', `${SOURCE}    reviewed: 2026-11-01\n    statements: [A01]\n`);
    expect(sources[0]?.review).toEqual({ kind: 'compared', date: '2026-11-01', copy: 'partial' });
    expect(findings.map(({ code, line, column }) => [code, line, column])).toEqual([['G048', 5, 5]]);
  });

  it.each([
    ['check: []', 'needs one of opened, compared and concluded'],
    ['opened: 2026-11-01\n    compared: 2026-11-01', 'needs one of opened, compared and concluded'],
    ['opened: 2026-11-01\n    copy: whole', 'copy belongs to compared'],
    ['opened: 2026-13-01', 'Invalid ISO date'],
  ])('with "%s" is an error', (keys, message) => {
    expect(reviewOf(keys)).toEqual([expect.stringMatching(/^s\.yaml:\d+:\d+ G030 sources\.0/)]);
    expect(reviewOf(keys)).toEqual([expect.stringContaining(message)]);
  });
});

describe('the age of a review', () => {
  const findingsWith = (date: string) =>
    load({ 'sources.yaml': SOURCES.replace('opened: 2026-11-01', `opened: ${date}`) }).findings.map(formatFinding);

  it.each(['2025-11-24', '2026-11-24', '2026-11-25'])('%s is fine on 24 November 2026', (date) => {
    expect(findingsWith(date)).toEqual([]);
  });

  it('of more than a year is a warning', () => {
    expect(findingsWith('2025-11-23')).toEqual([
      expect.stringContaining('G026 warning: "A guide" was last looked at 366 days ago'),
    ]);
  });

  it('in the future is a warning', () => {
    expect(findingsWith('2026-11-26')).toEqual([
      expect.stringContaining('G026 warning: The date of "A guide" is in the future'),
    ]);
  });
});
