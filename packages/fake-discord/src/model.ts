// The data of the fake Discord: users, servers, channels, messages, interactions, and the events that report changes.
import type { ChannelType } from 'discord-api-types/v10';
import type { RefusedRequest } from './api-error.ts';
import type { FakeClock } from './clock.ts';
import type { Callback } from './schema/callback.ts';
import type { Row } from './schema/component.ts';
import type { Embed } from './schema/embed.ts';
import type { GatewayInfo } from './session-start-limit.ts';
import type { Attachment, StoredFile } from './stored-files.ts';

export type { Attachment, StoredFile, Upload } from './stored-files.ts';

/** A JSON object of Discord's API. */
export type Json = Record<string, unknown>;

/** A person, or the bot (Discord docs, User resource). */
export interface User {
  readonly id: string;
  readonly username: string;
  /** The display name. */
  readonly name: string;
  readonly isBot: boolean;
  /** Whether the user blocks direct messages from the bot (error 50007). */
  dmsClosed: boolean;
  /** The language of this user's Discord, one of its locales. */
  locale: string;
}

/** A user in a server. Each member has a role of their own. */
export interface Member {
  readonly user: User;
  /** Base permissions in the server; a channel may override them. */
  permissions: bigint;
  /** The role that grants them. */
  readonly roleId: string;
  /** The ids of other roles, whose permissions are added. */
  readonly roles: Set<string>;
}

/** A role (Discord docs, Permissions, Role object). */
export interface Role {
  readonly id: string;
  readonly name: string;
  readonly permissions: bigint;
  /** Whether an integration has it, so that nobody can give or take it. */
  readonly managed: boolean;
  /** Whether everyone may mention it. */
  readonly mentionable: boolean;
}

/** What a role (0) or a user (1) may do in a channel (Discord docs, Channel resource, Overwrite object). */
export interface Overwrite {
  readonly type: 0 | 1;
  readonly allow: bigint;
  readonly deny: bigint;
}

/** A server (Discord docs, Guild resource). It stays when the bot is removed from it. */
export interface Guild {
  readonly id: string;
  readonly name: string;
  readonly locale: string;
  readonly ownerId: string;
  readonly botRoleId: string;
  readonly channels: Channel[];
  readonly members: Map<string, Member>;
  /** Roles besides @everyone, the bot's and those of single members, by id. */
  readonly roles: Map<string, Role>;
  /** Which commands the server has allowed a role: those that need these permissions at most, by the role's id. */
  readonly allowedCommands: Map<string, bigint>;
  /** The bot's permissions in channels that don't override them. */
  botPermissions: bigint;
  hasBot: boolean;
}

/** A channel of a server, a thread, or direct messages with the bot (Discord docs, Channel resource). */
export interface Channel {
  readonly id: string;
  readonly type: ChannelType;
  /** Null for a direct message. */
  readonly guild: Guild | null;
  name: string;
  /** The channel that a thread belongs to, or the category of a channel. */
  readonly parent: Channel | null;
  /** The other side of a direct message. */
  readonly recipient: User | null;
  /** Who created it, of a thread. */
  readonly owner: User;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** Tags that the posts of a forum can have. */
  readonly availableTags: readonly ForumTag[];
  /** The ids of a post's tags. */
  readonly appliedTags: readonly string[];
  /** The bot's permissions here; null for those of the parent or the server. */
  botPermissions: bigint | null;
  /** By the id of a role, of the server for @everyone, or of a user. Not of the bot. */
  readonly overwrites: Map<string, Overwrite>;
  archived: boolean;
  /** When that last changed, in milliseconds since 1970. */
  archiveChangedAt: number;
  locked: boolean;
  /** Whether the first message of a post is still on its way. */
  awaitsFirstMessage: boolean;
  /** The number of messages that were ever sent, without the first one of a post. */
  totalSent: number;
  /** Messages that everyone in the channel sees, by id, oldest first. */
  readonly messages: Map<string, Message>;
  /** Newest pin first. */
  pins: Message[];
}

/** A tag of a forum (Discord docs, Channel resource, Forum Tag object). */
export interface ForumTag {
  readonly id: string;
  readonly name: string;
}

/** A sticker in a message (Discord docs, Sticker resource, Sticker Item object). */
export interface Sticker {
  readonly id: string;
  readonly name: string;
  readonly format_type: number;
}

/** The users and roles that a message notifies, by id. */
export interface NotifiedTargets {
  readonly everyone: boolean;
  readonly users: readonly string[];
  readonly roles: readonly string[];
}

