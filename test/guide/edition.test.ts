// The editions of a content folder: which files are theirs, what is reused, and what falls back to English.
import { describe, expect, it } from 'vitest';
import {
  guideReader,
  isGuide,
  isSameLanguage,
  localesOf,
  readEdition,
  unreadSearchFiles,
  withFallback,
  withSearchOf,
} from '../../src/guide/edition.ts';
import { formatFinding } from '../../src/guide/findings.ts';
import type { ContentFiles, Guide, Source } from '../../src/guide/model.ts';
import type { Sources } from '../../src/guide/sources.ts';
import { neutralSubject } from '../../src/guide/subject.ts';

const source: Source = {
  id: 'a',
  title: 'A',
  publisher: 'B',
  check: [],
  statements: ['U01'],
  review: { kind: 'opened', date: '2026-11-01' },
};
const sourcesOf = (one: Source): Sources => ({
  claimSource: undefined,
  sources: [one],
  disagreements: [],
  statements: new Map([['U01', [one]]]),
  placeOf: () => ({ path: '', line: 1, column: 1 }),
});
const subject = neutralSubject([source], undefined);
const NO_RECORD = { path: 'content/de/edition.yaml', file: undefined, findings: [] };
const filesOf = (texts: Record<string, string>): ContentFiles => ({
  texts: new Map(Object.entries(texts)),
  pathOf: (file) => `content/${file}`,
});
const GUIDE = (...ids: string[]) =>
  `---\ndescription: A\n---\n${ids.map((id) => `\n## Title ${id} {#${id}}\n\nText.[^U01]\n`).join('')}`;

function read(locale: string, texts: Record<string, string>, previous: readonly Guide[] = [], one = source) {
  const subjects = { subjectFor: (wanted: string) => ({ ...subject, title: wanted }) };
  const reader = guideReader(sourcesOf(one), 'sources', previous);
  return readEdition(locale, filesOf(texts), { subjects, renamed: new Map(), sources: [one], read: reader });
}

it.each([
  ['en/a.md', true],
  ['a.md', false],
  ['en/b/a.md', false],
  ['en/a.yaml', false],
  ['en/md', false],
])('%s is a guide: %s', (file, expected) => {
  expect(isGuide(file)).toBe(expected);
});

it('lists the languages that have guides', () => {
  expect(localesOf(filesOf({ 'README.md': '', 'de/a.md': '', 'en/a.md': '', 'en/b.md': '', 'it/x/a.md': '' }))).toEqual(
    ['de', 'en'],
  );
});

describe('an edition', () => {
  it('has the guides, the subject and the search folder of its language', () => {
    const { edition, search, findings } = read('en', {
      'de/a.md': GUIDE('german'),
      'en/a.md': GUIDE('one', 'two'),
      'en/b.md': GUIDE('three'),
      'en/search/synonyms.yaml': 'door: [gate]\n',
      'en/search/questions/b.yaml': 'three: [q]\n',
    });
    expect(findings).toEqual([]);
    expect(edition).toMatchObject({ locale: 'en', subject: { title: 'en' } });
    expect(edition.guides.map(({ id }) => id)).toEqual(['a', 'b']);
    expect([...edition.pages.keys()]).toEqual(['a#one', 'a#two', 'b#three']);
    for (const page of edition.pages.values()) expect(edition.codes.get(page.code)).toBe(page);
    expect(edition.pages.get('b#three')?.questions).toEqual(['q']);
    expect(search?.hasData).toBe(true);
    expect([...edition.search.synonyms.keys()]).toEqual(['door']);
  });

  it('has the findings of its files, and no search data without a folder', () => {
    const { edition, search, findings } = read('en', { 'en/a.md': GUIDE('A') });
    expect(search).toBeUndefined();
    expect(edition.search).toEqual({
      synonyms: new Map(),
      abbreviations: new Map(),
      phrases: new Map(),
      courtesies: [],
      offTopic: [],
      pointers: [],
      languages: new Map(),
    });
    expect(findings.map(({ code }) => code)).toEqual(['G028']);
    expect(read('en', { 'en/search/x.yaml': '' }).findings.map(({ code }) => code)).toEqual(['G041']);
  });
});

