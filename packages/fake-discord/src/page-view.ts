// The JSON that the page gets: servers and people, channels, answers, events.

import { Locale, PermissionFlagsBits } from 'discord-api-types/v10';
import { basePermissions, memberPermissionsIn } from './access.ts';
import type { RefusedRequest } from './api-error.ts';
import { isoTime } from './clock.ts';
import type { Actor } from './interaction-payload.ts';
import { shownEmbeds } from './message-json.ts';
import type { AuthorView, ContentView, MessageView, RepliedView } from './message-types.ts';
import { messagesVisibleTo } from './messages.ts';
import type { Channel, FakeDiscordEvent, Guild, Message, Snapshot, User, World } from './model.ts';
import type {
  AnswerView,
  ChannelView,
  ChoicesView,
  EventView,
  MessagesView,
  NamedView,
  PostView,
  WorldView,
} from './page-types.ts';
import { hasPermissions, MODERATOR_PERMISSIONS } from './permissions.ts';
import type { InteractionResult } from './person.ts';
import { rolesJson } from './user-json.ts';
import { getOrCreateDm, isForum, isTextBased, isThread, postsOf } from './world.ts';

/** What the page shows besides the world. */
export interface PageStatus {
  isConnected(): boolean;
  readonly refusals: readonly RefusedRequest[];
  /** Another page on this server. */
  readonly link: { readonly path: string; readonly title: string } | undefined;
}

/** The servers with their channels, and the people that the visitor can act as. */
export function worldView(world: World, state: PageStatus): WorldView {
  const guilds = [...world.guilds.values()].filter(({ hasBot }) => hasBot);
  const people = [...world.users.values()].filter(({ isBot }) => !isBot);
  return {
    bot: world.bot.name,
    isConnected: state.isConnected(),
    link: state.link ? { path: state.link.path, title: state.link.title } : null,
    refusals: state.refusals.slice(-20),
    guilds: guilds.map((guild) => ({
      id: guild.id,
      name: guild.name,
      channels: inOrder(guild.channels).map(channelView),
    })),
    locales: Object.values(Locale),
    people: people.map((user) => ({
      id: user.id,
      name: user.name,
      role: roleIn(guilds, user),
      dm: getOrCreateDm(world, user).id,
      channels: guilds.flatMap(({ channels }) => channels.filter((each) => canView(each, user)).map(({ id }) => id)),
      dmsClosed: user.dmsClosed,
      locale: user.locale,
    })),
  };
}

const canView = (channel: Channel, user: User): boolean =>
  hasPermissions(memberPermissionsIn(channel, user), PermissionFlagsBits.ViewChannel);

/** Threads come after their channel, the newest first. */
function inOrder(channels: readonly Channel[]): Channel[] {
  const threadsOf = (channel: Channel) =>
    channels.filter((each) => isThread(each) && each.parent === channel).reverse();
  return channels.filter((each) => !isThread(each)).flatMap((channel) => [channel, ...threadsOf(channel)]);
}

const channelView = (channel: Channel): ChannelView => ({
  id: channel.id,
  name: channel.name,
  type: channel.type,
  isThread: isThread(channel),
  isArchived: channel.archived,
  isLocked: channel.locked,
  isTextBased: isTextBased(channel),
  isForum: isForum(channel),
  parentId: isThread(channel) ? (channel.parent?.id ?? null) : null,
});

/** What the page writes next to a person's name: what they may do, or the roles that they were given. */
function roleIn(guilds: readonly Guild[], user: User): string {
  const memberships = guilds.flatMap((guild) => {
    const member = guild.members.get(user.id);
    return member ? [{ guild, member }] : [];
  });
  if (memberships.some(({ guild, member }) => hasPermissions(basePermissions(guild, member), MODERATOR_PERMISSIONS)))
    return 'Moderator';
  const names = memberships.flatMap(({ guild, member }) => [...member.roles].map((id) => guild.roles.get(id)?.name));
  return names.join(', ') || 'Member';
}

/** What one person sees of a channel, and what select menus offer there. */
export function channelMessages(world: World, { channel, user }: Actor): Omit<MessagesView, 'menu'> {
  return {
    messages: messagesVisibleTo(world, channel, user).map((message) => messageView(world, message)),
    pins: channel.pins.map((message) => messageView(world, message)),
    names: namesById(world.users.values()),
    channels: namesById(world.channels.values()),
    roles: namesById(rolesOf(world, channel.guild)),
    hasInput: true,
    choices: choicesFor(world, channel, user),
    posts: isForum(channel) ? postsOf(channel).map(postView).reverse() : [],
  };
}