/** What a message stores about the interaction that it answers. */
export interface InteractionOrigin {
  readonly id: string;
  readonly type: number;
  readonly user: User;
  readonly owners: Readonly<Record<string, string>>;
  /** The command that clients show above the message: `/faq-pin add`, or the name of a message command. */
  readonly command?: string;
  readonly targetId?: string;
  readonly interactedId?: string;
}

/** A message in its current state: edits change the same object. */
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
  /** A copy of the message that it forwards. */
  readonly forwarded: Snapshot | null;
  flags: number;
  /** Whether clients read it aloud. */
  readonly tts: boolean;
  notifies: NotifiedTargets;
  readonly nonce: string | number | null;
  readonly replyTo: { readonly channel: Channel; readonly messageId: string } | null;
  readonly origin: InteractionOrigin | null;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  editedAt: number | null;
  pinnedAt: number | null;
  /** The emoji with which the bot has reacted. */
  readonly reactions: Set<string>;
  /** The number of edits. */
  revision: number;
  isDeleted: boolean;
}

/** What a forward has of a message. */
export type Snapshot = Pick<Message, 'type' | 'content' | 'embeds' | 'attachments' | 'flags' | 'createdAt'>;

/** Settings of the application in the developer portal (Discord docs, Application resource). */
export interface Application {
  /** Include the enabled privileged intents. */
  flags: number;
  interactions_endpoint_url: string | null;
  bot_public: boolean;
  bot_require_code_grant: boolean;
}

/** The whole state of one fake Discord. */
export interface World {
  readonly clock: FakeClock;
  readonly events: Events;
  readonly bot: User;
  /** What the bot may do in servers that are added. */
  readonly botPermissions: bigint;
  /** The time for the first answer to an interaction, in milliseconds. */
  readonly answerWithinMs: number;
  readonly applicationId: string;
  readonly application: Application;
  readonly gatewayInfo: GatewayInfo;
  readonly guilds: Map<string, Guild>;
  readonly channels: Map<string, Channel>;
  readonly users: Map<string, User>;
  /** All messages that are not deleted, also ephemeral ones. */
  readonly messages: Map<string, Message>;
  readonly files: Map<string, StoredFile>;
  /** The base of file URLs; set when the port is known. */
  origin: string;
}

/** What a person did, as the fake Discord remembers it (Discord docs, Receiving and Responding). */
export interface Interaction {
  readonly id: string;
  readonly token: string;
  /** Discord's interaction type: 2 command, 3 component, 4 autocomplete, 5 modal. */
  readonly type: number;
  readonly user: User;
  readonly channel: Channel;
  /** The message with the component, also for a modal that the component opened. */
  readonly source: Message | null;
  /** The interaction as the bot receives it. */
  readonly payload: Json;
  /** Milliseconds since 1970 by the fake Discord's clock. */
  readonly createdAt: number;
  answer: Callback | null;
  /** Time to the first answer, in milliseconds of real time. */
  answerMs: number | null;
  /** The message that `@original` means. */
  original: Message | null;
  /** Messages that the token can read and change. */
  readonly messages: Set<Message>;
  /** Resolves with the first answer; rejects after three seconds without a valid one. */
  readonly answered: Promise<Callback>;
  /** Resolves with the answer's message; after a deferred answer, with its first edit or follow-up. */
  readonly completed: Promise<Message | null>;
}

/** What happened. Messages, channels and servers are the live objects. */
export type FakeDiscordEvent =
  | { readonly name: 'message' | 'messageUpdate' | 'messageDelete' | 'reaction'; readonly message: Message }
  | { readonly name: 'pins' | 'channelCreate' | 'channelUpdate' | 'channelDelete'; readonly channel: Channel }
  | { readonly name: 'guildCreate' | 'guildDelete'; readonly guild: Guild }
  | { readonly name: 'memberJoin' | 'memberUpdate' | 'memberRoles'; readonly guild: Guild; readonly member: Member }
  | { readonly name: 'roleCreate' | 'roleDelete'; readonly guild: Guild; readonly roleId: string }
  | { readonly name: 'commands'; readonly guildId: string | null }
  | { readonly name: 'refusal'; readonly refusal: RefusedRequest }
  /** Emitted when an interaction is created or answered, and when a deferred answer gets its content. */
  | { readonly name: 'interaction'; readonly interaction: Interaction }
  | { readonly name: 'connection'; readonly connected: boolean };

/** Must not throw: the action that caused the event would fail. */
export type Listener = (event: FakeDiscordEvent) => void;

/** Where changes are reported. */
export interface Events {
  /** Calls `listener` with every event from now on. Returns a function that unsubscribes. */
  subscribe(listener: Listener): () => void;
  emit(event: FakeDiscordEvent): void;
}
