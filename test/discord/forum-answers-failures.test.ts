// Answers to posts in forums while Discord or the database fails.
import { describe, expect, it } from 'vitest';
import { StoreError } from '../../src/store/errors.ts';
import { isList, isRead, OWN, post, useForumAnswers } from './forum-answers-world.ts';
import { LEVEL } from './parts.ts';
import { type Respond, refusal } from './rest-stub.ts';

const { open, stateOf, store } = await useForumAnswers();

describe('a failure', () => {
  const lost = () => {
    throw new Error('socket closed');
  };
  it.each<[string, Respond]>([
    ['the post is refused', () => refusal(403, 50_013)],
    ['the thread was closed meanwhile', () => refusal(400, 50_083)],
    ['the thread was deleted meanwhile', () => refusal(404, 10_003)],
  ])('ends the answer for good if %s: the post is without an answer', async (_, refusing) => {
    const { read, finish, posted, logged, counts, guildId } = await open({
      respond: (request) => (request.method === 'POST' ? refusing(request) : undefined),
    });
    const message = post(guildId);
    read(message);
    await finish();
    read(message);
    await finish();
    expect(posted()).toHaveLength(1);
    expect(await stateOf(message.id)).toBe('silent');
    expect(counts).toEqual([`${guildId} post seen`, `${guildId} post silent`]);
    const about = { guild: guildId, thread: message.id };
    expect(logged.at(-1)).toMatchObject({ level: LEVEL.info, msg: 'post not answered', ...about });
  });

  it.each<[string, Respond, number]>([
    ['Discord fails', () => refusal(500), 1],
    // Tried again with the same nonce.
    ['the connection is lost', lost, 3],
  ])('ends the answer for good if %s: it may stand there', async (_, failing, tries) => {
    const { read, finish, posted, logged, counts, guildId } = await open({
      respond: (request) => (request.method === 'POST' ? failing(request) : undefined),
    });
    const message = post(guildId);
    read(message);
    await finish();
    read(message);
    await finish();
    expect(posted().map(({ body }) => body)).toMatchObject(Array(tries).fill({ nonce: message.id }));
    expect(await stateOf(message.id)).toBe('answered');
    expect(counts).toEqual([`${guildId} post seen`]);
    const about = { guild: guildId, thread: message.id };
    expect(logged.at(-1)).toMatchObject({ level: LEVEL.warn, msg: 'post not answered', ...about });
  });

  it.each([
    ['the thread was deleted', isRead, 404, 10_003],
    ['the bot may not see the forum', isRead, 403, 50_001],
    ['the bot may not read the messages', isList, 403, 50_013],
  ])('is only logged if %s', async (_, isRefused, status, code) => {
    const { read, finish, posted, logged, job, guildId } = await open({
      thread: { last_message_id: '1' },
      respond: ({ path }) => (isRefused(path) ? refusal(status, code) : undefined),
    });
    read(post(guildId));
    await finish();
    expect(posted()).toEqual([]);
    expect(logged.at(-1)).toMatchObject({ level: LEVEL.info, msg: 'post not answered' });
    expect(job.lastSuccess).toBeUndefined();
  });

  it('of the database before the settings are known gives the message back, as a mention is answered without it', async () => {
    const down = () => Promise.reject(new StoreError('unavailable', 'down'));
    const { read, rests, others, requests, counts, job, logged, guildId } = await open({
      on: { ...store, run: down },
      isCached: false,
    });
    const message = post(guildId, { content: `<@${OWN}> which door`, mentions: [{ id: OWN }] });
    expect(read(message)).toBe(true);
    await rests();
    expect([others, requests, counts, job.backlog()]).toEqual([[message.id], [], [], 0]);
    // The database is logged by what reads the settings; for the job this is no failure.
    expect(logged.filter(({ msg }) => msg === 'post not answered')).toEqual([]);
  });

  it('of the database before the post means no answer', async () => {
    const down = () => Promise.reject(new StoreError('unavailable', 'down'));
    const { read, finish, posted, logged, guildId } = await open({ on: { ...store, transact: down } });
    read(post(guildId));
    await finish();
    expect(posted()).toEqual([]);
    expect(logged.at(-1)).toMatchObject({ level: LEVEL.warn, msg: 'post not answered' });
  });
});
