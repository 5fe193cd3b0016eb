// Finding the documents that contain terms.
import { describe, expect, it } from 'vitest';
import { InvertedIndex } from '../../src/search/inverted-index.ts';

function indexOf(documents: Record<string, readonly string[]>): InvertedIndex {
  const index = new InvertedIndex();
  for (const [name, terms] of Object.entries(documents)) index.put(name, terms);
  return index;
}
const found = (index: InvertedIndex, ...terms: string[]) => [...index.shares(terms)];

describe('an inverted index', () => {
  it('weighs a term by how rare it is, and an unknown one as if half a document had it', () => {
    const index = indexOf({ one: ['tram', 'red'], two: ['tram'], three: ['tram'] });
    expect(index.idf('tram')).toBe(Math.log(2));
    expect(index.idf('red')).toBe(Math.log(4));
    expect(index.idf('blue')).toBe(Math.log(7));
  });

  it('returns the weighted share of the terms that each document contains, highest first', () => {
    const index = indexOf({ one: ['tram'], two: ['red', 'tram'], three: ['bus'] });
    const [tram, red, blue] = [Math.log(2.5), Math.log(4), Math.log(7)];
    const total = tram + red + blue;
    expect(found(index, 'tram', 'red', 'blue')).toEqual([
      ['two', (tram + red) / total],
      ['one', tram / total],
    ]);
    expect(found(index, 'bus')).toEqual([['three', 1]]);
  });

  it('keeps the order of documents with equal shares', () => {
    const index = indexOf({ b: ['x'], a: ['x'], d: ['x', 'y'], c: ['x'] });
    expect(found(index, 'x', 'y').map(([name]) => name)).toEqual(['d', 'b', 'a', 'c']);
  });

  it('returns at most 50 documents, those with the highest shares', () => {
    const index = new InvertedIndex();
    for (let i = 0; i < 60; i++) index.put(`common-${i}`, ['x']);
    index.put('late', ['x', 'rare']);
    index.put('last', ['x']);
    const names = found(index, 'x', 'rare').map(([name]) => name);
    expect(names).toEqual(['late', ...Array.from({ length: 49 }, (_, i) => `common-${i}`)]);
  });

  it('returns nothing for terms that no document has, for no terms, and without documents', () => {
    const index = indexOf({ one: ['tram'] });
    expect(found(index, 'bus')).toEqual([]);
    expect(found(index)).toEqual([]);
    expect(found(new InvertedIndex(), 'tram')).toEqual([]);
  });

  it('ignores empty and repeated terms', () => {
    const index = indexOf({ one: ['', 'tram', 'tram'], two: ['tram', 'red'] });
    expect(found(index, '')).toEqual([]);
    expect(index.idf('tram')).toBe(Math.log(2));
    expect(found(index, 'tram')).toEqual([
      ['one', 1],
      ['two', 1],
    ]);
  });

  it('finds a replaced document by its new terms only', () => {
    const index = indexOf({ one: ['tram'], two: ['tram'] });
    index.put('one', ['bus']);
    expect(found(index, 'tram')).toEqual([['two', 1]]);
    expect(found(index, 'bus')).toEqual([['one', 1]]);
    expect(index.idf('tram')).toBe(Math.log(3));
  });

  it('does not find a removed document, and counts without it', () => {
    const index = indexOf({ one: ['tram', 'red'], two: ['tram'] });
    index.remove('one');
    index.remove('one');
    index.remove('never there');
    expect(found(index, 'tram', 'red').map(([name]) => name)).toEqual(['two']);
    expect(index.idf('tram')).toBe(Math.log(2));
    expect(index.idf('red')).toBe(Math.log(3));
  });

  it('uses the place of a removed document for the next one', () => {
    const index = indexOf({ one: ['x'], two: ['x'], three: ['x'] });
    index.remove('one');
    index.put('four', ['x']);
    index.put('five', ['x']);
    expect(found(index, 'x').map(([name]) => name)).toEqual(['four', 'two', 'three', 'five']);
    index.remove('four');
    expect(found(index, 'x').map(([name]) => name)).toEqual(['two', 'three', 'five']);
  });
});
