// Reading texts as words, by the word lists of a content folder.
import { describe, expect, it } from 'vitest';
import { NO_SEARCH_DATA } from '../../src/guide/search-data.ts';
import { Analyzer } from '../../src/search/analyzer.ts';
import { languageFor } from '../../src/search/languages/index.ts';

const analyzer = new Analyzer(languageFor('en'), {
  synonyms: new Map([
    ['proof', ['proof', '1099', 'invoices']],
    ['paper', ['invoice', 'letter']],
  ]),
  abbreviations: new Map([
    ['Añadir', 'add'],
    ['2fa', 'code of the phone'],
    ['pls', ''],
    ['w/o', 'without'],
  ]),
  phrases: new Map([['log in', 'login']]),
});

describe('an analyzer', () => {
  it.each([
    ['writes out abbreviations and drops those without words', 'pls 2FA', ['code', 'of', 'the', 'phone']],
    ['compares its word lists without capitals and accents', 'anadir AÑADIR', ['add', 'add']],
    ['joins phrases', 'I cannot log in', ['i', 'cannot', 'login']],
    ['shortens repeated letters', 'heeelp', ['help']],
    ['replaces a number by its kind', 'since 2019, 5 times', ['since', 'inyear', 'somenumber', 'times']],
    ['keeps a number that a synonym list names', 'my 1099', ['my', '1099']],
    ['takes names of object members as words', 'constructor __proto__', ['constructor', 'proto']],
  ])('%s', (_, text, words) => {
    expect(analyzer.words(text)).toEqual(words);
  });

  it('finds every concept of a word by its stem', () => {
    expect(analyzer.conceptsOf(analyzer.stem('invoiced'))).toEqual(['@proof', '@paper']);
    expect(analyzer.conceptsOf(analyzer.stem('bird'))).toEqual([]);
  });

  it('leaves everything as it is without word lists', () => {
    const bare = new Analyzer(languageFor('en'), NO_SEARCH_DATA);
    expect(bare.words('pls log in')).toEqual(['pls', 'log', 'in']);
  });
});
