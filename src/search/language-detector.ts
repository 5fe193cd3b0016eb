// Recognizes the language of a question from the examples of each language: naive Bayes on words and letter n-grams.

/** A power of two: features are hashed to so many numbers. */
const BUCKETS = 1 << 15;
/**
 * The part of a language's features that are taken as unknown ones. It is a part, not a number, so that unknown words do
 * not speak for the language with the fewest examples.
 */
const UNKNOWN = 0.1;
const NGRAM_LENGTHS = [2, 3, 4];
/** No logarithm is below -13, so that all fit into 16 bits. */
const PRECISION = 2000;

/** Trained recognition of languages. `structuredClone` can copy it. */
export interface LanguageModel {
  /** Language tags; the first one is the edition's own. */
  readonly languages: readonly string[];
  /** For each language in turn, the logarithm of each feature's probability, times `PRECISION`: half of a float's memory. */
  readonly logProbabilities: Int16Array;
}

/** How far the most likely other language must be ahead of the edition's own, in the logarithm of the odds. */
const MIN_LEAD = { usual: 6, short: 12 };
/** In fewer words chance decides: "hi" is a word of Hindi, too. */
const SHORT_WORDS = 3;

/**
 * Trains it. Yields after each language, so that a caller can let other work run.
 * @param examples language tag → texts in it; the edition's own language first
 */
export function* trainLanguages(examples: ReadonlyMap<string, readonly string[]>): Generator<undefined, LanguageModel> {
  const languages = [...examples.keys()];
  const logProbabilities = new Int16Array(languages.length * BUCKETS);
  const counts = new Uint32Array(BUCKETS);
  for (const [language, texts] of [...examples.values()].entries()) {
    counts.fill(0);
    let total = 0;
    for (const text of texts) {
      for (const word of wordsOf(text)) {
        for (const bucket of bucketsOf(word)) {
          counts[bucket] = (counts[bucket] ?? 0) + 1;
          total += 1;
        }
      }
    }
    for (const [bucket, count] of counts.entries()) {
      const probability = (count / Math.max(1, total) + UNKNOWN / BUCKETS) / (1 + UNKNOWN);
      logProbabilities[language * BUCKETS + bucket] = Math.round(PRECISION * Math.log(probability));
    }
    yield undefined;
  }
  return { languages, logProbabilities };
}

/** The language that a text is taken for, and whether it is clearly in it. */
export interface RecognizedLanguage {
  readonly language: string;
  readonly isClear: boolean;
}

/** The language of a text, as `recognizeLanguage` does. */
export function languageOf(text: string, model: LanguageModel, expected?: string): string {
  return recognizeLanguage(text, model, expected).language;
}

/**
 * The language of a text: the edition's own unless another one is clearly more likely.
 * @param expected the language of who wrote it: that one need not be clear, only more likely than all others
 */
export function recognizeLanguage(
  text: string,
  { languages, logProbabilities }: LanguageModel,
  expected?: string,
): RecognizedLanguage {
  const scores = new Float64Array(languages.length);
  const words = wordsOf(text);
  for (const word of words) {
    // A long word has more n-grams and is no better evidence for that.
    const buckets = bucketsOf(word);
    const weight = 2 / Math.sqrt(buckets.length);
    for (const bucket of buckets) {
      for (let i = 0; i < scores.length; i++)
        scores[i] = (scores[i] ?? 0) + (weight / PRECISION) * (logProbabilities[i * BUCKETS + bucket] ?? 0);
    }
  }
  let best = 0;
  for (let i = 1; i < scores.length; i++) if ((scores[i] ?? 0) > (scores[best] ?? 0)) best = i;
  const lead = (scores[best] ?? 0) - (scores[0] ?? 0);
  const isClear = lead >= (words.length < SHORT_WORDS ? MIN_LEAD.short : MIN_LEAD.usual);
  if (best > 0 && (isClear || languages[best] === expected)) return { language: languages[best] ?? '', isClear: true };
  const others = scores.filter((_, i) => i > 0);
  const ahead = (scores[0] ?? 0) - Math.max(...others);
  return { language: languages[0] ?? '', isClear: words.length > 0 && ahead >= MIN_LEAD.usual };
}

/** Words in lower case. The rules of the languages are not used: the language is not known yet. */
function wordsOf(text: string): string[] {
  return (
    text
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{M}]+/gu) ?? []
  );
}

/** The numbers of a word's features: the word itself, and its n-grams. */
function bucketsOf(word: string): number[] {
  const bounded = `<${word}>`;
  const buckets = [bucketOf(`=${word}`, 0, word.length + 1)];
  for (const length of NGRAM_LENGTHS) {
    for (let start = 0; start + length <= bounded.length; start++) buckets.push(bucketOf(bounded, start, length));
  }
  return buckets;
}

/** FNV-1a (Fowler, Noll, Vo), 32 bits, folded to the number of buckets. */
function bucketOf(text: string, start: number, length: number): number {
  let hash = 0x811c9dc5;
  for (let i = start; i < start + length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return ((hash >>> 15) ^ hash) & (BUCKETS - 1);
}
