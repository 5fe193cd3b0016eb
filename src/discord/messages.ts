// Messages to the bot: a mention or a reply in a server, or a direct message.
import type { REST } from 'discord.js';
import { type GatewayMessageCreateDispatchData, MessageType } from 'discord-api-types/v10';
import type { Logger } from 'pino';
import QuickLRU from 'quick-lru';
import type { Clock } from '../clock.ts';
import type { StatsRecorder } from '../stats/recorder.ts';
import { HOUR_MS } from '../time.ts';
import { type MessageBody, messageBody } from './answer.ts';
import { answerLocale, localizeResult } from './answer-language.ts';
import { type Cooldown, createCooldown } from './cooldown.ts';
import { createRecentIds, type RecentIds } from './deduplication.ts';
import { type FailureReason, failureReason } from './errors.ts';
import { isMentioned, textBeside } from './mention.ts';
import type { QuestionAnswering, QuestionResult } from './question-answering.ts';
import type { ContextSource } from './render-context.ts';
import { addReaction, postMessage } from './requests.ts';
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

/** In direct messages: further questions get a short word instead of an answer. */
const DIRECT = { times: 3, withinMs: 30_000 };
/** In a channel everyone reads along: one line for a person, and seldom that the bot does not know something. */
const PUBLIC = { times: 1, withinMs: 30_000 };
const UNANSWERED = { times: 1, withinMs: 60_000 };
/** A later edit is ignored. */
const EDIT_WINDOW_MS = 10 * 60_000;
/** Where the bot may not react it does not try again for so long. */
const NO_REACTIONS_MS = HOUR_MS;
const WRITTEN: readonly MessageType[] = [MessageType.Default, MessageType.Reply];
/** Reasons why a reaction fails that stay for a while. */
const NO_PERMISSION: ReadonlySet<FailureReason> = new Set(['access', 'permission', 'history']);
/** To thanks and greetings, and to a question that comes too soon after another one. */
const REACTION = { courtesy: '👋', tooSoon: '⏳' } as const;

/** Creates the handler. It limits how often a person is answered, and answers no message twice. */
export function createMessageHandler(services: MessageServices): MessageHandler {
  const conversation = new Conversation(services);
  return (message, ownUserId) => conversation.hear(message, ownUserId);
}

/** A message that is addressed to the bot. */
interface Addressed {
  readonly message: GatewayMessageCreateDispatchData;
  /** Empty if there are no words in it. */
  readonly text: string;
  /** The message that is answered: this one, or the one that it replies to. */
  readonly messageId: string;
}

class Conversation {
  readonly #services: MessageServices;
  readonly #mayAskDirectly: Cooldown;
  readonly #mayHaveLine: Cooldown;
  readonly #mayHearUnanswered: Cooldown;
  /** Messages that were handled: their edits are ignored. */
  readonly #asked: RecentIds;
  /** Channels where the bot may not react, and until when it does not try again. */
  readonly #withoutReactions = new QuickLRU<string, number>({ maxSize: 10_000 });

  constructor(services: MessageServices) {
    const { monotonic } = services.clock;
    this.#services = services;
    this.#mayAskDirectly = createCooldown(DIRECT.times, DIRECT.withinMs, monotonic);
    this.#mayHaveLine = createCooldown(PUBLIC.times, PUBLIC.withinMs, monotonic);
    this.#mayHearUnanswered = createCooldown(UNANSWERED.times, UNANSWERED.withinMs, monotonic);
    this.#asked = createRecentIds({ ms: EDIT_WINDOW_MS }, monotonic);
  }

