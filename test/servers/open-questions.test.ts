// Open questions: how they are recorded, closed, listed, and found once a day when they have waited for a day.
import { describe, expect, test } from 'vitest';
import {
  addOpenQuestion,
  closeQuestion,
  deleteOldQuestions,
  markListed,
  openQuestionsOf,
  overdueQuestions,
} from '../../src/servers/open-questions.ts';
import { newId } from '../new-id.ts';
import { databases, openForAll } from '../store/databases.ts';
import { createDatedClock } from './dated-clock.ts';

const NOW = Date.UTC(2026, 10, 26, 12);
const DAY = 86_400_000;

describe.each(databases)('open questions on $name', async ({ create }) => {
  const { database } = await openForAll(create);
  const clock = createDatedClock(NOW);
  const store = database.open(clock);
  const other = database.open(clock);
  const add = async (guildId: string, messageId = newId()) => {
    await addOpenQuestion(store, { guildId, channelId: '6', messageId });
    return messageId;
  };
  const today = (days = 0) => new Date(clock.now() + days * DAY).toISOString().slice(0, 10);
  const overdueIn = async (guildId: string, day = today()) =>
    (await overdueQuestions(store, day)).get(guildId)?.map(({ messageId }) => messageId);

  test('are listed oldest first until they are closed', async () => {
    const guildId = newId();
    const first = await add(guildId);
    const askedAt = new Date(clock.now());
    clock.move(1);
    const second = await add(guildId, '1');
    await add(newId());
    expect(await openQuestionsOf(store, guildId)).toEqual([
      { guildId, channelId: '6', messageId: first, askedAt },
      { guildId, channelId: '6', messageId: second, askedAt: new Date(askedAt.getTime() + 1) },
    ]);
    await closeQuestion(store, 'another', first);
    expect(await openQuestionsOf(other, guildId)).toHaveLength(2);
    await closeQuestion(other, guildId, first);
    await closeQuestion(other, guildId, first);
    expect((await openQuestionsOf(store, guildId)).map(({ messageId }) => messageId)).toEqual([second]);
  });

  test('are recorded once, with the first time', async () => {
    const guildId = newId();
    const id = await add(guildId);
    const askedAt = new Date(clock.now());
    clock.move(1000);
    await add(guildId, id);
    expect(await openQuestionsOf(store, guildId)).toMatchObject([{ messageId: id, askedAt }]);
  });

  test('are overdue after a day', async () => {
    const guildId = newId();
    const id = await add(guildId);
    clock.move(DAY - 1);
    expect(await overdueIn(guildId)).toBeUndefined();
    clock.move(1);
    expect(await overdueIn(guildId)).toEqual([id]);
  });

  test('are marked as listed once a day, by one process', async () => {
    const guildId = newId();
    await add(guildId);
    clock.move(DAY);
    const marked = await Promise.all([markListed(store, guildId, today()), markListed(other, guildId, today())]);
    expect(marked.sort()).toEqual([false, true]);
    expect(await overdueIn(guildId)).toBeUndefined();
    expect(await markListed(store, guildId, today(1))).toBe(true);
    expect(await markListed(store, guildId, today())).toBe(false);
    expect(await markListed(store, 'unknown', today())).toBe(false);
  });

  test('that become overdue on a day with a list wait for the next day', async () => {
    const guildId = newId();
    const first = await add(guildId);
    clock.move(60_000);
    const second = await add(guildId);
    clock.move(DAY - 60_000);
    expect(await overdueIn(guildId)).toEqual([first]);
    await markListed(store, guildId, today());
    clock.move(60_000);
    expect(await overdueIn(guildId)).toBeUndefined();
    expect(await overdueIn(guildId, today(1))).toEqual([first, second]);
  });

  test('that are not overdue are not marked', async () => {
    const guildId = newId();
    await add(guildId);
    expect(await markListed(store, guildId, today())).toBe(false);
    clock.move(DAY);
    expect(await overdueIn(guildId)).toHaveLength(1);
  });

  test('are deleted after 30 days', async () => {
    const guildId = newId();
    await add(guildId);
    clock.move(30 * DAY);
    await deleteOldQuestions(store);
    expect(await openQuestionsOf(store, guildId)).toHaveLength(1);
    clock.move(1);
    await deleteOldQuestions(store);
    expect(await openQuestionsOf(store, guildId)).toEqual([]);
  });
});
