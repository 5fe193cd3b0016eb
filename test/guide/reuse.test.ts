// Reading a folder again reuses the guides that did not change, and gives the same content as reading it from scratch.
import { describe, expect, it } from 'vitest';
import { pageLimits } from '../../src/discord/views/page-limits.ts';
import { type Loaded, loadContent } from '../../src/guide/load.ts';
import { files, GUIDE, OTHER, OTHER_QUESTIONS, recordOf, SOURCES, SUBJECT, TODAY } from './sample.ts';

type Changes = Record<string, string | undefined>;
const TRANSLATED = {
  'de/open-door.md': GUIDE.replace('Which door is it?', 'Welche Tür ist es?'),
  'de/other.md': OTHER.replace('The back door', 'Die hintere Tür'),
  'de/subject.yaml': SUBJECT,
};
const GERMAN = { ...TRANSLATED, ...recordOf(TRANSLATED, 'de') };

const MORE_PAGE = OTHER.replace('The back door {#rear}', 'The side door {#more}').replace(
  '---\n',
  '---\ncommand: more\nstart: more\n',
);
const MORE = {
  'en/more.md': MORE_PAGE,
  'en/search/questions/more.yaml': OTHER_QUESTIONS.replaceAll('rear', 'more'),
};

const read = (changes: Changes, previous?: Loaded): Loaded => {
  const guides = [...(previous?.content?.editions.values() ?? [])].flatMap((edition) => edition.guides);
  return loadContent(files(changes), { root: 'content', limits: pageLimits, today: TODAY, previous: guides });
};

const unchanged = read({});

const cases: [string, Changes, Changes][] = [
  ['nothing', {}, {}],
  ['a sentence', {}, { 'en/other.md': OTHER.replace('never', 'always') }],
  ['a source', {}, { 'sources.yaml': SOURCES.replace('opened: 2026', 'opened: 2025') }],
  ['a file that is removed', MORE, {}],
  ['a file that is added', {}, MORE],
  ['an example question', {}, { 'en/search/questions/other.yaml': OTHER_QUESTIONS.replace('door one', 'gate') }],
  [
    'an example question of a language that is only understood',
    {},
    { 'en/search/de/questions/other.yaml': 'rear:\n  - die hintere tür\n' },
  ],
  ['a sentence about the subject', {}, { 'subject.yaml': SUBJECT.replace('I know', 'I only know') }],
  ['a file that gets a finding', {}, { 'en/other.md': OTHER.replace('[^U01]', '[^U99]') }],
  [
    'an English page, of which there is a translation',
    GERMAN,
    { ...GERMAN, 'en/other.md': OTHER.replace('never', 'always') },
  ],
];

describe('guides that were read before', () => {
  it.each(cases)('give the same content after a change of %s', (_, before, after) => {
    const first = Object.keys(before).length === 0 ? unchanged : read(before);
    const second = read(after, first);
    expect(first.findings).toEqual([]);
    expect(first.content).toBeDefined();
    expect(second).toEqual(read(after));
    for (const edition of second.content?.editions.values() ?? []) {
      for (const page of edition.pages.values()) {
        for (const source of page.sources) expect(second.content?.sources.includes(source)).toBe(true);
      }
    }
  });

  it('are not parsed again unless they changed', () => {
    const first = unchanged;
    const second = read({ 'en/other.md': OTHER.replace('never', 'always') }, first);
    const linksOf = (loaded: Loaded, name: string) => loaded.content?.editions.get('en')?.pages.get(name)?.links;
    expect(linksOf(second, 'open-door#front')).toBe(linksOf(first, 'open-door#front'));
    expect(linksOf(second, 'other#rear')).not.toBe(linksOf(first, 'other#rear'));
  });
});
