// What a person reads: the edition and the messages of their language, and their server's own replies over the guide.
import type { Logger } from 'pino';
import { type Clock, resultWithin } from '../clock.ts';
import type { Content, Edition } from '../guide/model.ts';
import { editionFor } from '../guide/walk.ts';
import { type Messages, messagesFor } from '../i18n/index.ts';
import type { ReplyCache } from '../replies/cache.ts';
import type { Reply } from '../replies/reply.ts';
import { createTopicsCache, NO_REPLIES, type Topics, type TopicsCache, topicsOf } from '../replies/topics.ts';
import type { Origin } from './custom-id.ts';

export interface RenderContext {
  readonly edition: Edition;
  readonly messages: Messages;
  readonly topics: Topics;
  /** Whether the server's own replies could not be read: then only the guide's topics are there. */
  readonly isPartial?: boolean;
  /** The question that the walk began with, if it began with one. */
  readonly origin?: Origin | undefined;
}

/** Where a person acts, and in which language. */
export interface ContextRequest {
  /** Their Discord locale, such as `pt-BR`. */
  readonly locale?: string;
  readonly guild_id?: string;
}

/** A guide waits no longer than this for the database; after that it is shown without the server's own replies. */
const TIMEOUT_MS = 250;

/** Makes a context for each interaction, from the content that is served and the server's own replies. */
export class ContextSource {
  readonly #replyCache: Pick<ReplyCache, 'peek' | 'repliesOf'>;
  readonly #log: Logger;
  readonly #clock: Clock;
  #content: Content;
  /** Of the content: it goes with it. */
  #topics: TopicsCache = createTopicsCache();

  constructor(
    content: Content,
    { replyCache, log, clock }: { replyCache: Pick<ReplyCache, 'peek' | 'repliesOf'>; log: Logger; clock: Clock },
  ) {
    this.#content = content;
    this.#replyCache = replyCache;
    this.#log = log;
    this.#clock = clock;
  }

  /** The content that is served now. */
  get content(): Content {
    return this.#content;
  }

  /** Serves other content from now on, and drops everything that was derived from the content before. */
  replaceContent(content: Content): void {
    this.#content = content;
    this.#topics = createTopicsCache();
  }

  /** The context of a person. Never rejects: while the database is down it has the guide's topics alone. */
  async contextFor({ locale = '', guild_id: guildId }: ContextRequest): Promise<RenderContext> {
    const replies = guildId ? (this.#replyCache.peek(guildId) ?? (await this.#repliesInTime(guildId))) : NO_REPLIES;
    const context = this.contextWith(locale, replies ?? NO_REPLIES);
    return replies === undefined ? { ...context, isPartial: true } : context;
  }

  /** @param replies the shown replies of one server */
  contextWith(locale: string, replies: readonly Reply[]): RenderContext {
    return createContext(this.#content, locale, replies, this.#topics);
  }

  /** Undefined where they cannot be read, or not soon. */
  #repliesInTime(guildId: string): Promise<readonly Reply[] | undefined> {
    const reading = this.#replyCache.repliesOf(guildId).catch((error) => {
      this.#log.warn({ err: error }, 'own replies not readable, the guide is shown without them');
      return undefined;
    });
    return resultWithin(this.#clock, reading, TIMEOUT_MS);
  }
}

/** @param replies the shown replies of one server @param topics makes the topics, or finds those made before */
export function createContext(
  content: Content,
  locale: string,
  replies: readonly Reply[] = NO_REPLIES,
  topics: TopicsCache = topicsOf,
): RenderContext {
  const edition = editionFor(content, locale);
  return { edition, messages: messagesFor(locale), topics: topics(edition, replies) };
}
