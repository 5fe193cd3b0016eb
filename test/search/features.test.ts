// The features of a question.
import { describe, expect, it } from 'vitest';
import { NO_SEARCH_DATA } from '../../src/guide/search-data.ts';
import { Analyzer } from '../../src/search/analyzer.ts';
import { createFeatureExtractor, FEATURE_GROUPS } from '../../src/search/features.ts';
import { languageFor } from '../../src/search/languages/index.ts';

const extract = createFeatureExtractor(
  new Analyzer(languageFor('en'), {
    ...NO_SEARCH_DATA,
    synonyms: new Map([
      ['pet', ['dog', 'cat']],
      ['animal', ['dog']],
      ['ride', ['tram']],
    ]),
  }),
);

function features(text: string) {
  const [words, ngrams, conceptPairs, wordOrder] = extract(text.split(' ').filter((word) => word !== ''));
  return { words, ngrams, conceptPairs, wordOrder };
}

describe('the features of a text', () => {
  it('are in the order of the groups', () => {
    expect(FEATURE_GROUPS).toEqual(['words', 'ngrams', 'conceptPairs', 'wordOrder']);
    expect(extract([])).toEqual([[], [], [], ['^_$']]);
  });

  it('are stems without stop words, each with its concepts and its next neighbor', () => {
    expect(features('may the dogs bark on trams').words).toEqual([
      'dog',
      '@pet',
      '@animal',
      'dog bark',
      'bark',
      'bark tram',
      'tram',
      '@ride',
    ]);
  });

  it('are four neighboring letters of each content word, with its boundaries', () => {
    expect(features('the trams go by').ngrams).toEqual(['<tra', 'tram', 'rams', 'ams>']);
    expect(features('ox').ngrams).toEqual(['<ox>']);
    expect(features('x').ngrams).toEqual([]);
  });

  it('are pairs of different concepts, in the order of the alphabet', () => {
    expect(features('tram dog').conceptPairs).toEqual(['@pet|@ride', '@animal|@ride']);
    expect(features('cat tram').conceptPairs).toEqual(['@pet|@ride']);
    expect(features('dog cat').conceptPairs).toEqual(['@animal|@pet']);
    expect(features('cat cat').conceptPairs).toEqual([]);
    expect(features('dog').conceptPairs).toEqual([]);
  });

  it('pair concepts that are at most five content words apart', () => {
    expect(features('cat one two three four tram').conceptPairs).toEqual(['@pet|@ride']);
    expect(features('cat one two three four five tram').conceptPairs).toEqual([]);
    expect(features('cat one the two of three to four tram').conceptPairs).toEqual(['@pet|@ride']);
  });

  it('are neighbors among all words, with the beginning and the end; only content words are reduced to stems', () => {
    expect(features('why does dogs barking').wordOrder).toEqual([
      '^_why',
      'why_does',
      'does_dog',
      'dog_bark',
      'bark_$',
    ]);
  });
});
