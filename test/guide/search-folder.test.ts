// Search data in a content folder: each language by itself, and what an edition without it falls back to.
import { describe, expect, it } from 'vitest';
import { formatFinding } from '../../src/guide/findings.ts';
import { readSearchFolder } from '../../src/guide/search-folder.ts';
import { GUIDE, LANGUAGE, load, OTHER, QUESTIONS, recordOf } from './sample.ts';

const DOORS = ['eins', 'zwei', 'drei', 'vier', 'fünf', 'sechs'];
const germanQuestions = (id: string, about: string) => `${id}:\n${DOORS.map((n) => `  - ${about} ${n}\n`).join('')}`;
const ALL = {
  'en/search/synonyms.yaml': '# what doors are called\ndoor: [door, gate]\nopen: [open, push]\n',
  'en/search/abbreviations.yaml': "words:\n  dr: door\n  pls: ''\n  1: one\nphrases:\n  way out: exit\n",
  'en/search/courtesies.yaml': '- hello …\n- thank you\n',
  'en/search/off-topic.yaml': '# windows\n- who is at the window\n- "yes"\n',
  'en/search/pointers.yaml': 'zoo:\n  text: Ask the zoo.\n  questions: [lions]\n',
  'en/search/de/synonyms.yaml': 'door: [tür, tor]\n',
  'en/search/de/abbreviations.yaml': 'words:\n  dr: doktor\n  1: eins\nphrases:\n  way out: ausgang\n',
  'en/search/de/courtesies.yaml': '- hallo …\n',
  'en/search/de/language.yaml': `${LANGUAGE}examples: [ich komme nicht hinein]\n`,
  'en/search/de/off-topic.yaml': '- wer ist am fenster\n',
  'en/search/de/questions/open-door.yaml':
    germanQuestions('start', 'tür öffnen') + germanQuestions('front', 'vordere tür'),
  'en/search/de/questions/other.yaml': germanQuestions('rear', 'hintere tür'),
  'en/search/hi-Latn/language.yaml': LANGUAGE.replace('Deutsch', 'Hinglish'),
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

  it('has the search data of the edition, without those of other languages', () => {
    const { languages, ...own } = editionOf(ALL).search;
    expect(own).toEqual({
      synonyms: new Map([
        ['door', ['door', 'gate']],
        ['open', ['open', 'push']],
      ]),
      abbreviations: new Map([
        ['1', 'one'],
        ['dr', 'door'],
        ['pls', ''],
      ]),
      phrases: new Map([['way out', 'exit']]),
      courtesies: ['hello …', 'thank you'],
      offTopic: ['who is at the window', 'yes'],
      pointers: [{ id: 'zoo', text: 'Ask the zoo.', questions: ['lions'] }],
    });
    expect([...languages.keys()]).toEqual(['de', 'hi-Latn']);
  });

  it('has each language that is only understood by itself', () => {
    const about = (text: string) => DOORS.map((n) => `${text} ${n}`);
    expect(editionOf(ALL).search.languages.get('de')).toEqual({
      synonyms: new Map([['door', ['tür', 'tor']]]),
      abbreviations: new Map([
        ['1', 'eins'],
        ['dr', 'doktor'],
      ]),
      phrases: new Map([['way out', 'ausgang']]),
      courtesies: ['hallo …'],
      offTopic: ['wer ist am fenster'],
      questions: new Map([
        ['open-door#start', about('tür öffnen')],
        ['open-door#front', about('vordere tür')],
        ['other#rear', about('hintere tür')],
      ]),
      examples: ['ich komme nicht hinein'],
      sentences: {
        name: 'Deutsch',
        answered: 'Das gibt es bisher nur auf Englisch.',
        declined: 'Das weiß ich nicht.',
        courtesy: 'Gern!',
      },
    });
  });

  it('counts a word once that is in a list twice', () => {
    const twice = { 'en/search/synonyms.yaml': 'door: [door, gate, door]\n' };
    expect(editionOf(twice).search.synonyms.get('door')).toEqual(['door', 'gate']);
  });

  it('may have a language that is only recognized', () => {
    const { sentences, questions, examples } = editionOf(ALL).search.languages.get('hi-Latn') ?? expect.fail();
    expect(sentences?.name).toBe('Hinglish');
    expect([questions.size, examples.length]).toEqual([0, 0]);
  });

  it('adds no example questions of other languages to a page', () => {
    expect(questionsOf(ALL, 'other#rear')).toEqual(questionsOf({}, 'other#rear'));
    expect(questionsOf({}, 'other#rear')).toContain('rear door seven');
  });

  it('does not make editions of the languages in it', () => {
    expect([...(load(ALL).content?.editions.keys() ?? [])]).toEqual(['en']);
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
  const own = {
    ...ITALIAN,
    'it/search/synonyms.yaml': 'porta: [porta, uscio]\n',
    'it/search/off-topic.yaml': '- che tempo fa\n',
    'it/search/questions/open-door.yaml': QUESTIONS.replaceAll('door', 'porta'),
  };

  it('has its own search data, and its own questions also for pages that it shows in English', () => {
    expect(Object.fromEntries(editionOf(own, 'it').search.synonyms)).toEqual({ porta: ['porta', 'uscio'] });
    expect(questionsOf(own, 'open-door#front', 'it')).toContain('front porta stuck');
    expect(questionsOf(own, 'other#rear', 'it')).toEqual([]);
    expect(questionsOf(own, 'open-door#front')).toContain('front door stuck');
  });

  it('is a language that the English search understands', () => {
    const { languages } = editionOf({ ...ALL, ...own }).search;
    expect([...languages.keys()]).toEqual(['it', 'de', 'hi-Latn']);
    const italian = languages.get('it');
    expect(italian?.edition).toEqual({ isReviewed: false });
    expect([...(italian?.questions.keys() ?? [])]).toEqual(['open-door#start', 'open-door#front']);
    expect(italian?.offTopic).toEqual(['che tempo fa']);
    expect(italian?.examples).toEqual(['La porta di dietro', expect.any(String)]);
    expect(italian).not.toHaveProperty('sentences');
  });

  it('says whether a native speaker has checked it', () => {
    const { languages } = editionOf({ ...own, ...recordOf(own, 'it') }).search;
    expect(languages.get('it')?.edition).toEqual({ isReviewed: true });
  });

  it('without search data is none', () => {
    expect([...editionOf({ ...ALL, ...ITALIAN }).search.languages.keys()]).toEqual(['de', 'hi-Latn']);
  });

  it('replaces a folder of its language in the English search folder, with a warning', () => {
    const both = { ...own, 'en/search/it/language.yaml': LANGUAGE };
    expect(editionOf(both).search.languages.get('it')).not.toHaveProperty('sentences');
    expect(load(both).findings.map(formatFinding)).toContain(
      'content/en/search/it:1:1 G065 warning: This folder is not read, because it/search/ is (move its files to it/search/)',
    );
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

  it('may have the questions of a guide in several', () => {
    const folder = read({
      'en/search/questions/visit.yaml': 'hours: [when]\ndogs: [my dog]\n',
      'en/search/questions/visit/animals.yaml': 'dogs: [a puppy]\ncats: [my cat]\n',
      'en/search/questions/visit/more.yaml': 'dogs: [two dogs]\n',
      'en/search/de/questions/visit/tiere.yaml': 'dogs: [mein hund]\n',
      'en/search/de/language.yaml': LANGUAGE,
    });
    expect(folder?.findings).toEqual([]);
    const textsIn = (questions = folder?.questions) =>
      [...(questions ?? [])].map(([name, { entries }]) => [name, ...entries.map(({ text }) => text)]);
    expect(textsIn()).toEqual([
      ['visit#hours', 'when'],
      ['visit#dogs', 'my dog', 'a puppy', 'two dogs'],
      ['visit#cats', 'my cat'],
    ]);
    expect(textsIn(folder?.languages.get('de')?.questions)).toEqual([['visit#dogs', 'mein hund']]);
  });

  it.each([
    ['synonym.yaml', ' (did you mean synonyms.yaml?)'],
    ['courtesy.yaml', ' (did you mean courtesies.yaml?)'],
    ['de/languages.yaml', ' (did you mean language.yaml?)'],
    ['other.yaml', ''],
    ['toString.yaml', ''],
    ['questions.yaml', ''],
    ['questions/a/b/c.yaml', ''],
    ['de/questions/a/b/c.yaml', ''],
    ['de/other/synonyms.yaml', ''],
    ['synonyms.yaml/synonyms.yaml', ' ("synonyms.yaml" is not a language code)'],
    ['German/synonyms.yaml', ' ("German" is not a language code)'],
    ['d/synonyms.yaml', ' ("d" is not a language code)'],
    ['de-/synonyms.yaml', ' ("de-" is not a language code)'],
  ])('have known names, not %s', (file, hint) => {
    expect(lines(file)).toEqual([`content/en/search/${file}:1:1 G041 Unknown file name in a search folder${hint}`]);
  });

  it('say where a file belongs that is in the wrong place', () => {
    const POINTERS = 'zoo:\n  text: Ask the zoo.\n  questions: [lions]\n';
    const found = (file: string, text: string) => {
      const folder = read({ [`en/search/${file}`]: text });
      expect(folder?.languages.size).toBe(0);
      expect(folder?.pointers.size).toBe(0);
      return folder?.findings.map(formatFinding);
    };
    expect(found('de/pointers.yaml', POINTERS)).toEqual([
      expect.stringMatching(
        /^content\/en\/search\/de\/pointers\.yaml:1:1 G041 .*\(pointers\.yaml belongs to an edition/,
      ),
    ]);
    expect(found('language.yaml', LANGUAGE)).toEqual([
      'content/en/search/language.yaml:1:1 G041 Unknown file name in a search folder (language.yaml belongs to a language without guides, in a folder of its own)',
    ]);
  });

  it.each(['de', 'fil', 'pt-BR', 'hi-Latn', 'zh-Hant-TW'])('may be in a folder of the language %s', (tag) => {
    const folder = read({
      [`en/search/${tag}/language.yaml`]: LANGUAGE,
      [`en/search/${tag}/questions/a.yaml`]: 'b: [c]',
    });
    expect(folder?.findings).toEqual([]);
    expect(folder?.questions.size).toBe(0);
    expect(folder?.languages.get(tag)).toMatchObject({ path: `content/en/search/${tag}` });
    expect(folder?.languages.get(tag)?.questions.get('a#b')?.entries).toMatchObject([{ text: 'c' }]);
    expect(folder?.data.languages.get(tag)?.questions).toEqual(new Map([['a#b', ['c']]]));
  });

  it('are reported for a language without sentences, which has none then', () => {
    const folder = read({
      'en/search/de/off-topic.yaml': '- a',
      'en/search/de/questions/a.yaml': 'b: [c]',
      'en/search/es/language.yaml': LANGUAGE,
    });
    expect(folder?.findings.map(formatFinding)).toEqual([
      'content/en/search/de:1:1 G059 warning: There is no language.yaml in this folder',
    ]);
    expect(folder?.data.languages.get('de')).not.toHaveProperty('sentences');
  });

  it.each([
    ['questions/a.yaml', 'b: [c]', false],
    ['synonyms.yaml', 'a: [b]', true],
    ['abbreviations.yaml', 'words: {a: b}', true],
    ['courtesies.yaml', '- a', true],
    ['off-topic.yaml', '- a', true],
    ['de/questions/a.yaml', 'b: [c]', false],
    ['de/off-topic.yaml', '- a', false],
    ['de/language.yaml', LANGUAGE, false],
  ])('hold search data of the edition or not: %s', (file, text, hasData) => {
    expect(read({ [`en/search/${file}`]: text })?.hasData).toBe(hasData);
  });

  it('have data if any of them has, whatever comes last', () => {
    const both = { 'en/search/off-topic.yaml': '- a', 'en/search/questions/a.yaml': 'b: [c]' };
    expect(read(both)?.hasData).toBe(true);
  });

  it('may give a word one meaning in each language', () => {
    const folder = read({
      'en/search/abbreviations.yaml': 'words: {a: english}',
      'en/search/de/abbreviations.yaml': 'words: {a: german}',
      'en/search/de/language.yaml': LANGUAGE,
      'en/search/es/abbreviations.yaml': 'words: {a: spanish}',
      'en/search/es/language.yaml': LANGUAGE,
    });
    expect(folder?.findings).toEqual([]);
    const meanings = [folder?.data, ...(folder?.data.languages.values() ?? [])].map((one) =>
      one?.abbreviations.get('a'),
    );
    expect(meanings).toEqual(['english', 'german', 'spanish']);
  });
});
