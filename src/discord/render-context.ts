// What a person reads: the edition and the words of their language, and their server's own words over the guide.
import type { Logger } from 'pino';
import { type Clock, resultWithin } from '../clock.ts';
import type { Content, Edition } from '../guide/model.ts';
import { editionFor } from '../guide/walk.ts';
import { type Messages, messagesFor } from '../i18n/index.ts';
import type { ReplyCache } from '../replies/cache.ts';
import type { Reply } from '../replies/reply.ts';
import { NO_REPLIES, type Topics, topicsOf } from '../replies/topics.ts';
import type { Origin } from './custom-id.ts';

export interface RenderContext {
  readonly edition: Edition;
  readonly messages: Messages;
  readonly topics: Topics;
  /** Whether the server's own replies could not be read: then only the guide's topics are there. */
  readonly isPartial?: boolean;
  /** What the walk began with, where that was a question. */
  readonly origin?: Origin | undefined;
}

/** A guide never waits longer than this for the database; without it, it shows its own words. */
const TIMEOUT_MS = 250;

/** What a context is made from. */
export interface ContextSources {
  readonly content: Content;
  readonly replyCache: ReplyCache;
  readonly log: Logger;
  readonly clock: Clock;
}

interface Place {
  readonly locale?: string;
  readonly guild_id?: string;
}

/** The reading of whoever acts. Never fails: while the database is down it is the guide alone. */
export async function contextFor({ locale = '', guild_id }: Place, bot: ContextSources): Promise<RenderContext> {
  const replies = guild_id ? (bot.replyCache.peek(guild_id) ?? (await repliesFor(guild_id, bot))) : NO_REPLIES;
  const context = createContext(bot.content, locale, replies);
  return replies === undefined ? { ...context, isPartial: true } : context;
}

/** A reading put together. The same replies give the same one. @param replies the shown replies of one server */
export function createContext(content: Content, locale: string, replies: readonly Reply[] = NO_REPLIES): RenderContext {
  const edition = editionFor(content, locale);
  const messages = messagesFor(locale);
  const topics = topicsOf(edition, replies);
  const known = made.get(topics);
  if (known?.messages === messages) return known;
  const context = { edition, messages, topics };
  made.set(topics, context);
  return context;
}
const made = new WeakMap<Topics, RenderContext>();

/** What has to be read. Undefined where that does not come soon. */
function repliesFor(
  guildId: string,
  { replyCache, log, clock }: Omit<ContextSources, 'content'>,
): Promise<readonly Reply[] | undefined> {
  const given = replyCache.repliesOf(guildId).catch((error) => {
    log.warn({ err: error }, 'a server’s own replies cannot be read; the guide is shown without them');
    return undefined;
  });
  return resultWithin(clock, given, TIMEOUT_MS);
}
