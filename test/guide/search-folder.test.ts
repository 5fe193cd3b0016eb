// Search data in a content folder: all languages as one, and what an edition without it falls back to.
import { describe, expect, it } from 'vitest';
import { formatFinding } from '../../src/guide/findings.ts';
import { readSearchFolder } from '../../src/guide/search-folder.ts';
import { GUIDE, load, OTHER, OTHER_QUESTIONS, QUESTIONS } from './sample.ts';

const ALL = {
  'en/search/synonyms.yaml': '# what doors are called\ndoor: [door, gate]\nopen: [open, push]\n',
  'en/search/abbreviations.yaml': "words:\n  dr: door\n  pls: ''\n  1: one\nphrases:\n  way out: exit\n",
  'en/search/off-topic.yaml': '# windows\n- who is at the window\n- "yes"\n',
  'en/search/de/abbreviations.yaml': 'words:\n  tür: door\n',
  'en/search/de/off-topic.yaml': '- wer ist am fenster\n',
  'en/search/de/questions/other.yaml': 'rear:\n  - wo ist die hintere tür\n',
  'en/search/pt-BR/synonyms.yaml': 'door: [porta, door]\n',
};
const ITALIAN = { 'it/other.md': OTHER.replace('The back door', 'La porta di dietro') };

const editionOf = (changes: Record<string, string>, locale = 'en') => {
  const { content, findings } = load(changes);
  const edition = content?.editions.get(locale);
  if (!edition) throw new Error(findings.map(formatFinding).join('\n'));
  return edition;
};
const questionsOf = (changes: Record<string, string>, page: string, locale = 'en') =>
  editionOf(changes, locale).pages.get(page)?.questions;

describe('a search folder', () => {
  it('has no findings with every kind of file', () => {
    expect(load(ALL).findings.map(formatFinding)).toEqual([]);
  });

  it('is read as one, with the languages that are only understood', () => {
    const { synonyms, abbreviations, phrases, offTopic } = editionOf(ALL).search;
    expect(Object.fromEntries(synonyms)).toEqual({ door: ['door', 'gate', 'porta'], open: ['open', 'push'] });
    expect(Object.fromEntries(abbreviations)).toEqual({ dr: 'door', pls: '', '1': 'one', tür: 'door' });
    expect(Object.fromEntries(phrases)).toEqual({ 'way out': 'exit' });
    expect(offTopic).toEqual(['who is at the window', 'yes', 'wer ist am fenster']);
  });

  it('adds the example questions of all languages to a page', () => {
    expect(questionsOf(ALL, 'other#rear')).toEqual([
      ...(questionsOf({}, 'other#rear') ?? []),
      'wo ist die hintere tür',
    ]);
    expect(questionsOf({}, 'other#rear')).toContain('rear door seven');
  });

  it('does not make editions of the languages in it', () => {
    expect([...(load(ALL).content?.editions.keys() ?? [])]).toEqual(['en']);
  });

  it('keeps the first meaning of a word, the edition’s own before those of other languages', () => {
    const both = {
      'en/search/abbreviations.yaml': 'words:\n  tor: gate\n',
      'en/search/de/abbreviations.yaml': 'words:\n  tor: door\n',
    };
    expect(editionOf(both).search.abbreviations.get('tor')).toBe('gate');
  });

  it('may hold words that are also names of object properties', () => {
    const odd = { 'en/search/abbreviations.yaml': 'words:\n  constructor: builder\n' };
    expect([...editionOf(odd).search.abbreviations]).toEqual([['constructor', 'builder']]);
  });

  it('may repeat a question of a 1.0 quote, which counts once', () => {
    const quoted = { 'en/other.md': OTHER.replace('It is never', '> rear door\n> behind the house\n\nIt is never') };
    expect(questionsOf(quoted, 'other#rear')?.slice(0, 3)).toEqual(['rear door', 'behind the house', 'rear door one']);
  });
});

describe('another edition', () => {
  it('uses the English search data and questions if it has none', () => {
    expect(editionOf({ ...ALL, ...ITALIAN }, 'it').search).toEqual(editionOf(ALL).search);
    expect(questionsOf({ ...ALL, ...ITALIAN }, 'other#rear', 'it')).toEqual(questionsOf(ALL, 'other#rear'));
  });

  it('uses its own search data, and its own questions also for pages that it shows in English', () => {
    const own = {
      ...ITALIAN,
      'it/search/synonyms.yaml': 'porta: [porta, uscio]\n',
      'it/search/questions/open-door.yaml': QUESTIONS.replaceAll('door', 'porta'),
    };
    expect(Object.fromEntries(editionOf({ ...ALL, ...own }, 'it').search.synonyms)).toEqual({
      porta: ['porta', 'uscio'],
    });
    expect(questionsOf(own, 'open-door#front', 'it')).toContain('front porta stuck');
    expect(questionsOf(own, 'open-door#front', 'it')).not.toContain('front door stuck');
    expect(questionsOf(own, 'other#rear', 'it')).toContain('rear door');
    expect(questionsOf(own, 'open-door#front')).toContain('front door stuck');
  });

  it('uses the English search data if it has questions only', () => {
    const own = { ...ITALIAN, 'it/search/questions/other.yaml': OTHER_QUESTIONS.replaceAll('door', 'porta') };
    expect(editionOf({ ...ALL, ...own }, 'it').search).toEqual(editionOf(ALL).search);
    expect(questionsOf(own, 'other#rear', 'it')).toContain('rear porta seven');
  });

  it('reports an unknown page of its own questions at their position', () => {
    const own = { ...ITALIAN, 'it/search/questions/other.yaml': 'rera:\n  - dietro\n' };
    expect(load(own).findings.map(formatFinding)).toContain(
      'content/it/search/questions/other.yaml:1:1 G040 other.md has no page "rera" (did you mean rear?)',
    );
  });
});

