// The places and people of the fake Discord: servers, channels, users, members, messages, files. All in memory.
import { ChannelType } from 'discord.js';
import type { Clock } from './clock.ts';
import { createClock } from './clock.ts';
import type { Events } from './events.ts';
import { createEvents } from './events.ts';
import type { Row } from './schema/component.ts';
import type { Embed } from './schema/embed.ts';
import { createGatewayAdvice, type GatewayAdvice } from './session-starts.ts';

export interface User {
  readonly id: string;
  readonly username: string;
  /** The name that others see. */
  readonly name: string;
  readonly isBot: boolean;
  /** Whether the bot is kept from sending direct messages (error 50007). */
  dmsClosed: boolean;
}

export interface Member {
  readonly user: User;
  /** Base permissions in the server; a channel may override them. */
  permissions: bigint;
  /** The role that grants them. */
  readonly roleId: string;
}

export interface Guild {
  readonly id: string;
  readonly name: string;
  readonly locale: string;
  readonly ownerId: string;
  readonly botRoleId: string;
  readonly channels: Channel[];
  readonly members: Map<string, Member>;
  /** The bot's permissions where no channel overrides them. */
  botPermissions: bigint;
  hasBot: boolean;
}

export interface Channel {
  readonly id: string;
  readonly type: ChannelType;
  /** Null for a direct message. */
  readonly guild: Guild | null;
  readonly name: string;
  /** The channel that a thread belongs to, or the category of a channel. */
  readonly parent: Channel | null;
  /** The other side of a direct message. */
  readonly recipient: User | null;
  /** What the bot may do here; null where the server's or the parent's permissions hold. */
  botPermissions: bigint | null;
  /** The same for people, by user id. */
  readonly memberPermissions: Map<string, bigint>;
  archived: boolean;
  locked: boolean;
  /** Messages that everyone in the channel sees, oldest first. */
  readonly messages: Map<string, Message>;
  /** Newest pin first. */
  pins: Message[];
}

export interface Attachment {
  readonly id: string;
  readonly filename: string;
  /** Bytes. */
  readonly size: number;
  readonly url: string;
  readonly proxy_url: string;
  readonly content_type: string;
  readonly description?: string;
}

/** A sticker as messages carry it (Discord docs, Sticker resource, Sticker Item object). */
export interface Sticker {
  readonly id: string;
  readonly name: string;
  readonly format_type: number;
}

/** Whom a message notifies. */
export interface Notified {
  readonly everyone: boolean;
  readonly users: readonly string[];
  readonly roles: readonly string[];
}

/** What an interaction leaves on the messages that answer it. */
export interface InteractionOrigin {
  readonly id: string;
  readonly type: number;
  readonly user: User;
  readonly owners: Readonly<Record<string, string>>;
  /** The command as clients show it above the message: `/faq-pin add`, or the name of a menu's command. */
  readonly command?: string;
  readonly targetId?: string;
  readonly interactedId?: string;
}

/** A message as it stands now; the same object throughout its life. */
export interface Message {
  readonly id: string;
  readonly channel: Channel;
  readonly author: User;
  /** Discord's message type: 0 plain, 6 pin notice, 19 reply, 20 slash answer, 23 menu answer. */
  readonly type: number;
  /** The only user who sees it, for an ephemeral message. */
  readonly viewer: User | null;
  content: string;
  embeds: readonly Embed[];
  components: readonly Row[];
  attachments: readonly Attachment[];
  readonly stickers: readonly Sticker[];
  /** The message that it forwards, as it was then. */
  readonly forwarded: Pick<Message, 'type' | 'content' | 'embeds' | 'attachments' | 'flags' | 'createdAt'> | null;
  flags: number;
  notifies: Notified;
  readonly nonce: string | number | null;
  readonly replyTo: { readonly channel: Channel; readonly messageId: string } | null;
  readonly origin: InteractionOrigin | null;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  editedAt: number | null;
  pinnedAt: number | null;
  /** How often it was edited. */
  revision: number;
  isDeleted: boolean;
}

export interface StoredFile {
  readonly attachment: Attachment;
  readonly data: Uint8Array;
}

/** What the developer portal sets for the application (Discord docs, Application resource). */
export interface Application {
  /** Among them the privileged intents that are switched on. */
  flags: number;
  interactions_endpoint_url: string | null;
  bot_public: boolean;
  bot_require_code_grant: boolean;
}

export interface World {
  readonly clock: Clock;
  readonly events: Events;
  readonly bot: User;
  readonly applicationId: string;
  readonly application: Application;
  readonly gatewayAdvice: GatewayAdvice;
  readonly guilds: Map<string, Guild>;
  readonly channels: Map<string, Channel>;
  readonly users: Map<string, User>;
  /** Every message that was not deleted, ephemeral ones too. */
  readonly messages: Map<string, Message>;
  readonly files: Map<string, StoredFile>;
  /** Where files are served from; set once the port is known. */
  origin: string;
}

export function createWorld(botName: string): World {
  const clock = createClock();
  const id = clock.nextId();
  const bot: User = { id, username: botName, name: botName, isBot: true, dmsClosed: false };
  return {
    clock,
    events: createEvents(),
    bot,
    applicationId: id,
    application: { flags: 0, interactions_endpoint_url: null, bot_public: true, bot_require_code_grant: false },
    gatewayAdvice: createGatewayAdvice(clock),
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
const TEXTLESS: readonly ChannelType[] = [ChannelType.GuildCategory, ChannelType.GuildForum, ChannelType.GuildMedia];

export const isThread = ({ type }: Channel): boolean => THREADS.includes(type);

/** Whether messages can be sent into this kind of channel: not into categories and forums themselves (error 50008). */
export const holdsMessages = ({ type }: Channel): boolean => !TEXTLESS.includes(type);

/** The direct-message channel of the bot and this user, made when first asked for. */
export function dmWith(world: World, user: User): Channel {
  const known = [...world.channels.values()].find(({ recipient }) => recipient === user);
  if (known) return known;
  const channel = newChannel(world, { type: ChannelType.DM, guild: null, name: user.name, recipient: user });
  world.channels.set(channel.id, channel);
  return channel;
}

export function newChannel(
  world: World,
  fields: Pick<Channel, 'type' | 'guild' | 'name'> &
    Partial<Pick<Channel, 'parent' | 'recipient' | 'botPermissions' | 'archived' | 'locked'>>,
): Channel {
  return {
    id: world.clock.nextId(),
    parent: null,
    recipient: null,
    botPermissions: null,
    archived: false,
    locked: false,
    memberPermissions: new Map(),
    messages: new Map(),
    pins: [],
    ...fields,
  };
}

/** Keeps a file and says where it can be read. */
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
