// Reading texts as words, by the word lists of a content folder.
import { describe, expect, it } from 'vitest';
import { NO_SEARCH_DATA } from '../../src/guide/search-data.ts';
import { Analyzer } from '../../src/search/analyzer.ts';
import { languageFor } from '../../src/search/languages/index.ts';

const analyzer = new Analyzer(languageFor('en'), {
  synonyms: new Map([
    ['proof', ['proof', '1099', 'invoices', 'Invoicing']],
    ['paper', ['invoice', 'cover letter']],
  ]),
  abbreviations: new Map([
    ['Añadir', 'add'],
    ['2fa', 'code of the phone'],
    ['pls', ''],
    ['w/o', 'without'],
    ['?', 'nothing'],
    ['lg', 'log'],
  ]),
  phrases: new Map([
    ['log in', 'login'],
    ['Log Out', 'logout'],
    ['in time', 'punctual'],
  ]),
  courtesies: ['Hello', 'thank you', 'Señor', 'bro …', '… I beg you'],
});

describe('an analyzer', () => {
  it.each([
    ['writes out abbreviations and drops those without words', 'pls 2FA', ['code', 'of', 'the', 'phone']],
    ['compares its word lists without capitals and accents', 'anadir AÑADIR', ['add', 'add']],
    ['ignores abbreviations of several words and of none', 'w/o w ?', ['w', 'o', 'w']],
    ['joins phrases', 'I cannot log in or log out', ['i', 'cannot', 'login', 'or', 'logout']],
    ['joins a phrase with an abbreviation', 'lg in', ['login']],
    ['uses each word for one phrase', 'log in time, log', ['login', 'time', 'log']],
    [
      'does not join words in another order or with another between',
      'in log, log me in',
      ['in', 'log', 'log', 'me', 'in'],
    ],
    ['shortens three or more of the same letter', 'heeelp freee keeeeep', ['help', 'fre', 'kep']],
    ['keeps two of the same letter', 'keep', ['keep']],
    ['keeps repeated digits', 'a111', ['a111']],
    ['replaces a number by its kind', 'since 2019, 5 times', ['since', 'inyear', 'somenumber', 'times']],
    ['keeps a number that a synonym list names', 'my 1099 or 1098', ['my', '1099', 'or', 'somenumber']],
    ['keeps a word with a digit after its first letter', 'b2b', ['b2b']],
    ['takes names of object members as words', 'constructor __proto__', ['constructor', 'proto']],
    ['has no words for no text', ' ', []],
  ])('%s', (_, text, words) => {
    expect(analyzer.words(text)).toEqual(words);
  });

  it('cuts off words after 40 letters', () => {
    const word = (length: number) => 'ab'.repeat(30).slice(0, length);
    expect(analyzer.words(word(40))).toEqual([word(40)]);
    expect(analyzer.words(word(41))).toEqual([word(40)]);
    expect(analyzer.words('a'.repeat(41))).toEqual(['a']);
  });

  it('returns the words as they were typed, in lower case and without repeated letters', () => {
    expect(analyzer.typedWords('PLS log in 5')).toEqual(['pls', 'log', 'in', '5']);
    expect(analyzer.typedWords('heeelp 111 too')).toEqual(['help', '111', 'too']);
  });

  it.each([
    [
      'writes out the words of each clause',
      'I cannot log in. Since 2019, pls!',
      [['i', 'cannot', 'login'], ['since', 'inyear'], []],
    ],
    ['drops courtesies around a clause', 'hello señor, thank you', []],
    ['drops courtesies at both ends of a clause', 'hello bro I log out thank you', [['i', 'logout']]],
    [
      'keeps courtesies inside a clause',
      'may I thank you for the trams',
      [['may', 'i', 'thank', 'you', 'for', 'the', 'trams']],
    ],
    ['compares courtesies without capitals and accents', 'HELLO SENOR trams', [['trams']]],
    ['compares courtesies without repeated letters', 'helloooo trams thank youuu', [['trams']]],
    ['drops some courtesies at the beginning only', 'bro trams; trams bro', [['trams'], ['trams', 'bro']]],
    [
      'drops some courtesies at the end only',
      'trams I beg you; I beg you trams',
      [['trams'], ['i', 'beg', 'you', 'trams']],
    ],
    ['does not join words of two clauses', 'I log. In time', [['i', 'log'], ['punctual']]],
    ['has no clauses for no words', '?! 😀 ...', []],
  ])('%s', (_, text, clauses) => {
    expect(analyzer.clauses(text)).toEqual(clauses);
  });

  it('keeps courtesies in the words of a text', () => {
    expect(analyzer.words('Hello, thank you')).toEqual(['hello', 'thank', 'you']);
  });

  it('finds every concept of a word by its stem, once', () => {
    expect(analyzer.conceptsOf(analyzer.stem('invoiced'))).toEqual(['@proof', '@paper']);
    expect(analyzer.conceptsOf(analyzer.stem('letters'))).toEqual(['@paper']);
    expect(analyzer.conceptsOf(analyzer.stem('bird'))).toEqual([]);
  });

  it('lists the words of all synonyms', () => {
    expect(analyzer.synonymWords).toEqual(['proof', '1099', 'invoices', 'invoicing', 'invoice', 'cover', 'letter']);
  });

  it('returns the words without stop words, and their stems', () => {
    expect(analyzer.isStopWord('the')).toBe(true);
    expect(analyzer.isStopWord('trams')).toBe(false);
    expect(analyzer.contentWords(['the', 'trams', 'are', 'riding'])).toEqual(['trams', 'riding']);
    expect(analyzer.contentStems('The trams are riding, pls 2FA')).toEqual(['tram', 'ride', 'code', 'phone']);
  });

  it('leaves everything as it is without word lists', () => {
    const bare = new Analyzer(languageFor('en'), NO_SEARCH_DATA);
    expect(bare.words('pls log in')).toEqual(['pls', 'log', 'in']);
    expect(bare.synonymWords).toEqual([]);
  });
});
