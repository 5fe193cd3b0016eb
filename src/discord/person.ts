// “Ask a person”: passes a question on to a server's helpers, and their answer back to where it was asked.
import type { REST } from 'discord.js';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import { isBlank } from '../replies/characters.ts';
import { addOpenQuestion, closeQuestion } from '../servers/open-questions.ts';
import type { Store } from '../store/store.ts';
import { type Answer, messageBody, Refusal, say } from './answer.ts';
import type { ComponentHandler, ComponentInteraction, ModalInteraction } from './command.ts';
import { createCooldown } from './cooldown.ts';
import { deferPrivately } from './deferred.ts';
import { failureReason } from './errors.ts';
import { messageUrl } from './links.ts';
import { channelIdOf, isPrivateMessage, userIdOf } from './options.ts';
import { isModeratorOrHelper } from './permissions.ts';
import { isPersonId, type PersonId, readPersonId, writePersonId } from './person-id.ts';
import type { ContextSource, RenderContext } from './render-context.ts';
import { editMessage, postMessage } from './requests.ts';
import { fieldValue } from './views/modal.ts';
import {
  formTextOf,
  renderAnswerForm,
  renderAsked,
  renderClosed,
  renderGiven,
  renderPersonForm,
} from './views/person.ts';
import { answerUnknownButton } from './walk-buttons.ts';

const HOUR_MS = 3_600_000;
/** Questions to the helpers of one server. */
const PER_SERVER = { times: 10, withinMs: HOUR_MS } as const;
/** How often a helper role is notified in one server. */
const NOTIFIED = { times: 1, withinMs: HOUR_MS / 6 } as const;
/** One open question a person; after a day without an answer they may ask again. */
const OPEN_MS = 24 * HOUR_MS;

interface PersonServices {
  readonly contexts: ContextSource;
  readonly store: Store;
  readonly rest: REST;
  readonly log: Logger;
  readonly clock: Clock;
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
  /** By server and person: the question's post, or an empty text while it is on its way; and until when it counts. */
  readonly #open = new Map<string, { url: string; until: number }>();

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
      case 'ask':
        return this.#openForm(interaction, formTextOf(interaction.message, context), context);
      case 'askPost':
        if (isPrivateMessage(interaction)) return say(context.messages.setup.sampleOnly);
        return this.#openForm(interaction, nameOf(interaction), context);
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

  #openForm(interaction: ComponentInteraction, question: string, context: RenderContext): Answer {
    this.#requireAsking(interaction, context);
    return renderPersonForm(question, context);
  }

  /** @returns the helpers' channel @throws {Refusal} if nothing can be asked now */
  #requireAsking(interaction: ComponentInteraction | ModalInteraction, context: RenderContext): string {
    const { messages, settings, edition, isPartial } = context;
    const { guild_id: guildId = '' } = interaction;
    if (isPartial) throw new Refusal(messages.error.store.unavailable);
    if (settings.helpersChannel === undefined) throw new Refusal(messages.person.off(edition.subject.support));
    const open = this.#openQuestionOf(keyOf(interaction));
    if (open !== undefined) throw new Refusal(open === '' ? messages.person.sending : messages.person.open(open));
    if (!this.#mayAsk(guildId, 'peek')) throw new Refusal(messages.person.full(edition.subject.support));
    return settings.helpersChannel;
  }

  #openQuestionOf(key: string): string | undefined {
    const now = this.#services.clock.monotonic();
    for (const [one, { until }] of this.#open) {
      if (until <= now) this.#open.delete(one);
    }
    return this.#open.get(key)?.url;
  }

  /** The person is told that it was sent only after Discord has accepted it. */
  #send(interaction: ModalInteraction, context: RenderContext): Answer {
    const { messages, settings, edition } = context;
    const question = fieldValue(interaction, 'question');
    const helpersChannel = this.#requireAsking(interaction, context);
    if (isBlank(question)) throw new Refusal(messages.person.blank);
    const { guild_id: guildId = '' } = interaction;
    const [key, userId, channelId] = [keyOf(interaction), userIdOf(interaction) ?? '', channelIdOf(interaction)];
    const until = this.#services.clock.monotonic() + OPEN_MS;
    this.#open.set(key, { url: '', until });
    this.#mayAsk(guildId);
    const [firstRole] = settings.helperRoles;
    const role = firstRole !== undefined && this.#mayNotify(guildId) ? firstRole : undefined;
    return deferPrivately(async () => {
      const { contexts, rest, store, log } = this.#services;
      const ofServer = await contexts.publicContextFor(guildId);
      const body = renderAsked({ question, userId, channelId, role }, ofServer);
      try {
        const { id: messageId } = await postMessage(rest, helpersChannel, body, { nonce: interaction.id });
        const post = { guildId, channelId: helpersChannel, messageId };
        this.#open.set(key, { url: messageUrl(post), until });
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
    const by = userIdOf(interaction) ?? '';
    return deferPrivately(async () => {
      const { contexts, rest, log } = this.#services;
      const ofServer = await contexts.publicContextFor(guildId);
      const body = renderGiven({ answer, asker: id.userId, by, hasLinks }, asked, ofServer);
      const sent = await postMessage(rest, id.channelId, body, { nonce: interaction.id }).catch((error) => {
        log.info({ err: error, guild: guildId, reason: failureReason(error) }, 'answer of a helper not posted');
        throw new Refusal(person.notPosted(id.channelId));
      });
      this.#open.delete(`${guildId} ${id.userId}`);
      if (asked) await this.#close(interaction, asked, by, ofServer);
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

function keyOf(interaction: ComponentInteraction | ModalInteraction): string {
  return `${interaction.guild_id} ${userIdOf(interaction)}`;
}

/** The title of the post in which a button was pressed. */
function nameOf({ channel }: ComponentInteraction): string {
  return channel && 'name' in channel && typeof channel.name === 'string' ? channel.name : '';
}
