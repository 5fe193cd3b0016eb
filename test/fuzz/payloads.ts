// Interactions as Discord sends them, with any text in them.

import type { Person } from 'fake-discord';
import type { CommandOption, Json, ValueOption } from 'fake-discord/parts';
import { commandData, commandsForChannel, contextFields, findCommandLine, userJson } from 'fake-discord/parts';
import fc from 'fast-check';
import { EDIT_ACTIONS, writeEditId } from '../../commands/faq-edit/ids.ts';
import { ACTIONS, type WalkAction, writeReplyId, writeWalkId } from '../../src/discord/custom-id.ts';
import { snowflakes, texts } from './runs.ts';
import type { FuzzWorld } from './world.ts';

const OPTION_LENGTH = 6000;
const ID_LENGTH = 100;

/** Every command, completion, button, menu and modal of the bot, mostly by a moderator in a usual channel. */
export function payloads(world: FuzzWorld): fc.Arbitrary<Json> {
  const [moderator, ...others] = world.people;
  return fc
    .record({
      kind: fc.oneof(
        { arbitrary: commands(world), weight: 4 },
        { arbitrary: completions(world), weight: 3 },
        { arbitrary: presses(world), weight: 4 },
        { arbitrary: submits(world), weight: 2 },
        { arbitrary: menus(world), weight: 1 },
      ),
      person: fc.oneof(fc.constant(moderator), fc.constantFrom(...others)),
      locale: fc.constantFrom('en-US', 'de', 'pt-BR', 'xx'),
      token: fc.string({ unit: fc.constantFrom(...'abcXYZ019_-'), minLength: 50, maxLength: 200 }),
      permissions: fc.option(fc.constantFrom('0', String(2n ** 53n - 1n), '9'.repeat(20)), { freq: 5 }),
    })
    .map(({ kind, person, locale, token, permissions }) => ({
      ...around(world, person, { token, locale }),
      ...(permissions === null ? {} : { app_permissions: permissions }),
      ...kind(person),
    }));
}

type Kind = (person: Person) => Json;

function around({ world }: FuzzWorld, person: Person, more: Json): Json {
  const id = world.clock.nextId();
  return { id, application_id: world.applicationId, version: 1, ...contextFields(world, person), ...more };
}

/** Every line that can be typed, such as `faq-pin add`, with the options it takes. */
function linesOf({ registry, people: [{ channel }] }: FuzzWorld): { line: string; options: readonly ValueOption[] }[] {
  return commandsForChannel(registry, channel).flatMap((command) => {
    if (command.type !== 1) return [];
    const options: readonly CommandOption[] = command.options ?? [];
    const branches = options.filter(({ type }) => type <= 2).map(({ name }) => `${command.name} ${name}`);
    return (branches.length > 0 ? branches : [command.name]).map((line) => ({
      line,
      options: findCommandLine(registry, channel, line).options,
    }));
  });
}

function typed({ topics, used, pages }: FuzzWorld, max: number): fc.Arbitrary<string> {
  return fc.oneof(
    fc.constantFrom(...topics),
    fc.constantFrom(...used),
    fc.constantFrom(...pages.map(({ title }) => title), ...pages.flatMap(({ questions }) => questions)),
    texts(max),
  );
}

function valueFor(option: ValueOption, world: FuzzWorld): fc.Arbitrary<string | number | boolean> {
  switch (option.type) {
    case 4:
      return fc.integer({ min: option.min_value ?? -(2 ** 53), max: option.max_value ?? 2 ** 53 });
    case 5:
      return fc.boolean();
    case 6:
      return fc.constantFrom(...[...world.world.users.keys()]);
    case 7:
      return fc.constantFrom(...world.channels.map(({ id }) => id));
    case 11:
      return fc.constantFrom(...world.files.map(({ id }) => id));
    default:
      // Discord sends a choice of an option that has some.
      if (option.choices) return fc.constantFrom(...option.choices.map(({ value }) => value));
      return typed(world, OPTION_LENGTH);
  }
}

/** Required options are there, others may be. */
function valuesOf(
  options: readonly ValueOption[],
  world: FuzzWorld,
): fc.Arbitrary<Record<string, string | number | boolean | undefined>> {
  const entries = options.map((option) => {
    const value = valueFor(option, world);
    return fc.tuple(fc.constant(option.name), option.required ? value : fc.option(value, { nil: undefined }));
  });
  return fc.tuple(...entries).map((list) => Object.fromEntries(list));
}

function commands(world: FuzzWorld): fc.Arbitrary<Kind> {
  return fc.constantFrom(...linesOf(world)).chain(({ line, options }) =>
    valuesOf(options, world).map((values) => (person: Person) => ({
      type: 2,
      data: dataOf(world, person, line, values),
    })),
  );
}

function completions(world: FuzzWorld): fc.Arbitrary<Kind> {
  const lines = linesOf(world).flatMap(({ line, options }) =>
    options.filter(({ autocomplete }) => autocomplete).map(({ name }) => ({ line, name })),
  );
  return fc.tuple(fc.constantFrom(...lines), typed(world, OPTION_LENGTH)).map(([{ line, name }, text]) => (person) => ({
    type: 4,
    data: dataOf(world, person, line, { [name]: text }, name),
  }));
}

