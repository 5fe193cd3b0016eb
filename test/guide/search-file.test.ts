// One file of a search folder: its entries with their positions, and what is wrong with it.
import { describe, expect, it } from 'vitest';
import { formatFinding } from '../../src/guide/findings.ts';
import { parseSearchFile, type SearchFileKind } from '../../src/guide/search-file.ts';
import { LANGUAGE } from './sample.ts';

const parse = (kind: SearchFileKind, text: string) => parseSearchFile(kind, 'a.yaml', text);
const lines = (kind: SearchFileKind, text: string) => parse(kind, text).findings.map(formatFinding);
const at = (line: number, column: number) => ({ path: 'a.yaml', line, column });
const NOTHING = {
  questions: new Map(),
  synonyms: new Map(),
  abbreviations: new Map(),
  phrases: new Map(),
  courtesies: [],
  examples: [],
  offTopic: [],
  pointers: new Map(),
  findings: [],
};

describe('the entries', () => {
  it.each(['questions', 'synonyms'] as const)('of %s are lists by key', (kind) => {
    const text = 'one:\n  - a\n  - b\n"7": [c]\n';
    expect(parse(kind, text)).toEqual({
      ...NOTHING,
      [kind]: new Map([
        ['7', { ...at(4, 1), entries: [{ ...at(4, 7), text: 'c' }] }],
        [
          'one',
          {
            ...at(1, 1),
            entries: [
              { ...at(2, 5), text: 'a' },
              { ...at(3, 5), text: 'b' },
            ],
          },
        ],
      ]),
    });
  });

  it('of abbreviations are words and phrases, at their short forms', () => {
    expect(parse('abbreviations', "words:\n  cv: profile\n  pls: ''\nphrases:\n  log in: login\n")).toEqual({
      ...NOTHING,
      abbreviations: new Map([
        ['cv', { ...at(2, 3), text: 'profile' }],
        ['pls', { ...at(3, 3), text: '' }],
      ]),
      phrases: new Map([['log in', { ...at(5, 3), text: 'login' }]]),
    });
    expect(parse('abbreviations', 'words: {a: b}\nphrases:\n')).toMatchObject({ findings: [], phrases: new Map() });
    expect(parse('abbreviations', 'words: {a: b}\nphrases: {a b: c}\n')).toMatchObject({ findings: [] });
    expect(parse('abbreviations', 'phrases: {a b: c}\n').phrases.size).toBe(1);
  });

  it.each([
    ['off-topic questions', 'off-topic', 'offTopic'],
    ['courtesies', 'courtesies', 'courtesies'],
  ] as const)('of %s are one list', (_, kind, part) => {
    const entries = [
      { ...at(1, 3), text: 'a' },
      { ...at(2, 3), text: 'b' },
    ];
    expect(parse(kind, '- a\n- b\n')).toEqual({ ...NOTHING, [part]: entries });
  });
});

describe('a language', () => {
  const sentences = {
    name: 'Deutsch',
    answered: 'Das gibt es bisher nur auf Englisch.',
    declined: 'Das weiß ich nicht.',
    courtesy: 'Gern!',
  };

  it('has four sentences, without the spaces around them', () => {
    expect(parse('language', LANGUAGE)).toEqual({ ...NOTHING, sentences });
    expect(parse('language', LANGUAGE.replace('Gern!', '" Gern! "')).sentences).toEqual(sentences);
  });

  it('may have examples, which are not sentences of the bot', () => {
    const examples = [
      { ...at(6, 5), text: 'wo ist die tür' },
      { ...at(7, 5), text: 'die tür klemmt' },
    ];
    const text = `${LANGUAGE}examples:\n  - wo ist die tür\n  - die tür klemmt\n`;
    expect(parse('language', text)).toEqual({ ...NOTHING, sentences, examples });
  });

  const KEYS = 'This file must have the keys name, answered, declined and courtesy, and may have examples';
  const LONG = 'x'.repeat(300);

  it.each([
    ['without a sentence', LANGUAGE.replace(/declined.*\n/, ''), '1:1 G039 "declined" is missing'],
    ['with an empty sentence', LANGUAGE.replace('Gern!', '" "'), '4:11 G039 "courtesy" is empty'],
    [
      'with a long sentence',
      LANGUAGE.replace('Gern!', `${LONG}x`),
      '4:11 G039 "courtesy" has more than 300 characters',
    ],
    ['with a sentence that is a number', LANGUAGE.replace('Gern!', '7'), '4:11 G039 "courtesy" must be text'],
    ['with another key', `${LANGUAGE}greeting: Hallo\n`, `1:1 G039 ${KEYS}`],
    ['that is a list', '- Deutsch\n', `1:1 G039 ${KEYS}`],
    ['with one example', `${LANGUAGE}examples: wo\n`, '5:11 G039 "examples" must be a list of sentences'],
    ['with an example that is a number', `${LANGUAGE}examples: [wo, 7]\n`, '5:16 G039 This entry must be text'],
  ])('%s is refused', (_, text, line) => {
    const { findings, ...rest } = parse('language', text);
    expect({ ...rest, findings: [] }).toEqual(NOTHING);
    expect(findings.map(formatFinding)).toEqual([expect.stringContaining(`a.yaml:${line}`)]);
  });

  it('may have sentences of 300 characters', () => {
    expect(parse('language', LANGUAGE.replace('Gern!', LONG)).sentences?.courtesy).toBe(LONG);
  });
});

