// Answers to posts in forums: which are answered, when, how often, and what keeps the bot silent.
import { ChannelType, type GatewayMessageCreateDispatchData } from 'discord-api-types/v10';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createForumAnswers } from '../../src/discord/forum-answers.ts';
import type { QuestionAnswering, QuestionResult } from '../../src/discord/question-answering.ts';
import { ContextSource } from '../../src/discord/render-context.ts';
import { renderPostAnswer } from '../../src/discord/views/forum.ts';
import { ReplyCache } from '../../src/replies/cache.ts';
import { POST_THRESHOLDS } from '../../src/search/thresholds.ts';
import { claimPost } from '../../src/servers/posts.ts';
import { changeSetting, stopForum } from '../../src/servers/settings.ts';
import { SettingsCache } from '../../src/servers/settings-cache.ts';
import { StoreError } from '../../src/store/errors.ts';
import type { Store } from '../../src/store/store.ts';
import { newId } from '../new-id.ts';
import { openInMemory } from '../replies/stores.ts';
import { sqlite } from '../store/databases.ts';
import { createVirtualClock } from '../virtual-clock.ts';
import { altered, content, front, LEVEL, recordingLog, recordingStats } from './parts.ts';
import { createGate, type Respond, refusal, settle, stubRest } from './rest-stub.ts';

const OWN = '999';
const ASKER = '20';
const FORUM = '5';
const NOW = Date.UTC(2026, 10, 26, 12);
const databaseClock = createVirtualClock(NOW);
const { store } = await openInMemory(sqlite, databaseClock);

/** The first message of a post. */
function post(guildId: string, more: object = {}): GatewayMessageCreateDispatchData {
  const id = newId();
  const base = { id, channel_id: id, guild_id: guildId, author: { id: ASKER }, content: '', mentions: [] };
  // It reads no other fields.
  return altered(base as unknown as GatewayMessageCreateDispatchData, more);
}

/** A later message in the same thread. */
const later = (first: GatewayMessageCreateDispatchData, authorId: string) =>
  altered(first, { id: newId(), author: { id: authorId } });

interface Options {
  readonly respond?: Respond;
  /** Fields of the thread as Discord returns it. */
  readonly thread?: object;
  readonly found?: (question: string) => QuestionResult | undefined | Promise<QuestionResult | undefined>;
  readonly forums?: readonly string[];
  readonly on?: Store;
  readonly guildId?: string;
  /** Whether the settings are in memory when the post comes. */
  readonly isCached?: boolean;
  /** Decides how long a post waits. Other random numbers by default. */
  readonly random?: number;
}

async function open(options: Options = {}) {
  const { respond, thread, found = () => undefined, forums = [FORUM], on = store, isCached = true } = options;
  const { guildId = newId(), random } = options;
  if (forums.length > 0) await changeSetting(store, guildId, { name: 'forums', value: forums, by: '70' });
  const virtual = createVirtualClock(NOW);
  const clock = random === undefined ? virtual : { ...virtual, random: () => random };
  const { log, lines: logged } = recordingLog();
  const { stats, counts } = recordingStats();
  const stub = stubRest(async (request) => {
    const given = await respond?.(request);
    const [, id] = /^\/channels\/(\d+)$/.exec(request.path) ?? [];
    if (given || id === undefined) return given ?? { body: request.method === 'GET' ? [] : { id: '9' } };
    const body = { id, type: ChannelType.PublicThread, parent_id: FORUM, name: 'which door', last_message_id: id };
    return { body: { ...body, ...thread } };
  });
  const settingsCache = new SettingsCache(on, { log });
  const replyCache = new ReplyCache(on, { log });
  const contexts = new ContextSource(content, { replyCache, settingsCache, log, clock });
  if (isCached) await contexts.contextFor({ guild_id: guildId });
  const asked: string[] = [];
  const answering: QuestionAnswering = {
    async ask(question, _, topics, askOptions) {
      asked.push(question);
      expect(askOptions?.thresholds).toBe(POST_THRESHOLDS);
      const page: QuestionResult = { kind: 'sure', topics: [topics.find(front.name) ?? expect.fail('it is a topic')] };
      return (await found(question)) ?? page;
    },
    prepare: () => undefined,
  };
  const { rest } = stub;
  const job = createForumAnswers({ contexts, settingsCache, answering, store: on, stats, rest, log, clock });
  const others: string[] = [];
  const read = (message: GatewayMessageCreateDispatchData) => job.read(message, OWN, () => others.push(message.id));
  /** Lets everything happen that waits for no clock. */
  const rests = async () => {
    for (let i = 0; i < 3; i++) await settle();
  };
  /** Until no post waits. */
  const finish = async () => {
    await rests();
    await clock.advance(4500);
    for (let i = 0; job.backlog > 0 && i < 100; i++) {
      await settle();
      if (i % 3 === 2) await clock.advance(50);
      // Posts without an answer are written together after a moment, by the clock of the database.
      if (i % 3 === 2) await databaseClock.advance(50);
    }
    expect(job.backlog).toBe(0);
  };
  const posted = () => stub.requests.filter(({ method }) => method === 'POST');
  return { ...stub, clock, logged, counts, asked, others, job, guildId, contexts, read, rests, finish, posted };
}

