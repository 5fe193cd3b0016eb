// Messages that are written to the bot: a mention in a server, or a direct message. Each gets one public answer.
import { type APIMessage, type GatewayMessageCreateDispatchData, MessageType } from 'discord-api-types/v10';
import { type MessageBody, messageBody } from './answer.ts';
import type { Bot } from './command.ts';
import { createCooldown } from './cooldown.ts';
import { createRecentIds } from './deduplication.ts';
import { failureReason } from './errors.ts';
import { contextFor } from './render-context.ts';
import { postMessage } from './requests.ts';
import { recordQuestion } from './usage.ts';
import { renderResultPublicly } from './views/ask.ts';

/** Answers a new or edited message that is written to the bot, once; leaves all others alone. Never rejects. */
export type MessageHandler = (message: GatewayMessageCreateDispatchData) => Promise<void>;

/** One person may ask now and then, a channel must not be filled. */
const PERSON = { times: 3, withinMs: 30_000 };
const CHANNEL = { times: 6, withinMs: 30_000 };
/** After that, an edit does not ask again. */
const EDITED_MS = 10 * 60_000;
const WRITTEN: readonly MessageType[] = [MessageType.Default, MessageType.Reply];

/** @param userId the bot's own user id, by which it is mentioned; of old applications it is not the application's */
export function createMessageHandler(userId: string, bot: Bot): MessageHandler {
  const mayPerson = createCooldown(PERSON.times, PERSON.withinMs, bot.clock.monotonic);
  const mayChannel = createCooldown(CHANNEL.times, CHANNEL.withinMs, bot.clock.monotonic);
  /** Messages with a question, by id: what is edited later is not answered again. */
  const asked = createRecentIds({ ms: EDITED_MS }, bot.clock.monotonic);
  return async (message) => {
    const reply = async (replyTo: string, body: MessageBody) => {
      await postMessage(bot.rest, message.channel_id, body, { nonce: message.id, replyTo });
    };
    try {
      const question = isEditedLate(message) ? undefined : questionOf(message, userId);
      if (!question || !asked.isNew(message.id)) return;
      if (!mayPerson(message.author.id) || !mayChannel(message.channel_id)) return;
      const context = await contextFor(message.guild_id === undefined ? {} : { guild_id: message.guild_id }, bot);
      const { onlyMine, onlyText } = context.messages.ask;
      if (question.text === '') {
        const content = message.guild_id === undefined ? onlyText : onlyMine;
        return await reply(question.messageId, messageBody({ content }));
      }
      const found = await bot.answering.ask(question.text, context.edition, context.topics);
      await reply(question.messageId, renderResultPublicly(found, context));
      recordQuestion(bot.stats, message.guild_id, found, { question: question.text, isPublic: true });
    } catch (error) {
      const obstacle = failureReason(error);
      bot.log[obstacle === 'failed' ? 'warn' : 'debug']({ err: error, obstacle }, 'a message could not be answered');
    }
  };
}

function isEditedLate({ timestamp, edited_timestamp: edited }: GatewayMessageCreateDispatchData): boolean {
  return Boolean(edited) && Date.parse(edited ?? '') - Date.parse(timestamp) > EDITED_MS;
}

/**
 * The question in a message, and the message that it stands in: the text beside the mention, or, where there is none,
 * the message that it replies to (of which Discord sends the text only if that was written to the bot as well).
 */
function questionOf(
  message: GatewayMessageCreateDispatchData,
  userId: string,
): { text: string; messageId: string } | undefined {
  const { author, webhook_id: webhook, type, guild_id: guildId, content, referenced_message: referenced } = message;
  if (author.bot || author.system || webhook !== undefined || !WRITTEN.includes(type)) return undefined;
  const mentions = [`<@${userId}>`, `<@!${userId}>`];
  // A reply to one of the bot's messages mentions it without a word; that is seldom a question.
  if (guildId !== undefined && !mentions.some((mention) => content.includes(mention))) return undefined;
  const ownText = textOf(message, mentions);
  if (ownText !== '' || !referenced || referenced.author.bot) return { text: ownText, messageId: message.id };
  const text = textOf(referenced, mentions);
  return { text, messageId: text === '' ? message.id : referenced.id };
}

/** What is written in a message, or in the message that it forwards (Discord docs, Message resource, "Message Snapshot"). */
function textOf(
  { content, message_snapshots: snapshots = [] }: Pick<APIMessage, 'content' | 'message_snapshots'>,
  mentions: readonly string[],
): string {
  const texts = [content, ...snapshots.map(({ message }) => message.content)];
  const [text = ''] = texts
    .map((one) => mentions.reduce((rest, mention) => rest.replaceAll(mention, ' '), one).trim())
    .filter((one) => one !== '');
  return text;
}
