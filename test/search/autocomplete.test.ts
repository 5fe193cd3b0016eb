// Autocomplete: what is found for a text that is being typed, and in which order.
import { describe, expect, it } from 'vitest';
import { type AutocompleteEntry, createAutocomplete, fold } from '../../src/search/autocomplete.ts';

const rank = <T>(text: string, candidates: AutocompleteEntry<T>[], limit: number) =>
  createAutocomplete(candidates).find(text, limit);
const named = (...names: string[]) => names.map((name) => ({ name, value: name }));
const found = (text: string, ...names: string[]) => rank(text, named(...names), 25);

describe('ranking names', () => {
  it('puts exact matches before beginnings, beginnings of words and substrings', () => {
    const names = ['Miney', 'Harmoney', 'Big money', 'Money first', 'money'];
    expect(found('money', ...names)).toEqual(['money', 'Money first', 'Big money', 'Harmoney']);
  });

  it('keeps the order of equally good names', () => {
    expect(found('m', 'Zoo map', 'Mole', 'A mole', 'Map')).toEqual(['Mole', 'Map', 'Zoo map', 'A mole']);
  });

  it('finds words in any order, without accents, punctuation or capitals', () => {
    expect(found('FIRST, réviews', 'Your first reviews', 'Other first', 'Other reviews')).toEqual([
      'Your first reviews',
    ]);
  });

  it('finds substrings for every word', () => {
    expect(found('oney irst', 'Money first', 'Money last', 'Honey thirst')).toEqual(['Money first', 'Honey thirst']);
  });

  it('finds by an alias; the best of the names counts', () => {
    const entries = [
      { name: 'Score', aliases: ['abc score', 'xjss'], value: 'substring' },
      { name: 'jss of others', value: 'prefix' },
      { name: 'The xjss', aliases: ['a jss', 'x'], value: 'word' },
      { name: 'Job Success Score', aliases: ['a jss', 'jss'], value: 'exact' },
      { name: 'xjss', aliases: ['jss list', 'the jss'], value: 'also prefix' },
    ];
    expect(rank('jss', entries, 25)).toEqual(['exact', 'prefix', 'also prefix', 'word', 'substring']);
  });

  it('returns everything in the given order for an empty text, up to the limit', () => {
    expect(found(' ?! ', 'b', 'a')).toEqual(['b', 'a']);
    expect(rank('', named('a', 'b', 'c'), 2)).toEqual(['a', 'b']);
  });

  it('returns at most the limit', () => {
    expect(rank('a', named('a1', 'a2', 'a3'), 2)).toEqual(['a1', 'a2']);
    expect(rank('walkinx', named('walking', 'walking b', 'walking c'), 2)).toEqual(['walking', 'walking b']);
  });

  it('reads the first 200 characters of a text', () => {
    const start = 'x'.repeat(199);
    expect(found(`${start}yyyy`, `${start}yy`, `${start}y`)).toEqual([`${start}y`, `${start}yy`]);
  });

  it('finds every name by itself, with any characters', () => {
    const names = [
      'e\u0301',
      '\u0301',
      '👩‍👧',
      'İ',
      'ß',
      'Ａ１',
      '\ufdfa',
      '\u202eabc',
      '\ud800',
      'a\0b',
      'ไทย',
      '_',
      '한국',
      '𝒜x',
    ];
    for (const name of names) expect(found(name, ...names)).toContain(name);
  });
});

describe('typing errors', () => {
  it('are allowed only if nothing matches as typed', () => {
    expect(found('acount', 'Your account', 'Accent')).toEqual(['Your account']);
    expect(found('acount', 'Your account', 'The acount')).toEqual(['The acount']);
  });

  it.each([
    ['none in three letters', 'maq', 'map', false],
    ['one in four letters', 'mapq', 'maps', true],
    ['one in seven letters', 'walkiqq', 'walking', false],
    ['two in eight letters', 'reviewqq', 'reviewer', true],
    ['two in twelve letters', 'abcdefghiqqq', 'abcdefghijkl', false],
    ['not in the first letter', 'waps', 'maps', false],
    ['one missing letter', 'mape', 'maple', true],
    ['two missing letters in eight', 'appreate', 'appreciate', true],
    ['not three missing letters', 'complain', 'comsplaixyn', false],
    ['one extra letter', 'maapple', 'maple', false],
    ['one extra letter in five', 'mapsl', 'maps', true],
  ])('may be %s', (_, typed, name, isFound) => {
    expect(found(typed, `The ${name}`)).toHaveLength(isFound ? 1 : 0);
  });

  it('may be in each word, but each word must be found in one name', () => {
    expect(found('revews of clents', 'Reviews of clients', 'Reviews')).toEqual(['Reviews of clients']);
    expect(found('reviewz of mny clints', 'Reviews of many clients', 'Money')).toEqual([]);
    const entry = { name: 'Reviews', aliases: ['Clients'], value: 1 };
    expect(rank('revews clents', [entry], 25)).toEqual([]);
    expect(rank('clents', [entry], 25)).toEqual([1]);
  });

  it('may be together with the beginning of another word', () => {
    expect(found('revews cl', 'Reviews of clients')).toHaveLength(1);
    expect(found('revews lient', 'Reviews of clients')).toEqual([]);
  });
});

describe('folding', () => {
  it.each([
    ['Über-Größe', 'uber große'],
    ['  a,  b!\tc ', 'a b c'],
    ['①ﬁx', '1fix'],
    ['Ελλάδα 5', 'ελλαδα 5'],
    ['?!', ''],
  ])('makes %j %j', (text, expected) => {
    expect(fold(text)).toBe(expected);
  });
});