  /** Never rejects. */
  async hear(message: GatewayMessageCreateDispatchData, ownUserId: string): Promise<void> {
    try {
      const addressed = isEditedLate(message) ? undefined : addressedTo(message, ownUserId);
      if (!addressed || !this.#asked.isNew(message.id)) return;
      if (message.guild_id === undefined) await this.#answerDirectly(addressed);
      else await this.#answerInChannel(addressed, message.guild_id);
    } catch (error) {
      const reason = failureReason(error);
      this.#services.log[reason === 'failed' ? 'warn' : 'debug']({ err: error, reason }, 'message not answered');
    }
  }

  async #answerDirectly(addressed: Addressed): Promise<void> {
    const { contexts, answering } = this.#services;
    const first = await contexts.contextFor({});
    const { ask } = first.messages;
    if (!this.#mayAskDirectly(addressed.message.author.id))
      return this.#reply(addressed, messageBody({ content: ask.tooFast }));
    if (addressed.text === '') return this.#reply(addressed, messageBody({ content: ask.onlyText }));
    const result = await answering.ask(addressed.text, first.original, first.topics);
    const context = await contexts.contextFor({}, answerLocale(result, contexts.content));
    const { found, otherEdition } = localizeResult(result, context, contexts.content);
    await this.#reply(addressed, renderResultPublicly(found, context, { otherEdition }));
    this.#record(addressed, found);
  }

  async #answerInChannel(addressed: Addressed, guildId: string): Promise<void> {
    const { contexts, answering } = this.#services;
    const { message, text } = addressed;
    const context = await contexts.publicContextFor({ guild_id: guildId });
    const result = text === '' ? undefined : await answering.ask(text, context.original, context.topics);
    const { found, otherEdition } = result ? localizeResult(result, context, contexts.content) : {};
    if (found?.kind === 'courtesy') return this.#react(message, REACTION.courtesy);
    const isAnswer = found !== undefined && 'topics' in found;
    // Counted also if the channel does not hear of it.
    if (found && !isAnswer) this.#record(addressed, found);
    if (!isAnswer && !this.#mayHearUnanswered(message.channel_id, 'peek')) return;
    if (!this.#mayHaveLine(message.author.id)) return this.#react(message, REACTION.tooSoon);
    if (!isAnswer) this.#mayHearUnanswered(message.channel_id);
    const body = found
      ? renderResultPublicly(found, context, { otherEdition })
      : messageBody({ content: context.messages.ask.onlyMine });
    await this.#reply(addressed, body);
    if (isAnswer) this.#record(addressed, found);
  }

  async #reply({ message, messageId }: Addressed, body: MessageBody): Promise<void> {
    await postMessage(this.#services.rest, message.channel_id, body, { nonce: message.id, replyTo: messageId });
  }

  /** Where the bot may: Add Reactions is a permission that it can do without. */
  async #react({ channel_id: channelId, id }: GatewayMessageCreateDispatchData, emoji: string): Promise<void> {
    const now = this.#services.clock.monotonic();
    if (now < (this.#withoutReactions.get(channelId) ?? now)) return;
    try {
      await addReaction(this.#services.rest, channelId, id, emoji);
    } catch (error) {
      if (NO_PERMISSION.has(failureReason(error))) this.#withoutReactions.set(channelId, now + NO_REACTIONS_MS);
      throw error;
    }
  }

  #record({ message, text }: Addressed, found: QuestionResult): void {
    recordQuestion(this.#services.stats, message.guild_id, found, { question: text, isPublic: true });
  }
}

function isEditedLate({ timestamp, edited_timestamp: edited }: GatewayMessageCreateDispatchData): boolean {
  return Boolean(edited) && Date.parse(edited ?? '') - Date.parse(timestamp) > EDIT_WINDOW_MS;
}

/**
 * The question in a message to the bot: the text next to the mention or, if there is none, of the message that it replies
 * to (Discord sends the text of that one only if it was written to the bot too). Undefined for other messages.
 */
function addressedTo(message: GatewayMessageCreateDispatchData, ownUserId: string): Addressed | undefined {
  const { author, webhook_id: webhook, type, guild_id: guildId, referenced_message: referenced } = message;
  if (author.bot || author.system || webhook !== undefined || !WRITTEN.includes(type)) return undefined;
  // A reply to one of the bot's messages with the ping on mentions it without a word in the text.
  if (guildId !== undefined && !isMentioned(message, ownUserId)) return undefined;
  const text = textBeside(message, ownUserId);
  if (text !== '' || !referenced || referenced.author.bot) return { message, text, messageId: message.id };
  const other = textBeside(referenced, ownUserId);
  return { message, text: other, messageId: other === '' ? message.id : referenced.id };
}
