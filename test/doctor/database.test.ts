// Checks of the database on both kinds: of its tables' version, and that nothing is changed.
import { sql } from 'kysely';
import { afterEach, describe, expect, it } from 'vitest';
import { checkDatabase } from '../../src/doctor/database.ts';
import type { Store } from '../../src/store/store.ts';
import { countLocks, type DatabaseKind, databases, type TestDatabase } from '../store/databases.ts';

const opened: TestDatabase[] = [];
afterEach(async () => {
  for (const database of opened.splice(0)) await database.close();
});

/** A database that a bot has used. */
async function used({ create }: DatabaseKind, meanwhile: (store: Store) => Promise<unknown> = countLocks) {
  const database = await create();
  opened.push(database);
  const store = database.open();
  await countLocks(store);
  await meanwhile(store);
  await store.close();
  return database.url;
}

const look = (url: string) => checkDatabase(url, (text) => text);

describe.each(databases)('a database on $name', (kind) => {
  it('that the bot has used is ok', async () => {
    expect(await look(await used(kind))).toEqual([
      { level: 'ok', check: 'database', text: expect.stringMatching(/ is healthy; its tables are up to date$/) },
    ]);
  });

  it('that a running bot has open can be checked', async () => {
    const database = await kind.create();
    opened.push(database);
    const store = database.open();
    expect(await countLocks(store)).toBe(0);
    expect(await look(database.url)).toMatchObject([{ level: 'ok' }]);
    expect(await countLocks(store)).toBe(0);
  });

  it('from an older version is ok, and not upgraded by the check', async () => {
    const url = await used(kind, (store) =>
      store.run((db) => sql`delete from kysely_migration where name <> '0001-replies-and-pins'`.execute(db)),
    );
    for (let i = 0; i < 2; i++)
      expect(await look(url)).toMatchObject([
        { level: 'ok', text: expect.stringMatching(/ is healthy; the next start upgrades its tables$/) },
      ]);
  });

  it('from a newer version is a problem', async () => {
    const url = await used(kind, (store) =>
      store.run((db) => sql`insert into kysely_migration values ('0999-later', '2030-01-01')`.execute(db)),
    );
    expect(await look(url)).toMatchObject([
      { level: 'problem', text: expect.stringMatching(/this version does not know 0999-later$/) },
    ]);
  });
});
