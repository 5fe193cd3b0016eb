// sources.yaml: sources by statement, the source of the claims, and findings at their positions.
import { describe, expect, it } from 'vitest';
import { formatFinding } from '../../src/guide/findings.ts';
import { parseSources } from '../../src/guide/sources.ts';

const SOURCE = (id: string, statements: string) => `  - id: ${id}
    title: A
    publisher: B
    opened: 2026-11-01
    statements: [${statements}]
`;
const TWO = `claims-from: b\nsources:\n${SOURCE('a', 'U01, U02')}${SOURCE('b', 'U02, G01')}`;
const parse = (text: string) => parseSources('sources.yaml', text);
const lines = (text: string) => parse(text).findings.map(formatFinding);

describe('sources', () => {
  it('are found by their statements, in the order of the file', () => {
    const { sources, statements, claimSource, disagreements, findings } = parse(TWO);
    const [a, b] = sources;
    expect(sources.map(({ id }) => id)).toEqual(['a', 'b']);
    expect([...statements]).toEqual([
      ['U01', [a]],
      ['U02', [a, b]],
      ['G01', [b]],
    ]);
    expect(claimSource).toBe(b);
    expect(disagreements).toEqual([]);
    expect(findings).toEqual([]);
  });

  it('may make no claims', () => {
    expect(parse(TWO.replace('claims-from: b\n', '')).claimSource).toBeUndefined();
  });

  it('have their positions in the file', () => {
    const { placeOf } = parse(TWO);
    expect(placeOf(['sources', 1, 'statements', 1])).toEqual({ path: 'sources.yaml', line: 12, column: 23 });
    expect(placeOf(['claims-from'])).toMatchObject({ line: 1, column: 14 });
  });

  it('have ids of their own', () => {
    const text = `sources:\n${SOURCE('a', 'U01')}${SOURCE('b', 'U02')}${SOURCE('a', 'U03')}`;
    expect(lines(text)).toEqual(['sources.yaml:12:9 G030 The source id "a" is used twice']);
    expect(parse(text).sources).toHaveLength(3);
  });

  it('with a title that a number sign cuts are read with a warning', () => {
    expect(lines(TWO.replace('title: A', 'title: A # b'))).toEqual([
      expect.stringContaining('sources.yaml:4:13 G038 warning: '),
    ]);
  });
});

describe('a file that cannot be read', () => {
  const nothing = { sources: [], disagreements: [], statements: new Map(), claimSource: undefined };

  it.each([
    ['a: [', '1:5 G030 '],
    ['', '1:1 G030 the file: '],
    ['[]', '1:1 G030 the file: '],
    ['other: 1\nsources: []', '2:10 G030 sources: '],
    [TWO.replace('[U01, U02]', '[U01, u2]'), '7:23 G030 sources.0.statements.1: must be a letter'],
    [TWO.replace('2026-11-01', 'x'), '6:13 G030 sources.0.opened: '],
  ])('has no sources, and findings: %#', (text, start) => {
    const { findings, placeOf, ...rest } = parse(text);
    expect(rest).toEqual(nothing);
    expect(findings.map(formatFinding)[0]).toContain(`sources.yaml:${start}`);
    expect(placeOf([])).toMatchObject({ path: 'sources.yaml' });
  });

  it('has its own place for all that follows from it', () => {
    expect(parse('a: 1\nb: [').placeOf(['x', 1])).toEqual({ path: 'sources.yaml', line: 2, column: 5 });
  });
});

describe('the keys of version 1.0', () => {
  const OLD = `${TWO.replace('claims-from', 'guide')}disagreements:
  - id: D1
    about: doors
    guide: [G01]
    house: [U01]
`;
  const WARNING = 'G048 warning: This file has the keys of version 1.0 (npm run content -- --convert rewrites it)';

  it('are read as the new ones, with one warning at the first', () => {
    const { claimSource, disagreements } = parse(OLD);
    expect(claimSource?.id).toBe('b');
    expect(disagreements).toEqual([{ id: 'D1', about: 'doors', claim: ['G01'], authority: ['U01'] }]);
    expect(lines(OLD)).toEqual([`sources.yaml:1:1 ${WARNING}`]);
    expect(lines(OLD.replace('guide: b', 'claims-from: b'))).toEqual([`sources.yaml:16:5 ${WARNING}`]);
  });

  it('are where findings about them are', () => {
    const wrong = OLD.replace('house: [U01]', 'house: []').replace('guide: b', 'guide: c');
    expect(lines(wrong)).toEqual([
      `sources.yaml:1:1 ${WARNING}`,
      expect.stringContaining('sources.yaml:17:12 G030 disagreements.0.authority: '),
      'sources.yaml:1:8 G030 claims-from: is not the id of a source',
    ]);
  });
});
