// Splits a question into clauses at its punctuation, and a long one into parts that are ranked by themselves.

/** Punctuation of the scripts that members write in; dots inside "upwork.com" and "1.5" separate nothing. */
const BOUNDARY = /\.{2,}|[.,:](?=\s|$)|[!?;…\n()[\]{}"“”«»„।؟،؛۔|]|\s[-–—]+(?=\s)/u;

/** The clauses of a text, none of them blank. */
export function splitClauses(text: string): string[] {
  return text.split(BOUNDARY).filter((clause) => clause.trim() !== '');
}

/** A part of a question has at least so many words that say what it is about, and at most about so many. */
const PART = { fewest: 3, most: 14 };

/**
 * The parts of a question that are long enough to be understood by themselves.
 * @param clauses the words of each clause
 * @param countOf how many words of a list say what it is about
 * @returns lists of words: short clauses joined with their neighbors, long ones in overlapping halves
 */
export function questionParts(
  clauses: readonly (readonly string[])[],
  countOf: (words: readonly string[]) => number,
): string[][] {
  const parts: string[][] = [];
  let open: string[] = [];
  for (const clause of clauses) {
    open.push(...clause);
    if (countOf(open) < PART.fewest) continue;
    parts.push(open);
    open = [];
  }
  // What is left at the end is too short: it belongs to the part before it.
  if (open.length > 0) parts.push([...(parts.pop() ?? []), ...open]);
  return parts.flatMap((part) => halved(part, countOf));
}

function halved(words: string[], countOf: (words: readonly string[]) => number): string[][] {
  const count = countOf(words);
  if (count <= PART.most) return [words];
  const windows = Math.ceil((2 * count) / PART.most) - 1;
  const step = words.length / (windows + 1);
  return Array.from({ length: windows }, (_, i) => words.slice(Math.round(i * step), Math.round((i + 2) * step)));
}
