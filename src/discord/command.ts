// The interfaces of commands and component handlers: a definition, and functions from an interaction to an answer.
import type {
  APIApplicationCommandAutocompleteInteraction,
  APIApplicationCommandOptionChoice,
  APIChatInputApplicationCommandInteraction,
  APIMessageApplicationCommandInteraction,
  APIMessageComponentInteraction,
  APIModalSubmitInteraction,
  RESTPostAPIApplicationCommandsJSONBody,
} from 'discord.js';
import type { Answer } from './answer.ts';

export type ChatInputInteraction = APIChatInputApplicationCommandInteraction;
export type MessageCommandInteraction = APIMessageApplicationCommandInteraction;
export type AutocompleteInteraction = APIApplicationCommandAutocompleteInteraction;
export type ComponentInteraction = APIMessageComponentInteraction;
export type ModalInteraction = APIModalSubmitInteraction;
export type AutocompleteChoice = APIApplicationCommandOptionChoice<string>;
export type CommandDefinition = RESTPostAPIApplicationCommandsJSONBody;

export interface Command {
  readonly definition: CommandDefinition;
  run?(interaction: ChatInputInteraction): Answer | Promise<Answer>;
  /** For a message command, which is in the menu of a message (Apps). */
  onMessageCommand?(interaction: MessageCommandInteraction): Answer | Promise<Answer>;
  /** Returns at most 25 choices for the option that is being typed. */
  autocomplete?(interaction: AutocompleteInteraction): AutocompleteChoice[] | Promise<AutocompleteChoice[]>;
}

/** Answers the buttons, menus and modals whose custom_id matches. */
export interface ComponentHandler {
  matches(customId: string): boolean;
  onComponent?(interaction: ComponentInteraction): Answer | Promise<Answer>;
  onModal?(interaction: ModalInteraction): Answer | Promise<Answer>;
}