const stateOf = async (threadId: string) =>
  (await store.run((db) => db.selectFrom('posts').select('state').where('thread_id', '=', threadId).executeTakeFirst()))
    ?.state;
const EDITED = '2026-11-26T10:00:00Z';
const declined: QuestionResult = { kind: 'declined', isOtherLanguage: false };
/** The counts of a post in which somebody else wrote first. */
const overtaken = (guildId: string) => [`${guildId} post seen`, `${guildId} post overtaken`];
const isRead = (path: string) => /^\/channels\/\d+$/.test(path);
const isList = (path: string) => path.includes('/messages?');

describe('a new post', () => {
  it('is answered once as a reply to its first message, and counted', async () => {
    const { read, finish, posted, guildId, contexts, counts, lines, others } = await open();
    const message = post(guildId);
    expect(read(message)).toBe(true);
    await finish();
    const context = await contexts.publicContextFor(guildId);
    const topic = context.topics.find(front.name) ?? expect.fail('it is a topic');
    expect(posted()).toHaveLength(1);
    expect(posted()[0]?.path).toBe(`/channels/${message.id}/messages`);
    expect(posted()[0]?.body).toEqual({
      ...renderPostAnswer([topic], context),
      nonce: message.id,
      enforce_nonce: true,
      message_reference: { message_id: message.id, channel_id: message.id, fail_if_not_exists: false },
      allowed_mentions: { parse: [], replied_user: true },
    });
    expect(counts).toEqual([`${guildId} post seen`, `${guildId} post answered`, `${guildId} shown ${front.name}`]);
    expect(await stateOf(message.id)).toBe('answered');
    // Nothing else was written there, so the messages are not read.
    expect(lines()).toEqual([`GET /channels/${message.id}`, `POST /channels/${message.id}/messages`]);
    expect(others).toEqual([]);
  });

  it.each([
    [3050, 0],
    [4000, 1 - Number.EPSILON],
  ])('is left to people for %i ms with the random number %d', async (ms, random) => {
    const { read, clock, lines, rests, guildId } = await open({ random });
    const message = post(guildId);
    read(message);
    await rests();
    await clock.advance(ms - 1);
    await rests();
    expect(lines()).toEqual([]);
    await clock.advance(1);
    await rests();
    expect(lines()[0]).toBe(`GET /channels/${message.id}`);
  });

  it.each([
    ['by its title alone', '', [], 'which door'],
    ['without words that do not mention the bot', 'my secret', [], 'which door'],
    ['with the words beside a mention', `<@${OWN}> it is red`, [{ id: OWN }], 'which door\nit is red'],
    ['without the words beside a mention of somebody else', '<@1> it is red', [{ id: '1' }], 'which door'],
  ])('is understood %s', async (_, text, mentions, question) => {
    const { read, finish, asked, guildId } = await open();
    read(post(guildId, { content: text, mentions }));
    await finish();
    expect(asked).toEqual([question]);
  });

  it('is answered once if it comes twice, at the same time and later', async () => {
    const { read, finish, posted, guildId } = await open();
    const message = post(guildId);
    expect([read(message), read(message)]).toEqual([true, true]);
    await finish();
    expect(read(message)).toBe(true);
    await finish();
    expect(posted()).toHaveLength(1);
  });

  it('is answered once by two processes, and after a restart', async () => {
    const first = await open();
    const second = await open({ guildId: first.guildId });
    const message = post(first.guildId);
    for (const { read } of [first, second]) read(message);
    await Promise.all([first.finish(), second.finish()]);
    const third = await open({ guildId: first.guildId });
    third.read(message);
    await third.finish();
    expect([...first.posted(), ...second.posted(), ...third.posted()]).toHaveLength(1);
    expect([...first.counts, ...second.counts, ...third.counts].filter((one) => one.endsWith('seen'))).toHaveLength(1);
  });

  it('is silent and counted once if the search is not sure', async () => {
    const first = await open({ found: () => declined });
    const second = await open({ found: () => declined, guildId: first.guildId });
    const message = post(first.guildId);
    for (const one of [first, second]) {
      one.read(message);
      await one.finish();
    }
    expect([...first.posted(), ...second.posted()]).toEqual([]);
    expect(first.counts).toEqual([`${first.guildId} post seen`, `${first.guildId} post silent`]);
    expect(second.counts).toEqual([]);
    expect(await stateOf(message.id)).toBe('silent');
  });

  it.each<[string, QuestionResult['kind']]>([
    ['unsure', 'unsure'],
    ['busy', 'busy'],
    ['a courtesy', 'courtesy'],
  ])('is silent if the result is %s', async (_, result) => {
    const opened: Awaited<ReturnType<typeof open>> = await open({
      found: async () => {
        const { topics } = await opened.contexts.publicContextFor(opened.guildId);
        const topic = topics.find(front.name) ?? expect.fail('it is a topic');
        return result === 'unsure' ? { kind: 'unsure', topics: [topic] } : ({ kind: result } as QuestionResult);
      },
    });
    opened.read(post(opened.guildId));
    await opened.finish();
    expect(opened.posted()).toEqual([]);
    expect(opened.counts).toEqual([`${opened.guildId} post seen`, `${opened.guildId} post silent`]);
  });

  it('is silent and counted as that if the server had 20 answers in the last hour', async () => {
    const { read, finish, posted, guildId, counts } = await open();
    for (let i = 0; i < 20; i++) await claimPost(store, { guildId, threadId: newId(), forumId: FORUM });
    const message = post(guildId);
    read(message);
    await finish();
    expect(posted()).toEqual([]);
    expect(counts).toEqual([`${guildId} post seen`, `${guildId} post silent`]);
    expect(await stateOf(message.id)).toBe('silent');
  });

  it('logs of the first one what Discord sends, and never its title', async () => {
    const { read, finish, logged, guildId } = await open();
    read(post(guildId));
    await finish();
    read(post(guildId));
    await finish();
    expect(logged.filter(({ level }) => level > LEVEL.debug)).toHaveLength(1);
    expect(logged[0]).toMatchObject({ type: ChannelType.PublicThread, has: { name: true, parent: true } });
    expect(JSON.stringify(logged)).not.toContain('which door');
  });
});

