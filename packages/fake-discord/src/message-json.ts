// Messages in the JSON of Discord's API (Discord docs, Message resource, Message object).
import { isoTime } from './clock.ts';
import type { Json, Message, World } from './model.ts';
import { userJson } from './user-json.ts';

/** The message as REST and the gateway send it, with its full content. */
export function messageJson(world: World, message: Message): Json {
  const { channel, notifies, replyTo, origin } = message;
  const mentions = notifies.users.map((id) => world.users.get(id)).filter((user) => user !== undefined);
  const replied = replyTo?.channel.messages.get(replyTo.messageId);
  return {
    id: message.id,
    channel_id: channel.id,
    type: message.type,
    author: userJson(message.author),
    content: message.content,
    embeds: message.embeds.map((embed) => ({ type: 'rich', ...embed })),
    components: numbered(message.components),
    attachments: message.attachments,
    mentions: mentions.map(userJson),
    mention_roles: notifies.roles,
    mention_everyone: notifies.everyone,
    pinned: message.pinnedAt !== null,
    tts: false,
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
    ...(message.type === 19 ? { referenced_message: replied ? messageJson(world, replied) : null } : {}),
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
function forwardedJson(forwarded: NonNullable<Message['forwarded']>): Json {
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

/** Discord numbers the components of a message from 1 where the bot did not. */
function numbered(rows: Message['components']): Json[] {
  let next = 0;
  return rows.map((row) => ({
    ...row,
    id: ++next,
    components: row.components.map((each) => ({ ...each, id: ++next })),
  }));
}
