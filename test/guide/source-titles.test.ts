// The titles of sources in another language.
import { describe, expect, it } from 'vitest';
import { formatFinding } from '../../src/guide/findings.ts';
import type { Source } from '../../src/guide/model.ts';
import { parseSourceTitles, withSourceTitles } from '../../src/guide/source-titles.ts';
import { GUIDE, load, OTHER, recordOf } from './sample.ts';

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
  const parsed = parseSourceTitles('de', { texts, pathOf: (file) => `content/${file}` }, sources);
  const { sources: titled, findings } = parsed;
  return { titles: [...titled].map(([id, { title }]) => [id, title]), findings: findings.map(formatFinding) };
}

describe('the titles of a language', () => {
  it.each([undefined, '', '{}'])('may be missing: %j', (text) => {
    expect(parse(text)).toEqual({ titles: [], findings: [] });
  });

  it('are read by the ids of their sources', () => {
    const titles = [
      ['paper', 'x'.repeat(100)],
      ['rules', 'Die Regeln'],
    ];
    expect(parse(`rules: " Die Regeln "\npaper: ${'x'.repeat(100)}\n`)).toEqual({ titles, findings: [] });
  });

  it('of unknown sources are findings, with a guess which one is meant', () => {
    const { titles, findings } = parse('rules: Die Regeln\npapers: Ein Leitfaden\n');
    expect(titles).toEqual([['rules', 'Die Regeln']]);
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

  it('has one object for a source, as other pages have, by which a plan names it once', () => {
    const page = load().content?.editions.get('en')?.pages.get('other#rear') ?? expect.fail('a page');
    const rules = { ...source('rules'), title: 'x' };
    expect(withSourceTitles(page, new Map([['rules', rules]])).sources[0]).toBe(rules);
    expect(withSourceTitles(page, new Map())).toEqual(page);
    const translated = { 'de/open-door.md': GUIDE.replace('The front door', 'Die Haustür'), ...GERMAN };
    const { content } = load({ ...translated, 'de/sources.yaml': 'rules: Die Hausordnung\n' });
    const pages = [...(content?.editions.get('de')?.pages.values() ?? [])];
    const shown = new Set(pages.flatMap(({ sources: all }) => all).filter(({ id }) => id === 'rules'));
    expect([...shown].map(({ title }) => title)).toEqual(['Die Hausordnung']);
  });
});

it('has no titles of its own in English: they are in sources.yaml', () => {
  const { content, findings } = load({ 'en/sources.yaml': 'rules: Other\n' });
  expect(findings).toEqual([]);
  expect(content?.editions.get('en')?.pages.get('other#rear')?.sources[0]?.title).toBe('The rules');
});
