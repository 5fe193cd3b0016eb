// Parses a line typed into the page as a slash command with options.
import { availableCommandLines, explainUnavailable } from './available-commands.ts';
import type { CommandLine, OptionValue, OptionValues } from './command-data.ts';
import { findCommandLine } from './command-data.ts';
import type { CommandRegistry } from './command-registry.ts';
import type { Attachment, Channel, World } from './model.ts';
import type { Person } from './person.ts';
import type { ValueOption } from './schema/command.ts';

/** A command line, complete or not. */
export interface ParsedLine {
  readonly line: CommandLine;
  readonly name: string;
  /** Text before the first option that belongs to no option. */
  readonly extraText: string;
  readonly values: readonly { readonly option: ValueOption; readonly text: string; readonly start: number }[];
}

/** Returns undefined while the text has no complete command name. */
export function parseLine(registry: CommandRegistry, person: Person, text: string): ParsedLine | undefined {
  const typed = text.replace(/^\s*\//, '');
  const found = availableCommandLines(registry, person)
    .filter(({ name }) => typed === name || typed.startsWith(`${name} `))
    .sort((a, b) => b.name.length - a.name.length)[0];
  if (!found) return undefined;
  const line = findCommandLine(registry, person.channel, found.name);
  const rest = typed.slice(found.name.length);
  const offset = text.length - rest.length;
  const starts = [...rest.matchAll(/(?<=\s)([^\s:]+):/g)].flatMap((match) => {
    const option = line.options.find(({ name }) => name === match[1]);
    return option ? [{ option, at: match.index, start: match.index + match[0].length }] : [];
  });
  const values = starts.map(({ option, start }, i) => ({
    option,
    start: offset + start,
    text: rest.slice(start, starts[i + 1]?.at ?? rest.length),
  }));
  return { line, name: found.name, extraText: rest.slice(0, starts[0]?.at ?? rest.length).trim(), values };
}

/**
 * The typed command and its values.
 * @param files attachments by option name
 * @throws Error with a message for the person at the page
 */
export function parseCommand(
  world: World,
  registry: CommandRegistry,
  person: Person,
  text: string,
  files: Readonly<Record<string, Attachment>>,
): { name: string; options: OptionValues } {
  const typed = parseLine(registry, person, text);
  if (!typed) throw new Error(explainUnavailable(registry, person, text));
  if (typed.extraText) throw new Error(`Write each value as option:value, not just ${typed.extraText}`);
  const values = typed.values.map(({ option, text: value }) => {
    if (value.trim() === '') throw new Error(`The option ${option.name} is empty: enter a value or remove the option`);
    return [option.name, parseValue(world, person.channel, option, value.trim())];
  });
  const options: OptionValues = { ...Object.fromEntries(values), ...files };
  const missing = typed.line.options.filter(({ name, required }) => required && options[name] === undefined);
  if (missing.length > 0) {
    const how = missing.some(isFile) ? ': choose a file below' : '';
    throw new Error(`/${typed.name} needs ${missing.map(({ name }) => name).join(', ')}${how}`);
  }
  return { name: typed.name, options };
}

const isFile = ({ type }: ValueOption): boolean => type === 11;

/** Parses the typed value of an option. @throws Error that says what the option takes */
export function parseValue(world: World, { guild }: Channel, option: ValueOption, text: string): OptionValue {
  const bare = text.replace(/^[@#]/, '');
  const id = /^<(?:@!?|#|@&)(\d+)>$/.exec(text)?.[1];
  const chosen = option.choices?.find(({ name, value }) => name === text || String(value) === text);
  if (chosen) return chosen.value;
  if (option.type === 4 || option.type === 10) return parseNumber(option, text);
  if (option.type === 5) return text === 'true' || (text === 'false' ? false : invalid(option, 'true or false'));
  if (option.type === 6) {
    const user = [...world.users.values()].find(
      (each) => each.id === id || each.name === bare || each.username === bare,
    );
    return user ?? invalid(option, 'a user, such as @name');
  }
  if (option.type === 7)
    return (
      guild?.channels.find((each) => each.id === id || each.name === bare) ??
      invalid(option, 'a channel, such as #name')
    );
  return text;
}

function parseNumber(option: ValueOption, text: string): number {
  const isWhole = option.type === 4;
  const number = Number(text);
  const isValid = isWhole ? Number.isSafeInteger(number) : Number.isFinite(number);
  return isValid ? number : invalid(option, isWhole ? 'a whole number' : 'a number');
}

function invalid(option: ValueOption, expected: string): never {
  throw new Error(`The option ${option.name} takes ${expected}`);
}

/** The names of the command's options that take a file. */
export function fileOptions(registry: CommandRegistry, person: Person, text: string): string[] {
  return (
    parseLine(registry, person, text)
      ?.line.options.filter(isFile)
      .map(({ name }) => name) ?? []
  );
}

/** Replaces names after an @ by mentions, as Discord's client does: `@Omar` becomes `<@id>`, a role `<@&id>`. */
export function resolveNames(world: World, { guild }: Channel, text: string): string {
  const users = [...world.users.values()].map(({ id, name }) => ({ name, mention: `<@${id}>` }));
  const roles = [...(guild?.roles.values() ?? [])].map(({ id, name }) => ({ name, mention: `<@&${id}>` }));
  const longestFirst = [...users, ...roles].sort((a, b) => b.name.length - a.name.length);
  return longestFirst.reduce((result, { name, mention }) => result.replaceAll(`@${name}`, mention), text);
}
