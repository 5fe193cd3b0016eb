// “Ask a person”: passes a question on to a server's helpers, and their answer back to where it was asked.
import type { REST } from 'discord.js';
import type { Logger } from 'pino';
import { type Clock, resultWithin } from '../clock.ts';
import { isBlank } from '../replies/characters.ts';
import { addOpenQuestion, closeQuestion } from '../servers/open-questions.ts';
import type { Store } from '../store/store.ts';
import { DAY_MS, HOUR_MS } from '../time.ts';
import { type Answer, messageBody, Refusal, say } from './answer.ts';
import type { ComponentHandler, ComponentInteraction, ModalInteraction } from './command.ts';
import { createCooldown } from './cooldown.ts';
import { deferPrivately } from './deferred.ts';
import { failureReason } from './errors.ts';
import { messageUrl } from './links.ts';
import { channelIdOf, channelNameOf, isPrivateMessage, userIdOf } from './options.ts';
import { isModeratorOrHelper, lacking, sendingIn } from './permissions.ts';
import { isPersonId, type PersonId, readPersonId, writePersonId } from './person-id.ts';
import type { ContextSource, RenderContext } from './render-context.ts';
import { editMessage, getMessage, postMessage } from './requests.ts';
import { fieldValue } from './views/modal.ts';
import {
  formTextOf,
  questionOf,
  renderAnswerForm,
  renderAsked,
  renderClosed,
  renderGiven,
  renderPersonForm,
  renderUnposted,
} from './views/person.ts';
import { answerUnknownButton } from './walk-buttons.ts';

/** Questions to the helpers of one server. */
const PER_SERVER = { times: 10, withinMs: HOUR_MS } as const;
/** How often a helper role is notified in one server. */
const NOTIFIED = { times: 1, withinMs: 10 * 60_000 } as const;
/** One open question a person; after a day without an answer they may ask again. */
const OPEN_MS = DAY_MS;
/** Who has answered their own question may ask again after this time. */
const SELF_ANSWERED_MS = 10 * 60_000;
/** A form must be the first answer, within 3 s. */
const READ_TIMEOUT_MS = 1200;

interface PersonServices {
  readonly contexts: ContextSource;
  readonly store: Store;
  readonly rest: REST;
  readonly log: Logger;
  readonly clock: Clock;
}

/** A person's last question, as long as it keeps them from asking another one. */
interface OpenQuestion {
  /** Undefined while it is on its way. */
  readonly post?: { readonly guildId: string; readonly channelId: string; readonly messageId: string };
  /** By `Clock.monotonic`. */
  readonly until: number;
  /** Whether the person has answered it. */
  readonly isAnswered?: boolean;
}

type AnsweredId = Extract<PersonId, { userId: string }>;

/** Creates the handler of the buttons and forms. Limits are held in memory: a restart forgets them. */
export function createPersonComponents(services: PersonServices): ComponentHandler {
  const desk = new HelpDesk(services);
  return {
    matches: isPersonId,
    onComponent: (interaction) => desk.press(interaction),
    onModal: (interaction) => desk.submit(interaction),
  };
}

class HelpDesk {
  readonly #services: PersonServices;
  readonly #mayAsk;
  readonly #mayNotify;
  /** By server and person. */
  readonly #open = new Map<string, OpenQuestion>();

  constructor(services: PersonServices) {
    const { monotonic } = services.clock;
    this.#services = services;
    this.#mayAsk = createCooldown(PER_SERVER.times, PER_SERVER.withinMs, monotonic);
    this.#mayNotify = createCooldown(NOTIFIED.times, NOTIFIED.withinMs, monotonic);
  }

