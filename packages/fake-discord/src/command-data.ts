// Builds the data of a command interaction (Discord docs, Receiving and Responding, Application Command Data Structure).
import type { CommandRegistry, RegisteredCommand } from './command-registry.ts';
import type { Actor, ResolvedObjects } from './interaction-payload.ts';
import { noResolvedObjects, resolvedJson } from './interaction-payload.ts';
import type { Attachment, Channel, Json, User, World } from './model.ts';
import type { CommandOption, ValueOption } from './schema/command.ts';

/** What a person enters for an option. Users, channels and files are the fake Discord's own objects. */
export type OptionValue = string | number | boolean | User | Channel | Attachment;

/** Values by option name. Undefined omits the option. */
export type OptionValues = Readonly<Record<string, OptionValue | undefined>>;

/** A registered command with its subcommand, such as `faq-pin add`. */
export interface CommandLine {
  readonly command: RegisteredCommand;
  /** The subcommand group and subcommand, if any. */
  readonly path: readonly CommandOption[];
  readonly options: readonly ValueOption[];
}

/** Commands for this channel: those of its server, and the global ones that are allowed in its context. */
export function commandsForChannel(registry: CommandRegistry, channel: Channel): RegisteredCommand[] {
  const { guild } = channel;
  const isAllowed = ({ contexts, dm_permission: inDms }: RegisteredCommand) =>
    contexts ? contexts.includes(guild === null ? 1 : 0) : guild !== null || inDms !== false;
  return [...registry.in(null).filter(isAllowed), ...(guild === null ? [] : registry.in(guild.id))];
}

/** Finds a command line. Throws an Error that names what is not registered. */
export function findCommandLine(registry: CommandRegistry, channel: Channel, line: string): CommandLine {
  const [name, ...rest] = line.replace(/^\//, '').split(/\s+/);
  const command = commandsForChannel(registry, channel).find((each) => each.type === 1 && each.name === name);
  if (command?.type !== 1) throw new Error(`/${name} is not registered for this channel`);
  let level: readonly CommandOption[] = command.options ?? [];
  const branches: CommandOption[] = [];
  for (const word of rest) {
    const branch = level.find((option) => option.type <= 2 && option.name === word);
    if (branch === undefined || branch.type > 2) throw new Error(`/${line} is not registered: there is no ${word}`);
    branches.push(branch);
    level = 'options' in branch ? (branch.options ?? []) : [];
  }
  const options = level.filter((option): option is ValueOption => option.type > 2);
  if (branches.at(-1)?.type === 2 && level.length === 0) throw new Error(`/${line} has no subcommands`);
  if (options.length < level.length)
    throw new Error(`/${line} needs one of: ${level.map((option) => option.name).join(', ')}`);
  return { command, path: branches, options };
}

/**
 * Builds the interaction's `data`.
 * @param focused the option being typed, for autocomplete; required options may then be missing
 * @throws Error for an unknown option, a missing required one, or a value of the wrong type
 */
export function commandData(
  world: World,
  acting: Actor,
  line: CommandLine,
  values: OptionValues,
  focused?: string,
): Json {
  const { command, path: branches, options } = line;
  const given = Object.entries(values).filter((entry): entry is [string, OptionValue] => entry[1] !== undefined);
  const unknown = given.find(([name]) => !options.some((option) => option.name === name));
  if (unknown) throw new Error(`/${command.name} has no option ${unknown[0]}`);
  const missing = options.filter(({ name, required }) => required && values[name] === undefined);
  if (missing.length > 0 && focused === undefined) {
    throw new Error(`/${command.name} needs ${missing.map(({ name }) => name).join(', ')}`);
  }
  const resolved = noResolvedObjects();
  const filled = options.flatMap((option) => {
    const value = values[option.name];
    if (value === undefined) return [];
    if (option.name === focused) return [{ name: option.name, type: option.type, value: String(value), focused: true }];
    return [{ name: option.name, type: option.type, value: optionValue(world, option, value, resolved) }];
  });
  const nested = branches.reduceRight<Json[]>((inner, { name, type }) => [{ name, type, options: inner }], filled);
  return {
    id: command.id,
    name: command.name,
    type: command.type,
    ...(nested.length === 0 ? {} : { options: nested }),
    ...(command.guild_id === undefined ? {} : { guild_id: command.guild_id }),
    ...resolvedJson(world, acting, resolved),
  };
}

function optionValue(
  world: World,
  option: ValueOption,
  value: OptionValue,
  resolved: ResolvedObjects,
): string | number | boolean {
  const { name, type } = option;
  const wrong = (expected: string) => new Error(`The option ${name} takes ${expected}, not ${describe(value)}`);
  const id = typeof value === 'object' ? value.id : String(value);
  if (type === 3) return textValue(option, value);
  if (type === 4 || type === 10) {
    const { min_value: min = -Infinity, max_value: max = Infinity } = option;
    if (typeof value !== 'number' || value < min || value > max) throw wrong(`a number from ${min} to ${max}`);
    if (type === 4 && !Number.isSafeInteger(value)) throw wrong('a whole number');
    requireChoice(option, value);
    return value;
  }
  if (type === 5) {
    if (typeof value !== 'boolean') throw wrong('true or false');
    return value;
  }
  const user = world.users.get(id);
  const channel = world.channels.get(id);
  const file = world.files.get(id);
  if ((type === 6 || type === 9) && user) resolved.users.push(user);
  else if (type === 7 && channel) resolved.channels.push(channel);
  else if (type === 11 && file) resolved.attachments.push(file.attachment);
  else if (type === 8 || type === 9) resolved.roleIds.push(id);
  else throw wrong({ 6: 'a user', 7: 'a channel', 11: 'an attachment' }[type] ?? 'something else');
  return id;
}

/** The name of an object, or the value itself. */
function describe(value: OptionValue): string {
  if (typeof value !== 'object') return JSON.stringify(value);
  return 'filename' in value ? value.filename : value.name;
}

/**
 * Clients offer only channels of the types that an option lists. Interactions are built from any, for tests of bots that
 * must not rely on that.
 * @throws Error for a channel of another type
 */
export function requireListedTypes({ options }: CommandLine, values: OptionValues): void {
  for (const { name, channel_types: types = [] } of options) {
    const value = values[name];
    if (types.length === 0 || typeof value !== 'object' || !('recipient' in value)) continue;
    if (!types.some((type) => type === value.type)) throw new Error(`The option ${name} does not list ${value.name}`);
  }
}

/** Clients send only choices where an option has some. */
function requireChoice({ name, choices }: ValueOption, value: string | number): void {
  if (choices?.length && !choices.some((choice) => choice.value === value))
    throw new Error(`The option ${name} has no choice ${value}`);
}

/** Clients don't send text outside the option's length limits, or that is not one of its choices. */
function textValue(option: ValueOption, value: OptionValue): string {
  const { name, min_length: min = 0, max_length: max = 6000 } = option;
  const text = String(value);
  if (typeof value !== 'string') throw new Error(`The option ${name} takes a text`);
  if (text.length < min || text.length > max)
    throw new Error(`The option ${name} takes ${min} to ${max} characters, not ${text.length}`);
  requireChoice(option, text);
  return text;
}
