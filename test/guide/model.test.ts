// The shapes of sources.yaml and of front matter: each limit from both sides.
import { describe, expect, it } from 'vitest';
import { Disagreement, FrontMatter, Source, SourcesFile } from '../../src/guide/model.ts';

const source = {
  id: 'a',
  title: 'A',
  publisher: 'B',
  opened: '2026-11-01',
  statements: ['U01'],
};
const valid = (rest: object) => Source.safeParse({ ...source, ...rest }).success;

describe('a source', () => {
  it.each<[string, readonly unknown[], readonly unknown[]]>([
    ['id', ['a', 'a-1', 'z9-'], ['', 'A', '1a', '-a', 'a_b', 'a b', 7]],
    ['title', ['x'.repeat(100)], ['', 'x'.repeat(101), undefined]],
    ['publisher', ['x'.repeat(60)], ['', 'x'.repeat(61), undefined]],
    [
      'link',
      [undefined, 'https://example.org', 'https://example.org/'.padEnd(300, 'x')],
      [
        'http://example.org',
        'ahttps://example.org',
        'httpss://a',
        'example.org',
        'https://example.org/'.padEnd(301, 'x'),
      ],
    ],
    [
      'published',
      [undefined, '2025', '2025-01', '2025-01-11'],
      ['', '25', '2025-1', '2025-01-', 'x2025', '2025-01-111'],
    ],
    ['check', [undefined, [], ['x'.repeat(200)]], [[''], ['x'.repeat(201)], 'x']],
    ['opened', ['2024-02-29'], ['2025-02-29', '2026-11', '2026-11-01T00:00:00Z', undefined]],
    ['statements', [['A12'], ['Z123', 'A00']], [[], ['A1'], ['A1234'], ['a12'], ['AB12'], ['U01', ''], undefined]],
    ['other', [], ['x']],
  ])('has a %s within its limits', (key, good, bad) => {
    for (const value of good) expect(valid({ [key]: value }), `${value}`).toBe(true);
    for (const value of bad) expect(valid({ [key]: value }), `${value}`).toBe(false);
  });

  it('says how a wrong value should be', () => {
    const { error } = Source.safeParse({ ...source, link: 'http://a.org', published: 'x', statements: ['x'] });
    expect(error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`)).toEqual([
      'link must begin with https://',
      'published must be YYYY, YYYY-MM or YYYY-MM-DD',
      'statements.0 must be a letter and two or three digits, such as U26',
    ]);
  });
});

it.each(['id', 'about', 'claim', 'authority'])('a disagreement needs %s', (key) => {
  const whole = { id: 'D1', about: 'doors', claim: ['G01'], authority: ['U01'] };
  expect(Disagreement.safeParse(whole).success).toBe(true);
  for (const value of [undefined, '', [], ['x']])
    expect(Disagreement.safeParse({ ...whole, [key]: value }).success, `${value}`).toBe(false);
  expect(Disagreement.safeParse({ ...whole, other: 1 }).success).toBe(false);
});

describe('sources.yaml', () => {
  it('needs sources only', () => {
    expect(SourcesFile.parse({ sources: [source] })).toMatchObject({
      sources: [{ id: 'a', check: [] }],
      disagreements: [],
    });
    for (const file of [{}, { sources: [] }, { sources: [source], other: 1 }, null])
      expect(SourcesFile.safeParse(file).success).toBe(false);
  });

  it('names one of its sources as that of the claims', () => {
    const other = { ...source, id: 'b' };
    expect(SourcesFile.safeParse({ 'claims-from': 'b', sources: [source, other] }).success).toBe(true);
    expect(SourcesFile.safeParse({ 'claims-from': 'c', sources: [source, other] }).error?.issues).toEqual([
      expect.objectContaining({ path: ['claims-from'], message: 'is not the id of a source' }),
    ]);
  });
});

describe('front matter', () => {
  const guide = { command: 'open', description: 'How', start: 'first' };

  it.each(['a', 'x'.repeat(32), "it's_a-7", 'öffnen', '日本'])('may have the command %s', (command) => {
    expect(FrontMatter.safeParse({ ...guide, command }).success).toBe(true);
  });

  it.each(['', 'x'.repeat(33), 'Open', 'open door', 'open!', '/open'])('may not have the command %j', (command) => {
    const { error } = FrontMatter.options[0].safeParse({ ...guide, command });
    expect(error?.issues.map(({ message }) => message)).toEqual(['must be a slash command name, such as open-door']);
  });

  it.each([
    [{ description: 'x'.repeat(100) }, true],
    [{ description: 'x'.repeat(101) }, false],
    [{ description: '' }, false],
    [{ ...guide, description: 'x'.repeat(100) }, true],
    [{ ...guide, description: 'x'.repeat(101) }, false],
    [{ ...guide, description: '' }, false],
    [{ ...guide, start: '' }, false],
    [{ ...guide, other: 1 }, false],
  ])('%j is valid: %s', (value, expected) => {
    expect(FrontMatter.safeParse(value).success).toBe(expected);
  });
});
