// kill -9 while answers in forums are on their way: no post is answered twice, also while another process goes on.
import type { Channel } from 'fake-discord';
import { describe, expect, it } from 'vitest';
import { databases, useDatabase } from '../store/databases.ts';
import { startProcess } from './bot-process.ts';
import { ANSWERED_WITHIN_MS, answersIn, onlyAnswer, postClearly, untilAnswered } from './forum-world.ts';
import { addHelpDesk } from './help-desk.ts';
import { until, useWorld } from './world.ts';

/** Longer than the process lives. */
const HELD_MS = 30_000;
const POSTS = 12;

describe.each(databases)('kill -9 of a bot that answers in forums on $name', { timeout: 120_000 }, (kind) => {
  const database = useDatabase(kind);
  const world = useWorld();

  it('while posts are answered leaves no post with two answers, and answers those that come later', async () => {
    const { discord } = world;
    const store = database.open();
    /** The ids of the threads that a process has claimed, to answer them. */
    const claimed = async () => {
      const rows = await store.run((db) =>
        db.selectFrom('posts').selectAll().where('state', '=', 'answered').execute(),
      );
      return new Set(rows.map(({ thread_id }) => thread_id));
    };
    // The world's own bot, which has another database, is down meanwhile.
    await world.restart(async () => {
      const first = await startProcess(discord, database.url);
      const { asker, forum } = await addHelpDesk(world, 'Harbour');
      const posts = (count: number) => Promise.all(Array.from({ length: count }, () => postClearly(asker, forum)));
      const counts = (threads: readonly Channel[]) => threads.map((thread) => answersIn(world, thread).length);
      const answered = await posts(6);
      const held = await posts(3);
      // Their answers are on the way when the process ends, and Discord does not get them.
      for (const { id } of held)
        discord.fail({ match: new RegExp(`^POST /channels/${id}/messages$`), delayMs: HELD_MS, reset: 'before' });
      const areClaimed = async () => {
        const ids = await claimed();
        return [...answered, ...held].every(({ id }) => ids.has(id));
      };
      await until('all are claimed', areClaimed, ANSWERED_WITHIN_MS);
      await until('the others are answered', () => !counts(answered).includes(0));
      const waiting = await posts(3);
      await first.kill();
      expect([counts(answered), counts(held), counts(waiting)]).toEqual([Array(6).fill(1), [0, 0, 0], [0, 0, 0]]);
      const before = await claimed();
      expect(waiting.filter(({ id }) => before.has(id))).toEqual([]);

      const second = await startProcess(discord, database.url);
      for (const thread of [...answered, ...held, ...waiting]) await asker.in(thread).say('Anybody?');
      const later = await postClearly(asker, forum);
      await untilAnswered(world, [later]);
      onlyAnswer(world, later);
      expect([counts(answered), counts(held), counts(waiting)]).toEqual([Array(6).fill(1), [0, 0, 0], [0, 0, 0]]);
      expect(await claimed()).toEqual(new Set([...before, later.id]));
      expect(second.output()).not.toMatch(/"level":(40|50|60)/);
      await second.kill();
    });
  });

  it('of one of two processes leaves each post with one answer, or with none if that one had it', async () => {
    const { discord } = world;
    await world.restart(async () => {
      const [first, second] = [
        await startProcess(discord, database.url),
        await startProcess(discord, database.url),
      ] as const;
      const { asker, forum } = await addHelpDesk(world, 'Quay');
      const threads: Channel[] = [];
      for (let i = 0; i < POSTS; i++) threads.push(await postClearly(asker, forum));
      await until(
        'one answer',
        () => threads.some((thread) => answersIn(world, thread).length > 0),
        ANSWERED_WITHIN_MS,
      );
      await first.kill();
      const later = await postClearly(asker, forum);
      await untilAnswered(world, [later]);
      const counts = threads.map((thread) => answersIn(world, thread).length);
      expect(Math.max(...counts)).toBe(1);
      expect(counts.filter((n) => n === 1).length, 'the other goes on').toBeGreaterThan(POSTS / 2);
      await second.kill();
    });
  });
});
