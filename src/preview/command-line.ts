// What is typed into the page's box, read as a command.
import { availableCommandLines, explainUnavailable } from './available-commands.ts';
import type { CommandLine, OptionValue, OptionValues } from './command-data.ts';
import { findCommandLine } from './command-data.ts';
import type { CommandRegistry } from './command-registry.ts';
import type { Attachment, Channel, World } from './model.ts';
import type { Person } from './person.ts';
import type { ValueOption } from './schema/command.ts';

/** A command line as far as it is typed. */
export interface ParsedLine {
  readonly line: CommandLine;
  readonly name: string;
  /** What stands before the first option. */
  readonly stray: string;
  readonly values: readonly { readonly option: ValueOption; readonly text: string; readonly start: number }[];
}

/** Undefined while no whole command stands in the text. */
export function parseLine(registry: CommandRegistry, person: Person, text: string): ParsedLine | undefined {
  const typed = text.replace(/^\s*\//, '');
  const found = availableCommandLines(registry, person)
    .filter(({ name }) => typed === name || typed.startsWith(`${name} `))
    .sort((a, b) => b.name.length - a.name.length)[0];
  if (!found) return undefined;
  const line = findCommandLine(registry, person.channel, found.name);
  const rest = typed.slice(found.name.length);
  const offset = text.length - rest.length;
  const heads = [...rest.matchAll(/(?<=\s)([^\s:]+):/g)].flatMap((match) => {
    const option = line.options.find(({ name }) => name === match[1]);
    return option ? [{ option, at: match.index, start: match.index + match[0].length }] : [];
  });
  const values = heads.map(({ option, start }, i) => ({
    option,
    start: offset + start,
    text: rest.slice(start, heads[i + 1]?.at ?? rest.length),
  }));
  return { line, name: found.name, stray: rest.slice(0, heads[0]?.at ?? rest.length).trim(), values };
}

/**
 * The typed command and its values.
 * @param files attachments by option name
 * @throws Error that says what cannot be read
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
  if (typed.stray) throw new Error(`Write each value as option:value, not just ${typed.stray}`);
  const values = typed.values.map(({ option, text: value }) => {
    if (value.trim() === '') throw new Error(`The option ${option.name} is empty: give it a value, or take it out`);
    return [option.name, parseValue(world, person.channel, option, value.trim())];
  });
  const options: OptionValues = { ...Object.fromEntries(values), ...files };
  const missing = typed.line.options.filter(({ name, required }) => required && options[name] === undefined);
  if (missing.length > 0) {
    const how = missing.some(isFile) ? ': choose a file below' : '';
    throw new Error(`/${typed.name} cannot be sent without ${missing.map(({ name }) => name).join(', ')}${how}`);
  }
  return { name: typed.name, options };
}

const isFile = ({ type }: ValueOption): boolean => type === 11;

/** A typed value as the option takes it. @throws Error that says what it takes */
export function parseValue(world: World, { guild }: Channel, option: ValueOption, text: string): OptionValue {
  const bare = text.replace(/^[@#]/, '');
  const id = /^<(?:@!?|#|@&)(\d+)>$/.exec(text)?.[1];
  const chosen = option.choices?.find(({ name, value }) => name === text || String(value) === text);
  if (chosen) return chosen.value;
  if (option.type === 4 || option.type === 10) return parseNumber(option, text);
  if (option.type === 5) return text === 'true' || (text === 'false' ? false : fail(option, 'true or false'));
  if (option.type === 6) {
    const user = [...world.users.values()].find(
      (each) => each.id === id || each.name === bare || each.username === bare,
    );
    return user ?? fail(option, 'a user, such as @name');
  }
  if (option.type === 7)
    return (
      guild?.channels.find((each) => each.id === id || each.name === bare) ?? fail(option, 'a channel, such as #name')
    );
  return text;
}

function parseNumber(option: ValueOption, text: string): number {
  const isWhole = option.type === 4;
  const number = Number(text);
  const isRight = isWhole ? Number.isSafeInteger(number) : Number.isFinite(number);
  return isRight ? number : fail(option, isWhole ? 'a whole number' : 'a number');
}

function fail(option: ValueOption, wanted: string): never {
  throw new Error(`The option ${option.name} takes ${wanted}`);
}

/** Names of the options of the typed command that take a file. */
export function fileOptions(registry: CommandRegistry, person: Person, text: string): string[] {
  return (
    parseLine(registry, person, text)
      ?.line.options.filter(isFile)
      .map(({ name }) => name) ?? []
  );
}

/** Names after an @ as Discord's client sends them: `@Omar` becomes `<@id>`. */
export function resolveNames(world: World, text: string): string {
  const people = [...world.users.values()].sort((a, b) => b.name.length - a.name.length);
  return people.reduce((told, { id, name }) => told.replaceAll(`@${name}`, `<@${id}>`), text);
}
