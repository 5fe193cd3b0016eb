// Posts in forums: each is claimed once, a server has its answers an hour, and refusals stop answers in a forum.
import { describe, expect, test } from 'vitest';
import {
  claimPost,
  deleteOldPosts,
  forgetSilence,
  markSilent,
  POST_LIMITS,
  type Post,
  recordSilences,
  refuseAnswer,
  silentPosts,
} from '../../src/servers/posts.ts';
import { changeSetting, readSettings, resumeForums } from '../../src/servers/settings.ts';
import type { Store } from '../../src/store/store.ts';
import { newId } from '../new-id.ts';
import { databases, openForAll } from '../store/databases.ts';
import { createDatedClock } from './dated-clock.ts';

const NOW = Date.UTC(2026, 10, 26, 12);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const FORUM = '5';

describe.each(databases)('posts on $name', async ({ create }) => {
  const { database } = await openForAll(create);
  const clock = createDatedClock(NOW);
  const store = database.open(clock);
  const other = database.open(clock);

  /** A server whose forums are set, as they are wherever posts are claimed. */
  async function newGuild(): Promise<string> {
    const guildId = newId();
    await changeSetting(store, guildId, { name: 'forums', value: [FORUM], by: '70' });
    return guildId;
  }
  const newPost = (guildId: string, forumId = FORUM): Post => ({ guildId, forumId, threadId: newId() });
  const stateOf = async ({ guildId, threadId }: Post) =>
    (
      await store.run((db) =>
        db
          .selectFrom('posts')
          .select('state')
          .where('guild_id', '=', guildId)
          .where('thread_id', '=', threadId)
          .executeTakeFirst(),
      )
    )?.state;
  const claimAll = async (guildId: string, count: number) => {
    const results: string[] = [];
    for (let i = 0; i < count; i++) results.push(await claimPost(store, newPost(guildId)));
    return results;
  };
  /** A post whose answer was refused. @returns what the refusal has done */
  const refuse = async (guildId: string, forumId = FORUM, on: Store = store) => {
    const post = newPost(guildId, forumId);
    await claimPost(store, post);
    return refuseAnswer(on, post, await readSettings(on, guildId));
  };

  describe('are claimed', () => {
    test('once, also by two processes at the same time', async () => {
      const guildId = await newGuild();
      const posts = Array.from({ length: 5 }, () => newPost(guildId));
      const claims = await Promise.all(posts.flatMap((post) => [claimPost(store, post), claimPost(other, post)]));
      expect(claims.filter((claim) => claim === 'claimed')).toHaveLength(5);
      expect(claims.filter((claim) => claim === 'taken')).toHaveLength(5);
      const [post] = posts;
      if (!post) return expect.fail('no post');
      expect(await claimPost(other, post)).toBe('taken');
    });

    test('not after they were silent', async () => {
      const post = newPost(await newGuild());
      const written = [
        await recordSilences(store, [{ ...post, state: 'silent' }]),
        await recordSilences(other, [{ ...post, state: 'silent' }]),
      ];
      expect(written).toEqual([new Set([post.threadId]), new Set()]);
      expect(await claimPost(store, post)).toBe('taken');
      expect(await stateOf(post)).toBe('silent');
    });

    test('and not made silent afterwards', async () => {
      const post = newPost(await newGuild());
      await claimPost(store, post);
      expect(await recordSilences(other, [{ ...post, state: 'silent' }])).toEqual(new Set());
      expect(await stateOf(post)).toBe('answered');
    });

    test('20 times an hour in a server; the next one is silent, and stays so', async () => {
      const guildId = await newGuild();
      expect(await claimAll(guildId, 20)).toEqual(Array(20).fill('claimed'));
      const late = newPost(guildId);
      expect(await claimPost(store, late)).toBe('full');
      expect(await stateOf(late)).toBe('silent');
      expect(await claimAll(await newGuild(), 1)).toEqual(['claimed']);
      clock.move(HOUR - 1);
      expect(await claimAll(guildId, 1)).toEqual(['full']);
      clock.move(1);
      expect(await claimPost(store, late)).toBe('taken');
      expect(await claimAll(guildId, 20)).toEqual(Array(20).fill('claimed'));
      expect(await claimAll(guildId, 1)).toEqual(['full']);
    });

    test('20 times by two processes together', async () => {
      const guildId = await newGuild();
      const claims = await Promise.all(
        Array.from({ length: 24 }, (_, i) => claimPost(i % 2 ? store : other, newPost(guildId))),
      );
      expect(claims.filter((claim) => claim === 'claimed')).toHaveLength(20);
      expect(claims.filter((claim) => claim === 'full')).toHaveLength(4);
    });

    test('also in place of refused answers: those count', async () => {
      const guildId = await newGuild();
      await refuse(guildId);
      expect(await claimAll(guildId, 20)).toEqual([...Array(19).fill('claimed'), 'full']);
      expect(POST_LIMITS).toEqual({ answersPerHour: 20, refusalsPerDay: 3 });
    });
  });

  describe('whose answer is refused', () => {
    test('count once, however often and in however many processes it is pressed', async () => {
      const post = newPost(await newGuild());
      await claimPost(store, post);
      const settings = await readSettings(store, post.guildId);
      const results = await Promise.all([store, other, store].map((one) => refuseAnswer(one, post, settings)));
      expect(results.filter(({ isNew }) => isNew)).toHaveLength(1);
      expect(await refuseAnswer(store, post, settings)).toEqual({ isNew: false });
    });

    test('stay refused if Discord’s refusal of the answer is recorded late', async () => {
      const post = newPost(await newGuild());
      await claimPost(store, post);
      expect(await refuseAnswer(store, post, await readSettings(store, post.guildId))).toEqual({ isNew: true });
      await markSilent(store, post);
      expect(await stateOf(post)).toBe('refused');
    });

    test('are not known, or were silent: nothing is counted', async () => {
      const guildId = await newGuild();
      const silent = newPost(guildId);
      await recordSilences(store, [{ ...silent, state: 'silent' }]);
      const settings = await readSettings(store, guildId);
      expect(await refuseAnswer(store, silent, settings)).toEqual({ isNew: false });
      expect(await refuseAnswer(store, newPost(guildId), settings)).toEqual({ isNew: false });
      await claimPost(store, { ...silent, guildId: await newGuild() });
      expect(await refuseAnswer(store, silent, settings)).toEqual({ isNew: false });
    });

    test('stop answers with the third within 24 hours in a forum', async () => {
      const guildId = await newGuild();
      expect([await refuse(guildId), await refuse(guildId)]).toEqual([{ isNew: true }, { isNew: true }]);
      expect(await refuse(guildId, '6')).toEqual({ isNew: true });
      expect((await readSettings(store, guildId)).stoppedForums).toEqual([]);
      expect(await refuse(guildId)).toEqual({ isNew: true, stoppedForum: FORUM });
      expect((await readSettings(store, guildId)).stoppedForums).toEqual([FORUM]);
      // Answers that stood there before may be refused, too.
      expect(await refuse(guildId)).toEqual({ isNew: true });
    });

    test.each([
      [DAY - 1, true],
      [DAY, false],
    ])('stop answers if the first was %i ms before the third: %s', async (ms, isStopped) => {
      const guildId = await newGuild();
      await refuse(guildId);
      clock.move(ms);
      await refuse(guildId);
      const third = await refuse(guildId);
      expect(third).toEqual({ isNew: true, ...(isStopped ? { stoppedForum: FORUM } : {}) });
    });

    test('stop answers once if the third and fourth come at the same time', async () => {
      const guildId = await newGuild();
      await refuse(guildId);
      await refuse(guildId);
      const results = await Promise.all([refuse(guildId, FORUM, store), refuse(guildId, FORUM, other)]);
      expect(results.filter(({ stoppedForum }) => stoppedForum === FORUM)).toHaveLength(1);
    });

    test('count from zero after answers went on', async () => {
      const guildId = await newGuild();
      for (let i = 0; i < 3; i++) await refuse(guildId);
      await resumeForums(store, guildId, '70');
      clock.move(1);
      expect([await refuse(guildId), await refuse(guildId)]).toEqual([{ isNew: true }, { isNew: true }]);
      expect((await readSettings(store, guildId)).stoppedForums).toEqual([]);
      expect(await refuse(guildId)).toEqual({ isNew: true, stoppedForum: FORUM });
    });
  });

  describe('without an answer', () => {
    test('are listed newest first, up to a number', async () => {
      const guildId = await newGuild();
      const posts: Post[] = [];
      for (let i = 0; i < 3; i++) {
        posts.unshift(newPost(guildId));
        await recordSilences(store, [{ ...(posts[0] ?? expect.fail('no post')), state: 'silent' }]);
        clock.move(1);
      }
      await claimPost(store, newPost(guildId));
      const threads = posts.map(({ threadId }) => threadId);
      expect(await silentPosts(store, guildId, 5)).toEqual(threads);
      expect(await silentPosts(store, guildId, 2)).toEqual(threads.slice(0, 2));
      expect(await silentPosts(store, 'unknown', 5)).toEqual([]);
    });

    test('can be forgotten; those with an answer cannot', async () => {
      const guildId = await newGuild();
      const [silent, answered] = [newPost(guildId), newPost(guildId)];
      await recordSilences(store, [{ ...silent, state: 'silent' }]);
      await claimPost(store, answered);
      await forgetSilence(store, 'another', silent.threadId);
      expect(await stateOf(silent)).toBe('silent');
      for (const { threadId } of [silent, answered]) await forgetSilence(store, guildId, threadId);
      expect([await stateOf(silent), await stateOf(answered)]).toEqual([undefined, 'answered']);
    });
  });

  test('are deleted after 30 days', async () => {
    const post = newPost(await newGuild());
    await claimPost(store, post);
    clock.move(30 * DAY);
    await deleteOldPosts(store);
    expect(await stateOf(post)).toBe('answered');
    clock.move(1);
    await deleteOldPosts(store);
    expect(await stateOf(post)).toBeUndefined();
  });
});
