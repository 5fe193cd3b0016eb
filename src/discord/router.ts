// Finds the handler of an interaction, and returns an answer even if it fails. Independent of gateway and HTTP.
import {
  type APIInteraction,
  ApplicationCommandType,
  InteractionResponseType,
  InteractionType,
} from 'discord-api-types/v10';
import { type Answer, Refusal, say } from './answer.ts';
import type { AutocompleteChoice, Command, ComponentHandler, ComponentInteraction } from './command.ts';
import { type ErrorMessageOptions, errorMessageFor, errorMessages } from './error-message.ts';
import { hasValidIds } from './ids.ts';
import { CHOICE_LIMITS } from './limits.ts';
import { keepPublicMessage } from './public-message.ts';

interface Handlers {
  /** Every command for the content that is served now. */
  commands(): readonly Command[];
  /** The first that matches a custom_id gets it. */
  readonly components: readonly ComponentHandler[];
  /** Answers a button or menu that matches none of them. */
  onUnknownComponent(interaction: ComponentInteraction): Promise<Answer>;
}

export type Router = (interaction: APIInteraction) => Promise<Answer>;

/** Creates the router. It never rejects: an expected failure becomes its own message, a bug a short reference. */
export function createRouter(handlers: Handlers, options: ErrorMessageOptions): Router {
  return async (interaction) => {
    try {
      if (!hasValidIds(interaction)) throw new TypeError('the interaction has an invalid id');
      return (await route(interaction, handlers)) ?? say(errorMessages(interaction, options.contexts).noCommand);
    } catch (error) {
      if (interaction.type === InteractionType.ApplicationCommandAutocomplete) {
        options.log.error({ err: error }, 'autocomplete failed');
        return { ...choices([]), outcome: 'failed' };
      }
      const content = errorMessageFor(error, interaction, options);
      return { ...say(content), outcome: error instanceof Refusal ? 'refused' : 'failed' };
    }
  };
}

async function route(interaction: APIInteraction, handlers: Handlers): Promise<Answer | undefined> {
  switch (interaction.type) {
    case InteractionType.Ping:
      return { response: { type: InteractionResponseType.Pong } };
    case InteractionType.ApplicationCommand: {
      const { data } = interaction;
      const command = handlers
        .commands()
        .find(
          ({ definition }) =>
            definition.name === data?.name && (definition.type ?? ApplicationCommandType.ChatInput) === data.type,
        );
      if (data?.type === ApplicationCommandType.ChatInput) return command?.run?.({ ...interaction, data });
      if (data?.type === ApplicationCommandType.Message) return command?.onMessageCommand?.({ ...interaction, data });
      return undefined;
    }
    case InteractionType.ApplicationCommandAutocomplete: {
      const command = handlers.commands().find(({ definition }) => definition.name === interaction.data?.name);
      return choices((await command?.autocomplete?.(interaction)) ?? []);
    }
    case InteractionType.MessageComponent: {
      const customId = interaction.data?.custom_id ?? '';
      const handler = handlers.components.find((one) => one.onComponent && one.matches(customId));
      const answer = handler?.onComponent?.(interaction) ?? handlers.onUnknownComponent(interaction);
      return keepPublicMessage(interaction, await answer);
    }
    case InteractionType.ModalSubmit: {
      const customId = interaction.data?.custom_id ?? '';
      const handler = handlers.components.find((one) => one.onModal && one.matches(customId));
      const answer = await handler?.onModal?.(interaction);
      return answer && keepPublicMessage(interaction, answer);
    }
    default:
      return undefined;
  }
}

function choices(list: readonly AutocompleteChoice[]): Answer {
  const data = { choices: list.slice(0, CHOICE_LIMITS.count) };
  return { response: { type: InteractionResponseType.ApplicationCommandAutocompleteResult, data } };
}
