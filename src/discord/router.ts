// One interaction in, one answer out, whatever fails behind it. Knows neither gateway nor HTTP.
import {
  type APIInteraction,
  ApplicationCommandType,
  InteractionResponseType,
  InteractionType,
} from 'discord-api-types/v10';
import { randomLetters } from '../clock.ts';
import { messagesFor } from '../i18n/index.ts';
import { StoreError } from '../store/errors.ts';
import { type Answer, Refusal, say } from './answer.ts';
import type { Bot, Command, Responder } from './command.ts';
import { hasValidIds } from './ids.ts';
import { CHOICE_LIMITS, cut, MAX_CONTENT } from './limits.ts';
import { keepPublicMessage } from './public-message.ts';

export interface Routes {
  /** Every command for the content that is served now. */
  commands(): readonly Command[];
  readonly responders: readonly Responder[];
  /** What answers a button, menu or modal that nobody owns. */
  readonly unknownButton: Required<Pick<Responder, 'onComponent'>>;
}

export type Router = (interaction: APIInteraction) => Promise<Answer>;

/** Puts commands together. The router never rejects: an expected failure becomes its sentence, a bug a short reference. */
export function createRouter(routes: Routes, bot: Bot): Router {
  return async (interaction) => {
    try {
      if (!hasValidIds(interaction)) throw new TypeError('an id of the interaction is none');
      return (await route(interaction, routes, bot)) ?? say(messagesFor(localeOf(interaction)).error.noCommand);
    } catch (error) {
      if (interaction.type === InteractionType.ApplicationCommandAutocomplete) {
        bot.log.error({ err: error }, 'completion failed');
        return { ...choices([]), outcome: 'failed' };
      }
      return { ...say(sentenceFor(error, interaction, bot)), outcome: error instanceof Refusal ? 'refused' : 'failed' };
    }
  };
}

/**
 * What a person is told of a failure: a refusal says its own sentence, anything else is a bug that is logged under a
 * reference. The one place that decides this, for first answers and for what follows them.
 */
export function sentenceFor(
  error: unknown,
  interaction: APIInteraction,
  { log, clock }: Pick<Bot, 'log' | 'clock'>,
): string {
  if (error instanceof Refusal) return cut(error.message, MAX_CONTENT);
  if (error instanceof StoreError) {
    log.warn({ err: error, kind: error.kind }, 'the database failed');
    return messagesFor(localeOf(interaction)).error.store[error.kind];
  }
  const reference = randomLetters(clock, 8);
  log.error({ err: error, reference, kind: interaction.type }, 'an interaction failed');
  return messagesFor(localeOf(interaction)).error.bug(reference);
}

async function route(interaction: APIInteraction, routes: Routes, bot: Bot): Promise<Answer | undefined> {
  switch (interaction.type) {
    case InteractionType.Ping:
      return { response: { type: InteractionResponseType.Pong } };
    case InteractionType.ApplicationCommand: {
      const { data } = interaction;
      const command = routes
        .commands()
        .find(
          ({ definition }) =>
            definition.name === data?.name && (definition.type ?? ApplicationCommandType.ChatInput) === data.type,
        );
      if (data?.type === ApplicationCommandType.ChatInput) return command?.run?.({ ...interaction, data }, bot);
      if (data?.type === ApplicationCommandType.Message) return command?.onMessageMenu?.({ ...interaction, data }, bot);
      return undefined;
    }
    case InteractionType.ApplicationCommandAutocomplete: {
      const command = routes.commands().find(({ definition }) => definition.name === interaction.data?.name);
      return choices((await command?.autocomplete?.(interaction, bot)) ?? []);
    }
    case InteractionType.MessageComponent: {
      const owner = routes.responders.find((one) => one.onComponent && one.matches(interaction.data?.custom_id ?? ''));
      return keepPublicMessage(
        interaction,
        await (owner?.onComponent ?? routes.unknownButton.onComponent)(interaction, bot),
      );
    }
    case InteractionType.ModalSubmit: {
      const owner = routes.responders.find((one) => one.onModal && one.matches(interaction.data?.custom_id ?? ''));
      const answer = await owner?.onModal?.(interaction, bot);
      return answer && keepPublicMessage(interaction, answer);
    }
    default:
      return undefined;
  }
}

function choices(list: { name: string; value: string }[]): Answer {
  const data = { choices: list.slice(0, CHOICE_LIMITS.count) };
  return { response: { type: InteractionResponseType.ApplicationCommandAutocompleteResult, data } };
}

/** The language of a person's Discord; an empty text where it is not given. */
export function localeOf(interaction: APIInteraction): string {
  return 'locale' in interaction && typeof interaction.locale === 'string' ? interaction.locale : '';
}
