// TF-IDF vectors of texts.
import { describe, expect, it } from 'vitest';
import {
  addScaled,
  buildVectorSpace,
  dot,
  featureNames,
  toVector,
  type Vector,
} from '../../src/search/vector-space.ts';

/** Groups: words, letter n-grams, pairs of concepts, word order. */
const space = buildVectorSpace([
  [['red', 'tram', 'red'], ['<red', 'tram'], ['@a|@b'], ['^_red', 'red_$']],
  [['red'], ['<red'], [], ['^_red']],
]);
const idf = (count: number, documents = 2) => Math.log((1 + documents) / (1 + count)) + 1;
const UNKNOWN_IDF = idf(0);

function expectVector({ features, values, squaredLength }: Vector, expected: Record<string, number>): void {
  const names = featureNames(space);
  expect(Array.from(features, (feature) => names[feature])).toEqual(Object.keys(expected));
  expect(values).toHaveLength(features.length);
  Object.values(expected).forEach((value, i) => {
    expect(values[i]).toBeCloseTo(value, 6);
  });
  expect(squaredLength).toBeCloseTo(
    Object.values(expected).reduce((sum, value) => sum + value * value, 0),
    6,
  );
}

describe('a vector space', () => {
  it('has words and pairs of one example, but n-grams and word order only of two', () => {
    expect(featureNames(space)).toEqual(['red', 'tram', '<red', '@a|@b', '^_red']);
    expect(space.indices.map((group) => [...group.values()])).toEqual([[0, 1], [2], [3], [4]]);
  });

  it('gives rare features a higher weight, and unknown ones the highest', () => {
    [idf(2), idf(1), idf(2), idf(1), idf(2)].forEach((value, i) => {
      expect(space.idf[i]).toBeCloseTo(value, 6);
    });
    expect(space.idf).toHaveLength(5);
    expect(space.unknownIdf).toBe(UNKNOWN_IDF);
  });

  it('is empty without examples', () => {
    const empty = buildVectorSpace([]);
    expect(featureNames(empty)).toEqual([]);
    expect(empty.unknownIdf).toBe(1);
    expect(toVector(empty, [['red'], [], [], []])).toMatchObject({ squaredLength: 0 });
  });
});

describe('a vector', () => {
  it('weighs each group by itself, pairs and word order less', () => {
    expectVector(toVector(space, [['red'], ['<red'], ['@a|@b'], ['^_red']]), {
      red: 1,
      '<red': 1,
      '@a|@b': Math.sqrt(0.3),
      '^_red': Math.sqrt(0.3),
    });
  });

  it('combines IDF and the logarithm of how often a feature is in the text, in the order of the features', () => {
    const [red, tram] = [idf(2), (1 + Math.log(3)) * idf(1)];
    const length = Math.hypot(red, tram);
    expectVector(toVector(space, [['tram', 'red', 'tram', 'tram'], [], [], []]), {
      red: red / length,
      tram: tram / length,
    });
  });

  it('is shorter for each unknown feature of a group, repeated or not', () => {
    const length = Math.sqrt(idf(2) ** 2 + 3 * UNKNOWN_IDF ** 2);
    expectVector(toVector(space, [['blue', 'red', 'sky', 'blue'], ['<red'], ['@x|@y'], ['a_b']]), {
      red: idf(2) / length,
      '<red': 1,
    });
  });

  it('does not mix the groups: a feature counts only in its own', () => {
    expectVector(toVector(space, [['<red'], ['red'], [], []]), {});
  });

  it('is empty for no features', () => {
    expectVector(toVector(space, [[], [], [], []]), {});
    expectVector(toVector(space, []), {});
  });
});

describe('arithmetic with a vector and weights', () => {
  const vector: Vector = { features: new Int32Array([0, 2]), values: new Float32Array([0.5, 2]), squaredLength: 4.25 };

  it('sums the products for a dot product', () => {
    expect(dot(vector, new Float32Array([4, 100, 3]))).toBe(8);
  });

  it('adds a multiple to the weights of its features only', () => {
    const weights = new Float32Array([1, 1, 1]);
    addScaled(vector, -2, weights);
    expect([...weights]).toEqual([0, 1, -3]);
  });
});
