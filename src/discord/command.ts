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
import type { Clock } from '../clock.ts';
import type { Content } from '../guide/model.ts';
import type { ReplyCache } from '../replies/cache.ts';
import type { StatsRecorder } from '../stats/recorder.ts';
import type { Store } from '../store/store.ts';
import type { Answer } from './answer.ts';
import type { LivingPins } from './living-pins.ts';
import type { QuestionAnswering } from './question-answering.ts';

export type ChatInputInteraction = APIChatInputApplicationCommandInteraction;
export type MessageMenuInteraction = APIMessageApplicationCommandInteraction;
export type AutocompleteInteraction = APIApplicationCommandAutocompleteInteraction;
export type ComponentInteraction = APIMessageComponentInteraction;
export type ModalInteraction = APIModalSubmitInteraction;
export type AutocompleteChoice = APIApplicationCommandOptionChoice<string>;

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
  readonly replyCache: ReplyCache;
  readonly pins: LivingPins;
  readonly answering: QuestionAnswering;
  readonly stats: StatsRecorder;
  readonly log: Logger;
  readonly clock: Clock;
}

export interface Command {
  readonly definition: RESTPostAPIApplicationCommandsJSONBody;
  run?(interaction: ChatInputInteraction, bot: Bot): Answer | Promise<Answer>;
  /** For a message menu. */
  onMessageMenu?(interaction: MessageMenuInteraction, bot: Bot): Answer | Promise<Answer>;
  /** At most 25 choices for the option being typed. */
  autocomplete?(interaction: AutocompleteInteraction, bot: Bot): AutocompleteChoice[] | Promise<AutocompleteChoice[]>;
}

/** Answers the buttons, menus and modals whose custom_id is its own. */
export interface Responder {
  matches(customId: string): boolean;
  onComponent?(interaction: ComponentInteraction, bot: Bot): Answer | Promise<Answer>;
  onModal?(interaction: ModalInteraction, bot: Bot): Answer | Promise<Answer>;
}