  async press(interaction: ComponentInteraction): Promise<Answer> {
    const { contexts } = this.#services;
    const id = readPersonId(interaction.data.custom_id);
    const context = await contexts.contextFor(interaction);
    switch (id?.action) {
      case 'ask': {
        await this.#requireAsking(interaction, context);
        return renderPersonForm(formTextOf(interaction.message, await this.#repliedTo(interaction), context), context);
      }
      case 'askPost':
        if (isPrivateMessage(interaction)) return say(context.messages.setup.sampleOnly);
        await this.#requireAsking(interaction, context);
        return renderPersonForm(channelNameOf(interaction) ?? '', context);
      case 'answered': {
        this.#requireAnswering(interaction, id, context);
        return renderAnswerForm(writePersonId({ ...id, action: 'answer' }), context);
      }
      default:
        return answerUnknownButton(contexts, interaction);
    }
  }

  async submit(interaction: ModalInteraction): Promise<Answer> {
    const id = readPersonId(interaction.data.custom_id);
    const context = await this.#services.contexts.contextFor(interaction);
    if (id?.action === 'send') return this.#send(interaction, context);
    if (id?.action !== 'answer') throw new TypeError('not a custom_id of a form');
    return this.#answer(interaction, id, context);
  }

  /** What the message replies to, which Discord does not send with an interaction; empty if that is not known in time. */
  async #repliedTo({ message }: ComponentInteraction): Promise<string> {
    const { rest, clock } = this.#services;
    const { message_id: id, channel_id: channelId = message.channel_id } = message.message_reference ?? {};
    if (questionOf(message) !== undefined || id === undefined) return '';
    const read = getMessage(rest, channelId, id).catch(() => undefined);
    return (await resultWithin(clock, read, READ_TIMEOUT_MS))?.content ?? '';
  }

  /** @returns the helpers' channel @throws {Refusal} if nothing can be asked now */
  async #requireAsking(interaction: ComponentInteraction | ModalInteraction, context: RenderContext): Promise<string> {
    const { messages, settings, edition, isPartial } = context;
    const { guild_id: guildId = '', member, channel, app_permissions: own } = interaction;
    if (isPartial) throw new Refusal(messages.error.store.unavailable);
    if (settings.helpersChannel === undefined) throw new Refusal(messages.person.off(edition.subject.support));
    const sending = [sendingIn(channel?.type)];
    if (lacking(member?.permissions, sending).length + lacking(own, sending).length > 0)
      throw new Refusal(messages.person.noSending(channelIdOf(interaction)));
    const open = await this.#openQuestionOf(keyOf(interaction));
    if (open) throw new Refusal(this.#whyNotAgain(open, messages));
    if (!this.#mayAsk(guildId, 'peek')) throw new Refusal(messages.person.full(edition.subject.support));
    return settings.helpersChannel;
  }

  #whyNotAgain({ post, isAnswered }: OpenQuestion, { person }: RenderContext['messages']): string {
    if (isAnswered) return person.recent;
    return post ? person.open(messageUrl(post)) : person.sending;
  }

  /** The person's question that is still open, if its post is still there. */
  async #openQuestionOf(key: string): Promise<OpenQuestion | undefined> {
    const { rest, clock } = this.#services;
    const now = clock.monotonic();
    for (const [one, { until }] of this.#open) {
      if (until <= now) this.#open.delete(one);
    }
    const open = this.#open.get(key);
    if (!open?.post || open.isAnswered) return open;
    const gone = getMessage(rest, open.post.channelId, open.post.messageId).then(
      ({ components = [] }) => components.length === 0,
      (error) => ['message', 'channel'].includes(failureReason(error)),
    );
    // Deleted, or answered with the help of another process.
    const isGone = await resultWithin(clock, gone, READ_TIMEOUT_MS);
    // Another form may have been sent meanwhile: its question counts.
    if (!isGone || this.#open.get(key) !== open) return this.#open.get(key);
    this.#open.delete(key);
    return undefined;
  }

  /** The person is told that it was sent only after Discord has accepted it. */
  async #send(interaction: ModalInteraction, context: RenderContext): Promise<Answer> {
    const { messages, settings, edition } = context;
    const question = fieldValue(interaction, 'question');
    const helpersChannel = await this.#requireAsking(interaction, context);
    if (isBlank(question)) throw new Refusal(messages.person.blank);
    const { guild_id: guildId = '' } = interaction;
    const [key, userId, channelId] = [keyOf(interaction), userIdOf(interaction) ?? '', channelIdOf(interaction)];
    const until = this.#services.clock.monotonic() + OPEN_MS;
    // A second form may have been sent during the checks above.
    const other = this.#open.get(key);
    if (other) throw new Refusal(this.#whyNotAgain(other, messages));
    if (!this.#mayAsk(guildId)) throw new Refusal(messages.person.full(edition.subject.support));
    this.#open.set(key, { until });
    const [firstRole] = settings.helperRoles;
    const role = firstRole !== undefined && this.#mayNotify(guildId) ? firstRole : undefined;
    return deferPrivately(async () => {
      const { contexts, rest, store, log } = this.#services;
      const ofServer = await contexts.publicContextFor(guildId);
      const body = renderAsked({ question, userId, channelId, role }, ofServer);
      try {
        const { id: messageId } = await postMessage(rest, helpersChannel, body, { nonce: interaction.id });
        const post = { guildId, channelId: helpersChannel, messageId };
        this.#open.set(key, { post, until });
        await addOpenQuestion(store, post).catch((error) => log.warn({ err: error }, 'open question not recorded'));
      } catch (error) {
        this.#open.delete(key);
        log.warn({ err: error, guild: guildId, reason: failureReason(error) }, 'question not passed on to the helpers');
        throw new Refusal(messages.person.failed(edition.subject.support));
      }
      return messageBody({ content: messages.person.sent(channelId) });
    });
  }

  /** @returns whether it is a moderator or a helper, and not just who asked @throws {Refusal} if it is neither */
  #requireAnswering(
    interaction: ComponentInteraction | ModalInteraction,
    { userId }: AnsweredId,
    { messages, settings, isPartial }: RenderContext,
  ): boolean {
    if (isModeratorOrHelper(interaction, settings, 'ManageMessages')) return true;
    if (userIdOf(interaction) === userId) return false;
    throw new Refusal(isPartial ? messages.error.store.unavailable : messages.person.notYours);
  }

  /** Posts the answer first: if that fails, the question stays open. */
  #answer(interaction: ModalInteraction, id: AnsweredId, context: RenderContext): Answer {
    const { person } = context.messages;
    const hasLinks = this.#requireAnswering(interaction, id, context);
    const answer = fieldValue(interaction, 'answer');
    if (isBlank(answer)) throw new Refusal(person.answerBlank);
    const { guild_id: guildId = '', message: asked } = interaction;
    // A form that somebody made up, or whose question was answered meanwhile.
    if (!asked || !hasButton(asked, { ...id, action: 'answered' }))
      throw new Refusal(renderUnposted(person.closedAlready, answer));
    const by = userIdOf(interaction) ?? '';
    return deferPrivately(async () => {
      const { contexts, rest, clock, log } = this.#services;
      const ofServer = await contexts.publicContextFor(guildId);
      const body = renderGiven({ answer, asker: id.userId, by, hasLinks }, ofServer);
      const sent = await postMessage(rest, id.channelId, body, { nonce: interaction.id }).catch((error) => {
        log.info({ guild: guildId, reason: failureReason(error) }, 'answer of a helper not posted');
        throw new Refusal(renderUnposted(person.notPosted(id.channelId), answer));
      });
      const key = `${guildId} ${id.userId}`;
      // Otherwise one person could ask and answer until the server has no questions left.
      if (by === id.userId) this.#open.set(key, { until: clock.monotonic() + SELF_ANSWERED_MS, isAnswered: true });
      else if (this.#open.get(key)?.post?.messageId === asked.id) this.#open.delete(key);
      await this.#close(interaction, asked, by, ofServer);
      return messageBody({
        content: person.posted(messageUrl({ guildId, channelId: id.channelId, messageId: sent.id })),
      });
    });
  }

  /** Takes the button off the question. What fails is logged: the answer stands where it was asked. */
  async #close(
    interaction: ModalInteraction,
    asked: NonNullable<ModalInteraction['message']>,
    by: string,
    context: RenderContext,
  ): Promise<void> {
    const { rest, store, log } = this.#services;
    const { guild_id: guildId = '' } = interaction;
    const body = renderClosed(asked, by, context);
    await Promise.all([
      editMessage(rest, channelIdOf(interaction), asked.id, body),
      closeQuestion(store, guildId, asked.id),
    ]).catch((error) => log.warn({ err: error, guild: guildId }, 'answered question not closed'));
  }
}

/** Whether a message has the button with this id. */
function hasButton({ components = [] }: NonNullable<ModalInteraction['message']>, id: PersonId): boolean {
  const customId = writePersonId(id);
  return components.some(
    (row) => 'components' in row && row.components.some((one) => 'custom_id' in one && one.custom_id === customId),
  );
}

function keyOf(interaction: ComponentInteraction | ModalInteraction): string {
  return `${interaction.guild_id} ${userIdOf(interaction)}`;
}
