// Checks messages that a bot sends or edits, on all routes (Discord docs, Message resource).
import { MessageFlags } from 'discord-api-types/v10';
import { z } from 'zod';
import { MESSAGE } from '../limits.ts';
import { rows } from './component.ts';
import { embeds } from './embed.ts';
import { arrayOf, exact, isRecord, oneOf, parseForm, report, setOf, snowflake, text, withEmptyValues } from './form.ts';

const mentionKinds = z.enum(['users', 'roles', 'everyone']);

const allowedMentions = z
  .object({
    parse: setOf(mentionKinds).optional(),
    users: setOf(snowflake, { max: MESSAGE.mentionedUsers }).optional(),
    roles: setOf(snowflake, { max: MESSAGE.mentionedRoles }).optional(),
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
  filename: exact({ min: 1, max: MESSAGE.filename }).optional(),
  description: exact({ max: MESSAGE.fileDescription }).optional(),
});

const reference = z.object({
  type: oneOf([0, 1]).optional(),
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
  sticker_ids: z.array(snowflake).optional(),
  poll: z.unknown().optional(),
});

/** A valid message of a bot. Undefined fields are left as they are by an edit. */
export type MessageForm = z.infer<typeof messageForm>;
/** Whom a message may notify (Discord docs, Message resource, Allowed Mentions Object). */
export type AllowedMentions = z.infer<typeof allowedMentions>;

/**
 * Fields of Create Message alone (Discord docs, Message resource, Create Message). The other routes ignore them, as they
 * do any field they don't know.
 */
const CREATE_ONLY = new Set(['nonce', 'enforce_nonce', 'message_reference', 'sticker_ids']);

const { SuppressEmbeds, SuppressNotifications, Ephemeral, IsComponentsV2 } = MessageFlags;
const EVERY_FLAG = -1;

/**
 * Flags that a bot may set, by route (Discord docs, the parameters of each). Edit Message takes a message's other flags
 * too: "unsupported flag changes are currently ignored without error". Voice messages are not supported.
 */
const FLAGS = {
  channel: SuppressEmbeds | SuppressNotifications,
  channelEdit: EVERY_FLAG,
  callback: SuppressEmbeds | SuppressNotifications | Ephemeral,
  defer: Ephemeral,
  followUp: SuppressEmbeds | SuppressNotifications | Ephemeral,
  followUpEdit: SuppressEmbeds,
} as const;

/** How a message is sent or edited: through a channel, as the answer to an interaction, or as a follow-up. */
export type MessageRoute = keyof typeof FLAGS;

/**
 * Parses a message body. `null` clears content, embeds, components and attachments.
 * @param route decides which flags may be set; others, and Components V2, are form errors
 * @throws ApiError 50035
 */
export function parseMessage(body: unknown, route: MessageRoute, under: readonly PropertyKey[] = []): MessageForm {
  const wrong = ~FLAGS[route];
  const schema = messageForm.superRefine((form, ctx) => {
    const forbidden = (form.flags ?? 0) & wrong & ~IsComponentsV2;
    reportUnsupported(form, ctx);
    if (forbidden) report(ctx, 'MESSAGE_FLAGS_INVALID', `Flags ${forbidden} cannot be set on this route.`, ['flags']);
  });
  const taken =
    route === 'channel' || !isRecord(body)
      ? body
      : Object.fromEntries(Object.entries(body).filter(([name]) => !CREATE_ONLY.has(name)));
  return parseForm(schema, withEmptyValues(taken, { content: '', embeds: [], components: [], attachments: [] }), under);
}

/** What Discord offers and the fake Discord does not: refused, so that no test passes by accident. */
function reportUnsupported(form: MessageForm, ctx: z.RefinementCtx): void {
  const { flags = 0, poll, sticker_ids: stickers = [], message_reference: reference } = form;
  const unsupported = [
    [(flags & IsComponentsV2) !== 0, 'flags', 'Components V2: send embeds and rows'],
    [poll !== undefined, 'poll', 'polls'],
    [stickers.length > 0, 'sticker_ids', 'stickers of bots'],
    [reference?.type === 1, 'message_reference', 'messages that bots forward'],
  ] as const;
  for (const [isUsed, field, what] of unsupported)
    if (isUsed) report(ctx, 'FAKE_UNSUPPORTED', `The fake Discord does not support ${what}.`, [field]);
}