describe('a message', () => {
  it.each([
    ['in direct messages', { guild_id: undefined }],
    ['that is not the first of its thread', { channel_id: '1' }],
    ['that is not the first of its thread and was edited', { channel_id: '1', edited_timestamp: EDITED }],
    ['in direct messages that was edited', { guild_id: undefined, edited_timestamp: EDITED }],
    ['of a bot', { author: { id: ASKER, bot: true } }],
    ['of Discord', { author: { id: ASKER, system: true } }],
    ['of a webhook', { webhook_id: '1' }],
  ])('%s is not read', async (_, more) => {
    const { read, requests, job, guildId } = await open();
    expect(read(post(guildId, more))).toBe(false);
    expect([job.backlog, requests]).toEqual([0, []]);
  });

  it('that begins a post and was edited is taken and not answered, where the server has or may have forums', async () => {
    const cached = await open();
    const unknown = await open({ forums: [], isCached: false });
    for (const { read, finish, requests, others, counts, guildId } of [cached, unknown]) {
      expect(read(post(guildId, { edited_timestamp: EDITED }))).toBe(true);
      await finish();
      expect([requests, others, counts]).toEqual([[], [], []]);
    }
    const none = await open({ forums: [] });
    expect(none.read(post(none.guildId, { edited_timestamp: EDITED }))).toBe(false);
  });

  it('that is edited while its post waits is answered once', async () => {
    const { read, finish, posted, guildId } = await open();
    const message = post(guildId);
    expect([read(message), read(altered(message, { edited_timestamp: EDITED }))]).toEqual([true, true]);
    await finish();
    expect(posted()).toHaveLength(1);
  });

  it('in a server without forums is not read if that is known, and else given back', async () => {
    const known = await open({ forums: [] });
    expect(known.read(post(known.guildId))).toBe(false);
    const unknown = await open({ forums: [], isCached: false });
    const message = post(unknown.guildId);
    expect(unknown.read(message)).toBe(true);
    await unknown.rests();
    expect([unknown.others, unknown.job.backlog, unknown.requests]).toEqual([[message.id], 0, []]);
  });

  it.each([
    ['another forum', { parent_id: '6' }],
    ['a channel without a parent', { parent_id: null }],
    ['a channel that is no thread', { type: ChannelType.GuildVoice }],
    ['a private thread', { type: ChannelType.PrivateThread }],
  ])('in %s is given back', async (_, thread) => {
    const { read, finish, others, posted, counts, guildId } = await open({ thread });
    const message = post(guildId);
    read(message);
    await finish();
    expect([others, posted(), counts]).toEqual([[message.id], [], []]);
    expect(await stateOf(message.id)).toBeUndefined();
  });

  it('in a forum that a moderator takes off the list meanwhile is given back', async () => {
    const { read, finish, others, posted, guildId } = await open();
    const message = post(guildId);
    read(message);
    await changeSetting(store, guildId, { name: 'forums', value: [], by: '70' });
    await finish();
    expect([others, posted()]).toEqual([[message.id], []]);
  });

  it.each([
    ['is locked', { thread_metadata: { locked: true } }],
    ['is archived', { thread_metadata: { archived: true } }],
  ])('whose thread %s is not answered', async (_, thread) => {
    const { read, finish, posted, asked, others, guildId } = await open({ thread });
    read(post(guildId));
    await finish();
    expect([posted(), asked, others]).toEqual([[], [], []]);
  });

  it('in a forum in which answers have stopped is not answered', async () => {
    const { read, finish, posted, asked, counts, guildId } = await open();
    await store.transact((trx) => stopForum(trx, store, guildId, FORUM), { changedGuild: guildId });
    read(post(guildId));
    await finish();
    expect([posted(), asked, counts]).toEqual([[], [], []]);
  });
});

