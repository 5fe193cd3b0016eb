// Shows commands in sentences as Discord's clickable mentions, or as plain text.
import { isolate } from './isolation.ts';

/** The ids of registered slash commands by name. */
export type CommandIds = ReadonlyMap<string, string>;

/** With these, every command is plain text. */
export const NO_COMMAND_IDS: CommandIds = new Map();

/** A command in a sentence of `i18n`: `</faq>`, or with its subcommand `</faq-edit add>`. */
const COMMAND = /<\/([^\s<>:]+)((?: [^\s<>:]+){0,2})>/g;
/** Follows each `<` of an argument meanwhile: what it holds is not a command of the sentence. */
const MARK = '\0';

type Sentence = string | ((...values: never[]) => string);
interface Sentences {
  readonly [key: string]: Sentence | Sentences;
}

/**
 * Returns the sentences with their commands as mentions, `</faq-edit add:ID>` (Discord docs, Reference, "Message
 * Formatting"). A command without an id is plain text, `/faq-edit add`. Sentences that are functions do this with their
 * result, but leave commands in their arguments as they are, and isolate an argument that is written from right to left.
 */
export function withCommandMentions<T extends Sentence | Sentences>(sentences: T, ids: CommandIds): T {
  return mentionsIn(sentences, ids) as T; // strings for strings, functions for functions, the same keys
}

function mentionsIn(part: Sentence | Sentences, ids: CommandIds): unknown {
  if (typeof part === 'string') return mentionsInText(part, ids);
  if (typeof part !== 'function')
    return Object.fromEntries(Object.entries(part).map(([key, one]) => [key, mentionsIn(one, ids)]));
  const sentence = part as (...values: unknown[]) => string; // it is called as the function that it replaces
  return (...values: unknown[]) => mentionsInText(sentence(...values.map(marked)), ids).replaceAll(`<${MARK}`, '<');
}

function mentionsInText(text: string, ids: CommandIds): string {
  return text.replace(COMMAND, (_, name: string, subcommand: string) => {
    const id = ids.get(name);
    return id === undefined ? `/${name}${subcommand}` : `</${name}${subcommand}:${id}>`;
  });
}

function marked(value: unknown): unknown {
  return typeof value === 'string' ? isolate(value.replaceAll('<', `<${MARK}`)) : value;
}
