// kill -9 while answers in forums are on their way: no post is answered twice, also while another process goes on.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Channel } from 'fake-discord';
import { describe, expect, it } from 'vitest';
import { databases, useDatabase } from '../store/databases.ts';
import { startProcess } from './bot-process.ts';
import { answersIn, onlyAnswer, postClearly, untilAnswered } from './forum-world.ts';
import { addHelpDesk } from './help-desk.ts';
import { until, useWorld } from './world.ts';

const POSTS = 12;

describe.each(databases)('kill -9 of a bot that answers in forums on $name', { timeout: 120_000 }, (kind) => {
  const database = useDatabase(kind);
  const world = useWorld();

  it('leaves each post with one answer at most, and later posts are answered', async () => {
    const { discord } = world;
    const sends = () => discord.requests.filter(({ method, path }) => method === 'POST' && /^\/channels\//.test(path));
    // The world's own bot, which has another database, is down meanwhile.
    await world.restart(async () => {
      const first = await startProcess(discord, database.url);
      const { asker, forum } = await addHelpDesk(world, 'Harbour');
      const threads: Channel[] = [];
      for (let i = 0; i < POSTS; i++) {
        threads.push(await postClearly(asker, forum));
        await sleep(100);
      }
      // The answer of one arrives at Discord, and its response never comes back.
      discord.fail({ match: /^POST \/channels\/\d+\/messages$/, delayMs: 1500 });
      await until('some answers are on their way', () => sends().length >= POSTS / 3, 25_000);
      const second = await startProcess(discord, database.url);
      await first.kill();
      const later = await postClearly(asker, forum);
      await untilAnswered(world, [later]);
      onlyAnswer(world, later);
      const counts = threads.map((thread) => answersIn(world, thread).length);
      expect(Math.max(...counts)).toBe(1);
      await second.kill();
      const third = await startProcess(discord, database.url);
      for (const thread of threads) await asker.in(thread).say('Anybody?');
      const last = await postClearly(asker, forum);
      await untilAnswered(world, [last]);
      expect(threads.map((thread) => answersIn(world, thread).length)).toEqual(counts);
      expect(third.output()).not.toMatch(/"level":(40|50|60)/);
      await third.kill();
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
      await until('one answer', () => threads.some((thread) => answersIn(world, thread).length > 0), 25_000);
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
