// What a person reads: the edition and the words of their language, and their server's own words over the guide.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Content, Edition } from '../guide/model.ts';
import { editionFor } from '../guide/walk.ts';
import { type Words, wordsFor } from '../i18n/index.ts';
import type { Reply } from '../replies/reply.ts';
import { NO_REPLIES, type Topics, topicsOf } from '../replies/topics.ts';
import type { Bot } from './command.ts';
import type { Origin } from './custom-id.ts';

export interface Reading {
  readonly edition: Edition;
  readonly words: Words;
  readonly topics: Topics;
  /** Whether the server's own replies could not be read: then only the guide's topics are there. */
  readonly isPartial?: boolean;
  /** What the walk began with, where that was a question. */
  readonly origin?: Origin | undefined;
}

/** A guide never waits longer than this for the database; without it, it shows its own words. */
const PATIENCE_MS = 250;

interface Place {
  readonly locale?: string;
  readonly guild_id?: string;
}

/** The reading of whoever acts. Never fails: while the database is down it is the guide alone. */
export async function readingFor(
  { locale = '', guild_id }: Place,
  bot: Pick<Bot, 'content' | 'book' | 'log'>,
): Promise<Reading> {
  const replies = guild_id ? (bot.book.keptOf(guild_id) ?? (await repliesFor(guild_id, bot))) : NO_REPLIES;
  const reading = readingOf(bot.content, locale, replies);
  return replies === undefined ? { ...reading, isPartial: true } : reading;
}

/** A reading put together. The same replies give the same one. @param replies the shown replies of one server */
export function readingOf(content: Content, locale: string, replies: readonly Reply[] = NO_REPLIES): Reading {
  const edition = editionFor(content, locale);
  const words = wordsFor(locale);
  const topics = topicsOf(edition, replies);
  const known = made.get(topics);
  if (known?.words === words) return known;
  const reading = { edition, words, topics };
  made.set(topics, reading);
  return reading;
}
const made = new WeakMap<Topics, Reading>();

/** What has to be read. Undefined where that does not come soon. */
function repliesFor(guildId: string, { book, log }: Pick<Bot, 'book' | 'log'>): Promise<readonly Reply[] | undefined> {
  const given = book.repliesOf(guildId).catch((error) => {
    log.warn({ err: error }, 'a server’s own replies cannot be read; the guide is shown without them');
    return undefined;
  });
  return Promise.race([given, sleep(PATIENCE_MS, undefined, { ref: false })]);
}
