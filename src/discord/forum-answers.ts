// Answers new posts in forums that a server chose: once, only if sure of the title, and only while nobody else has written.
import { setMaxListeners } from 'node:events';
import type { REST } from 'discord.js';
import { type APIThreadChannel, ChannelType, type GatewayMessageCreateDispatchData } from 'discord-api-types/v10';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import type { Edition } from '../guide/model.ts';
import { type Job, withinTimeout } from '../jobs.ts';
import { POST_THRESHOLDS } from '../search/thresholds.ts';
import { claimPost, isRefused, markSilent, type Post, type SilentPost } from '../servers/posts.ts';
import { NO_SETTINGS } from '../servers/settings.ts';
import type { SettingsCache } from '../servers/settings-cache.ts';
import { SilenceRecorder } from '../servers/silence-recorder.ts';
import type { StatsRecorder } from '../stats/recorder.ts';
import type { Store } from '../store/store.ts';
import type { MessageBody } from './answer.ts';
import { localizeResult } from './answer-language.ts';
import { createRecentIds, type RecentIds } from './deduplication.ts';
import { failureReason } from './errors.ts';
import { isMentioned, textBeside } from './mention.ts';
import type { QuestionAnswering } from './question-answering.ts';
import type { ContextSource, RenderContext } from './render-context.ts';
import { deleteMessage, getChannel, messagesAfter, postMessage } from './requests.ts';
import { createThrottle } from './throttle.ts';
import { type FoundTopics, renderPostAnswer } from './views/forum.ts';

/** How long a post is left to people before it is answered, in ms. */
const WAIT_MS = { least: 3050, most: 4000 } as const;
/** Posts that wait at one time. Further ones are not read. */
const MAX_WAITING = 1000;
/** A post that waited longer, because there were too many, is not answered: somebody may be writing. */
const TOO_LATE_MS = 60_000;
/** Requests. Discord allows a bot 50 a second in total, and members' clicks come first. */
const PER_SECOND = 20;
/** Threads that are remembered, so that a message that comes twice costs nothing. */
const REMEMBERED = 5000;
/** Messages by the asker that may follow the first one. */
const MAX_OWN_MESSAGES = 50;
const SEARCH_TIMEOUTS_MS = { answerer: 10_000, replies: 2000 } as const;

/** What a post is answered with. */
interface FoundForPost {
  readonly topics: FoundTopics;
  /** The edition in the asker's language, if the answer is in another one. */
  readonly otherEdition: Edition | undefined;
  /** In the asker's language, if there is no edition in it. */
  readonly sentence: string | undefined;
}

export interface ForumAnswers extends Job {
  /**
   * Reads a new message. Never throws.
   * @param ownUserId the bot's user id
   * @param onOther called if it is the first message of something else after all, or if that can't be known
   * @returns whether the message is the first of a post that may be answered: then nothing else answers it
   */
  read(message: GatewayMessageCreateDispatchData, ownUserId: string, onOther: () => void): boolean;
  /** How many posts wait. */
  backlog(): number;
}

interface ForumServices {
  readonly contexts: ContextSource;
  readonly settingsCache: SettingsCache;
  readonly answering: QuestionAnswering;
  readonly store: Store;
  readonly stats: StatsRecorder;
  readonly rest: REST;
  readonly log: Logger;
  readonly clock: Clock;
}

/** A post that waits. */
interface WaitingPost {
  readonly guildId: string;
  readonly threadId: string;
  readonly askerId: string;
  /** The words beside a mention of the bot; Discord sends no others. */
  readonly text: string;
  readonly readAt: number;
  readonly onOther: () => void;
  /** Whether somebody else has written in the thread. */
  isOvertaken: boolean;
}

/** Creates the job. It needs no privileged intent (docs/decisions/014). */
export function createForumAnswers(services: ForumServices): ForumAnswers {
  return new ForumAnswersJob(services);
}

class ForumAnswersJob implements ForumAnswers {
  readonly name = 'forum-answers';
  readonly #services: ForumServices;
  readonly #throttle: () => Promise<void>;
  readonly #read: RecentIds;
  readonly #closing = new AbortController();
  readonly #silence: SilenceRecorder;
  /** By thread. */
  readonly #waiting = new Map<string, WaitingPost>();
  readonly #running = new Set<Promise<void>>();
  #lastSuccess: number | undefined;
  #isFull = false;
  #isFirst = true;

