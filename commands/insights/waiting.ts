// What waits for people: questions to helpers, and posts in forums that got no answer.
import type { REST } from 'discord.js';
import type { APIButtonComponent } from 'discord-api-types/v10';
import { failureReason } from '../../src/discord/errors.ts';
import { COMPONENT_LIMITS, cut } from '../../src/discord/limits.ts';
import { channelUrl, messageUrl } from '../../src/discord/links.ts';
import { getChannel } from '../../src/discord/requests.ts';
import { plainButton } from '../../src/discord/views/buttons.ts';
import { plainTextWithin, visibleText } from '../../src/discord/views/plain-text.ts';
import type { Messages } from '../../src/i18n/index.ts';
import { type OpenQuestion, openQuestionsOf } from '../../src/servers/open-questions.ts';
import { forgetSilence, silentPosts } from '../../src/servers/posts.ts';
import type { Store } from '../../src/store/store.ts';
import { unixSeconds } from '../../src/time.ts';
import { postId } from './write.ts';

/** Of each kind. The titles of posts are asked from Discord one by one. */
const MAX_LISTED = 5;
const MAX_TITLE = 80;
const MAX_LABEL_TEXT = 60;

/** A post that got no answer. Its title is not stored. */
export interface SilentPost {
  readonly threadId: string;
  readonly title: string;
}

export interface Waiting {
  readonly guildId: string;
  /** Oldest first. */
  readonly questions: readonly OpenQuestion[];
  /** Newest first. */
  readonly posts: readonly SilentPost[];
}

/** Reads what waits in a server. @throws {StoreError} */
export async function waitingIn(
  guildId: string,
  { store, rest }: { readonly store: Store; readonly rest: REST },
): Promise<Waiting> {
  const [questions, threads] = await Promise.all([
    openQuestionsOf(store, guildId),
    silentPosts(store, guildId, MAX_LISTED),
  ]);
  const posts = await Promise.all(threads.map((threadId) => readPost(guildId, threadId, { store, rest })));
  return { guildId, questions, posts: posts.flatMap((post) => post ?? []) };
}

/** A post by its thread; undefined if it is gone or can't be read. */
async function readPost(
  guildId: string,
  threadId: string,
  { store, rest }: { readonly store: Store; readonly rest: REST },
): Promise<SilentPost | undefined> {
  const title = await titleOf(rest, guildId, threadId).catch(async (error) => {
    if (failureReason(error) === 'channel') await forgetSilence(store, guildId, threadId);
    return undefined;
  });
  return title === undefined ? undefined : { threadId, title };
}

/** The title of a thread; undefined if it is in another server. @throws {DiscordAPIError} */
export async function titleOf(rest: REST, guildId: string, threadId: string): Promise<string | undefined> {
  const channel = await getChannel(rest, threadId);
  return 'guild_id' in channel && channel.guild_id === guildId ? (channel.name ?? undefined) : undefined;
}

/** Questions to helpers, with their age and a link. */
export function questionLines({ questions }: Waiting, { person, insights }: Messages, count: (n: number) => string) {
  const lines = questions
    .slice(0, MAX_LISTED)
    .map((question) => person.waitingSince(unixSeconds(question.askedAt), messageUrl(question)));
  const more = questions.length - lines.length;
  return [...lines, ...(more > 0 ? [insights.moreWaiting(count(more))] : [])];
}

/** Posts without an answer, by their titles. */
export function postLines({ guildId, posts }: Waiting, { insights }: Messages): string[] {
  return posts.map(({ threadId, title }) =>
    insights.silentPost(plainTextWithin(title, MAX_TITLE), channelUrl(guildId, threadId)),
  );
}

/** A button for each of these posts, which opens the form of a reply. */
export function postButtons({ posts }: Waiting, { insights }: Messages): APIButtonComponent[] {
  return posts.map(({ threadId, title }) =>
    plainButton(cut(insights.write(cut(visibleText(title), MAX_LABEL_TEXT)), COMPONENT_LIMITS.label), postId(threadId)),
  );
}