describe('somebody else', () => {
  it('who writes while the post waits is not interrupted', async () => {
    const { read, finish, lines, asked, counts, others, clock, guildId } = await open();
    const message = post(guildId);
    read(message);
    await clock.advance(2000);
    expect(read(later(message, '21'))).toBe(false);
    await finish();
    // The thread is read to know that it is a post in a forum of the list.
    expect(lines()).toEqual([`GET /channels/${message.id}`]);
    expect([asked, others]).toEqual([[], []]);
    expect(counts).toEqual(overtaken(guildId));
    expect(await stateOf(message.id)).toBeUndefined();
  });

  it('who writes in a thread that is no post in a forum of the list is not counted, and its message is given back', async () => {
    const { read, finish, posted, counts, others, guildId } = await open({ thread: { parent_id: '6' } });
    const message = post(guildId);
    read(message);
    read(later(message, '21'));
    await finish();
    expect([posted(), counts, others]).toEqual([[], [], [message.id]]);
  });

  it('who writes in a post that was closed is not counted', async () => {
    const { read, finish, posted, counts, guildId } = await open({ thread: { thread_metadata: { locked: true } } });
    const message = post(guildId);
    read(message);
    read(later(message, '21'));
    await finish();
    expect([posted(), counts]).toEqual([[], []]);
  });

  it.each([
    ['who asked', ASKER],
    ['the bot', OWN],
  ])('is not %s', async (_, author) => {
    const { read, finish, posted, guildId } = await open();
    const message = post(guildId);
    read(message);
    read(later(message, author));
    await finish();
    expect(posted()).toHaveLength(1);
  });

  it.each([
    ['the thread', isRead],
    ['its messages', isList],
  ])('who writes while %s is read is not interrupted', async (_, isHeld) => {
    const gate = createGate();
    const { read, clock, requests, rests, finish, posted, counts, guildId } = await open({
      thread: { last_message_id: '1' },
      respond: async ({ path }) => {
        if (isHeld(path)) await gate.opened;
        return undefined;
      },
    });
    const message = post(guildId);
    read(message);
    await rests();
    await clock.advance(4600);
    await rests();
    expect(requests.some(({ path }) => isHeld(path))).toBe(true);
    read(later(message, '21'));
    gate.open();
    await finish();
    expect(posted()).toEqual([]);
    expect(counts).toEqual(overtaken(guildId));
    expect(await stateOf(message.id)).toBeUndefined();
  });

  it('who writes while the search runs is not interrupted', async () => {
    const gate = createGate();
    const { read, clock, rests, finish, posted, counts, asked, guildId } = await open({
      found: async () => {
        await gate.opened;
        return undefined;
      },
    });
    const message = post(guildId);
    read(message);
    await rests();
    await clock.advance(4500);
    await rests();
    expect(asked).toHaveLength(1);
    read(later(message, '21'));
    gate.open();
    await finish();
    expect([posted(), counts]).toEqual([[], overtaken(guildId)]);
    expect(await stateOf(message.id)).toBeUndefined();
  });

  it('who writes while the post is claimed is not interrupted', async () => {
    let onClaim = () => {};
    const slow: Store = {
      ...store,
      async transact(work, options) {
        const result = await store.transact(work, options);
        onClaim();
        return result;
      },
    };
    const { read, finish, posted, counts, guildId } = await open({ on: slow });
    const message = post(guildId);
    read(message);
    onClaim = () => void read(later(message, '21'));
    await finish();
    expect(posted()).toEqual([]);
    expect(await stateOf(message.id)).toBe('answered');
    expect(counts).toEqual(overtaken(guildId));
  });

  it.each([
    ['has written', [{ author: { id: ASKER } }, { author: { id: '21' } }], 0],
    ['was the bot itself', [{ author: { id: OWN } }], 0],
    ['has not written, but who asked has', [{ author: { id: ASKER } }], 1],
    ['may have written after 50 messages', Array(50).fill({ author: { id: ASKER } }), 0],
    ['has not written among 49', Array(49).fill({ author: { id: ASKER } }), 1],
    ['has not written, or it was deleted', [], 1],
  ])('%s before the bot was connected', async (_, messages, answers) => {
    const { read, finish, posted, lines, counts, guildId } = await open({
      thread: { last_message_id: '1' },
      respond: ({ path }) => (isList(path) ? { body: messages } : undefined),
    });
    const message = post(guildId);
    read(message);
    await finish();
    expect(lines()[1]).toBe(`GET /channels/${message.id}/messages?after=${message.id}&limit=50`);
    expect(posted()).toHaveLength(answers);
    const answered = [`${guildId} post seen`, `${guildId} post answered`, `${guildId} shown ${front.name}`];
    expect(counts).toEqual(answers > 0 ? answered : overtaken(guildId));
  });
});

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
    const { read, finish, posted, logged, guildId } = await open({
      thread: { last_message_id: '1' },
      respond: ({ path }) => (isRefused(path) ? refusal(status, code) : undefined),
    });
    read(post(guildId));
    await finish();
    expect(posted()).toEqual([]);
    expect(logged.at(-1)).toMatchObject({ level: LEVEL.info, msg: 'post not answered' });
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
    expect([others, requests, counts, job.backlog]).toEqual([[message.id], [], [], 0]);
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

