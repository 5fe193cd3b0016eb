// TF-IDF vectors of texts.
import { describe, expect, it } from 'vitest';
import {
  addScaled,
  dot,
  featureIndex,
  toVector,
  UNKNOWN,
  type Vector,
  type VectorSpace,
  VectorSpaceBuilder,
} from '../../src/search/vector-space.ts';

function buildVectorSpace(examples: readonly (readonly string[][])[]): VectorSpace {
  const builder = new VectorSpaceBuilder();
  for (const groups of examples) builder.add(groups);
  return builder.build();
}

/** Groups: words, letter n-grams, pairs of concepts, word order. */
const space = buildVectorSpace([
  [['red', 'tram', 'red'], ['<red', 'tram'], ['@a|@b'], ['^_red', 'red_$']],
  [['red'], ['<red'], [], ['^_red']],
]);
const idf = (count: number, documents = 2) => Math.log((1 + documents) / (1 + count)) + 1;
const UNKNOWN_IDF = idf(0);

/** The features of the space, by group. */
const FEATURES = [['red', 'tram'], ['<red'], ['@a|@b'], ['^_red']];
const nameOf = new Map(
  FEATURES.flatMap((group, g) => group.map((name): [number, string] => [featureIndex(space, g, name), name])),
);

/** @param expected feature → value */
function expectVector({ features, values, squaredLength }: Vector, expected: Record<string, number>): void {
  expect(values).toHaveLength(features.length);
  const found = Array.from(features, (feature, i): [string, number] => [nameOf.get(feature) ?? '', values[i] ?? 0]);
  const close = Object.entries(expected).map(([name, value]) => [name, expect.closeTo(value, 6)]);
  expect(Object.fromEntries(found)).toEqual(Object.fromEntries(close));
  expect(squaredLength).toBeCloseTo(
    Object.values(expected).reduce((sum, value) => sum + value * value, 0),
    6,
  );
}

describe('a vector space', () => {
  it('has words and pairs of one example, but n-grams and word order only of two', () => {
    expect([...nameOf.keys()].sort()).toEqual([0, 1, 2, 3, 4]);
    expect(space.hashes).toHaveLength(5);
    expect(featureIndex(space, 1, 'tram')).toBe(UNKNOWN);
    expect(featureIndex(space, 3, 'red_$')).toBe(UNKNOWN);
  });

  it('finds a feature in its own group only', () => {
    expect(featureIndex(space, 0, '<red')).toBe(UNKNOWN);
    expect(featureIndex(space, 1, 'red')).toBe(UNKNOWN);
    expect(featureIndex(space, 0, '')).toBe(UNKNOWN);
  });

  it('has its features in ascending order of their hashes, and is plain data', () => {
    expect([...space.hashes]).toEqual([...space.hashes].sort((a, b) => a - b));
    expect(structuredClone(space)).toEqual(space);
  });

  it('gives rare features a higher weight, and unknown ones the highest', () => {
    const counts = new Map(Object.entries({ red: 2, tram: 1, '<red': 2, '@a|@b': 1, '^_red': 2 }));
    for (const [feature, name] of nameOf) expect(space.idf[feature]).toBeCloseTo(idf(counts.get(name) ?? 0), 6);
    expect(space.idf).toHaveLength(5);
    expect(space.unknownIdf).toBe(UNKNOWN_IDF);
  });

  it('is empty without examples', () => {
    const empty = buildVectorSpace([]);
    expect(empty.hashes).toHaveLength(0);
    expect(featureIndex(empty, 0, 'red')).toBe(UNKNOWN);
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

  it('combines IDF and the logarithm of how often a feature is in the text', () => {
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
