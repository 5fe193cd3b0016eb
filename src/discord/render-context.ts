// What a person reads: the edition and the bot's texts in their language, and the topics of their server.
import type { Logger } from 'pino';
import { type Clock, resultWithin } from '../clock.ts';
import type { Content, Edition } from '../guide/model.ts';
import { editionFor, originalOf } from '../guide/walk.ts';
import type { CommandIds } from '../i18n/command-mentions.ts';
import { type Languages, languages, languagesWith, type Messages, messagesFor } from '../i18n/index.ts';
import type { ReplyCache } from '../replies/cache.ts';
import type { Reply } from '../replies/reply.ts';
import { createTopicsCache, NO_REPLIES, type Topics, type TopicsCache, topicsOf } from '../replies/topics.ts';
import { NO_SETTINGS, type Settings } from '../servers/settings.ts';
import type { SettingsCache } from '../servers/settings-cache.ts';
import type { Origin } from './custom-id.ts';

export interface RenderContext {
  readonly edition: Edition;
  /** The English edition: its search understands all languages. */
  readonly original: Edition;
  readonly messages: Messages;
  readonly topics: Topics;
  /** What was set in the person's server. */
  readonly settings: Settings;
  /** Whether the server's replies or settings could not be read: then they are missing here. */
  readonly isPartial?: boolean;
  /** The question that the walk began with, if it began with one. */
  readonly origin?: Origin | undefined;
}

/** Where a person acts, and in which language. */
export interface ContextRequest {
  /** Their Discord locale, such as `pt-BR`. */
  readonly locale?: string;
  readonly guild_id?: string;
  /** The locale of a server that is a Community. */
  readonly guild_locale?: string;
}

/** The server whose language a public message has. */
export interface ServerRequest {
  readonly guild_id: string;
  readonly guild_locale?: string;
}

/** How long an answer waits for the database; after that it is rendered without the server's replies and settings. */
const TIMEOUT_MS = 250;

interface ContextSources {
  readonly replyCache: Pick<ReplyCache, 'peek' | 'repliesOf'>;
  readonly settingsCache: Pick<SettingsCache, 'peek' | 'settingsOf'>;
  readonly log: Logger;
  readonly clock: Clock;
}

/** Creates a context for each interaction, from the content that is served and the server's own replies and settings. */
export class ContextSource {
  readonly #replyCache: ContextSources['replyCache'];
  readonly #settingsCache: ContextSources['settingsCache'];
  readonly #log: Logger;
  readonly #clock: Clock;
  #content: Content;
  /** Belongs to `#content`, and is replaced with it. */
  #topics: TopicsCache = createTopicsCache();
  /** The sentences with mentions of the registered commands. */
  #mentioning: Languages = languages;
  /** The one server that has the commands; undefined if all have them. */
  #commandsIn: string | undefined;

  constructor(content: Content, { replyCache, settingsCache, log, clock }: ContextSources) {
    this.#content = content;
    this.#replyCache = replyCache;
    this.#settingsCache = settingsCache;
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

  /** The sentences for a person, with mentions of the commands that exist where they act. Reads no database. */
  messagesFor(
    { locale, guild_id: guildId = '', guild_locale: guildLocale }: ContextRequest,
    ...preferred: readonly (string | undefined)[]
  ): Messages {
    const language = this.#settingsCache.peek(guildId)?.language ?? guildLocale;
    return this.#messagesIn(editionFor(this.#content, ...preferred, locale, language), guildId);
  }

  /**
   * The context of a person, in the first of these languages that has an edition: those preferred, that of the person's
   * Discord, that of the server, English. Never rejects: while the database is down it has the guides' pages and no
   * settings.
   * @param preferred what the person chose, the language of the walk, or that of a question
   */
  contextFor(request: ContextRequest, ...preferred: readonly (string | undefined)[]): Promise<RenderContext> {
    return this.#contextIn(request, [...preferred, request.locale]);
  }

  /**
   * The context of a public message in a server, in the server's language. Never rejects.
   * @param chosen the language that a person chose for the message
   */
  publicContextFor(server: ServerRequest, chosen?: string): Promise<RenderContext> {
    return this.#contextIn(server, [chosen]);
  }

  /**
   * A context with commands as plain text: a registration changes nothing that is rendered with it, such as pins.
   * @param server the visible replies of one server, and its settings
   */
  contextWith(locale: string | undefined, server: ServerParts): RenderContext {
    return createContext(this.#content, locale, { ...server, topics: this.#topics });
  }

  async #contextIn(
    { guild_id: guildId, guild_locale: guildLocale }: ContextRequest,
    preferred: readonly (string | undefined)[],
  ): Promise<RenderContext> {
    const [replies, settings] = guildId ? await this.#read(guildId) : [NO_REPLIES, NO_SETTINGS];
    const { locale } = editionFor(this.#content, ...preferred, settings?.language ?? guildLocale);
    const context = this.contextWith(locale, { replies, settings });
    const messages = this.#messagesIn(context.edition, guildId);
    const isPartial = replies === undefined || settings === undefined;
    return { ...context, messages, ...(isPartial ? { isPartial } : {}) };
  }

  #messagesIn({ locale }: Edition, guildId: string | undefined): Messages {
    const hasCommands = this.#commandsIn === undefined || this.#commandsIn === guildId;
    return messagesFor(locale, hasCommands ? this.#mentioning : languages);
  }

  /** Undefined for what cannot be read in time. Without a promise if both are cached, which they nearly always are. */
  #read(guildId: string): ServerRead | Promise<ServerRead> {
    const [replies, settings] = [this.#replyCache.peek(guildId), this.#settingsCache.peek(guildId)];
    if (replies && settings) return [replies, settings];
    return Promise.all([
      replies ?? this.#inTime(this.#replyCache.repliesOf(guildId)),
      settings ?? this.#inTime(this.#settingsCache.settingsOf(guildId)),
    ]);
  }

  /** Undefined if it cannot be read in time. */
  #inTime<T>(reading: Promise<T>): Promise<T | undefined> {
    const safe = reading.catch((error) => {
      this.#log.warn({ err: error }, 'replies or settings of a server not readable, answering without them');
      return undefined;
    });
    return resultWithin(this.#clock, safe, TIMEOUT_MS);
  }
}

type ServerRead = readonly [replies: readonly Reply[] | undefined, settings: Settings | undefined];

interface ServerParts {
  readonly replies?: readonly Reply[] | undefined;
  readonly settings?: Settings | undefined;
}

/** @param parts the visible replies and the settings of one server, and what creates topics or returns cached ones */
export function createContext(
  content: Content,
  locale: string | undefined,
  { replies = NO_REPLIES, settings = NO_SETTINGS, topics = topicsOf }: ServerParts & { topics?: TopicsCache } = {},
): RenderContext {
  const edition = editionFor(content, locale);
  const messages = messagesFor(edition.locale);
  return { edition, original: originalOf(content), messages, topics: topics(edition, replies), settings };
}
