// A stored measurement: what docs/figures/*.json contain, and how they are read.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { compareText } from '../compare-text.ts';
import { OperatorError } from '../operator-error.ts';

const Sentence = z.string().min(1);
const Table = z
  .strictObject({
    title: Sentence,
    /** With their units, such as `p99 ms`, unless each row has its own unit. */
    columns: z.array(Sentence).min(1),
    /** As the command prints them. */
    rows: z.array(z.array(z.string())).min(1),
    /** Sentences under the table. */
    notes: z.array(Sentence).optional(),
  })
  .superRefine(({ columns, rows }, context) => {
    for (const [index, { length }] of rows.entries()) {
      if (length === columns.length) continue;
      const message = `has ${length} cells, but the table has ${columns.length} columns`;
      context.addIssue({ code: 'custom', path: ['rows', index], message });
    }
  });
const Machine = z.strictObject({
  // Missing in figures that were measured before they were stored.
  cpu: Sentence.optional(),
  cores: z.int().positive(),
  memoryGiB: z.number().positive().optional(),
  /** Version of Node, such as `20.20.2`. */
  node: Sentence,
});
/** The shape of a file in docs/figures. */
export const Figure = z.strictObject({
  /** What to run to measure it again. */
  command: Sentence,
  /** Of the program, from package.json. */
  version: Sentence,
  machine: Machine,
  date: z.iso.date(),
  tables: z.array(Table).min(1),
  /** Written by hand, in Markdown: a new measurement keeps it. */
  found: z.array(Sentence).optional(),
});

export type Figure = z.infer<typeof Figure>;

/** The folder of the stored figures. */
export const FIGURES = 'docs/figures';

/**
 * Reads all figures of a folder by their name, which is that of the file without `.json`, sorted by it.
 * @throws OperatorError that names the file and each problem, if one does not have the shape
 */
export function readFigures(folder = FIGURES): Map<string, Figure> {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  return new Map(
    files.sort(compareText).map((file) => [basename(file, '.json'), readFigure(join(folder, file))] as const),
  );
}

/**
 * Reads a figure.
 * @throws OperatorError that names the file and each problem, if it does not have the shape
 */
export function readFigure(path: string): Figure {
  const { data, error } = Figure.safeParse(parseJson(path));
  if (data) return data;
  const problems = error.issues.map((issue) => `${path}: ${[...issue.path.map(String), issue.message].join(': ')}`);
  throw new OperatorError(problems.join('\n'));
}

function parseJson(path: string): unknown {
  const text = readFileSync(path, 'utf8');
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new OperatorError(`${path} is not JSON: ${error instanceof Error ? error.message : error}`);
  }
}
