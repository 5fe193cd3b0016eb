// Autocomplete: what is found for a text that is being typed, and in which order.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AutocompleteEntry, createAutocomplete } from '../../src/search/autocomplete.ts';

const rank = <T>(text: string, candidates: AutocompleteEntry<T>[], limit: number) =>
  createAutocomplete(candidates).find(text, limit);
const named = (...names: string[]) => names.map((name) => ({ name, value: name }));
const found = (text: string, ...names: string[]) => rank(text, named(...names), 25);

describe('ranking names', () => {
  it('puts exact matches before beginnings, beginnings of words and substrings', () => {
    const names = ['Miney', 'Big money', 'Harmoney', 'Money first', 'money'];
    expect(found('money', ...names)).toEqual(['money', 'Money first', 'Big money', 'Harmoney']);
  });

  it('allows typing errors if nothing matches as typed', () => {
    expect(found('reviewz of mny clints', 'Reviews of many clients', 'Money')).toEqual([]);
    expect(found('revews', 'Reviews of clients', 'Money')).toEqual(['Reviews of clients']);
    expect(found('acount', 'Your account', 'Accent')).toEqual(['Your account']);
  });

  it('finds words in any order, without accents, punctuation or capitals', () => {
    expect(found('FIRST, réviews', 'Your first reviews', 'Other')).toEqual(['Your first reviews']);
  });

  it('finds by an alias', () => {
    expect(rank('jss', [{ name: 'Job Success Score', aliases: ['jss'], value: 1 }], 25)).toHaveLength(1);
  });

  it('returns everything in the given order for an empty text, up to the limit', () => {
    expect(found(' ?! ', 'b', 'a')).toEqual(['b', 'a']);
    expect(rank('', named('a', 'b', 'c'), 2)).toHaveLength(2);
  });

  it('finds every name by itself, with any characters', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1, maxLength: 10 }), (names) => {
        for (const name of names) expect(found(name, ...names)).toContain(name);
      }),
    );
  });
});