  constructor(services: ForumServices) {
    this.#services = services;
    // Each post that waits listens: Node would warn of more than ten.
    setMaxListeners(0, this.#closing.signal);
    this.#throttle = createThrottle(services.clock, PER_SECOND);
    this.#silence = new SilenceRecorder(services.store, this.#closing.signal);
    this.#read = createRecentIds({ count: REMEMBERED }, services.clock.monotonic);
  }

  start(signal: AbortSignal): void {
    signal.addEventListener('abort', () => this.#closing.abort(), { once: true });
  }

  async close(timeoutMs: number): Promise<void> {
    this.#closing.abort();
    await withinTimeout(this.#services.clock, Promise.all(this.#running), timeoutMs);
  }

  health(): undefined {
    return undefined;
  }

  backlog(): number {
    return this.#waiting.size;
  }

  /** When a post was last answered, or left to people. */
  get lastSuccess(): number | undefined {
    return this.#lastSuccess;
  }

  read(message: GatewayMessageCreateDispatchData, ownUserId: string, onOther: () => void): boolean {
    const { guild_id: guildId, channel_id: threadId, id, author } = message;
    if (guildId === undefined) return false;
    // An edited post was read before, and is answered once.
    if (message.edited_timestamp) return id === threadId && this.#mayHaveForums(guildId);
    const waiting = this.#waiting.get(threadId);
    if (waiting && author.id !== waiting.askerId && author.id !== ownUserId) waiting.isOvertaken = true;
    // The first message of a post has the id of its thread (Discord docs, Threads, "Forums").
    if (id !== threadId || author.bot || author.system || message.webhook_id !== undefined) return false;
    if (!this.#mayHaveForums(guildId)) return false;
    if (this.#closing.signal.aborted || !this.#read.isNew(threadId)) return true;
    if (this.#waiting.size >= MAX_WAITING) {
      if (!this.#isFull) this.#services.log.warn({ waiting: MAX_WAITING }, 'too many posts, further ones are not read');
      this.#isFull = true;
      return true;
    }
    if (this.#waiting.size < MAX_WAITING / 2) this.#isFull = false;
    const post: WaitingPost = {
      guildId,
      threadId,
      askerId: author.id,
      text: isMentioned(message, ownUserId) ? textBeside(message, ownUserId) : '',
      readAt: this.#services.clock.monotonic(),
      onOther,
      isOvertaken: false,
    };
    this.#waiting.set(threadId, post);
    const work = this.#handle(post).finally(() => {
      this.#waiting.delete(threadId);
      this.#running.delete(work);
    });
    this.#running.add(work);
    return true;
  }

  /** A server whose settings are not known yet may have some. */
  #mayHaveForums(guildId: string): boolean {
    return this.#services.settingsCache.peek(guildId)?.forums.length !== 0;
  }

  /** Never rejects. */
  async #handle(post: WaitingPost): Promise<void> {
    const { settingsCache, clock, log } = this.#services;
    const { signal } = this.#closing;
    try {
      // While the database is down no post is answered, but a mention is.
      const { forums } = await settingsCache.settingsOf(post.guildId).catch(() => NO_SETTINGS);
      if (forums.length === 0) return post.onOther();
      const waitMs = WAIT_MS.least + (WAIT_MS.most - WAIT_MS.least) * clock.random();
      await clock.sleep(waitMs, { signal, ref: false });
      await this.#throttle();
      if (this.#isLate(post)) return;
      await this.#answer(post);
      this.#lastSuccess = clock.now() / 1000;
    } catch (error) {
      if (signal.aborted) return;
      const reason = failureReason(error);
      const about = { guild: post.guildId, thread: post.threadId, reason };
      // A missing permission or a deleted thread is not a fault of the bot.
      if (reason === 'failed') log.warn({ err: error, ...about }, 'post not answered');
      else log.info(about, 'post not answered');
    }
  }

  #isLate({ readAt }: WaitingPost): boolean {
    return this.#services.clock.monotonic() - readAt > TOO_LATE_MS || this.#closing.signal.aborted;
  }

  async #answer(waiting: WaitingPost): Promise<void> {
    const { contexts, settingsCache, store, stats } = this.#services;
    const { guildId, threadId } = waiting;
    const thread = await this.#threadOf(waiting);
    // Read again: a moderator may have changed it meanwhile.
    const settings = await settingsCache.settingsOf(guildId);
    if (!thread?.parent_id || !settings.forums.includes(thread.parent_id)) return waiting.onOther();
    const isClosed = thread.thread_metadata?.locked || thread.thread_metadata?.archived;
    if (isClosed || settings.stoppedForums.includes(thread.parent_id)) return;
    const post: Post = { guildId, threadId, forumId: thread.parent_id };
    if (waiting.isOvertaken || (await this.#hasOtherMessages(thread, waiting))) return this.#leave(post, 'overtaken');
    const context = await contexts.publicContextFor({ guild_id: guildId });
    const found = await this.#find(thread.name, waiting.text, context);
    if (this.#isLate(waiting)) return;
    if (waiting.isOvertaken) return this.#leave(post, 'overtaken');
    if (!found) return this.#leave(post, 'silent');
    const claim = await claimPost(store, post);
    if (claim === 'taken') return;
    stats.count(guildId, 'post', 'seen');
    if (claim === 'full') return stats.count(guildId, 'post', 'silent');
    if (waiting.isOvertaken) return stats.count(guildId, 'post', 'overtaken');
    await this.#post(post, renderPostAnswer(found.topics, context, found));
    stats.count(guildId, 'post', 'answered');
    stats.count(guildId, 'shown', found.topics[0].topic);
  }

  async #post(post: Post, body: MessageBody): Promise<void> {
    const { store, stats, rest } = this.#services;
    const { guildId, threadId } = post;
    const options = { nonce: threadId, replyTo: threadId, isGonePossible: true };
    const { id } = await postMessage(rest, threadId, body, options).catch(async (error) => {
      // Discord has refused it. After any other failure it may have arrived.
      if (failureReason(error) !== 'failed') {
        await markSilent(store, post);
        stats.count(guildId, 'post', 'silent');
      }
      throw error;
    });
    // What Discord is slow to confirm is sent again: an answer that somebody has removed meanwhile may be back.
    if (await isRefused(store, post).catch(() => false)) await deleteMessage(rest, threadId, id);
  }

  /** Counts a post that is not answered, once, whichever processes have read it. */
  async #leave(post: Post, state: SilentPost['state']): Promise<void> {
    if (!(await this.#silence.record({ ...post, state }))) return;
    for (const subject of ['seen', state]) this.#services.stats.count(post.guildId, 'post', subject);
  }

  /** The thread; undefined if it is not a post in a forum. */
  async #threadOf({ guildId, threadId }: WaitingPost): Promise<APIThreadChannel | undefined> {
    const channel = await getChannel(this.#services.rest, threadId, this.#closing.signal);
    const isThread = channel.type === ChannelType.PublicThread;
    if (this.#isFirst) {
      this.#isFirst = false;
      const { type } = channel;
      const has = isThread && { name: Boolean(channel.name), parent: Boolean(channel.parent_id) };
      this.#services.log.info({ guild: guildId, type, has }, 'the first post in a forum since the start was read');
    }
    return isThread ? channel : undefined;
  }

  /** Whether somebody else has written there, also while this process was not connected. */
  async #hasOtherMessages(thread: APIThreadChannel, { threadId, askerId }: WaitingPost): Promise<boolean> {
    if (!thread.last_message_id || thread.last_message_id === threadId) return false;
    await this.#throttle();
    const messages = await messagesAfter(this.#services.rest, threadId, threadId, MAX_OWN_MESSAGES);
    return messages.length >= MAX_OWN_MESSAGES || messages.some(({ author }) => author.id !== askerId);
  }

  /**
   * The topics for a post; undefined if the search is not sure.
   * @param text beside a mention of the bot: where the title says little, it is the question
   */
  async #find(title: string, text: string, context: RenderContext): Promise<FoundForPost | undefined> {
    const { original, topics } = context;
    const options = { timeouts: SEARCH_TIMEOUTS_MS, thresholds: POST_THRESHOLDS };
    for (const question of text === '' ? [title] : [`${title}\n${text}`, text]) {
      const found = await this.#services.answering.ask(question, original, topics, options);
      if (found.kind !== 'sure') continue;
      const { found: shown, otherEdition } = localizeResult(found, context, this.#services.contexts.content);
      return { topics: found.topics, otherEdition, sentence: shown.sentences?.answered };
    }
    return undefined;
  }
}