describe('pointers', () => {
  const ZOO = 'zoo:\n  text: Ask the zoo.\n  questions: [lions, apes]\n';
  const WITH_LINK = `${ZOO}  label: The zoo\n  link: https://example.org\n`;

  it('have a sentence, questions, and a link if there is one', () => {
    const entries = [
      { ...at(3, 15), text: 'lions' },
      { ...at(3, 22), text: 'apes' },
    ];
    const pointer = { ...at(1, 1), text: 'Ask the zoo.', entries };
    expect(parse('pointers', ZOO)).toEqual({ ...NOTHING, pointers: new Map([['zoo', pointer]]) });
    const link = { label: 'The zoo', url: 'https://example.org' };
    expect(parse('pointers', WITH_LINK).pointers).toEqual(new Map([['zoo', { ...pointer, link }]]));
  });

  it.each([
    ['without a label', WITH_LINK.replace('  label: The zoo\n', ''), '"zoo" needs both label and link, or neither'],
    ['without an address', WITH_LINK.replace(/ {2}link.*\n/, ''), '"zoo" needs both label and link, or neither'],
    ['with another address', WITH_LINK.replace('https', 'http'), '"link" must begin with https://'],
    ['with a long sentence', ZOO.replace('Ask the zoo.', 'x'.repeat(301)), '"text" has more than 300 characters'],
    ['with a long label', WITH_LINK.replace('The zoo', 'x'.repeat(81)), '"label" has more than 80 characters'],
    ['without questions', ZOO.replace(/ {2}questions.*\n/, ''), '"questions" must be a list of questions'],
    ['that is a text', 'zoo: lions\n', '"zoo" must have the keys text and questions'],
  ])('%s are refused', (_, text, sentence) => {
    const { pointers, findings } = parse('pointers', text);
    expect(pointers.size).toBe(0);
    expect(findings.map(({ code, message }) => `${code} ${message}`)).toEqual([
      expect.stringContaining(`G039 ${sentence}`),
    ]);
  });

  it('with an empty list or question, or one that is there twice, are reported', () => {
    const codesOf = (questions: string) =>
      parse('pointers', ZOO.replace('[lions, apes]', questions)).findings.map(({ code }) => code);
    expect([codesOf('[]'), codesOf("[a, '']"), codesOf('[a, A]')]).toEqual([['G042'], ['G042'], ['G045']]);
  });
});

describe('a file of the wrong shape', () => {
  const TEXT = 'must be text: put numbers, true, false and null in quotes';

  it.each<[SearchFileKind, string, string]>([
    ['questions', 'one: [', '1:7 G039 '],
    ['questions', '- a', '1:1 G039 This file must map page ids to lists of questions'],
    ['questions', 'one: a', '1:6 G039 "one" must be a list of questions'],
    ['questions', 'one: [a, 7]', '1:10 G039 This entry must be text'],
    ['synonyms', 'text', '1:1 G039 This file must map names to lists of words'],
    ['synonyms', 'one: a', '1:6 G039 "one" must be a list of words'],
    ['synonyms', 'one: [true]', `1:7 G039 This entry ${TEXT}`],
    ['abbreviations', '[]', '1:1 G039 This file must have the keys words and phrases'],
    ['abbreviations', 'word: {a: b}', '1:1 G039 This file has an unknown key: use words and phrases'],
    ['abbreviations', 'words: [a]', '1:8 G039 "words" must map short forms to words'],
    ['abbreviations', 'phrases: a', '1:10 G039 "phrases" must map two words to one'],
    ['abbreviations', 'words:\n  no: false', `2:7 G039 "no" ${TEXT}`],
    ['off-topic', 'a: b', '1:1 G039 This file must be a list of questions'],
    ['off-topic', '- a\n- 7', `2:3 G039 This entry ${TEXT}`],
    ['courtesies', 'a: b', '1:1 G039 This file must be a list of phrases'],
    ['courtesies', '- a\n- 7', `2:3 G039 This entry ${TEXT}`],
  ])('has no entries: %s %j', (kind, text, line) => {
    const { findings, ...rest } = parse(kind, text);
    expect({ ...rest, findings: [] }).toEqual(NOTHING);
    expect(findings.map(formatFinding)).toEqual([expect.stringContaining(`a.yaml:${line}`)]);
  });
});

