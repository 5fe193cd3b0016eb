// Which dialect a database speaks, and its time in that dialect.
import { DummyDriver, Kysely, PostgresAdapter, PostgresQueryCompiler, sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { databaseTime, isSqlite } from '../../src/store/dialect.ts';
import { systemClock } from '../../src/system-clock.ts';
import { databases, openForAll } from './databases.ts';

describe.each(databases)('the time of $name', async ({ name, create }) => {
  const { store } = await openForAll(create);
  const time = (shiftS: number, digits?: 'MS' | 'US') =>
    store.run(async (db) => {
      const { rows } = await sql<{ t: string }>`select ${databaseTime(db, systemClock, shiftS, digits)} as t`.execute(
        db,
      );
      return rows[0]?.t ?? '';
    });

  test('is ISO text with milliseconds', async () => {
    expect(await time(0)).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(await time(0, 'US')).toMatch(name === 'SQLite' ? /\.\d{3}Z$/ : /\.\d{6}Z$/);
  });

  test.each([0, 90, -3600, 0.5])('can be shifted by %d seconds', async (shiftS) => {
    const difference = Date.parse(await time(shiftS)) - Date.now() - shiftS * 1000;
    expect(Math.abs(difference)).toBeLessThan(400);
  });

  test('is that of the server, or on SQLite that of the clock', async () => {
    const clock = { now: () => Date.parse('2030-01-02T03:04:05.678Z') };
    const { rows } = await store.run((db) => sql<{ t: string }>`select ${databaseTime(db, clock, 1)} as t`.execute(db));
    if (name === 'SQLite') expect(rows).toEqual([{ t: '2030-01-02T03:04:06.678Z' }]);
    else expect(rows[0]?.t.slice(0, 4)).not.toBe('2030');
  });

  test('is in the dialect of the database', async () => {
    expect(await store.run(async (db) => isSqlite(db))).toBe(name === 'SQLite');
  });
});

describe('PostgreSQL’s time', () => {
  const db = new Kysely<unknown>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: () => expect.fail('not used'),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  });

  test('is that of the clock, not of the transaction, in UTC', () => {
    expect(isSqlite(db)).toBe(false);
    expect(databaseTime(db, systemClock, 5).compile(db)).toMatchObject({
      sql: `to_char((clock_timestamp() + '+5 seconds'::interval) at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
      parameters: [],
    });
    expect(databaseTime(db, systemClock, -5, 'US').compile(db).sql).toBe(
      `to_char((clock_timestamp() + '-5 seconds'::interval) at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`,
    );
  });
});
