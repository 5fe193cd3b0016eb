// Messages in the JSON of Discord's API (Discord docs, Message resource, Message object).
import { MessageFlags } from 'discord-api-types/v10';
import { isoTime } from './clock.ts';
import { withIds } from './component-ids.ts';
import type { IsReadable } from './intents.ts';
import type { Json, Message, Snapshot, World } from './model.ts';
import { userJson } from './user-json.ts';

/** Types whose messages carry the message that they refer to: a reply, and the answer to a message command. */
const WITH_REFERENCED: readonly number[] = [19, 23];

/**
 * The message as REST and the gateway send it, with the message that it refers to: null for a deleted one. That one has
 * no such field of its own ("the backend did not attempt to fetch the message").
 * @param isReadable the content of other messages is left empty; by default the bot may read all
 */
export function messageJson(world: World, message: Message, isReadable: IsReadable = () => true): Json {
  const { type, replyTo } = message;
  const replied = replyTo?.channel.messages.get(replyTo.messageId);
  const json = (each: Message) => {
    const full = bareMessageJson(world, each);
    return isReadable(each) ? full : withoutContent(full, each);
  };
  return {
    ...json(message),
    ...(WITH_REFERENCED.includes(type) ? { referenced_message: replied ? json(replied) : null } : {}),
  };
}

/** The embeds of a message; with SUPPRESS_EMBEDS: "do not include any embeds when serializing this message". */
export const shownEmbeds = ({ embeds, flags }: Pick<Message, 'embeds' | 'flags'>): Message['embeds'] =>
  flags & MessageFlags.SuppressEmbeds ? [] : embeds;

/** The fields with message content, empty (Discord docs, Gateway, Message Content Intent). */
function withoutContent(full: Json, { forwarded }: Message): Json {
  const empty = { content: '', embeds: [], components: [], attachments: [] };
  return { ...full, ...empty, ...(forwarded === null ? {} : forwardedJson({ ...forwarded, ...empty })) };
}

/** One reaction, the bot's own. */
function reactionJson(emoji: string): Json {
  const counts = { count: 1, count_details: { burst: 0, normal: 1 } };
  return { emoji: { id: null, name: emoji }, ...counts, me: true, me_burst: false, burst_colors: [] };
}

function bareMessageJson(world: World, message: Message): Json {
  const { channel, notifies, replyTo, origin } = message;
  const mentions = notifies.users.map((id) => world.users.get(id)).filter((user) => user !== undefined);
  return {
    id: message.id,
    channel_id: channel.id,
    type: message.type,
    author: userJson(message.author),
    content: message.content,
    embeds: shownEmbeds(message).map((embed) => ({ type: 'rich', ...embed })),
    components: withIds(message.components),
    attachments: message.attachments,
    mentions: mentions.map(userJson),
    mention_roles: notifies.roles,
    mention_everyone: notifies.everyone,
    pinned: message.pinnedAt !== null,
    ...(message.reactions.size === 0 ? {} : { reactions: [...message.reactions].map(reactionJson) }),
    tts: message.tts,
    flags: message.flags,
    timestamp: isoTime(message.createdAt),
    edited_timestamp: message.editedAt === null ? null : isoTime(message.editedAt),
    ...(message.nonce === null ? {} : { nonce: message.nonce }),
    ...(message.stickers.length === 0 ? {} : { sticker_items: message.stickers }),
    ...(message.forwarded === null ? {} : forwardedJson(message.forwarded)),
    ...(replyTo === null
      ? {}
      : {
          message_reference: {
            type: 0,
            message_id: replyTo.messageId,
            channel_id: replyTo.channel.id,
            guild_id: replyTo.channel.guild?.id,
          },
        }),
    ...(origin === null
      ? {}
      : {
          webhook_id: world.applicationId,
          application_id: world.applicationId,
          interaction_metadata: originJson(origin),
        }),
  };
}

/** A forward has a copy and no text of its own (Discord docs, Message resource, Message Snapshot object). */
function forwardedJson(forwarded: Snapshot): Json {
  const { type, content, embeds, attachments, flags, createdAt } = forwarded;
  const copy = { type, content, embeds, attachments, flags, timestamp: isoTime(createdAt), edited_timestamp: null };
  return {
    message_reference: { type: 1 },
    message_snapshots: [{ message: { ...copy, mentions: [], components: [] } }],
  };
}

function originJson({ id, type, user, owners, targetId, interactedId }: NonNullable<Message['origin']>): Json {
  return {
    id,
    type,
    user: userJson(user),
    authorizing_integration_owners: owners,
    ...(targetId === undefined ? {} : { target_message_id: targetId }),
    ...(interactedId === undefined ? {} : { interacted_message_id: interactedId }),
  };
}