describe('posts that wait', () => {
  it('are not read beyond 1,000, which is logged once', async () => {
    const { read, job, logged, rests, guildId } = await open();
    for (let i = 0; i < 1000; i++) expect(read(post(guildId))).toBe(true);
    expect(logged).toEqual([]);
    expect([read(post(guildId)), read(post(guildId)), job.backlog]).toEqual([true, true, 1000]);
    expect(logged).toMatchObject([{ level: LEVEL.warn, waiting: 1000 }]);
    await job.close(0);
    await rests();
    expect(job.backlog).toBe(0);
  });

  it('are no reason for a warning of Node, however many they are', async () => {
    const warnings: Error[] = [];
    const onWarning = (warning: Error) => void warnings.push(warning);
    process.on('warning', onWarning);
    onTestFinished(() => void process.off('warning', onWarning));
    const { read, job, rests, guildId } = await open();
    for (let i = 0; i < 100; i++) read(post(guildId));
    await rests();
    await job.close(0);
    await rests();
    expect(warnings).toEqual([]);
  });

  it('start 20 requests a second at most', async () => {
    const { read, clock, requests, rests, guildId, job } = await open();
    for (let i = 0; i < 60; i++) read(post(guildId));
    await rests();
    await clock.advance(4500);
    const before = requests.filter(({ path }) => isRead(path)).length;
    await clock.advance(1000);
    await rests();
    expect(before).toBeLessThanOrEqual(30);
    expect(requests.filter(({ path }) => isRead(path)).length - before).toBe(20);
    const closing = job.close(1);
    await clock.advance(1);
    await closing;
  });

  it.each([
    [60_000, 1],
    [60_001, 0],
  ])('are answered after %i ms: %i times', async (ms, answers) => {
    const gate = createGate();
    const { read, clock, rests, finish, posted, asked, guildId } = await open({
      found: async () => {
        await gate.opened;
        return undefined;
      },
    });
    read(post(guildId));
    await rests();
    await clock.advance(4500);
    await rests();
    expect(asked).toHaveLength(1);
    await clock.advance(ms - 4500);
    gate.open();
    await rests();
    await finish();
    expect(posted()).toHaveLength(answers);
  });

  it('are dropped at a shutdown, without an error, and no others are read', async () => {
    const { read, job, clock, requests, logged, rests, guildId } = await open();
    read(post(guildId));
    await rests();
    await job.close(5000);
    expect(job.backlog).toBe(0);
    expect(read(post(guildId))).toBe(true);
    await clock.advance(10_000);
    await rests();
    expect([job.backlog, requests, logged, clock.pending()]).toEqual([0, [], [], 0]);
  });

  it('are dropped when the program is told to stop', async () => {
    const { read, job, clock, requests, rests, guildId } = await open();
    const stopping = new AbortController();
    job.start(stopping.signal);
    read(post(guildId));
    await rests();
    stopping.abort();
    await clock.advance(10_000);
    await rests();
    expect([requests, job.backlog, job.health()]).toEqual([[], 0, undefined]);
  });

  it('are answered to the end at a shutdown if their answer is on its way', async () => {
    const gate = createGate();
    const { read, job, clock, posted, rests, counts, guildId } = await open({
      respond: async ({ method }) => {
        if (method === 'POST') await gate.opened;
        return undefined;
      },
    });
    const message = post(guildId);
    read(message);
    await rests();
    await clock.advance(4500);
    await rests();
    expect(posted()).toHaveLength(1);
    const closing = job.close(5000);
    gate.open();
    await closing;
    expect(await stateOf(message.id)).toBe('answered');
    expect(counts).toContain(`${guildId} post answered`);
  });

  it('delay a shutdown no longer than they may', async () => {
    const { read, job, clock, rests, guildId } = await open({
      respond: ({ method }) => (method === 'POST' ? new Promise(() => undefined) : undefined),
    });
    read(post(guildId));
    await rests();
    await clock.advance(4500);
    await rests();
    let isClosed = false;
    const closing = job.close(5000).then(() => {
      isClosed = true;
    });
    await clock.advance(4999);
    expect(isClosed).toBe(false);
    await clock.advance(1);
    await closing;
  });
});
