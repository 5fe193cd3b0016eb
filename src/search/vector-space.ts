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

/** Found by cross-validation over example questions and on test/search/tuning.json. */
const GROUP_OPTIONS: Readonly<Record<(typeof FEATURE_GROUPS)[number], GroupOptions>> = {
  words: { weight: 1, minCount: 1 },
  ngrams: { weight: 1, minCount: 2 },
  conceptPairs: { weight: 0.3, minCount: 1 },
  wordOrder: { weight: 0.3, minCount: 2 },
};

/**
 * In so many examples a feature of a single one does not help to rank pages, and half of all features are such. It still
 * says that a question is on topic.
 */
const MANY_EXAMPLES = 5000;

/** The index of a feature that is not in the space. */
export const UNKNOWN = -1;

/**
 * Plain data: it can be sent from one process to another. Features are kept as hashes: their texts would take most of the
 * memory of a search in ten languages. Of 50,000 two share a hash in one of three spaces, which does not matter.
 */
export interface VectorSpace {
  /** The hash of each feature and its group, in ascending order. A feature's index is its place in this list. */
  readonly hashes: Uint32Array;
  /** By feature index: its row in the weights that rank pages; `UNKNOWN` for a feature that ranks none. */
  readonly rows: Int32Array;
  /** Inverse document frequency (IDF) by feature index: the rarer, the higher. */
  readonly idf: Float32Array;
  /** The IDF of a feature that no example has. */
  readonly unknownIdf: number;
}

/**
 * Builds the space of all features of examples, which are added one by one: all features of all examples together would
 * take most of the memory of training.
 * Similarity of two vectors (dot product) = sum over groups of weight · cosine.
 */
export class VectorSpaceBuilder {
  #examples = 0;
  /** For each group: the hash of a feature, as a signed number, which V8 keeps in less memory → how many examples have it. */
  readonly #counts = FEATURE_GROUPS.map(() => new Map<number, number>());

  /** @param groups as a `FeatureExtractor` returns them */
  add(groups: readonly FeatureGroup[]): void {
    this.#examples += 1;
    for (const [group, counts] of this.#counts.entries()) {
      for (const feature of new Set(groups[group])) {
        const hash = hashOf(group, feature) | 0;
        counts.set(hash, (counts.get(hash) ?? 0) + 1);
      }
    }
  }

  build(): VectorSpace {
    const countByHash = new Map<number, number>();
    for (const [group, name] of FEATURE_GROUPS.entries()) {
      for (const [hash, count] of this.#counts[group] ?? []) {
        if (count >= GROUP_OPTIONS[name].minCount) countByHash.set(hash >>> 0, count);
      }
    }
    const hashes = Uint32Array.from(countByHash.keys()).sort();
    const counts = Uint32Array.from(hashes, (hash) => countByHash.get(hash) ?? 0);
    const least = this.#examples < MANY_EXAMPLES ? 1 : 2;
    let row = 0;
    return {
      hashes,
      rows: Int32Array.from(counts, (count) => (count >= least ? row++ : UNKNOWN)),
      idf: Float32Array.from(counts, (count) => idfOf(count, this.#examples)),
      unknownIdf: idfOf(0, this.#examples),
    };
  }
}

/** FNV-1a (Fowler, Noll, Vo), 32 bits, of a feature and its group. */
function hashOf(group: number, feature: string): number {
  let hash = Math.imul(0x811c9dc5 ^ group, 0x01000193);
  for (let i = 0; i < feature.length; i++) hash = Math.imul(hash ^ feature.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/**
 * The index of a feature; `UNKNOWN` for one that no example has.
 * @param group the index of its group in `FEATURE_GROUPS`
 */
export function featureIndex({ hashes }: Pick<VectorSpace, 'hashes'>, group: number, feature: string): number {
  const hash = hashOf(group, feature);
  let [low, high] = [0, hashes.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const at = hashes[middle] ?? 0;
    if (at === hash) return middle;
    if (at < hash) low = middle + 1;
    else high = middle - 1;
  }
  return UNKNOWN;
}

function idfOf(count: number, documents: number): number {
  return Math.log((1 + documents) / (1 + count)) + 1;
}

/** One buffer for both arrays: with thousands of vectors, buffers take more memory than what is in them. */
function emptyVector(length: number): Pick<Vector, 'features' | 'values'> {
  const features = new Int32Array(2 * length);
  return { features: features.subarray(0, length), values: new Float32Array(features.buffer, 4 * length) };
}

/** The vector of a text. @param groups as a `FeatureExtractor` returns them */
export function toVector({ hashes, idf, unknownIdf }: VectorSpace, groups: readonly FeatureGroup[]): Vector {
  const most = groups.reduce((sum, features) => sum + features.length, 0);
  const vector = { ...emptyVector(most), squaredLength: 0 };
  let end = 0;
  FEATURE_GROUPS.forEach((name, g) => {
    const sorted = new Int32Array((groups[g] ?? []).map((feature) => featureIndex({ hashes }, g, feature))).sort();
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

/** A vector whose features are the rows of the weights that rank pages. Features without a row are left out. */
export function toRows({ rows }: Pick<VectorSpace, 'rows'>, { features, values, squaredLength }: Vector): Vector {
  const ranked = emptyVector(features.length);
  let end = 0;
  for (let i = 0; i < features.length; i++) {
    const row = rows[features[i] ?? 0] ?? UNKNOWN;
    if (row === UNKNOWN) continue;
    ranked.features[end] = row;
    ranked.values[end++] = values[i] ?? 0;
  }
  return { features: ranked.features.subarray(0, end), values: ranked.values.subarray(0, end), squaredLength };
}

/** The number of rows of the weights that rank pages. */
export function rowCount({ rows }: Pick<VectorSpace, 'rows'>): number {
  return rows.reduce((count, row) => Math.max(count, row + 1), 0);
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