/** Every command can be sent from everywhere: Discord keeps to contexts, and a server's settings change. */
function dataOf(
  world: FuzzWorld,
  person: Person,
  line: string,
  values: Parameters<typeof commandData>[3],
  focused?: string,
): Json {
  const [home] = world.people;
  return commandData(world.world, person, findCommandLine(world.registry, home.channel, line), values, focused);
}

function menus(world: FuzzWorld): fc.Arbitrary<Kind> {
  return messages(world).map((message) => (person) => {
    const { id } = message(person);
    const resolved = { messages: { [String(id)]: message(person) } };
    return { type: 2, data: { id: '1', type: 3, name: 'Answer with FAQ', target_id: id, resolved } };
  });
}

function presses(world: FuzzWorld): fc.Arbitrary<Kind> {
  const values = fc.array(typed(world, 100), { minLength: 1, maxLength: 25 });
  return fc
    .record({ id: customIds(world), message: messages(world), values: fc.option(values) })
    .map(({ id, message, values: chosen }) => (person) => ({
      type: 3,
      data: {
        id: 2,
        custom_id: id,
        ...(chosen === null ? { component_type: 2 } : { component_type: 3, values: chosen }),
      },
      message: message(person),
    }));
}

function submits(world: FuzzWorld): fc.Arbitrary<Kind> {
  const typedTexts = fc.record({ title: texts(256), text: texts(4000), aliases: texts(820) });
  return fc
    .record({ id: customIds(world), given: typedTexts, message: fc.option(messages(world)), isOld: fc.boolean() })
    .map(({ id, given, message, isOld }) => (person) => {
      const inputs = Object.entries(given).map(([name, value], at) => ({ type: 4, id: at, custom_id: name, value }));
      const components = inputs.map((input) =>
        isOld ? { type: 1, components: [input] } : { type: 18, id: 9, component: input },
      );
      return {
        type: 5,
        data: { custom_id: id, components },
        ...(message === null ? {} : { message: message(person) }),
      };
    });
}

/** What versions of the bot have written, and anything else that fits. */
function customIds(world: FuzzWorld): fc.Arbitrary<string> {
  const { content, pages, topics, used, ids } = world;
  const edition = content.editions.get('en');
  if (!edition) throw new Error('there is an English edition');
  const known = fc.oneof(fc.constantFrom(...topics), fc.constantFrom(...used));
  const actions = fc.constantFrom(...Object.keys(ACTIONS).filter((name): name is WalkAction => name in ACTIONS));
  const origins = fc.record({
    isGuess: fc.boolean(),
    topics: fc.uniqueArray(known, { minLength: 1, maxLength: 3 }),
  });
  const ways = fc.array(fc.constantFrom(...pages), { minLength: 1, maxLength: 40 });
  return fc.oneof(
    fc
      .tuple(actions, ways, fc.option(origins, { nil: undefined }))
      .map(([action, path, origin]) => writeWalkId(action, path, { edition, origin })),
    fc.tuple(known, origins).map(([topic, origin]) => writeReplyId(topic, edition, origin)),
    fc
      .record({ action: fc.constantFrom(...EDIT_ACTIONS), number: fc.nat(3), topic: fc.oneof(known, fc.constant('')) })
      .map(writeEditId),
    fc.constant(`i1:write:${ids.question}`),
    fc.nat(3).map((page) => `n1:list:${page}`),
    fc
      .tuple(fc.constantFrom('a1:choose:', 'a1:search:'), fc.oneof(fc.constant(ids.message), snowflakes))
      .map(([head, id]) => head + id),
    fc
      .tuple(fc.constantFrom('i1:write:', 'c1:cancel', 'a1:search:', 'n1:list:'), texts(80))
      .map(([head, id]) => head + id),
    texts(ID_LENGTH).filter((id) => id !== ''),
  );
}

/** The message that a button stands on, or that a menu was opened on. */
function messages({ world, files, pages }: FuzzWorld): fc.Arbitrary<Kind> {
  const titles = fc.oneof(fc.constantFrom(...pages.map(({ title }) => title)), texts(256));
  return fc
    .record({
      content: texts(2000),
      title: fc.option(titles),
      isPrivate: fc.boolean(),
      file: fc.option(fc.constantFrom(...files)),
    })
    .map(({ content, title, isPrivate, file }) => ({ channel }) => ({
      id: world.clock.nextId(),
      type: 0,
      channel_id: channel.id,
      author: userJson(world.bot),
      content,
      embeds: title === null ? [] : [{ type: 'rich', title }],
      components: [],
      attachments: file === null ? [] : [file],
      mentions: [],
      mention_roles: [],
      pinned: false,
      tts: false,
      timestamp: '2026-11-24T00:00:00.000000+00:00',
      edited_timestamp: null,
      flags: isPrivate ? 64 : 0,
    }));
}
