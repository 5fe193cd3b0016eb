// What is typed into the page's box, read as a command, and what could be typed next.

import type { CommandLine, OptionValue, OptionValues } from './invocation.ts';
import { commandsIn, findLine } from './invocation.ts';
import { holds } from './permissions.ts';
import type { Person } from './person.ts';
import type { RegisteredCommand, Registry } from './registry.ts';
import type { CommandOption, ValueOption } from './schema/command.ts';
import type { Attachment, Channel, World } from './world.ts';

export interface Suggestion {
  readonly label: string;
  readonly hint: string;
  /** The whole text of the box once this is taken. */
  readonly text: string;
}

interface Typed {
  readonly line: CommandLine;
  readonly name: string;
  /** What stands before the first option. */
  readonly stray: string;
  readonly values: readonly { readonly option: ValueOption; readonly text: string; readonly start: number }[];
}

/** The command lines that a person may use here, such as `faq-pin add`, with their descriptions. */
export function linesFor(registry: Registry, person: Person): { name: string; description: string }[] {
  return usableCommands(registry, person).flatMap((command) => {
    if (command.type !== 1) return [];
    return linesOf(command.name, command.description, command.options ?? []);
  });
}

/** The commands of the message menu that a person may use here. */
export function messageMenuFor(registry: Registry, person: Person): string[] {
  return usableCommands(registry, person)
    .filter(({ type }) => type === 3)
    .map(({ name }) => name);
}

/** Discord hides a command from those who lack its default permissions; "0" leaves it to administrators. */
function usableCommands(registry: Registry, person: Person): RegisteredCommand[] {
  const permissions = person.permissionsIn(person.channel);
  return commandsIn(registry, person.channel).filter(({ default_member_permissions: needed }) => {
    if (needed === undefined || person.channel.guild === null) return true;
    return needed === '0' ? holds(permissions, 1n << 3n) : holds(permissions, BigInt(needed));
  });
}

function linesOf(
  name: string,
  description: string,
  options: readonly CommandOption[],
): { name: string; description: string }[] {
  const branches = options.filter(({ type }) => type <= 2);
  if (branches.length === 0) return [{ name, description }];
  return branches.flatMap((branch) =>
    linesOf(`${name} ${branch.name}`, branch.description, 'options' in branch ? (branch.options ?? []) : []),
  );
}