describe('a folder without search data', () => {
  it('is served, with one warning instead of one for each page', () => {
    const without = { 'en/search/questions/open-door.yaml': undefined, 'en/search/questions/other.yaml': undefined };
    const { content, findings } = load(without);
    expect(content?.editions.get('en')?.search.synonyms.size).toBe(0);
    expect(findings.map(({ code }) => code)).toEqual(['G049']);
  });

  it('does not report pages without questions while a questions file cannot be read', () => {
    const { findings } = load({ 'en/search/questions/other.yaml': 'rear: [\n', 'en/open-door.md': GUIDE });
    expect([...new Set(findings.map(({ code }) => code))]).toEqual(['G039']);
  });
});

describe('the files of a search folder', () => {
  const read = (texts: Record<string, string>) =>
    readSearchFolder('en', Object.entries(texts), (file) => `content/${file}`);
  const lines = (file: string) => read({ [`en/search/${file}`]: '' })?.findings.map(formatFinding);

  it('are those of its language', () => {
    expect(read({})).toBeUndefined();
    const others = ['de/search/synonyms.yaml', 'en/search/README.md', 'en/search.yaml', 'search/synonyms.yaml'];
    expect(read(Object.fromEntries(others.map((file) => [file, 'a: [b]'])))).toBeUndefined();
  });

  it.each([
    ['synonym.yaml', ' (did you mean synonyms.yaml?)'],
    ['other.yaml', ''],
    ['toString.yaml', ''],
    ['questions.yaml', ''],
    ['questions/a/b.yaml', ''],
    ['de/questions/a/b.yaml', ''],
    ['de/other/synonyms.yaml', ''],
    ['synonyms.yaml/synonyms.yaml', ' ("synonyms.yaml" is not a language code)'],
    ['German/synonyms.yaml', ' ("German" is not a language code)'],
    ['d/synonyms.yaml', ' ("d" is not a language code)'],
    ['de-/synonyms.yaml', ' ("de-" is not a language code)'],
  ])('have known names, not %s', (file, hint) => {
    expect(lines(file)).toEqual([`content/en/search/${file}:1:1 G041 Unknown file name in a search folder${hint}`]);
  });

  it.each(['de', 'fil', 'pt-BR', 'zh-Hant-TW'])('may be in a folder of the language %s', (language) => {
    const folder = read({ [`en/search/${language}/questions/a.yaml`]: 'b: [c]' });
    expect(folder?.findings).toEqual([]);
    expect(folder?.questions.get('a#b')?.[0]?.entries).toMatchObject([{ text: 'c' }]);
  });

  it.each([
    ['questions/a.yaml', 'b: [c]', false],
    ['de/questions/a.yaml', 'b: [c]', false],
    ['synonyms.yaml', 'a: [b]', true],
    ['abbreviations.yaml', 'words: {a: b}', true],
    ['de/off-topic.yaml', '- a', true],
  ])('hold search data or not: %s', (file, text, hasData) => {
    expect(read({ [`en/search/${file}`]: text })?.hasData).toBe(hasData);
  });

  it('have data if any of them has, whatever comes last', () => {
    const both = { 'en/search/off-topic.yaml': '- a', 'en/search/questions/a.yaml': 'b: [c]' };
    expect(read(both)?.hasData).toBe(true);
  });

  it('are read in their order, those of the edition first', () => {
    const folder = read({
      'en/search/de/abbreviations.yaml': 'words: {a: german, c: german}\nphrases: {a b: german}',
      'en/search/de/questions/a.yaml': 'b: [german]',
      'en/search/de/synonyms.yaml': 'a: [english, german]',
      'en/search/abbreviations.yaml': 'words: {a: english, b: english}\nphrases: {a b: english}',
      'en/search/questions/a.yaml': 'b: [english]',
      'en/search/synonyms.yaml': 'a: [english]',
    });
    expect(Object.fromEntries(folder?.data.abbreviations ?? [])).toEqual({ a: 'english', b: 'english', c: 'german' });
    expect(Object.fromEntries(folder?.data.phrases ?? [])).toEqual({ 'a b': 'english' });
    expect(folder?.data.synonyms.get('a')).toEqual(['english', 'german']);
    expect(folder?.questions.get('a#b')?.map(({ entries }) => entries[0]?.text)).toEqual(['english', 'german']);
    expect(folder?.findings.map(formatFinding)).toEqual([
      'content/en/search/de/abbreviations.yaml:1:9 G045 warning: "a" means "english" in another file (only that one counts)',
      'content/en/search/de/abbreviations.yaml:2:11 G045 warning: "a b" means "english" in another file (only that one counts)',
    ]);
  });

  it('may say the same twice', () => {
    const same = {
      'en/search/abbreviations.yaml': 'words: {a: b}',
      'en/search/de/abbreviations.yaml': 'words: {a: b}',
    };
    expect(read(same)?.findings).toEqual([]);
  });
});
