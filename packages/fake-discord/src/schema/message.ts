// Checks messages that a bot sends or edits, on all routes (Discord docs, Message resource).
import { MessageFlags } from 'discord-api-types/v10';
import { z } from 'zod';
import { MESSAGE } from '../limits.ts';
import { rows } from './component.ts';
import { embeds } from './embed.ts';
import { arrayOf, exact, parseForm, report, snowflake, text, withEmptyValues } from './form.ts';

const mentionKinds = z.enum(['users', 'roles', 'everyone']);

const allowedMentions = z
  .object({
    parse: z.array(mentionKinds).optional(),
    users: arrayOf(snowflake, { max: MESSAGE.mentionedUsers }).optional(),
    roles: arrayOf(snowflake, { max: MESSAGE.mentionedRoles }).optional(),
    replied_user: z.boolean().optional(),
  })
  .superRefine((value, ctx) => {
    for (const kind of ['users', 'roles'] as const) {
      if (value.parse?.includes(kind) && value[kind]?.length) {
        const message = `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`;
        report(ctx, 'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE', message, [kind]);
      }
    }
  });

const attachment = z.object({
  id: snowflake,
  filename: z.string().optional(),
  description: exact({ max: 1024 }).optional(),
});

const reference = z.object({
  type: z.int().optional(),
  message_id: snowflake,
  channel_id: snowflake.optional(),
  guild_id: snowflake.optional(),
  fail_if_not_exists: z.boolean().optional(),
});

const messageForm = z.object({
  content: text({ max: MESSAGE.content }).optional(),
  embeds: embeds.optional(),
  components: rows.optional(),
  allowed_mentions: allowedMentions.optional(),
  attachments: arrayOf(attachment, { max: MESSAGE.attachments }).optional(),
  flags: z.int().optional(),
  tts: z.boolean().optional(),
  nonce: z.union([exact({ max: MESSAGE.nonce }), z.int()]).optional(),
  enforce_nonce: z.boolean().optional(),
  message_reference: reference.optional(),
});

export type MessageForm = z.infer<typeof messageForm>;
export type AllowedMentions = z.infer<typeof allowedMentions>;

const { SuppressEmbeds, SuppressNotifications, Ephemeral } = MessageFlags;

/** Flags that a bot may set, by route (Discord docs, the parameters of each). Components V2 is not supported. */
const FLAGS = {
  channel: SuppressEmbeds | SuppressNotifications,
  channelEdit: SuppressEmbeds,
  callback: SuppressEmbeds | SuppressNotifications | Ephemeral,
  defer: Ephemeral,
  followUp: SuppressEmbeds | SuppressNotifications | Ephemeral,
  followUpEdit: SuppressEmbeds,
} as const;

export type MessageRoute = keyof typeof FLAGS;

/**
 * Parses a message body. `null` clears content, embeds, components and attachments.
 * @param route decides which flags may be set; others, and Components V2, are form errors
 * @throws ApiError 50035
 */
export function parseMessage(body: unknown, route: MessageRoute, under: readonly PropertyKey[] = []): MessageForm {
  const allowed = FLAGS[route];
  const schema = messageForm.superRefine(({ flags = 0 }, ctx) => {
    if (flags & MessageFlags.IsComponentsV2) {
      report(ctx, 'FAKE_COMPONENTS_V2', 'The fake Discord does not support Components V2: send embeds and rows.', [
        'flags',
      ]);
    } else if (flags & ~allowed) {
      report(ctx, 'MESSAGE_FLAGS_INVALID', `Flags ${flags & ~allowed} cannot be set on this route.`, ['flags']);
    }
  });
  return parseForm(schema, withEmptyValues(body, { content: '', embeds: [], components: [], attachments: [] }), under);
}
