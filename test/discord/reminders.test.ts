// Reminders of questions that have waited for a day: when, where, how often, and what is deleted beside them.
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { messageUrl } from '../../src/discord/links.ts';
import { createReminders } from '../../src/discord/reminders.ts';
import { ContextSource } from '../../src/discord/render-context.ts';
import { messagesFor } from '../../src/i18n/index.ts';
import { ReplyCache } from '../../src/replies/cache.ts';
import { addOpenQuestion, openQuestionsOf } from '../../src/servers/open-questions.ts';
import { recordSilences, silentPosts } from '../../src/servers/posts.ts';
import { changeSetting } from '../../src/servers/settings.ts';
import { SettingsCache } from '../../src/servers/settings-cache.ts';
import { StoreError } from '../../src/store/errors.ts';
import type { Store } from '../../src/store/store.ts';
import { newId } from '../new-id.ts';
import { createDatedClock } from '../servers/dated-clock.ts';
import { openForAll, sqlite } from '../store/databases.ts';
import { createVirtualClock } from '../virtual-clock.ts';
import { content, LEVEL, recordingLog } from './parts.ts';
import { holding, type Respond, refusal, settle, stubRest } from './rest-stub.ts';

const en = messagesFor('en');
const HELPERS = '6';
const DAY = 86_400_000;
const NOW = Date.UTC(2026, 10, 26, 12);
const { database } = await openForAll(sqlite.create);
const clock = createDatedClock(NOW);
const store = database.open(clock);
const second = database.open(clock);
const caches: SettingsCache[] = [];
afterAll(() => {
  for (const cache of caches) cache.close();
});

function open({ respond, on = store, timers = clock }: { respond?: Respond; on?: Store; timers?: typeof clock } = {}) {
  const { log, lines: logged } = recordingLog();
  const stub = stubRest(respond);
  const settingsCache = new SettingsCache(on, { log });
  caches.push(settingsCache);
  const replyCache = new ReplyCache(on, { log });
  const contexts = new ContextSource(content, { replyCache, settingsCache, log, clock });
  const job = createReminders({ contexts, settingsCache, store: on, rest: stub.rest, log, clock: timers });
  /** The reminders. Before each, the job looks whether the posts are still there. */
  const posted = () => stub.requests.filter(({ method }) => method === 'POST');
  const texts = () => posted().map(({ body }) => (body as { content: string }).content);
  return { ...stub, logged, job, posted, texts };
}

/** A server whose helpers have a channel, with questions. @returns the ids of their posts */
async function openServer({ questions = 1, hasChannel = true } = {}) {
  const guildId = newId();
  const value = hasChannel ? HELPERS : undefined;
  await changeSetting(store, guildId, { name: 'helpers-channel', value, by: '70' });
  const messages: string[] = [];
  for (let i = 0; i < questions; i++) {
    const messageId = newId();
    await addOpenQuestion(store, { guildId, channelId: HELPERS, messageId });
    messages.push(messageId);
  }
  return { guildId, messages };
}
// What other tests left.
beforeEach(async () => {
  await store.run((db) => db.deleteFrom('open_questions').execute());
});
/** @param agoMs since it was asked */
const lineFor = (guildId: string, messageId: string, agoMs = 0) =>
  en.person.waitingSince(
    Math.floor((clock.now() - agoMs) / 1000),
    messageUrl({ guildId, channelId: HELPERS, messageId }),
  );

