// What a person reads: the edition and the bot's texts in their language, and the topics of their server.
import type { Logger } from 'pino';
import { type Clock, resultWithin } from '../clock.ts';
import type { Content, Edition } from '../guide/model.ts';
import { editionFor } from '../guide/walk.ts';
import type { CommandIds } from '../i18n/command-mentions.ts';
import { type Languages, languages, languagesWith, type Messages, messagesFor } from '../i18n/index.ts';
import type { ReplyCache } from '../replies/cache.ts';
import type { Reply } from '../replies/reply.ts';
import { createTopicsCache, NO_REPLIES, type Topics, type TopicsCache, topicsOf } from '../replies/topics.ts';
import type { Origin } from './custom-id.ts';

export interface RenderContext {
  readonly edition: Edition;
  readonly messages: Messages;
  readonly topics: Topics;
  /** Whether the server's own replies could not be read: then `topics` has the guides' pages only. */
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

/** How long an answer waits for the database; after that it is rendered without the server's own replies. */
const TIMEOUT_MS = 250;

/** Creates a context for each interaction, from the content that is served and the server's own replies. */
export class ContextSource {
  readonly #replyCache: Pick<ReplyCache, 'peek' | 'repliesOf'>;
  readonly #log: Logger;
  readonly #clock: Clock;
  #content: Content;
  /** Belongs to `#content`, and is replaced with it. */
  #topics: TopicsCache = createTopicsCache();
  /** The sentences with mentions of the registered commands. */
  #mentioning: Languages = languages;
  /** The one server that has the commands; undefined if all have them. */
  #commandsIn: string | undefined;

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

  /** Serves other content from now on, and drops everything that was derived from the previous content. */
  replaceContent(content: Content): void {
    this.#content = content;
    this.#topics = createTopicsCache();
  }

  /**
   * Mentions commands with these ids from now on. Before that, sentences show commands as plain text.
   * @param guildId the one server that has the commands; undefined for global commands
   */
  replaceCommandIds(ids: CommandIds, guildId: string | undefined): void {
    this.#mentioning = languagesWith(ids);
    this.#commandsIn = guildId;
  }

  /** The sentences for a person, with mentions of the commands that exist where they act. */
  messagesFor({ locale = '', guild_id: guildId }: ContextRequest): Messages {
    const hasCommands = this.#commandsIn === undefined || this.#commandsIn === guildId;
    return messagesFor(locale, hasCommands ? this.#mentioning : languages);
  }

  /** The context of a person. Never rejects: while the database is down it has the guides' pages only. */
  async contextFor(request: ContextRequest): Promise<RenderContext> {
    const { locale = '', guild_id: guildId } = request;
    const replies = guildId ? (this.#replyCache.peek(guildId) ?? (await this.#repliesInTime(guildId))) : NO_REPLIES;
    const context = { ...this.contextWith(locale, replies ?? NO_REPLIES), messages: this.messagesFor(request) };
    return replies === undefined ? { ...context, isPartial: true } : context;
  }

  /**
   * A context with commands as plain text: a registration changes nothing that is rendered with it, such as pins.
   * @param replies the visible replies of one server
   */
  contextWith(locale: string, replies: readonly Reply[]): RenderContext {
    return createContext(this.#content, locale, replies, this.#topics);
  }

  /** Undefined if they cannot be read in time. */
  #repliesInTime(guildId: string): Promise<readonly Reply[] | undefined> {
    const reading = this.#replyCache.repliesOf(guildId).catch((error) => {
      this.#log.warn({ err: error }, 'replies of a server not readable, the guide is shown without them');
      return undefined;
    });
    return resultWithin(this.#clock, reading, TIMEOUT_MS);
  }
}

/** @param replies the visible replies of one server @param topics creates the topics, or returns cached ones */
export function createContext(
  content: Content,
  locale: string,
  replies: readonly Reply[] = NO_REPLIES,
  topics: TopicsCache = topicsOf,
): RenderContext {
  const edition = editionFor(content, locale);
  return { edition, messages: messagesFor(locale), topics: topics(edition, replies) };
}
