// “Ask a person”: passes a question on to a server's helpers, and their answer back to where it was asked.
import type { REST } from 'discord.js';
import type { Logger } from 'pino';
import { type Clock, resultWithin } from '../clock.ts';
import { isBlank } from '../replies/characters.ts';
import { addOpenQuestion, closeQuestion } from '../servers/open-questions.ts';
import type { Store } from '../store/store.ts';
import { type Answer, messageBody, Refusal, say } from './answer.ts';
import { AskingLimits, type Denial, type QuestionPost } from './asking-limits.ts';
import type { ComponentHandler, ComponentInteraction, ModalInteraction } from './command.ts';
import { deferPrivately } from './deferred.ts';
import { failureReason } from './errors.ts';
import { messageUrl } from './links.ts';
import { channelIdOf, channelNameOf, isPrivateMessage, serverOf, userIdOf } from './options.ts';
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

/** A form must be the first answer, within 3 s. */
const READ_TIMEOUT_MS = 1200;

interface PersonServices {
  readonly contexts: ContextSource;
  readonly store: Store;
  readonly rest: REST;
  readonly log: Logger;
  readonly clock: Clock;
}

type AnsweredId = Extract<PersonId, { userId: string }>;

/** Creates the handler of the buttons and forms. */
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
  readonly #limits: AskingLimits;

  constructor(services: PersonServices) {
    this.#services = services;
    this.#limits = new AskingLimits(services);
  }

  async press(interaction: ComponentInteraction): Promise<Answer> {
    const { contexts } = this.#services;
    const id = readPersonId(interaction.data.custom_id);
    // A public message is in the server's language, and the form in that of who presses.
    const locale = id && 'locale' in id && isPrivateMessage(interaction) ? id.locale : undefined;
    const context = await contexts.contextFor(interaction, locale);
    switch (id?.action) {
      case 'ask': {
        await this.#requireAsking(interaction, context);
        const text = formTextOf(interaction.message, await this.#repliedTo(interaction), context, contexts.content);
        return renderPersonForm(text, context);
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
    const locale = id && 'locale' in id ? id.locale : undefined;
    const context = await this.#services.contexts.contextFor(interaction, locale);
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
    const denial = await this.#limits.denialFor({ guildId, userId: userIdOf(interaction) ?? '' });
    if (denial) throw refusalOf(denial, context);
    return settings.helpersChannel;
  }

  /** Posts the question, and confirms it only once Discord has accepted it. */
  async #send(interaction: ModalInteraction, context: RenderContext): Promise<Answer> {
    const { messages, settings, edition } = context;
    const question = fieldValue(interaction, 'question');
    const helpersChannel = await this.#requireAsking(interaction, context);
    if (isBlank(question)) throw new Refusal(messages.person.blank);
    const { guild_id: guildId = '' } = interaction;
    const [userId, channelId] = [userIdOf(interaction) ?? '', channelIdOf(interaction)];
    // Only now, because without a first answer the question is not sent.
    return deferPrivately(async () => {
      const { contexts, rest, store, log } = this.#services;
      // A second form may have been sent meanwhile.
      const denial = this.#limits.begin({ guildId, userId });
      if (denial) throw refusalOf(denial, context);
      let post: QuestionPost | undefined;
      try {
        const [firstRole] = settings.helperRoles;
        const role = firstRole !== undefined && this.#limits.mayNotify(guildId) ? firstRole : undefined;
        const ofServer = await contexts.publicContextFor(serverOf(interaction, guildId));
        const body = renderAsked({ question, userId, channelId, role }, ofServer);
        const { id: messageId } = await postMessage(rest, helpersChannel, body, { nonce: interaction.id });
        post = { guildId, channelId: helpersChannel, messageId };
      } catch (error) {
        log.warn({ err: error, guild: guildId, reason: failureReason(error) }, 'question not passed on to the helpers');
        throw new Refusal(messages.person.failed(edition.subject.support));
      } finally {
        this.#limits.end({ guildId, userId }, post);
      }
      await addOpenQuestion(store, post).catch((error) => log.warn({ err: error }, 'open question not recorded'));
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
      const { contexts, rest, log } = this.#services;
      const ofServer = await contexts.publicContextFor(serverOf(interaction, guildId));
      const body = renderGiven({ answer, asker: id.userId, by, hasLinks }, ofServer);
      const sent = await postMessage(rest, id.channelId, body, { nonce: interaction.id }).catch((error) => {
        log.info({ guild: guildId, reason: failureReason(error) }, 'answer of a helper not posted');
        throw new Refusal(renderUnposted(person.notPosted(id.channelId), answer));
      });
      this.#limits.answered({ guildId, userId: id.userId }, { messageId: asked.id, by });
      await this.#close(interaction, asked, by, ofServer);
      return messageBody({
        content: person.posted(messageUrl({ guildId, channelId: id.channelId, messageId: sent.id })),
      });
    });
  }

  /** Removes the button from the question. What fails is logged: the answer is posted already. */
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

/** What a person reads who can't ask now. */
function refusalOf(denial: Denial, { messages: { person }, edition: { subject } }: RenderContext): Refusal {
  if (denial.reason === 'open') return new Refusal(person.open(messageUrl(denial.post)));
  return new Refusal(denial.reason === 'full' ? person.full(subject.support) : person[denial.reason]);
}
