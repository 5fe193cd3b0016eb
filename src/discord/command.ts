// What a command is to the router: a definition to register, and functions from interaction to answer.
import type {
  APIApplicationCommandAutocompleteInteraction,
  APIApplicationCommandOptionChoice,
  APIChatInputApplicationCommandInteraction,
  APIMessageApplicationCommandInteraction,
  APIMessageComponentInteraction,
  APIModalSubmitInteraction,
  REST,
  RESTPostAPIApplicationCommandsJSONBody,
} from 'discord.js';
import type { Logger } from 'pino';
import type { Content } from '../guide/model.ts';
import { editionFor } from '../guide/walk.ts';
import { wordsFor } from '../words/index.ts';
import type { Answer } from './answer.ts';
import type { Reading } from './render.ts';

export type SlashInteraction = APIChatInputApplicationCommandInteraction;
export type MenuInteraction = APIMessageApplicationCommandInteraction;
export type CompleteInteraction = APIApplicationCommandAutocompleteInteraction;
export type PressInteraction = APIMessageComponentInteraction;
export type SubmitInteraction = APIModalSubmitInteraction;
export type Choice = APIApplicationCommandOptionChoice<string>;

/** What commands may use. */
export interface Bot {
  /** The content that is served now; a command reads it once and keeps to it. */
  readonly content: Content;
  /** For everything but the first answer. */
  readonly rest: REST;
  readonly log: Logger;
}

export interface Command {
  readonly definition: RESTPostAPIApplicationCommandsJSONBody;
  run?(interaction: SlashInteraction, bot: Bot): Answer | Promise<Answer>;
  /** For a message menu. */
  use?(interaction: MenuInteraction, bot: Bot): Answer | Promise<Answer>;
  /** At most 25 choices for the option being typed. */
  complete?(interaction: CompleteInteraction, bot: Bot): Choice[] | Promise<Choice[]>;
}

/** Answers the buttons, menus and modals whose custom_id is its own. */
export interface Responder {
  owns(customId: string): boolean;
  press?(interaction: PressInteraction, bot: Bot): Answer | Promise<Answer>;
  submit?(interaction: SubmitInteraction, bot: Bot): Answer | Promise<Answer>;
}

/** The edition and the words for the person who acts. */
export function readingFor({ locale = '' }: { readonly locale?: string }, { content }: Pick<Bot, 'content'>): Reading {
  return { edition: editionFor(content, locale), words: wordsFor(locale) };
}