const namesById = (all: Iterable<NamedView>): Record<string, string> =>
  Object.fromEntries([...all].map(({ id, name }) => [id, name]));

const rolesOf = (world: World, guild: Guild | null): NamedView[] =>
  guild === null ? [] : rolesJson(world, guild).map(({ id, name }) => ({ id: String(id), name: String(name) }));

/** The users, roles and channels of a server that this person sees; in direct messages, the two who write them. */
function choicesFor(world: World, { guild, recipient }: Channel, user: User): ChoicesView {
  const others = guild === null ? [recipient] : [...guild.members.values()].map((member) => member.user);
  return {
    users: [world.bot, ...others.filter((each) => each !== null)].map(({ id, name }) => ({ id, name })),
    roles: rolesOf(world, guild),
    channels: inOrder(guild?.channels ?? [])
      .filter((each) => canView(each, user))
      .map(channelView),
  };
}

const postView = ({ id, name, owner, messages, archived, locked }: Channel): PostView => ({
  id,
  name,
  author: owner.name,
  replies: [...messages.keys()].filter((message) => message !== id).length,
  isArchived: archived,
  isLocked: locked,
});

function messageView(world: World, message: Message): MessageView {
  const { id, type, author, content, components, attachments, flags, origin, stickers, forwarded } = message;
  return {
    id,
    type,
    author: authorView(author),
    content,
    embeds: shownEmbeds(message),
    components,
    attachments,
    sticker_items: stickers,
    message_snapshots: forwarded === null ? [] : [{ message: snapshotView(forwarded) }],
    mentions: notifiedUsers(message)
      .filter((user) => world.users.has(user))
      .map((user) => ({ id: user })),
    flags,
    pinned: message.pinnedAt !== null,
    reactions: [...message.reactions],
    timestamp: isoTime(message.createdAt),
    edited_timestamp: message.editedAt === null ? null : isoTime(message.editedAt),
    isEphemeral: message.viewer !== null,
    asked: origin === null ? null : { user: origin.user.name, command: origin.command ?? null },
    ...(type === 19 ? { referenced_message: repliedView(world, message) } : {}),
  };
}

const snapshotView = (forwarded: Snapshot): ContentView => ({
  content: forwarded.content,
  embeds: shownEmbeds(forwarded),
  attachments: forwarded.attachments,
});

/** The ids of the users that a message notifies, also by a role. */
function notifiedUsers({ notifies, channel }: Message): string[] {
  const members = [...(channel.guild?.members.values() ?? [])];
  const byRole = members.filter(({ roles }) => notifies.roles.some((id) => roles.has(id)));
  return [...new Set([...notifies.users, ...byRole.map(({ user }) => user.id)])];
}

/** The message that another one replies to; null if it is deleted, or if only somebody else sees it. */
function repliedView(world: World, { replyTo, viewer }: Message): RepliedView | null {
  const replied = replyTo && world.messages.get(replyTo.messageId);
  if (!replied || (replied.viewer !== null && replied.viewer !== viewer)) return null;
  return { author: authorView(replied.author), content: replied.content, embeds: shownEmbeds(replied) };
}

const authorView = ({ username, name, isBot }: User): AuthorView => ({
  username,
  global_name: isBot ? null : name,
  bot: isBot,
});

/** The result of an action: the message, or the modal to fill in. */
export function answerView(answer: InteractionResult): AnswerView {
  const { type, ms, interaction } = answer;
  const modal = answer.type === 9 ? { modal: answer.data, interaction: interaction.id } : {};
  return { type, ms: Math.round(ms), message: answer.message?.id ?? null, ...modal };
}

/** An event, reduced to what the page needs to refresh. */
export function eventView(event: FakeDiscordEvent): EventView {
  const { name } = event;
  if (name === 'refusal') return { name, refusal: event.refusal };
  if (name === 'connection') return { name, connected: event.connected };
  if ('message' in event) return { name, channel: event.message.channel.id };
  if ('channel' in event) return { name, channel: event.channel.id };
  return { name };
}
