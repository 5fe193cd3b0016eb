// The titles of sources in another language.
import { describe, expect, it } from 'vitest';
import { formatFinding } from '../../src/guide/findings.ts';
import type { Source } from '../../src/guide/model.ts';
import { parseSourceTitles, withSourceTitles } from '../../src/guide/source-titles.ts';
import { load, OTHER, recordOf } from './sample.ts';

const source = (id: string): Source => ({
  id,
  title: `Title of ${id}`,
  publisher: 'B',
  check: [],
  statements: ['U01'],
  review: { kind: 'opened', date: '2026-11-01' },
});
const sources = [source('paper'), source('rules')];

function parse(text: string | undefined) {
  const texts = new Map(text === undefined ? [] : [['de/sources.yaml', text]]);
  const { titles, findings } = parseSourceTitles('de', { texts, pathOf: (file) => `content/${file}` }, sources);
  return { titles: [...titles], findings: findings.map(formatFinding) };
}

describe('the titles of a language', () => {
  it.each([undefined, '', '{}'])('may be missing: %j', (text) => {
    expect(parse(text)).toEqual({ titles: [], findings: [] });
  });

  it('are read by the ids of their sources', () => {
    const titles = [
      ['rules', 'Die Regeln'],
      ['paper', 'x'.repeat(100)],
    ];
    expect(parse(`rules: " Die Regeln "\npaper: ${'x'.repeat(100)}\n`)).toEqual({ titles, findings: [] });
  });

  it('of unknown sources are findings, with a guess which one is meant', () => {
    const { titles, findings } = parse('rules: Die Regeln\npapers: Ein Leitfaden\n');
    expect(titles).toHaveLength(2);
    expect(findings).toEqual(['content/de/sources.yaml:2:1 G066 There is no source "papers" (did you mean paper?)']);
  });

  it.each([
    ['paper: ""\n', '1:8 G066 paper: '],
    [`rules: a\npaper: ${'x'.repeat(101)}\n`, '2:8 G066 paper: '],
    ['rules: [a]\n', '1:8 G066 rules: '],
    ['- a\n', '1:1 G066 the file: '],
    ['rules: [\n', '2:1 G066 '],
  ])('with an error say where it is, and none is used: %j', (text, start) => {
    const { titles, findings } = parse(text);
    expect(titles).toEqual([]);
    expect(findings[0]).toContain(`content/de/sources.yaml:${start}`);
  });
});

describe('a page', () => {
  const GERMAN = { 'de/other.md': OTHER.replace('The back door', 'Die Hintertür') };
  const titlesIn = (locale: string, changes: Record<string, string>) => {
    const { content } = load({ ...GERMAN, ...recordOf(GERMAN, 'de'), ...changes });
    const page = content?.editions.get(locale)?.pages.get('other#rear') ?? expect.fail('a page');
    return page.sources.map(({ title }) => title);
  };

  it('shows its sources by the titles of its language, and English by its own', () => {
    const changes = { 'de/sources.yaml': 'rules: Die Hausordnung\n' };
    expect([titlesIn('de', changes), titlesIn('en', changes)]).toEqual([['Die Hausordnung'], ['The rules']]);
    expect(titlesIn('de', { 'de/sources.yaml': 'paper: Ein Leitfaden\n' })).toEqual(['The rules']);
  });

  it('is not copied if none of its sources has another title', () => {
    const page = load().content?.editions.get('en')?.pages.get('other#rear') ?? expect.fail('a page');
    expect(withSourceTitles(page, new Map([['paper', 'x']]))).toBe(page);
    const renamed = withSourceTitles(page, new Map([['rules', 'x']]));
    expect(renamed).toEqual({ ...page, sources: page.sources.map((one) => ({ ...one, title: 'x' })) });
    expect(page.sources[0]?.title).toBe('The rules');
  });
});

it('has no titles of its own in English: they are in sources.yaml', () => {
  const { content, findings } = load({ 'en/sources.yaml': 'rules: Other\n' });
  expect(findings).toEqual([]);
  expect(content?.editions.get('en')?.pages.get('other#rear')?.sources[0]?.title).toBe('The rules');
});
