// Servers with stored data, in any table and in large numbers.
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { addPin } from '../../src/pins/repository.ts';
import { addReply } from '../../src/replies/repository.ts';
import {
  deleteAllButReplies,
  deleteServerData,
  deleteServerRecords,
  markPresent,
  serverRecords,
  serversWithData,
} from '../../src/servers/repository.ts';
import { openStatsRecorder } from '../../src/stats/recorder.ts';
import { databases, log, openForAll } from '../store/databases.ts';

describe.each(databases)('servers on $name', async ({ create }) => {
  const { store } = await openForAll(create);

  /** Every table whose rows name a server, but for the list of changes, whose rows go after an hour. */
  const tablesWithGuilds = async (): Promise<string[]> => {
    const tables = await store.run((db) => db.introspection.getTables());
    return tables
      .filter(({ name, columns }) => name !== 'changes' && columns.some((column) => column.name === 'guild_id'))
      .map(({ name }) => name);
  };
  const rowsOf = async (guildId: string, tables: readonly string[]): Promise<Record<string, number>> => {
    const counts = tables.map(async (table) => {
      const { rows } = await store.run((db) =>
        sql<{ n: number | string }>`select count(*) as n from ${sql.table(table)} where guild_id = ${guildId}`.execute(
          db,
        ),
      );
      return [table, Number(rows[0]?.n)] as const;
    });
    return Object.fromEntries(await Promise.all(counts));
  };
  const zero = (tables: readonly string[]) => Object.fromEntries(tables.map((table) => [table, 0]));

  test('are not found if nothing is stored', async () => {
    expect(await serversWithData(store)).toEqual(new Set());
    await deleteServerRecords(store, []);
    expect(await serverRecords(store)).toEqual([]);
  });

  test('are found by data in any table', async () => {
    const stats = openStatsRecorder(store, { log });
    stats.count('counted', 'seen', 'a#a');
    stats.question('asked', 'where is my money');
    await stats.close();
    await addReply(store, { guildId: 'wrote', authorId: '77', cause: 'x' }, { title: 'T', text: 'x', aliases: [] });
    const pin = { channelId: 'c', messageId: 'm', topic: 'a#a', shownDigest: 'x', pinnedBy: '77' };
    await addPin(store, { guildId: 'pinned', ...pin });
    expect([...(await serversWithData(store))].sort()).toEqual(['asked', 'counted', 'pinned', 'wrote']);
  });

  test('leave nothing in any table when they are deleted, and only their replies until then', async () => {
    const stats = openStatsRecorder(store, { log });
    for (const guildId of ['left', 'stays']) {
      stats.count(guildId, 'seen', 'a#a');
      stats.question(guildId, 'where is my money');
      await addReply(store, { guildId, authorId: '77', cause: 'x' }, { title: 'T', text: 'x', aliases: [] });
      const pin = { channelId: guildId, messageId: guildId, topic: 'a#a', shownDigest: 'x', pinnedBy: '77' };
      await addPin(store, { guildId, ...pin });
    }
    await markPresent(store, ['left', 'stays'], { applicationId: '1', at: new Date() });
    await stats.flush();
    const tables = await tablesWithGuilds();
    const before = await rowsOf('left', tables);
    // A table of which nothing is counted is new: write something into it above.
    expect(Object.entries(before).filter(([, rows]) => rows === 0)).toEqual([]);
    await deleteAllButReplies(store, stats, 'left', new Date());
    expect(await rowsOf('left', tables)).toEqual({ ...zero(tables), revisions: 1, servers: 1 });
    await deleteServerData(store, stats, 'left');
    expect(await rowsOf('left', tables)).toEqual(zero(tables));
    expect(await rowsOf('stays', tables)).toEqual(before);
    await deleteServerData(store, stats, 'stays');
    await stats.close();
  });

  test('are found and recorded if there are many with many rows', async () => {
    const ids = Array.from({ length: 1300 }, (_, i) => String(10n ** 17n + BigInt(i)));
    const rows = ids.flatMap((guild_id) =>
      ['a', 'b', 'c'].map((subject) => ({ guild_id, day: '2026-05-17', kind: 'seen' as const, subject, n: 1 })),
    );
    for (let i = 0; i < rows.length; i += 300)
      await store.run((db) =>
        db
          .insertInto('counts')
          .values(rows.slice(i, i + 300))
          .execute(),
      );
    const found = await serversWithData(store);
    expect(ids.filter((id) => !found.has(id))).toEqual([]);
    expect(found.size).toBe(1304);
    const at = new Date('2026-05-17T10:00:00.000Z');
    await markPresent(store, ids, { applicationId: '1', at });
    await markPresent(store, ids.slice(0, 700), { applicationId: '2', at });
    const recorded = await serverRecords(store);
    expect(recorded).toHaveLength(1300);
    expect(recorded[0]).toEqual({ guildId: ids[0], applicationId: '2', listedAt: at, leftAt: undefined });
    expect(recorded.filter(({ applicationId }) => applicationId === '1')).toHaveLength(600);
    await deleteServerRecords(store, ids.slice(0, 1299));
    expect((await serverRecords(store)).map(({ guildId }) => guildId)).toEqual([ids[1299]]);
  });
});
