// Jobs that answer posts in forums, on a database of their own, for the tests of forum-answers.ts.
import { ChannelType, type GatewayMessageCreateDispatchData } from 'discord-api-types/v10';
import { expect } from 'vitest';
import { createForumAnswers } from '../../src/discord/forum-answers.ts';
import type { QuestionAnswering, QuestionResult } from '../../src/discord/question-answering.ts';
import { ContextSource } from '../../src/discord/render-context.ts';
import { ReplyCache } from '../../src/replies/cache.ts';
import { POST_THRESHOLDS } from '../../src/search/thresholds.ts';
import { changeSetting } from '../../src/servers/settings.ts';
import { SettingsCache } from '../../src/servers/settings-cache.ts';
import type { Store } from '../../src/store/store.ts';
import { newId } from '../new-id.ts';
import { openInMemory } from '../replies/stores.ts';
import { sqlite } from '../store/databases.ts';
import { createVirtualClock, type VirtualClock } from '../virtual-clock.ts';
import { altered, content, front, recordingLog, recordingStats } from './parts.ts';
import { type Respond, type RestStub, settle, stubRest } from './rest-stub.ts';

/** The bot, who asks, and the forum. */
export const OWN = '999';
export const ASKER = '20';
export const FORUM = '5';
const NOW = Date.UTC(2026, 10, 26, 12);
/** The longest time that a post waits, in ms. */
export const DUE_MS = 4000;

/** The first message of a post. */
export function post(guildId: string, more: object = {}): GatewayMessageCreateDispatchData {
  const id = newId();
  const base = { id, channel_id: id, guild_id: guildId, author: { id: ASKER }, content: '', mentions: [] };
  // It reads no other fields.
  return altered(base as unknown as GatewayMessageCreateDispatchData, more);
}

/** A later message in the same thread. */
export const later = (first: GatewayMessageCreateDispatchData, authorId: string) =>
  altered(first, { id: newId(), author: { id: authorId } });

export const declined: QuestionResult = { kind: 'declined', isOtherLanguage: false };
/** The counts of a post in which somebody else wrote first. */
export const overtaken = (guildId: string) => [`${guildId} post seen`, `${guildId} post overtaken`];
export const isRead = (path: string) => /^\/channels\/\d+$/.test(path);
export const isList = (path: string) => path.includes('/messages?');

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

/** A database for the tests of one file, and jobs on it. */
export async function useForumAnswers() {
  const databaseClock = createVirtualClock(NOW);
  const { store } = await openInMemory(sqlite, databaseClock);
  const stateOf = async (threadId: string) => {
    const row = await store.run((db) =>
      db.selectFrom('posts').select('state').where('thread_id', '=', threadId).executeTakeFirst(),
    );
    return row?.state;
  };
  return { store, stateOf, open: (options: Options = {}) => openJob(store, databaseClock, options) };
}

/** Discord, which has the thread of each post. */
function stubThreads({ respond, thread }: Options): RestStub {
  return stubRest(async (request) => {
    const given = await respond?.(request);
    const [, id] = /^\/channels\/(\d+)$/.exec(request.path) ?? [];
    if (given || id === undefined) return given ?? { body: request.method === 'GET' ? [] : { id: '9' } };
    const body = { id, type: ChannelType.PublicThread, parent_id: FORUM, name: 'which door', last_message_id: id };
    return { body: { ...body, ...thread } };
  });
}

async function openJob(store: Store, databaseClock: VirtualClock, options: Options) {
  const { found = () => undefined, forums = [FORUM], on = store, isCached = true } = options;
  const { guildId = newId(), random } = options;
  if (forums.length > 0) await changeSetting(store, guildId, { name: 'forums', value: forums, by: '70' });
  const virtual = createVirtualClock(NOW);
  const clock = random === undefined ? virtual : { ...virtual, random: () => random };
  const { log, lines: logged } = recordingLog();
  const { stats, counts } = recordingStats();
  const stub = stubThreads(options);
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
  /** Until a post that was read before is answered, or its answer waits for something else. */
  const untilDue = async () => {
    await rests();
    await clock.advance(DUE_MS);
    await rests();
  };
  /** Until no post waits. */
  const finish = async () => {
    await rests();
    await clock.advance(DUE_MS);
    for (let i = 0; job.backlog() > 0 && i < 100; i++) {
      await settle();
      if (i % 3 === 2) await clock.advance(50);
      // Posts without an answer are written together after a moment, by the clock of the database.
      if (i % 3 === 2) await databaseClock.advance(50);
    }
    expect(job.backlog()).toBe(0);
  };
  const posted = () => stub.requests.filter(({ method }) => method === 'POST');
  return {
    ...stub,
    clock,
    logged,
    counts,
    asked,
    others,
    job,
    guildId,
    contexts,
    read,
    rests,
    untilDue,
    finish,
    posted,
  };
}
