// TF-IDF vectors: the weighted features of a text, all groups in one sparse vector.
import { FEATURE_GROUPS, type FeatureGroup } from './features.ts';

/** A sparse vector: the indices of its features and, in the same order, their values. */
export interface Vector {
  readonly features: Int32Array;
  readonly values: Float32Array;
  /** The sum of the squared values. It is lower if the text has unknown features. */
  readonly squaredLength: number;
}

interface GroupOptions {
  /** The weight of the group in the similarity of two texts. */
  readonly weight: number;
  /** A feature in fewer examples is dropped: it is not worth its memory and time. */
  readonly minCount: number;
}

/** Found by cross-validation over example questions and on test/search/tuning-2.json. */
const GROUP_OPTIONS: Readonly<Record<(typeof FEATURE_GROUPS)[number], GroupOptions>> = {
  words: { weight: 1, minCount: 1 },
  ngrams: { weight: 1, minCount: 2 },
  conceptPairs: { weight: 0.3, minCount: 1 },
  wordOrder: { weight: 0.3, minCount: 2 },
};

/** Plain data: it can be sent from one process to another. */
export interface VectorSpace {
  /** For each group, in the order of `FEATURE_GROUPS`: feature → its index. */
  readonly indices: readonly ReadonlyMap<string, number>[];
  /** Inverse document frequency (IDF) by feature index: the rarer, the higher. */
  readonly idf: Float32Array;
  /** The IDF of a feature that no example has. */
  readonly unknownIdf: number;
}

/**
 * Builds the space of all features of these examples.
 * Similarity of two vectors (dot product) = sum over groups of weight · cosine.
 */
export function buildVectorSpace(examples: readonly (readonly FeatureGroup[])[]): VectorSpace {
  const idf: number[] = [];
  const indices = FEATURE_GROUPS.map((name, group) => {
    const indexOf = new Map<string, number>();
    for (const [feature, count] of documentCounts(examples.map((groups) => groups[group] ?? []))) {
      if (count < GROUP_OPTIONS[name].minCount) continue;
      indexOf.set(feature, idf.length);
      idf.push(idfOf(count, examples.length));
    }
    return indexOf;
  });
  return { indices, idf: new Float32Array(idf), unknownIdf: idfOf(0, examples.length) };
}

/** How many of the documents contain each feature. */
function documentCounts(documents: readonly FeatureGroup[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const features of documents) {
    for (const feature of new Set(features)) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  }
  return counts;
}

function idfOf(count: number, documents: number): number {
  return Math.log((1 + documents) / (1 + count)) + 1;
}

/** Marks a feature that is not in the space. */
const UNKNOWN = -1;

/** The vector of a text. @param groups as a `FeatureExtractor` returns them */
export function toVector({ indices, idf, unknownIdf }: VectorSpace, groups: readonly FeatureGroup[]): Vector {
  const most = groups.reduce((sum, features) => sum + features.length, 0);
  const vector = { features: new Int32Array(most), values: new Float32Array(most), squaredLength: 0 };
  let end = 0;
  FEATURE_GROUPS.forEach((name, g) => {
    const sorted = new Int32Array((groups[g] ?? []).map((feature) => indices[g]?.get(feature) ?? UNKNOWN)).sort();
    const start = end;
    let squared = 0;
    for (let i = 0; i < sorted.length; ) {
      const feature = sorted[i] ?? UNKNOWN;
      let count = 1;
      while (feature !== UNKNOWN && sorted[i + count] === feature) count++;
      i += count;
      const value = (1 + Math.log(count)) * (feature === UNKNOWN ? unknownIdf : (idf[feature] ?? unknownIdf));
      squared += value * value;
      // Unknown features have no index, but reduce the weight of the others.
      if (feature === UNKNOWN) continue;
      vector.features[end] = feature;
      vector.values[end++] = value;
    }
    const scale = squared === 0 ? 0 : Math.sqrt(GROUP_OPTIONS[name].weight / squared);
    for (let i = start; i < end; i++) {
      const value = (vector.values[i] ?? 0) * scale;
      vector.values[i] = value;
      vector.squaredLength += value * value;
    }
  });
  return { ...vector, features: vector.features.subarray(0, end), values: vector.values.subarray(0, end) };
}

/** The names of all features, by index. */
export function featureNames({ indices }: VectorSpace): string[] {
  return indices.flatMap((group) => [...group.keys()]);
}

/** The dot product of a vector and a weight for each feature. */
export function dot({ features, values }: Vector, weights: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < features.length; i++) sum += (values[i] ?? 0) * (weights[features[i] ?? 0] ?? 0);
  return sum;
}

/** Adds a vector, times a factor, to the weights of its features. */
export function addScaled({ features, values }: Vector, factor: number, weights: Float32Array): void {
  for (let i = 0; i < features.length; i++) {
    const feature = features[i] ?? 0;
    weights[feature] = (weights[feature] ?? 0) + factor * (values[i] ?? 0);
  }
}