/** Undefined while no whole command stands in the text. */
function read(registry: Registry, person: Person, text: string): Typed | undefined {
  const typed = text.replace(/^\s*\//, '');
  const found = linesFor(registry, person)
    .filter(({ name }) => typed === name || typed.startsWith(`${name} `))
    .sort((a, b) => b.name.length - a.name.length)[0];
  if (!found) return undefined;
  const line = findLine(registry, person.channel, found.name);
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
export function readCommand(
  world: World,
  registry: Registry,
  person: Person,
  text: string,
  files: Readonly<Record<string, Attachment>>,
): { name: string; options: OptionValues } {
  const typed = read(registry, person, text);
  if (!typed) throw new Error(`${text.trim()} is no command here`);
  if (typed.stray) throw new Error(`Write each value as option:value, not just ${typed.stray}`);
  const values = typed.values.map(({ option, text: value }) => [
    option.name,
    readValue(world, person.channel, option, value.trim()),
  ]);
  return { name: typed.name, options: { ...Object.fromEntries(values), ...files } };
}

function readValue(world: World, { guild }: Channel, option: ValueOption, text: string): OptionValue {
  const bare = text.replace(/^[@#]/, '');
  const id = /^<(?:@!?|#|@&)(\d+)>$/.exec(text)?.[1];
  const chosen = option.choices?.find(({ name, value }) => name === text || String(value) === text);
  if (chosen) return chosen.value;
  if (option.type === 4 || option.type === 10) return Number(text);
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

function fail(option: ValueOption, wanted: string): never {
  throw new Error(`The option ${option.name} takes ${wanted}`);
}

/** Names of the options of the typed command that take a file. */
export function fileOptions(registry: Registry, person: Person, text: string): string[] {
  return (
    read(registry, person, text)
      ?.line.options.filter(({ type }) => type === 11)
      .map(({ name }) => name) ?? []
  );
}

/** What could stand next, at most 25. Options with autocomplete ask the bot. */
export async function suggest(world: World, registry: Registry, person: Person, text: string): Promise<Suggestion[]> {
  if (!text.startsWith('/')) return mentionSuggestions(world, text);
  const typed = read(registry, person, text);
  // Without a blank behind it, a command's name may still be the beginning of another's.
  if (!typed || text.slice(1) === typed.name) {
    const start = text.slice(1).toLowerCase();
    const lines = linesFor(registry, person).filter(({ name }) => name.startsWith(start));
    return lines
      .slice(0, 25)
      .map(({ name, description }) => ({ label: `/${name}`, hint: description, text: `/${name} ` }));
  }
  const active = typed.values.at(-1);
  const values = active ? await valueSuggestions(world, person, typed, active, text) : [];
  return [...values, ...nameSuggestions(typed, text)].slice(0, 25);
}

/** People whose name begins as the last word does, after an @. */
function mentionSuggestions(world: World, text: string): Suggestion[] {
  const word = /(?:^|\s)@(\S*)$/.exec(text)?.[1];
  if (word === undefined) return [];
  const found = [...world.users.values()].filter(({ name }) => name.toLowerCase().startsWith(word.toLowerCase()));
  const start = text.slice(0, text.length - word.length);
  return found.slice(0, 25).map(({ name, isBot }) => ({
    label: `@${name}`,
    hint: isBot ? 'App' : '',
    text: `${start}${name} `,
  }));
}

/** Names after an @ as Discord's client sends them: `@Omar` becomes `<@id>`. */
export function withMentions(world: World, text: string): string {
  const people = [...world.users.values()].sort((a, b) => b.name.length - a.name.length);
  return people.reduce((told, { id, name }) => told.replaceAll(`@${name}`, `<@${id}>`), text);
}

/** Options not yet given, offered at the start of a word. */
function nameSuggestions({ line, values }: Typed, text: string): Suggestion[] {
  const word = /(?:^|\s)([^\s:]*)$/.exec(text)?.[1];
  if (word === undefined) return [];
  const open = line.options.filter(
    ({ name, type }) => type !== 11 && name.startsWith(word) && !values.some(({ option }) => option.name === name),
  );
  return open.map(({ name, description, required }) => ({
    label: `${name}:`,
    hint: required ? `${description} (required)` : description,
    text: `${text.slice(0, text.length - word.length)}${name}:`,
  }));
}

async function valueSuggestions(
  world: World,
  person: Person,
  typed: Typed,
  active: Typed['values'][number],
  text: string,
): Promise<Suggestion[]> {
  const { option, start } = active;
  const entered = active.text.trimStart();
  const matching = entered.trim().toLowerCase();
  const taken = (value: string) => `${text.slice(0, start)}${value} `;
  const offer = (label: string, value: string): Suggestion => ({
    label,
    hint: label === value ? '' : value,
    text: taken(value),
  });
  const { guild } = person.channel;
  if (option.autocomplete) {
    const others = typed.values
      .filter((value) => value !== active)
      .map((value) => [value.option.name, readValue(world, person.channel, value.option, value.text.trim())]);
    const choices = await person.complete(typed.name, option.name, entered.trimEnd(), Object.fromEntries(others));
    return choices.map(({ name, value }) => offer(name, String(value)));
  }
  const known =
    option.choices?.map(({ name }) => name) ??
    (option.type === 5
      ? ['true', 'false']
      : option.type === 7
        ? guild?.channels.map(({ name }) => `#${name}`)
        : undefined) ??
    (option.type === 6 ? [...world.users.values()].map(({ name }) => `@${name}`) : []);
  return known
    .filter((name) => name.toLowerCase().includes(matching))
    .filter((name) => name !== entered.trim())
    .map((name) => offer(name, name));
}
