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
import type { ReplyBook } from '../replies/cache.ts';
import type { Counters } from '../stats/recorder.ts';
import type { Store } from '../store/store.ts';
import type { Answer } from './answer.ts';
import type { LivingPins } from './living-pins.ts';
import type { Asking } from './question-answering.ts';

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
  /** Discord's base address. */
  readonly apiUrl: string;
  readonly store: Store;
  /** The servers' own replies. */
  readonly book: ReplyBook;
  readonly pins: LivingPins;
  readonly asking: Asking;
  readonly counters: Counters;
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
