// Messages to the bot: a mention in a server, or a direct message. Each gets one public answer.
import type { REST } from 'discord.js';
import { type APIMessage, type GatewayMessageCreateDispatchData, MessageType } from 'discord-api-types/v10';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import type { StatsRecorder } from '../stats/recorder.ts';
import { type MessageBody, messageBody } from './answer.ts';
import { createCooldown } from './cooldown.ts';
import { createRecentIds } from './deduplication.ts';
import { failureReason } from './errors.ts';
import type { QuestionAnswering } from './question-answering.ts';
import type { ContextSource } from './render-context.ts';
import { postMessage } from './requests.ts';
import { recordQuestion } from './usage.ts';
import { renderResultPublicly } from './views/ask.ts';

/**
 * Answers a new or edited message to the bot, once, and ignores all others. Never rejects.
 * @param ownUserId the bot's user id, by which it is mentioned; of old applications it is not the application's
 */
export type MessageHandler = (message: GatewayMessageCreateDispatchData, ownUserId: string) => Promise<void>;

interface MessageServices {
  readonly contexts: ContextSource;
  readonly answering: QuestionAnswering;
  readonly stats: StatsRecorder;
  readonly rest: REST;
  readonly log: Logger;
  readonly clock: Clock;
}

/** Limits, so that nobody fills a channel with answers. */
const PERSON = { times: 3, withinMs: 30_000 };
const CHANNEL = { times: 6, withinMs: 30_000 };
/** A later edit is ignored. */
const EDIT_WINDOW_MS = 10 * 60_000;
const WRITTEN: readonly MessageType[] = [MessageType.Default, MessageType.Reply];

/** Creates the handler. It limits how often a person and a channel may ask, and answers no message twice. */
export function createMessageHandler({
  contexts,
  answering,
  stats,
  rest,
  log,
  clock,
}: MessageServices): MessageHandler {
  const personMayAsk = createCooldown(PERSON.times, PERSON.withinMs, clock.monotonic);
  const channelMayAsk = createCooldown(CHANNEL.times, CHANNEL.withinMs, clock.monotonic);
  /** Ids of messages that were handled: their edits are ignored. */
  const asked = createRecentIds({ ms: EDIT_WINDOW_MS }, clock.monotonic);
  return async (message, ownUserId) => {
    const reply = async (replyTo: string, body: MessageBody) => {
      await postMessage(rest, message.channel_id, body, { nonce: message.id, replyTo });
    };
    try {
      const question = isEditedLate(message) ? undefined : questionOf(message, ownUserId);
      if (!question || !asked.isNew(message.id)) return;
      if (!personMayAsk(message.author.id) || !channelMayAsk(message.channel_id)) return;
      const context = await contexts.contextFor(message.guild_id === undefined ? {} : { guild_id: message.guild_id });
      const { onlyMine, onlyText } = context.messages.ask;
      if (question.text === '') {
        const content = message.guild_id === undefined ? onlyText : onlyMine;
        return await reply(question.messageId, messageBody({ content }));
      }
      const found = await answering.ask(question.text, context.edition, context.topics);
      await reply(question.messageId, renderResultPublicly(found, context));
      recordQuestion(stats, message.guild_id, found, { question: question.text, isPublic: true });
    } catch (error) {
      const reason = failureReason(error);
      log[reason === 'failed' ? 'warn' : 'debug']({ err: error, reason }, 'message not answered');
    }
  };
}

function isEditedLate({ timestamp, edited_timestamp: edited }: GatewayMessageCreateDispatchData): boolean {
  return Boolean(edited) && Date.parse(edited ?? '') - Date.parse(timestamp) > EDIT_WINDOW_MS;
}

/**
 * The question in a message, and the id of the message that contains it: the text next to the mention or, if there is
 * none, of the message that it replies to (Discord sends the text of that one only if it was written to the bot too).
 */
function questionOf(
  message: GatewayMessageCreateDispatchData,
  ownUserId: string,
): { text: string; messageId: string } | undefined {
  const { author, webhook_id: webhook, type, guild_id: guildId, content, referenced_message: referenced } = message;
  if (author.bot || author.system || webhook !== undefined || !WRITTEN.includes(type)) return undefined;
  const mentions = [`<@${ownUserId}>`, `<@!${ownUserId}>`];
  // A reply to one of the bot's messages counts as a mention without one in the text; it is rarely a question.
  if (guildId !== undefined && !mentions.some((mention) => content.includes(mention))) return undefined;
  const ownText = textOf(message, mentions);
  if (ownText !== '' || !referenced || referenced.author.bot) return { text: ownText, messageId: message.id };
  const text = textOf(referenced, mentions);
  return { text, messageId: text === '' ? message.id : referenced.id };
}

/** The text of a message, or of the message that it forwards (Discord docs, Message resource, "Message Snapshot"). */
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
