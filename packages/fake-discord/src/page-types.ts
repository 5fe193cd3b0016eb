// The JSON between the page and this server: types only, for both sides.
import type { RefusedRequest } from './api-error.ts';
import type { MessageView, ModalView } from './message-types.ts';

/** What the page's API answers, by path. */
export interface PageApi {
  readonly state: WorldView;
  readonly channel: MessagesView;
  readonly suggest: SuggestionsView;
  readonly run: AnswerView;
  readonly press: AnswerView;
  readonly choose: AnswerView;
  readonly menu: AnswerView;
  readonly submit: AnswerView;
  readonly post: AnswerView;
  readonly dms: Readonly<Record<string, never>>;
  readonly language: Readonly<Record<string, never>>;
}

/** The servers with their channels, and the people that the visitor can act as. */
export interface WorldView {
  /** The bot's name. */
  readonly bot: string;
  readonly isConnected: boolean;
  /** Another page on this server. */
  readonly link: { readonly path: string; readonly title: string } | null;
  /** The latest refused requests of the bot, oldest first. */
  readonly refusals: readonly RefusedRequest[];
  readonly guilds: readonly GuildView[];
  readonly people: readonly PersonView[];
  /** The languages that a person's Discord can have. */
  readonly locales: readonly string[];
}

export interface GuildView {
  readonly id: string;
  readonly name: string;
  readonly channels: readonly ChannelView[];
}

export interface ChannelView {
  readonly id: string;
  readonly name: string;
  /** Discord's channel type. */
  readonly type: number;
  readonly isThread: boolean;
  readonly isArchived: boolean;
  readonly isLocked: boolean;
  /** Whether messages can be sent to it. */
  readonly isTextBased: boolean;
  /** Whether it has posts. */
  readonly isForum: boolean;
  /** The id of the channel that a thread belongs to. */
  readonly parentId: string | null;
}

export interface PersonView {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  /** The id of the channel of direct messages with the bot. */
  readonly dm: string;
  /** The ids of the channels of servers that this person sees. */
  readonly channels: readonly string[];
  /** Whether this person blocks direct messages from the bot. */
  dmsClosed: boolean;
  /** The language of this person's Discord. */
  locale: string;
}

/** Names by id, for mentions. */
export interface NamesView {
  /** Of users. */
  readonly names: Readonly<Record<string, string>>;
  readonly channels: Readonly<Record<string, string>>;
  readonly roles?: Readonly<Record<string, string>>;
  /** Whether mentions of commands are buttons, for a page with an input that they fill. */
  readonly hasInput?: boolean;
}

/** What select menus of users, roles and channels list. */
export interface ChoicesView {
  readonly users: readonly NamedView[];
  readonly roles: readonly NamedView[];
  readonly channels: readonly ChannelView[];
}

export interface NamedView {
  readonly id: string;
  readonly name: string;
}

/** A post in the list of its forum. */
export interface PostView extends NamedView {
  /** The display name. */
  readonly author: string;
  /** The number of messages after the first one. */
  readonly replies: number;
  readonly isArchived: boolean;
  readonly isLocked: boolean;
}

/** What one person sees of a channel. */
export interface MessagesView extends NamesView {
  readonly messages: readonly MessageView[];
  readonly pins: readonly MessageView[];
  /** The names of the message commands that this person can use here. */
  readonly menu: readonly string[];
  readonly choices: ChoicesView;
  /** Of a forum, newest first. */
  readonly posts: readonly PostView[];
}

/** The result of an action. */
export type AnswerView = MessageAnswerView | ModalAnswerView;

export interface MessageAnswerView {
  /** Discord's callback type; 0 for a message that was sent. */
  readonly type: number;
  /** The time to the first answer, in milliseconds. */
  readonly ms?: number;
  /** The id of the message. */
  readonly message: string | null;
}

/** The modal to fill in, and the id to submit it with. */
export interface ModalAnswerView extends MessageAnswerView {
  readonly modal: ModalView;
  readonly interaction: string;
}

/** What to type next. */
export interface SuggestionsView {
  readonly suggestions: readonly SuggestionView[];
  /** The names of the command's options that take a file. */
  readonly files: readonly string[];
}

/** One way to go on with what is typed. */
export interface SuggestionView {
  readonly label: string;
  readonly hint: string;
  /** The full text of the input after choosing this. */
  readonly text: string;
  /** Set for a required option: clients insert the first one automatically. */
  readonly isRequired?: boolean;
}

/** An event, reduced to what the page needs to refresh. */
export type EventView =
  | { readonly name: 'refusal'; readonly refusal: RefusedRequest }
  | { readonly name: 'connection'; readonly connected: boolean }
  | {
      readonly name:
        | 'guildCreate'
        | 'guildDelete'
        | 'memberJoin'
        | 'memberUpdate'
        | 'memberRoles'
        | 'roleCreate'
        | 'roleDelete'
        | 'commands'
        | 'interaction'
        | MessageEvent
        | ChannelEvent;
      /** The id of the channel that changed. */
      readonly channel?: string;
    };

type MessageEvent = 'message' | 'messageUpdate' | 'messageDelete' | 'reaction';
type ChannelEvent = 'pins' | 'channelCreate' | 'channelUpdate' | 'channelDelete';
