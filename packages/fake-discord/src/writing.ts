// What people write: messages, replies, and posts in forums, as far as Discord's client lets them.
import { setTimeout as sleep } from 'node:timers/promises';
import { PermissionFlagsBits as Bits, ChannelType } from 'discord-api-types/v10';
import { sendPermission } from './access.ts';
import { insertChannel } from './guilds.ts';
import type { Actor } from './interaction-payload.ts';
import { MESSAGE, POST } from './limits.ts';
import { type MessageDraft, sendMessage } from './messages.ts';
import type { Channel, Message, User, World } from './model.ts';
import { hasPermissions } from './permissions.ts';
import { lengthOf } from './schema/form.ts';
import { createChannel, isForum } from './world.ts';

/** What a person's message has besides its text, or instead of it. */
export interface MessageExtras extends Pick<MessageDraft, 'attachments' | 'stickers' | 'forwarded'> {
  /** They come before the text. */
  readonly mentions?: readonly User[];
}

/** What a post may have besides its title and text. */
export interface PostExtras extends Omit<MessageExtras, 'forwarded'> {
  /** Names of tags of the forum. */
  readonly tags?: readonly string[];
  /** Time from THREAD_CREATE to the first message, in milliseconds. Until then a bot gets error 40058. */
  readonly firstMessageAfterMs?: number;
}

/** A post of a forum: a thread, and its first message, which has the same id. */
export interface Post {
  readonly thread: Channel;
  readonly message: Message;
}

/**
 * Sends a person's message to their channel.
 * @throws Error where the person may not write
 */
export function writeMessage(
  world: World,
  acting: Actor,
  text: string,
  { replyTo, mentions, ...more }: MessageExtras & { readonly replyTo?: Message | undefined },
): Message {
  const { user, channel } = acting;
  const permissions = acting.permissionsIn(channel);
  if (channel.locked && !hasPermissions(permissions, Bits.ManageThreads))
    throw new Error(`${user.name} can't write in a locked thread`);
  if (channel.guild && !hasPermissions(permissions, sendPermission(channel)))
    throw new Error(`${user.name} can't write in ${channel.name}`);
  return sendMessage(world, {
    channel,
    author: user,
    form: { content: withMentions(text, mentions) },
    ...more,
    replyTo: replyTo === undefined ? null : { channel: replyTo.channel, messageId: replyTo.id },
  });
}

/** A post that has its thread, and whose first message is still to be sent. */
interface StartedPost {
  readonly thread: Channel;
  sendFirst(): Message;
}

/** Creates a post, with a pause before its first message where one is wanted. Throws as `startPost`. */
export async function createPost(
  world: World,
  acting: Actor,
  forum: Channel,
  title: string,
  text: string,
  { firstMessageAfterMs = 0, ...extras }: PostExtras,
): Promise<Post> {
  const { thread, sendFirst } = startPost(world, acting, forum, title, text, extras);
  if (firstMessageAfterMs > 0) await sleep(firstMessageAfterMs);
  return { thread, message: sendFirst() };
}

/**
 * Creates the thread of a post (Discord docs, Channel resource, Start Thread in Forum or Media Channel). Its first message
 * has the same id.
 * @throws Error for another kind of channel, a title or text that is too long, unknown tags, and where the person may
 * not write
 */
export function startPost(
  world: World,
  acting: Actor,
  forum: Channel,
  title: string,
  text: string,
  { tags = [], mentions, ...more }: Omit<PostExtras, 'firstMessageAfterMs'> = {},
): StartedPost {
  const { guild } = forum;
  const { user } = acting;
  if (guild === null || !isForum(forum)) throw new Error(`${forum.name} is not a forum`);
  if (!hasPermissions(acting.permissionsIn(forum), Bits.SendMessages))
    throw new Error(`${user.name} can't post in ${forum.name}`);
  const name = title.trim();
  const content = withMentions(text, mentions).trim();
  if (name === '' || lengthOf(name) > POST.title) throw new Error(`A title has 1 to ${POST.title} characters`);
  if (content === '' && !more.attachments?.length && !more.stickers?.length) throw new Error('A post needs a text');
  if (lengthOf(content) > MESSAGE.content) throw new Error(`A text has at most ${MESSAGE.content} characters`);
  const appliedTags = findTags(forum, tags);
  const type = ChannelType.PublicThread;
  const thread = createChannel(world, { type, guild, name, parent: forum, owner: user, appliedTags });
  thread.awaitsFirstMessage = true;
  insertChannel(world, guild, thread);
  const sendFirst = () => {
    thread.awaitsFirstMessage = false;
    return sendMessage(world, { id: thread.id, channel: thread, author: user, form: { content }, ...more });
  };
  return { thread, sendFirst };
}

function findTags({ name, availableTags }: Channel, wanted: readonly string[]): string[] {
  if (wanted.length > POST.tags) throw new Error(`A post has at most ${POST.tags} tags`);
  return wanted.map((each) => {
    const tag = availableTags.find((known) => known.name === each);
    if (!tag) throw new Error(`${name} has no tag ${each}`);
    return tag.id;
  });
}

const withMentions = (text: string, mentions: readonly User[] = []): string =>
  [...mentions.map(({ id }) => `<@${id}>`), text].join(' ');
