// A bot that answers in forums, posts in them, and the answers that it gave.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Channel, Message, Person } from 'fake-discord';
import { until, type World } from './world.ts';

/** A title that is clear enough to be answered. */
export const CLEAR = 'Can I have a second account?';
/** One that is not. */
export const UNCLEAR = 'Please help me';
/** A post is left to people for three to four seconds; the rest is for a busy machine. */
export const ANSWERED_WITHIN_MS = 25_000;
/** Long enough for an answer that should not come, if others that were due later have come. */
const SETTLE_MS = 2000;

/** What the bot has said in a post. */
export function answersIn({ discord }: Pick<World, 'discord'>, thread: Channel): Message[] {
  return discord.messagesOf(thread).filter(({ author }) => author === discord.botUser);
}

/** The only answer in a post. @throws if there is none, or more than one */
export function onlyAnswer(world: Pick<World, 'discord'>, thread: Channel): Message {
  const [first, ...others] = answersIn(world, thread);
  if (!first || others.length > 0) throw new Error(`${first ? others.length + 1 : 0} answers in ${thread.name}`);
  return first;
}

/** Posts with a clear title. @returns its thread */
export async function postClearly(asker: Person, forum: Channel, text = 'See the title.'): Promise<Channel> {
  return (await asker.post(forum, CLEAR, text)).thread;
}

/** Waits until all of these are answered, and a little longer for those that should not be. */
export async function untilAnswered(world: Pick<World, 'discord'>, threads: readonly Channel[]): Promise<void> {
  const missing = () => threads.filter((thread) => answersIn(world, thread).length === 0);
  await until('answers', () => missing().length === 0, ANSWERED_WITHIN_MS).catch((error) => {
    const names = missing().map((thread) => `“${thread.name}” at ${threads.indexOf(thread)}`);
    throw new Error(`no answer to ${names.join(', ')}: ${error.message}`);
  });
  await sleep(SETTLE_MS);
}
