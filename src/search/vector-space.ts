// The vector space of all examples: TF-IDF in each view, the views side by side in one sparse vector.
import { VIEWS, type View } from './features.ts';

/** A sparse vector: the numbers of its features and their values, in step. */
export interface Vector {
  readonly features: Int32Array;
  readonly values: Float32Array;
  /** The square of its length; features without a number count in the view's length, but not here. */
  readonly square: number;
}

interface ViewOptions {
  /** What the view counts for in the similarity of two texts, next to the others. */
  readonly weight: number;
  /** In fewer examples than this a feature teaches nothing that is worth its memory and time. */
  readonly minCount: number;
}

/** Fitted by cross-validation over example questions and over test/search/tuning-2.json. */
const VIEW_OPTIONS: Readonly<Record<(typeof VIEWS)[number], ViewOptions>> = {
  words: { weight: 1, minCount: 1 },
  letters: { weight: 1, minCount: 2 },
  pairs: { weight: 0.3, minCount: 1 },
  order: { weight: 0.3, minCount: 2 },
};

/** Plain data: it can be sent from one process to another. */
export interface VectorSpace {
  /** For each view, in the order of `VIEWS`: feature → its number. */
  readonly indices: readonly ReadonlyMap<string, number>[];
  /** Feature by feature: what it is worth; the rarer, the more. */
  readonly idf: Float32Array;
  /** What a feature without a number is worth. */
  readonly unknownIdf: number;
}

/**
 * A space that holds the features of these examples, and their vectors in it.
 * Similarity of two vectors = sum over views of weight · cosine.
 */
export function buildVectorSpace(examples: readonly (readonly View[])[]): { space: VectorSpace; vectors: Vector[] } {
  const rarity: number[] = [];
  const numbers: Map<string, number>[] = [];
  const numbered: Int32Array[][] = examples.map(() => []);
  VIEWS.forEach((name, v) => {
    // Everything gets a number, each example's are put in order, and then the rare ones lose theirs again.
    const all = new Map<string, number>();
    const counts: number[] = [];
    const firsts = examples.map((views) => {
      const view = views[v] ?? [];
      const found = new Int32Array(view.length);
      for (let i = 0; i < view.length; i++) {
        const feature = view[i] ?? '';
        let number = all.get(feature);
        if (number === undefined) {
          number = all.size;
          all.set(feature, number);
          counts.push(0);
        }
        found[i] = number;
      }
      if (found.length > 1) found.sort();
      for (let i = 0; i < found.length; i++) {
        const number = found[i] ?? 0;
        if (i === 0 || number !== found[i - 1]) counts[number] = (counts[number] ?? 0) + 1;
      }
      return found;
    });
    const known = new Map<string, number>();
    const lasting = new Int32Array(all.size).fill(UNKNOWN);
    for (const [feature, number] of all) {
      const count = counts[number] ?? 0;
      if (count < VIEW_OPTIONS[name].minCount) continue;
      lasting[number] = rarity.length;
      known.set(feature, rarity.length);
      rarity.push(idfOf(count, examples.length));
    }
    numbers.push(known);
    firsts.forEach((found, e) => {
      for (let i = 0; i < found.length; i++) found[i] = lasting[found[i] ?? 0] ?? UNKNOWN;
      numbered[e]?.push(found);
    });
  });
  const space = { indices: numbers, idf: new Float32Array(rarity), unknownIdf: idfOf(0, examples.length) };
  return { space, vectors: numbered.map((views) => vectorOfNumbers(space, views)) };
}

/** Stands where a feature has no number. */
const UNKNOWN = -1;

function idfOf(count: number, examples: number): number {
  return Math.log((1 + examples) / (1 + count)) + 1;
}

/** The vector of a text. @param views as `viewsOf` gives them */
export function toVector(space: VectorSpace, views: readonly View[]): Vector {
  const numbered = views.map((view, v) =>
    new Int32Array(view.map((feature) => space.indices[v]?.get(feature) ?? UNKNOWN)).sort(),
  );
  return vectorOfNumbers(space, numbered);
}

/** @param views for each view the numbers of its features, equal ones side by side */
function vectorOfNumbers({ idf: rarity, unknownIdf: unknown }: VectorSpace, views: readonly Int32Array[]): Vector {
  const most = views.reduce((sum, numbers) => sum + numbers.length, 0);
  const features = new Int32Array(most);
  const values = new Float32Array(most);
  let end = 0;
  let square = 0;
  VIEWS.forEach((name, v) => {
    const numbers = views[v] ?? new Int32Array();
    const start = end;
    let length = 0;
    for (let i = 0; i < numbers.length; ) {
      const number = numbers[i] ?? UNKNOWN;
      let count = 1;
      while (number !== UNKNOWN && numbers[i + count] === number) count++;
      i += count;
      const value = (1 + Math.log(count)) * (number === UNKNOWN ? unknown : (rarity[number] ?? unknown));
      length += value * value;
      if (number === UNKNOWN) continue;
      features[end] = number;
      values[end++] = value;
    }
    const scale = length === 0 ? 0 : Math.sqrt(VIEW_OPTIONS[name].weight / length);
    for (let i = start; i < end; i++) {
      const value = (values[i] ?? 0) * scale;
      values[i] = value;
      square += value * value;
    }
  });
  return { features: features.subarray(0, end), values: values.subarray(0, end), square };
}

/** The names of all features, by number. */
export function featureNames({ indices: numbers }: VectorSpace): string[] {
  return numbers.flatMap((known) => [...known.keys()]);
}

/** The sum of a vector's values, each times the weight of its feature. */
export function dot({ features, values }: Vector, weights: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < features.length; i++) sum += (values[i] ?? 0) * (weights[features[i] ?? 0] ?? 0);
  return sum;
}

/** Adds a vector, scaled, to the weights of its features. */
export function addScaled({ features, values }: Vector, scale: number, weights: Float32Array): void {
  for (let i = 0; i < features.length; i++) {
    const feature = features[i] ?? 0;
    weights[feature] = (weights[feature] ?? 0) + scale * (values[i] ?? 0);
  }
}
