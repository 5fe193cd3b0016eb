// The result of a benchmark: a table for people, and the numbers behind it.

export interface Table {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Sentences under the table. */
  readonly notes?: readonly string[];
  /** The numbers before they were rounded for the eye. */
  readonly data?: unknown;
}

/** The table as Markdown. */
export function asTable({ title, columns, rows, notes = [] }: Table): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const table = [line(columns), line(columns.map(() => '---')), ...rows.map(line)];
  return [`## ${title}`, '', ...table, '', ...notes.flatMap((note) => [note, ''])].join('\n');
}
