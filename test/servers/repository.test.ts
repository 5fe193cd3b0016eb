// Servers with stored data, in any table and in large numbers.
import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import { addPin } from '../../src/pins/repository.ts';
import { addReply } from '../../src/replies/repository.ts';
import { addOpenQuestion } from '../../src/servers/open-questions.ts';
import { claimPost } from '../../src/servers/posts.ts';
import {
  deleteAllButReplies,
  deleteServerData,
  deleteServerRecords,
  isUsedSince,
  markPresent,
  REPLY_RETENTION_DAYS,
  serverRecords,
  serversWithData,
} from '../../src/servers/repository.ts';
import { changeSetting } from '../../src/servers/settings.ts';
import { openStatsRecorder, type StatsRecorder } from '../../src/stats/recorder.ts';
import { saveCounts } from '../../src/stats/repository.ts';
import type { CountRow } from '../../src/store/schema.ts';
import { noProgress } from '../job-progress.ts';
import { databases, log, openForAll } from '../store/databases.ts';

/** A recorder that only forgets servers. */
const forgettingBy = (forget: StatsRecorder['forget']): StatsRecorder => ({
  forget,
  count: () => expect.fail('nothing is counted'),
  question: () => expect.fail('nothing is asked'),
  flush: async () => undefined,
  close: async () => undefined,
  ...noProgress('stats'),
});

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
  beforeEach(async () => {
    for (const table of await tablesWithGuilds())
      await store.run((db) => sql`delete from ${sql.table(table)}`.execute(db));
  });
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
      await changeSetting(store, guildId, { name: 'forums', value: ['5'], by: '77' });
      await claimPost(store, { guildId, threadId: guildId, forumId: '5' });
      await addOpenQuestion(store, { guildId, channelId: '6', messageId: guildId });
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
    await stats.close();
  });

  test('are found and recorded page by page if there are many', async () => {
    const ids = Array.from({ length: 1001 }, (_, i) => String(10n ** 17n + BigInt(i)));
    const rows = ids.flatMap((guild_id, i) =>
      (i < 300 ? ['a', 'b'] : ['a']).map((subject) => ({
        guild_id,
        day: '2026-05-17',
        kind: 'seen' as const,
        subject,
        n: 1,
      })),
    );
    await store.transact((trx) => saveCounts(trx, rows));
    const found = await serversWithData(store);
    expect(ids.filter((id) => !found.has(id))).toEqual([]);
    expect(found.size).toBe(ids.length);
    const at = new Date('2026-05-17T10:00:00.000Z');
    await markPresent(store, ids, { applicationId: '1', at });
    await markPresent(store, ids.slice(0, 700), { applicationId: '2', at });
    const recorded = await serverRecords(store);
    expect(recorded.map(({ guildId }) => guildId)).toEqual(ids);
    expect(recorded[0]).toEqual({ guildId: ids[0], applicationId: '2', listedAt: at, leftAt: undefined });
    expect(recorded.filter(({ applicationId }) => applicationId === '1')).toHaveLength(301);
    await deleteServerRecords(store, ids.slice(0, 1000));
    expect((await serverRecords(store)).map(({ guildId }) => guildId)).toEqual([ids[1000]]);
  });

  describe('that the bot has left', () => {
    const stats = openStatsRecorder(store, { log });
    const left = new Date('2026-05-17T10:00:00.000Z');
    const later = new Date('2026-06-01T00:00:00.000Z');
    const recordOf = async (id: string) => (await serverRecords(store)).find(({ guildId }) => guildId === id);

    test('keep the time at which that was first found, until the bot is back', async () => {
      const seen = new Date('2026-05-01T00:00:00.000Z');
      await markPresent(store, ['gone', 'here'], { applicationId: '1', at: seen });
      await deleteAllButReplies(store, stats, 'gone', left);
      await deleteAllButReplies(store, stats, 'gone', later);
      expect(await recordOf('gone')).toEqual({ guildId: 'gone', applicationId: '1', listedAt: seen, leftAt: left });
      expect(await recordOf('here')).toMatchObject({ leftAt: undefined });
      await markPresent(store, ['gone'], { applicationId: '1', at: later });
      expect(await recordOf('gone')).toMatchObject({ listedAt: later, leftAt: undefined });
      await deleteServerData(store, stats, 'gone');
      expect([await recordOf('gone'), await recordOf('here')]).toEqual([undefined, expect.anything()]);
    });

    test('are reported as changed, so that everything that is kept of them in memory goes', async () => {
      const changed: string[] = [];
      const stop = store.onChange((guildId) => void changed.push(guildId ?? 'any'));
      await deleteAllButReplies(store, stats, 'left1', left);
      await deleteServerData(store, stats, 'left2');
      stop();
      // PostgreSQL tells a process of its own changes, too.
      expect([...new Set(changed)]).toEqual(['left1', 'left2']);
    });

    test('forget what is not yet written', async () => {
      const forgotten: string[] = [];
      const forget = async (guildId: string) => void forgotten.push(guildId);
      await deleteAllButReplies(store, forgettingBy(forget), 'left1', left);
      await deleteServerData(store, forgettingBy(forget), 'left2');
      expect(forgotten).toEqual(['left1', 'left2']);
    });

    test('are deleted again after a failure: each step waits for the one before', async () => {
      const failing = forgettingBy(() => Promise.reject(new Error('down')));
      await addReply(store, { guildId: 'fails', authorId: '77', cause: 'f' }, { title: 'T', text: 'x', aliases: [] });
      await expect(deleteServerData(store, failing, 'fails')).rejects.toThrow('down');
      await expect(deleteAllButReplies(store, failing, 'fails', left)).rejects.toThrow('down');
      expect((await serversWithData(store)).has('fails')).toBe(true);
    });

    const counted = (guild_id: string, day: string, kind: CountRow['kind']) =>
      store.transact((trx) => saveCounts(trx, [{ guild_id, day, kind, subject: 'a', n: 1 }]));

    test.each([
      ['asked', '2026-05-18', true],
      ['shown', '2026-05-18', true],
      ['asked', '2026-05-17', false],
      ['seen', '2026-05-18', false],
      ['helped', '2026-06-18', false],
    ] as const)('and that have counted “%s” on %s are used: %s', async (kind, day, isUsed) => {
      await counted(`used-${kind}-${day}`, day, kind);
      await counted('another', '2026-07-01', 'asked');
      expect(await isUsedSince(store, `used-${kind}-${day}`, left)).toBe(isUsed);
    });

    test('and that have saved a reply since are used', async () => {
      const { savedAt } = await addReply(
        store,
        { guildId: 'saved', authorId: '77', cause: 's' },
        { title: 'T', text: 'x', aliases: [] },
      );
      expect(await isUsedSince(store, 'saved', new Date(savedAt.getTime() - 1))).toBe(true);
      expect(await isUsedSince(store, 'saved', savedAt)).toBe(false);
      expect(await isUsedSince(store, 'silent', new Date(0))).toBe(false);
    });
  });
});

test('replies are kept for 30 days after the bot has left', () => {
  expect(REPLY_RETENTION_DAYS).toBe(30);
});