describe('an empty', () => {
  const FILE = 'a.yaml:1:1 G042 This file has no entries';

  it.each<[SearchFileKind, string, string]>([
    ['questions', '# a comment', FILE],
    ['questions', '{}', `${FILE} (fill it or remove it)`],
    ['synonyms', '{}', `${FILE} (fill it or remove it)`],
    ['abbreviations', 'words: {}', `${FILE} (fill it or remove it)`],
    ['off-topic', '[]', `${FILE} (fill it or remove it)`],
    ['courtesies', '[]', `${FILE} (fill it or remove it)`],
    ['language', '# a comment', FILE],
  ])('file is reported: %s %j', (kind, text, line) => {
    expect(lines(kind, text)).toEqual([line]);
  });

  it('list is reported at its key', () => {
    const line = 'a.yaml:2:1 G042 "two" has an empty list (fill it or remove it)';
    expect(lines('questions', 'one: [a]\ntwo:\n')).toEqual([line]);
    expect(lines('synonyms', 'one: [a]\ntwo: []\n')).toEqual([line]);
  });

  it.each<[SearchFileKind, string, string]>([
    ['questions', 'one: ["  ", a]', '1:7'],
    ['off-topic', '- a\n- ""', '2:3'],
    ['courtesies', '- a\n- ""', '2:3'],
    ['language', `${LANGUAGE}examples: [a, ""]`, '5:15'],
  ])('entry is reported: %s %j', (kind, text, place) => {
    expect(lines(kind, text)).toEqual([`a.yaml:${place} G042 This entry is empty`]);
  });
});

describe('an entry that is there twice', () => {
  it.each<[SearchFileKind, string, string]>([
    ['questions', 'one: [a, b, " A", a]', '1:13 G045 warning: " A" is in this list twice (remove one of them)'],
    ['off-topic', '- a\n- A\n- a', '2:3 G045 warning: "A" is in this list twice (remove one of them)'],
    ['courtesies', '- a\n- A\n', '2:3 G045 warning: "A" is in this list twice (remove one of them)'],
    ['language', `${LANGUAGE}examples: [a, A]\n`, '5:15 G045 warning: "A" is in this list twice (remove one of them)'],
    ['synonyms', 'one: [a, a]', '1:10 G045 warning: "a" is in this list twice (remove one of them)'],
  ])('is reported once: %s %j', (kind, text, line) => {
    expect(lines(kind, text)).toEqual([`a.yaml:${line}`]);
  });

  it('may be in two lists', () => {
    expect(lines('synonyms', 'one: [a]\ntwo: [a]\n')).toEqual([]);
  });
});

describe('words', () => {
  const wrong = (place: string, word: string) =>
    `a.yaml:${place} G043 "${word}" is not written in lower-case words (such as cv: profile)`;

  it.each<[SearchFileKind, string, string[]]>([
    ['synonyms', 'One Two: [a-b, ä, 7th, "日本"]', []],
    ['synonyms', 'one: [A]', [wrong('1:7', 'A')]],
    ['synonyms', 'one: [a b]', [wrong('1:7', 'a b')]],
    ['synonyms', 'one: [""]', [wrong('1:7', '')]],
    ['abbreviations', 'words: {a: b c d}', []],
    ['abbreviations', 'words: {A: b}', [wrong('1:9', 'A')]],
    ['abbreviations', 'words: {a b: c}', [wrong('1:9', 'a b')]],
    ['abbreviations', 'words: {a: b C}', [wrong('1:9', 'b C')]],
    ['abbreviations', 'words: {a: "b  c"}', [wrong('1:9', 'b  c')]],
  ])('are lower-case and without spaces: %s %j', (kind, text, expected) => {
    expect(lines(kind, text)).toEqual(expected);
  });

  it('map from two to one in phrases', () => {
    expect(lines('abbreviations', 'phrases: {log in: login}')).toEqual([]);
    for (const phrase of [
      'log: login',
      'a b c: login',
      'Log in: login',
      '"log ": login',
      'log in: log on',
      'log in: ""',
    ]) {
      const [key = '', value = ''] = phrase.replaceAll('"', '').split(': ');
      expect(lines('abbreviations', `phrases: {${phrase}}`)).toEqual([
        `a.yaml:1:11 G044 "${key}: ${value}" does not map two words to one (write two lower-case words with a space between them, a colon, one word)`,
      ]);
    }
  });
});
