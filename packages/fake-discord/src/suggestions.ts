// Suggests what to type next: commands, options, values, mentions.
import { availableCommandLines, descriptionIn } from './available-commands.ts';
import type { OptionValue } from './command-data.ts';
import { type ParsedLine, parseLine, parseValue } from './command-line.ts';
import type { CommandRegistry } from './command-registry.ts';
import type { Channel, World } from './model.ts';
import type { SuggestionView } from './page-types.ts';
import type { Person } from './person.ts';
import type { ValueOption } from './schema/command.ts';

/** At most 25 suggestions. For options with autocomplete the bot is asked. */
export async function suggest(
  world: World,
  registry: CommandRegistry,
  person: Person,
  text: string,
): Promise<SuggestionView[]> {
  if (!text.startsWith('/')) return mentionSuggestions(world, person.channel, text);
  const typed = parseLine(registry, person, text);
  // Without a space after it, a command's name may be the start of another name.
  if (!typed || text.slice(1) === typed.name) {
    const start = text.slice(1).toLowerCase();
    const lines = availableCommandLines(registry, person).filter(({ name }) => name.startsWith(start));
    return lines
      .slice(0, 25)
      .map(({ name, description }) => ({ label: `/${name}`, hint: description, text: `/${name} ` }));
  }
  const active = typed.values.at(-1);
  const values = active ? await valueSuggestions(world, person, typed, active, text) : [];
  return [...values, ...nameSuggestions(typed, text, person.locale)].slice(0, 25);
}

/** Users and roles whose name starts with the word after an @ at the end. */
function mentionSuggestions(world: World, { guild }: Channel, text: string): SuggestionView[] {
  const word = /(?:^|\s)@(\S*)$/.exec(text)?.[1];
  if (word === undefined) return [];
  const users = [...world.users.values()].map(({ name, isBot }) => ({ name, hint: isBot ? 'App' : '' }));
  const roles = [...(guild?.roles.values() ?? [])].map(({ name }) => ({ name, hint: 'Role' }));
  const found = [...users, ...roles].filter(({ name }) => name.toLowerCase().startsWith(word.toLowerCase()));
  const start = text.slice(0, text.length - word.length);
  return found.slice(0, 25).map(({ name, hint }) => ({ label: `@${name}`, hint, text: `${start}${name} ` }));
}

/** Options that have no value yet and match the last word. */
function nameSuggestions({ line, values }: ParsedLine, text: string, locale: string): SuggestionView[] {
  const word = /(?:^|\s)([^\s:]*)$/.exec(text)?.[1];
  if (word === undefined) return [];
  const open = line.options.filter(
    ({ name, type }) => type !== 11 && name.startsWith(word) && !values.some(({ option }) => option.name === name),
  );
  return open.map((option) => ({
    label: `${option.name}:`,
    hint: `${descriptionIn(option, locale)}${option.required ? ' (required)' : ''}`,
    ...(option.required ? { isRequired: true } : {}),
    text: `${text.slice(0, text.length - word.length)}${option.name}:`,
  }));
}

async function valueSuggestions(
  world: World,
  person: Person,
  typed: ParsedLine,
  active: ParsedLine['values'][number],
  text: string,
): Promise<SuggestionView[]> {
  const { option, start } = active;
  const entered = active.text.trimStart();
  const matching = entered.trim().toLowerCase();
  const taken = (value: string) => `${text.slice(0, start)}${value} `;
  const offer = (label: string, value: string): SuggestionView => ({
    label,
    hint: label === value ? '' : value,
    text: taken(value),
  });
  const { guild } = person.channel;
  if (option.autocomplete) {
    const others = typed.values
      .filter((value) => value !== active)
      .flatMap(({ option: other, text: value }) => {
        const known = tryParseValue(world, person, other, value.trim());
        return known === undefined ? [] : [[other.name, known]];
      });
    const choices = await person.autocomplete(typed.name, option.name, entered.trimEnd(), Object.fromEntries(others));
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

/** Returns undefined for an invalid value: the error is shown when the command is sent. */
function tryParseValue(world: World, person: Person, option: ValueOption, text: string): OptionValue | undefined {
  try {
    return parseValue(world, person.channel, option, text);
  } catch {
    return undefined;
  }
}
