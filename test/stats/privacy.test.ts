// docs/privacy.md must describe all tables and columns of the database, and no others.
import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sqlite, type TestDatabase } from '../store/databases.ts';

/** Table → its columns, from a heading with the table's name and a Markdown table of its columns. */
function described(): Map<string, string[]> {
  const [, ...sections] = readFileSync('docs/privacy.md', 'utf8').split(/^### /m);
  return new Map(
    sections.map((section) => {
      const name = /^`(\w+)`/.exec(section)?.[1] ?? '';
      const own = section.split(/^## /m)[0] ?? '';
      return [name, [...own.matchAll(/^\| `(\w+)` \| [^|]{3,} \| [^|]{3,} \|$/gm)].map(([, column = '']) => column)];
    }),
  );
}

describe('docs/privacy.md', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await sqlite.create();
  });
  afterAll(() => database.close());

  test('describes all tables and columns of the database, and no others', async () => {
    const { rows } = await database.open().run((db) =>
      sql<{ table: string; column: string }>`
        select t.name as "table", c.name as "column" from sqlite_master t, pragma_table_info(t.name) c
        where t.type = 'table'`.execute(db),
    );
    const actual = new Map<string, string[]>();
    for (const { table, column } of rows) actual.set(table, [...(actual.get(table) ?? []), column]);
    const sorted = (tables: Map<string, string[]>) =>
      [...tables].map(([name, columns]) => [name, columns.sort()]).sort();
    expect(actual.size).toBeGreaterThan(4);
    expect(sorted(described())).toEqual(sorted(actual));
  });

  test('says how long each table is kept and who sees it', () => {
    const text = readFileSync('docs/privacy.md', 'utf8');
    for (const section of text.split(/^### /m).slice(1)) {
      expect(section).toMatch(/\*\*Kept\*\*/);
      expect(section).toMatch(/\*\*Seen by\*\*/);
    }
  });
});
