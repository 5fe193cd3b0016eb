// Stores what a command has measured in docs/figures, with the program's version and the machine.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { FIGURES, Figure, readFigure } from './figure.ts';

/** A table as the benchmark prints it. Numbers behind the table are not stored. */
interface MeasuredTable {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly notes?: readonly string[];
}

/** What was measured, by what, and when it ended. */
interface Measurement {
  readonly command: string;
  readonly tables: readonly MeasuredTable[];
  readonly at: Date;
}

/**
 * Writes docs/figures/NAME.json, and keeps its list of what was found.
 * @returns the path of the file
 */
export function storeFigure(name: string, { command, tables, at }: Measurement, folder = FIGURES): string {
  const path = join(folder, `${name}.json`);
  const found = existsSync(path) ? readFigure(path).found : undefined;
  const figure = Figure.parse({
    command,
    version: z.object({ version: z.string() }).parse(JSON.parse(readFileSync('package.json', 'utf8'))).version,
    machine: {
      cpu: cpus()[0]?.model.trim() || 'unknown CPU',
      cores: cpus().length,
      memoryGiB: Math.round(totalmem() / 2 ** 30),
      node: process.versions.node,
    },
    date: at.toISOString().slice(0, 10),
    tables: tables.map(({ title, columns, rows, notes = [] }) => ({
      title,
      columns,
      rows,
      ...(notes.length > 0 ? { notes } : {}),
    })),
    ...(found ? { found } : {}),
  });
  mkdirSync(folder, { recursive: true });
  writeFileSync(path, `${JSON.stringify(figure, null, 2)}\n`);
  return path;
}