describe('helpers', () => {
  it('are reminded in their channel of what has waited for a day, once a day, without a mention', async () => {
    const { guildId, messages } = await openServer({ questions: 2 });
    const { job, requests, lines, posted, logged } = open();
    const content = en.person.waiting(messages.map((one) => lineFor(guildId, one)).join('\n'));
    await job.check();
    expect(requests).toEqual([]);
    clock.move(DAY);
    await job.check();
    await job.check();
    expect(lines()).toEqual([
      ...messages.map((one) => `GET /channels/${HELPERS}/messages/${one}`),
      `POST /channels/${HELPERS}/messages`,
    ]);
    expect(posted()[0]?.body).toMatchObject({
      content,
      allowed_mentions: { parse: [] },
      nonce: messages[0],
      enforce_nonce: true,
    });
    clock.move(DAY);
    await job.check();
    expect(posted()).toHaveLength(2);
    expect(logged).toEqual([]);
  });

  it.each([
    ['post was deleted', 10_008],
    ['channel was deleted', 10_003],
  ])('are not reminded of a question whose %s; it is closed', async (_, code) => {
    const { guildId, messages } = await openServer({ questions: 2 });
    const [gone = '', there = ''] = messages;
    clock.move(DAY);
    const { job, posted, texts, logged } = open({
      respond: ({ path }) => (path.endsWith(`/${gone}`) ? refusal(404, code) : undefined),
    });
    const content = en.person.waiting(lineFor(guildId, there, DAY));
    await job.check();
    expect(texts()).toEqual([content]);
    expect(posted()[0]?.body).toMatchObject({ nonce: there });
    expect(await openQuestionsOf(store, guildId)).toMatchObject([{ messageId: there }]);
    expect(logged).toEqual([]);
  });

  it('are not reminded if all posts were deleted, and those are looked up once', async () => {
    const { guildId } = await openServer({ questions: 2 });
    clock.move(DAY);
    const { job, posted, requests } = open({
      respond: ({ method }) => (method === 'GET' ? refusal(404, 10_008) : undefined),
    });
    await job.check();
    await job.check();
    expect([requests.length, posted()]).toEqual([2, []]);
    expect(await openQuestionsOf(store, guildId)).toEqual([]);
  });

  it.each([
    ['Discord fails', refusal(500)],
    ['the bot may not see the channel', refusal(403, 50_001)],
  ])('are reminded of a question that can’t be looked up because %s', async (_, refused) => {
    const { guildId } = await openServer();
    clock.move(DAY);
    const { job, posted } = open({ respond: ({ method }) => (method === 'GET' ? refused : undefined) });
    await job.check();
    expect(posted()).toHaveLength(1);
    expect(await openQuestionsOf(store, guildId)).toHaveLength(1);
  });

  it('see ten questions that are still there, if others were deleted', async () => {
    const { guildId, messages } = await openServer({ questions: 14 });
    const gone = messages.slice(0, 3);
    clock.move(DAY);
    const { job, requests, texts } = open({
      respond: ({ path }) => (gone.some((one) => path.endsWith(`/${one}`)) ? refusal(404, 10_008) : undefined),
    });
    await job.check();
    // It looks at three that are gone and ten that are there, and at no more.
    expect(requests.filter(({ method }) => method === 'GET')).toHaveLength(13);
    expect(texts()[0]?.split('\n')).toHaveLength(11);
    expect(await openQuestionsOf(store, guildId)).toHaveLength(11);
  });

  it('are reminded once by two processes', async () => {
    await openServer();
    await openServer();
    clock.move(DAY);
    const both = [open(), open({ on: second })];
    await Promise.all(both.flatMap(({ job }) => [job.check(), job.check()]));
    for (const { job } of both) await job.check();
    expect(both.flatMap(({ posted }) => posted())).toHaveLength(2);
  });

  it('see ten questions at most in one message that fits', async () => {
    const { guildId } = await openServer({ questions: 12 });
    clock.move(DAY);
    const { job, texts } = open();
    await job.check();
    expect(texts()).toHaveLength(1);
    expect(texts()[0]?.split('\n')).toHaveLength(11);
    expect(texts()[0]?.length).toBeLessThanOrEqual(2000);
    expect(await openQuestionsOf(store, guildId)).toHaveLength(12);
  });

  it('without a channel are not reminded, until they have one on the same day', async () => {
    const { guildId } = await openServer({ hasChannel: false });
    clock.move(DAY);
    const { job, requests, posted } = open();
    await job.check();
    expect(requests).toEqual([]);
    await changeSetting(store, guildId, { name: 'helpers-channel', value: '8', by: '70' });
    await job.check();
    expect(posted().map(({ path }) => path)).toEqual(['/channels/8/messages']);
  });

  it('of other servers are reminded even if Discord refuses one reminder, which is not repeated today', async () => {
    const first = await openServer();
    await changeSetting(store, first.guildId, { name: 'helpers-channel', value: '7', by: '70' });
    await openServer();
    clock.move(DAY);
    const { job, posted, logged } = open({
      respond: ({ path }) => (path.startsWith('/channels/7/') ? refusal(403, 50_001) : undefined),
    });
    await job.check();
    await job.check();
    const paths = posted().map(({ path }) => path);
    expect(paths.sort()).toEqual([`/channels/${HELPERS}/messages`, '/channels/7/messages']);
    expect(logged).toMatchObject([{ level: LEVEL.info, msg: 'helpers not reminded', guild: first.guildId }]);
  });
});

