// What a person should open, and how the result is written into sources.yaml.
import { describe, expect, it } from 'vitest';
import { recordOpened, reviewList } from '../../src/guide/review.ts';
import { parseSources } from '../../src/guide/sources.ts';
import { GUIDE, load, OTHER, SOURCES } from './sample.ts';

const itemsWith = (changes: Record<string, string>) =>
  reviewList(load(changes).content ?? expect.fail('the sample has errors')).map(
    ({ source, link, pages }) => [source?.id, link, pages.map(({ name }) => name)] as const,
  );

const LINK = 'link: https://example.org/rules';
/** The sample with a link for each source, and what was done to check it. */
const sources = (...reviews: [paper: string, rules: string]) =>
  SOURCES.replace('publisher: Somebody', 'publisher: Somebody\n    link: https://example.org/paper').replace(
    /opened: 2026-11-01/g,
    () => reviews.shift() ?? expect.fail(),
  );

describe('what to open', () => {
  it('is every source with an address, and every address of a button that is not a source', () => {
    const button = GUIDE.replace('(https://example.org/rules)', '(https://example.org/more)');
    expect(itemsWith({ 'en/open-door.md': button }).map(([id, link]) => [id, link])).toEqual([
      ['rules', 'https://example.org/rules'],
      [undefined, 'https://example.org/more'],
    ]);
  });

  it.each([
    ['a part of a copy before a whole copy', 'compared: 2026-11-01\n    copy: whole', 'compared: 2026-11-01'],
    ['a copy before an opened page', 'opened: 2026-11-01', 'compared: 2026-11-01\n    copy: whole'],
    ['a question before everything', 'compared: 2026-11-01', 'opened: 2026-11-01\n    check: [the colour]'],
  ])('begins with %s', (_, paper, rules) => {
    expect(itemsWith({ 'sources.yaml': sources(paper, rules) }).map(([id]) => id)).toEqual(['rules', 'paper']);
  });

  it('begins with what costly pages rest on, which come first', () => {
    const costly = OTHER.replace('{#rear}', '{#rear .costly}');
    const items = itemsWith({
      'sources.yaml': sources('opened: 2026-11-01', 'opened: 2026-11-01'),
      'en/other.md': costly,
    });
    expect(items[0]).toEqual(['rules', LINK.slice(6), ['other#rear', 'open-door#start', 'open-door#front']]);
  });

  it('leaves out a conclusion without an address, unless there is something to check', () => {
    const concluded = SOURCES.replace('opened: 2026-11-01', 'concluded: 2026-11-01');
    expect(itemsWith({ 'sources.yaml': concluded }).map(([id]) => id)).toEqual(['rules']);
    const asked = concluded.replace('concluded: 2026-11-01', 'concluded: 2026-11-01\n    check: [whether it is so]');
    expect(itemsWith({ 'sources.yaml': asked }).map(([id]) => id)).toEqual(['paper', 'rules']);
  });
});

describe('a source that was opened', () => {
  const TEXT = `# What may be cited
sources:
  - id: paper # the article
    title: "A guide"
    publisher: Somebody
    compared: 2026-11-01
    copy: whole
    check:
      - the colour of the door, which is a long question about a colour that nobody has seen for many years now
    statements: [G01, G02]
  - id: rules
    title: The rules
    publisher: The house
    opened: 2026-11-01
    statements: [U01]
`;

  it('says so instead of what was done before, and every other line stays', () => {
    expect(recordOpened(TEXT, 'paper', '2026-12-01')).toBe(
      TEXT.replace(/ {4}compared(.|\n)*?(?= {4}statements)/, '    opened: 2026-12-01\n'),
    );
    expect(recordOpened(TEXT, 'rules', '2026-12-01')).toBe(TEXT.replace('opened: 2026-11-01', 'opened: 2026-12-01'));
    const { sources: read } = parseSources('s.yaml', recordOpened(TEXT, 'paper', '2026-12-01') ?? '');
    expect(read[0]).toMatchObject({ review: { kind: 'opened', date: '2026-12-01' }, check: [] });
  });

  it('of a file in the format of 1.0 is no longer reviewed', () => {
    const old = TEXT.replace(/compared: 2026-11-01\n(.|\n)*?(?= {4}statements)/, 'reviewed: 2026-11-01\n');
    expect(recordOpened(old, 'paper', '2026-12-01')).toBe(old.replace('reviewed: 2026-11-01', 'opened: 2026-12-01'));
  });

  it('must be in the file', () => {
    expect(recordOpened(TEXT, 'papers', '2026-12-01')).toBeUndefined();
    expect(recordOpened('sources: none\n', 'paper', '2026-12-01')).toBeUndefined();
  });
});