describe('a guide that was read before', () => {
  const texts = { 'en/a.md': GUIDE('one'), 'en/search/questions/a.yaml': 'one: [q]\n' };
  const { guides } = read('en', texts).edition;
  const citations = (list: readonly Guide[]) => list[0]?.pages[0]?.citations;

  it('is reused while nothing that it was read from changes', () => {
    const again = read('en', texts, guides).edition.guides;
    expect(again).toEqual(guides);
    expect(citations(again)).toBe(citations(guides));
    expect(guides[0]?.digest).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each<[string, Record<string, string>]>([
    ['its text', { 'en/a.md': `${texts['en/a.md']}\n` }],
    ['an example question', { 'en/search/questions/a.yaml': 'one: [r]\n' }],
  ])('is read again after a change of %s', (_, changes) => {
    expect(citations(read('en', { ...texts, ...changes }, guides).edition.guides)).not.toBe(citations(guides));
  });

  it.each(['en/search/questions/ab.yaml', 'en/search/de/questions/a.yaml'])('is not affected by %s', (file) => {
    const { edition } = read('en', { ...texts, [file]: 'one: [r]\n' }, guides);
    expect(citations(edition.guides)).toBe(citations(guides));
    expect(edition.pages.get('a#one')?.questions).toEqual(['q']);
  });

  it('is read again if sources.yaml changes', () => {
    const reader = guideReader(sourcesOf(source), 'other sources', guides);
    const { guide } = reader('content/en/a.md', texts['en/a.md'], undefined);
    expect(citations([guide])).not.toBe(citations(guides));
  });

  it('refers to the sources of the new reading', () => {
    const same = { ...source };
    expect(read('en', texts, guides, same).edition.guides[0]?.pages[0]?.sources[0]).toBe(same);
  });

  it('has no digest if it had findings', () => {
    expect(read('en', { 'en/a.md': GUIDE('A') }).edition.guides[0]).not.toHaveProperty('digest');
  });
});

describe('example questions', () => {
  it('come after those of the page itself, each once', () => {
    const quoted = GUIDE('one').replace('Text.', '> p\n> q\n\nText.');
    const { edition } = read('en', { 'en/a.md': quoted, 'en/search/questions/a.yaml': 'one: [r, q]\n' });
    expect(edition.pages.get('a#one')?.questions).toEqual(['p', 'q', 'r']);
  });
});

describe('another language', () => {
  const english = read('en', {
    'en/a.md': GUIDE('one', 'two', 'three'),
    'en/b.md': GUIDE('four'),
    'en/search/questions/a.yaml': 'one: [e1]\ntwo: [e2]\nthree: [e3]\n',
    'en/search/questions/b.yaml': 'four: [e4]\n',
    'en/search/synonyms.yaml': 'door: [gate]\n',
  }).edition;
  const german = (texts: Record<string, string>) =>
    withFallback(
      read('de', { 'de/a.md': GUIDE('one', 'two').replaceAll('Title', 'Titel'), ...texts }),
      english,
      NO_RECORD,
    );

  it('shows in English what it does not have', () => {
    const { edition, findings } = german({
      'de/search/questions/a.yaml': 'one: [d1]\nthree: [d3]\n',
    });
    expect(findings.map(({ code }) => code)).toEqual(['G063']);
    expect(edition.translation?.missing).toEqual(new Set(['a#three', 'b#four']));
    expect(edition).toMatchObject({ locale: 'de', subject: { title: 'de' } });
    expect([...edition.pages.values()].map(({ title, questions }) => [title, ...questions])).toEqual([
      ['Titel one', 'd1'],
      ['Titel two'],
      ['Title three', 'd3'],
      ['Title four'],
    ]);
    expect(edition.guides.map(({ path }) => path)).toEqual(['content/de/a.md', 'content/en/b.md']);
    for (const guide of edition.guides) expect(guide).not.toHaveProperty('digest');
  });

  it('has its own search data if it has any', () => {
    expect([...german({ 'de/search/synonyms.yaml': 'tor: [tür]\n' }).edition.search.synonyms.keys()]).toEqual(['tor']);
  });

  it('has its own search data, and no languages of English, if it has courtesies only', () => {
    const { search } = german({ 'de/search/courtesies.yaml': '- gern\n' }).edition;
    expect(search).toMatchObject({ courtesies: ['gern'], synonyms: new Map(), languages: new Map() });
  });

  it('reports pages that English does not have, besides its own findings', () => {
    const { findings, edition } = german({ 'de/c.md': GUIDE('five', 'X') });
    expect(findings.map(formatFinding)).toEqual([
      expect.stringContaining('content/de/c.md:9:1 G028'),
      'content/de/c.md:5:1 G035 English has no page c#five (ids are the same in every language)',
      'content/de/c.md:9:1 G035 English has no page c#X (ids are the same in every language)',
      expect.stringContaining('G063'),
    ]);
    expect(edition.pages.has('c#five')).toBe(false);
  });
});

it('reports search files of languages without guides', () => {
  const files = filesOf({
    'en/search/synonyms.yaml': '',
    'it/search/synonyms.yaml': '',
    'it/search/de/synonyms.yaml': '',
    'it/search/README.md': '',
    'it/search.yaml': '',
    'it/other/synonyms.yaml': '',
    'search/synonyms.yaml': '',
  });
  const message = 'G041 There are no guides in it/ (a language without guides belongs in en/search/it)';
  expect(unreadSearchFiles(files, ['en']).map(formatFinding)).toEqual([
    `content/it/search/synonyms.yaml:1:1 ${message}`,
    `content/it/search/de/synonyms.yaml:1:1 ${message}`,
  ]);
});

describe('the English search with other editions', () => {
  const english = read('en', {
    'en/a.md': GUIDE('one', 'two'),
    'en/search/questions/a.yaml': 'one: [e1]\n',
    'en/search/pt/abbreviations.yaml': 'vc: você\n',
    'en/search/hi-Latn/abbreviations.yaml': 'kr: kar\n',
    'en/search/fr/abbreviations.yaml': 'svp: please\n',
  }).edition;
  const translate = (locale: string, texts: Record<string, string>, reviewedBy = '') => {
    const file = {
      'translated-by': 'Ann',
      translated: '2026-11-24',
      'reviewed-by': reviewedBy,
      reviewed: '',
      from: {},
    };
    return withFallback(read(locale, texts), english, { path: '', file, findings: [] });
  };
  const portuguese = {
    'pt-BR/a.md': GUIDE('one').replaceAll('Title', 'Título'),
    'pt-BR/search/questions/a.yaml': 'one: [p1, p2]\ntwo: [p3]\n',
    'pt-BR/search/synonyms.yaml': 'porta: [portão]\n',
    'pt-BR/search/off-topic.yaml': '- tempo\n',
  };
  const searchOf = (...editions: ReturnType<typeof translate>[]) => withSearchOf(english, editions).search;

  it('understands an edition by its questions and its search data, and recognizes it by its own pages', () => {
    const language = searchOf(translate('pt-BR', portuguese)).languages.get('pt-BR');
    expect(language).toMatchObject({
      questions: new Map([
        ['a#one', ['p1', 'p2']],
        ['a#two', ['p3']],
      ]),
      synonyms: new Map([['porta', ['portão']]]),
      offTopic: ['tempo'],
      edition: { isReviewed: false },
    });
    expect(language).not.toHaveProperty('sentences');
    expect(language?.examples).toEqual(['Título one', expect.stringContaining('Text.')]);
  });

  it('knows whether a native speaker has checked the edition', () => {
    const isReviewed = (by: string) =>
      searchOf(translate('pt-BR', portuguese, by)).languages.get('pt-BR')?.edition?.isReviewed;
    expect([isReviewed('Ben'), isReviewed('')]).toEqual([true, false]);
  });

  it('has the language of an edition once, before those that are only understood', () => {
    const hindi = translate('hi', { 'hi/a.md': GUIDE('one'), 'hi/search/questions/a.yaml': 'one: [h1]\n' });
    const { languages, ...own } = searchOf(translate('pt-BR', portuguese), hindi);
    expect([...languages.keys()]).toEqual(['pt-BR', 'hi', 'hi-Latn', 'fr']);
    const { languages: before, ...same } = english.search;
    expect(own).toEqual(same);
    for (const tag of ['fr', 'hi-Latn']) expect(languages.get(tag)).toBe(before.get(tag));
  });

  it('keeps what English understands of a language whose edition has nothing to search with', () => {
    const bare = translate('pt-BR', { 'pt-BR/a.md': GUIDE('one') });
    const { languages } = searchOf(bare);
    expect([...languages.keys()].sort()).toEqual(['fr', 'hi-Latn', 'pt']);
    expect(languages.get('pt')?.abbreviations).toEqual(english.search.languages.get('pt')?.abbreviations);
  });

  it('is that of English if there is no other edition', () => {
    expect(withSearchOf(english, [])).toEqual(english);
  });
});

it.each([
  ['pt', 'pt-BR', true],
  ['pt-BR', 'pt-BR', true],
  ['es', 'es', true],
  ['hi-Latn', 'hi', false],
  ['pt-PT', 'pt-BR', false],
  ['pt-BR', 'pt', false],
  ['p', 'pt-BR', false],
])('what English understands as %s is the language of the edition %s: %s', (tag, locale, expected) => {
  expect(isSameLanguage(tag, locale)).toBe(expected);
});