describe('a check', () => {
  it('deletes posts and questions that are older than 30 days', async () => {
    const { guildId } = await openServer();
    await recordSilences(store, [{ guildId, threadId: newId(), forumId: '5', state: 'silent' }]);
    clock.move(30 * DAY + 1);
    const { job, requests } = open();
    await job.check();
    expect(await openQuestionsOf(store, guildId)).toEqual([]);
    expect(await silentPosts(store, guildId, 5)).toEqual([]);
    expect(requests).toEqual([]);
  });

  it('that fails is logged, and the next one succeeds', async () => {
    await openServer();
    clock.move(DAY);
    let isDown = true;
    const run: Store['run'] = (work) =>
      isDown ? Promise.reject(new StoreError('unavailable', 'down')) : store.run(work);
    const { job, logged, posted } = open({ on: { ...store, run } });
    await job.check();
    expect(logged).toMatchObject([{ level: LEVEL.warn, msg: 'reminders failed, trying again in an hour' }]);
    expect([job.lastSuccess, job.backlog()]).toEqual([undefined, undefined]);
    isDown = false;
    await job.check();
    expect(posted()).toHaveLength(1);
    expect(job.lastSuccess).toBe(clock.now() / 1000);
  });

  it('happens a minute and a half after the start, and every hour', async () => {
    const timers = createVirtualClock(NOW);
    const { job } = open({ timers: { ...timers, move: () => undefined } });
    const checks: number[] = [];
    job.check = async () => void checks.push(timers.monotonic());
    job.start(new AbortController().signal);
    await timers.advance(89_999);
    expect(checks).toEqual([]);
    await timers.advance(1);
    await timers.advance(7_200_000 - 90_000);
    expect(checks).toEqual([90_000, 3_600_000, 7_200_000]);
    await job.close(0);
    await timers.advance(7_200_000);
    expect([checks.length, timers.pending(), job.health()]).toEqual([3, 0, undefined]);
  });

  it('does nothing after the signal to stop', async () => {
    await openServer();
    clock.move(DAY);
    const { job, requests } = open();
    const stopping = new AbortController();
    job.start(stopping.signal);
    stopping.abort();
    await job.check();
    await job.close(0);
    expect(requests).toEqual([]);
  });

  it('at a shutdown ends after the reminder that is being sent, which close waits for', async () => {
    await openServer();
    await openServer();
    clock.move(DAY);
    const held = holding(({ method }) => method === 'POST');
    const { job, posted } = open({ respond: held.respond });
    const checking = job.check();
    await expect.poll(() => posted().length).toBe(1);
    let isClosed = false;
    const closing = job.close(60_000).then(() => {
      isClosed = true;
    });
    await settle();
    expect(isClosed).toBe(false);
    held.open();
    await Promise.all([closing, checking]);
    await settle();
    expect(posted()).toHaveLength(1);
  });
});
