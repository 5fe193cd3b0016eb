// Creates the state of the fake Discord, all of it in memory, with its channels and stored files.
import { ChannelType } from 'discord-api-types/v10';
import { createClock } from './clock.ts';
import { createEvents } from './events.ts';
import type { Attachment, Channel, User, World } from './model.ts';
import { createGatewayInfo } from './session-start-limit.ts';

/** How a world starts. */
export interface WorldOptions {
  readonly botName: string;
  /** The bot's permissions in servers that are added. */
  readonly botPermissions: bigint;
  /** The time for the first answer to an interaction, in milliseconds. */
  readonly answerWithinMs: number;
}

/** A world with the bot alone. */
export function createWorld({ botName, botPermissions, answerWithinMs }: WorldOptions): World {
  const clock = createClock();
  const id = clock.nextId();
  const bot: User = { id, username: botName, name: botName, isBot: true, dmsClosed: false, locale: 'en-US' };
  return {
    clock,
    events: createEvents(),
    bot,
    botPermissions,
    answerWithinMs,
    applicationId: id,
    application: { flags: 0, interactions_endpoint_url: null, bot_public: true, bot_require_code_grant: false },
    gatewayInfo: createGatewayInfo(clock),
    guilds: new Map(),
    channels: new Map(),
    users: new Map([[id, bot]]),
    messages: new Map(),
    files: new Map(),
    origin: '',
  };
}

const THREADS: readonly ChannelType[] = [
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
  ChannelType.AnnouncementThread,
];
const FORUMS: readonly ChannelType[] = [ChannelType.GuildForum, ChannelType.GuildMedia];

/** Whether a channel is a thread, also one in a forum (Discord docs, Channel resource, Channel Types). */
export const isThread = ({ type }: Channel): boolean => THREADS.includes(type);

/** Whether a channel has posts instead of messages: a forum or a media channel (same section). */
export const isForum = ({ type }: Channel): boolean => FORUMS.includes(type);

/** Whether messages can be sent to this type of channel: not to categories and forums (error 50008). */
export const isTextBased = (channel: Channel): boolean =>
  channel.type !== ChannelType.GuildCategory && !isForum(channel);

/** The posts of a forum, oldest first. */
export const postsOf = (forum: Channel): Channel[] =>
  forum.guild?.channels.filter(({ parent }) => parent === forum) ?? [];

/** The direct-message channel of the bot and this user, created on first access. */
export function getOrCreateDm(world: World, user: User): Channel {
  const existing = [...world.channels.values()].find(({ recipient }) => recipient === user);
  if (existing) return existing;
  const channel = createChannel(world, { type: ChannelType.DM, guild: null, name: user.name, recipient: user });
  world.channels.set(channel.id, channel);
  return channel;
}

/** A channel with an id of its own. The caller adds it to the world. */
export function createChannel(
  world: World,
  fields: Pick<Channel, 'type' | 'guild' | 'name'> &
    Partial<
      Pick<
        Channel,
        'parent' | 'recipient' | 'botPermissions' | 'archived' | 'locked' | 'owner' | 'availableTags' | 'appliedTags'
      >
    >,
): Channel {
  const now = world.clock.now();
  return {
    id: world.clock.nextId(),
    parent: null,
    recipient: null,
    owner: world.bot,
    createdAt: now,
    availableTags: [],
    appliedTags: [],
    botPermissions: null,
    archived: false,
    archiveChangedAt: now,
    locked: false,
    awaitsFirstMessage: false,
    totalSent: 0,
    overwrites: new Map(),
    messages: new Map(),
    pins: [],
    ...fields,
  };
}

/** Stores a file and returns its attachment, with the URL. */
export function storeFile(
  world: World,
  filename: string,
  data: Uint8Array,
  contentType: string,
  description?: string,
): Attachment {
  const id = world.clock.nextId();
  const url = `${world.origin}/attachments/${id}/${encodeURIComponent(filename)}`;
  const attachment = {
    id,
    filename,
    size: data.byteLength,
    url,
    proxy_url: url,
    content_type: contentType,
    ...(description === undefined ? {} : { description }),
  };
  world.files.set(id, { attachment, data });
  return attachment;
}
