// The vector space of all examples: TF-IDF in each view, the views side by side in one sparse vector.
import { VIEWS, type View } from './features.ts';

/** A sparse vector: the numbers of its features and their values, in step. */
export interface Vector {
  readonly features: Int32Array;
  readonly values: Float64Array;
  /** The square of its length; features that no example has count in the view's length but have no number here. */
  readonly square: number;
}

/** What a view counts for in the similarity of two texts, next to the others. */
const VIEW_WEIGHTS = [1, 0.5, 0.7] as const;

export interface Space {
  /** How many features there are. */
  readonly size: number;
  nameOf(feature: number): string;
  vectorOf(views: readonly View[]): Vector;
}

/** A space that holds every feature of these examples. Similarity of two vectors = sum over views of weight · cosine. */
export function spaceOf(examples: readonly (readonly View[])[]): Space {
  const numbers = VIEWS.map(() => new Map<string, number>());
  const names: string[] = [];
  const counts: number[] = [];
  for (const views of examples) {
    views.forEach((view, v) => {
      const known = numbers[v];
      for (const feature of view.keys()) {
        const number = known?.get(feature);
        if (number !== undefined) counts[number] = (counts[number] ?? 0) + 1;
        else {
          known?.set(feature, names.length);
          names.push(feature);
          counts.push(1);
        }
      }
    });
  }
  const rarity = Float64Array.from(counts, (count) => Math.log((1 + examples.length) / (1 + count)) + 1);
  const unknown = Math.log(1 + examples.length) + 1;

  const vectorOf = (views: readonly View[]): Vector => {
    const features: number[] = [];
    const values: number[] = [];
    let square = 0;
    views.forEach((view, v) => {
      const start = features.length;
      let length = 0;
      for (const [feature, count] of view) {
        const number = numbers[v]?.get(feature);
        const value = (1 + Math.log(count)) * (number === undefined ? unknown : (rarity[number] ?? unknown));
        length += value * value;
        if (number === undefined) continue;
        features.push(number);
        values.push(value);
      }
      const scale = length === 0 ? 0 : Math.sqrt((VIEW_WEIGHTS[v] ?? 0) / length);
      for (let i = start; i < values.length; i++) {
        const value = (values[i] ?? 0) * scale;
        values[i] = value;
        square += value * value;
      }
    });
    return { features: new Int32Array(features), values: new Float64Array(values), square };
  };
  return { size: names.length, nameOf: (feature) => names[feature] ?? '', vectorOf };
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
