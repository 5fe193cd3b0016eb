// Rules for the values of modals, autocomplete choices and deferred updates.
import { describe, test } from 'node:test';
import { expect } from 'expect';
import { useDiscord } from './here.ts';
import { button, many, option, rows, select } from './samples.ts';
import { each } from './support.ts';

const here = useDiscord();
const { ask, found, post } = here;

const label = (component: object, fields: object = {}) => ({ type: 18, label: 'Note', component, ...fields });
const input = { type: 4, custom_id: 'note', style: 1 };
const file = (fields: object = {}) => ({ type: 19, custom_id: 'file', ...fields });
const radio = (...options: object[]) => ({ type: 21, custom_id: 'radio', options });
const checks = (fields: object = {}) => ({ type: 22, custom_id: 'checks', options: many(3, option), ...fields });

describe('a modal', () => {
  const open = (...components: object[]) =>
    ask(2).answer({ type: 9, data: { custom_id: 'm', title: 'Title', components } });

  each<[string, object[]]>([
    ['a menu that may stay empty', [label(select({ min_values: 0, required: false }))]],
    ['files of some types', [label(file({ file_types: ['image', '.PDF'] }))]],
    ['a radio group with a choice', [label(radio(option(0), { ...option(1), default: true }))]],
    [
      'a checkbox group with all chosen',
      [label(checks({ options: many(3, (at) => ({ ...option(at), default: true })) }))],
    ],
  ])('may have %s', async (_, components) => {
    expect(await open(...components)).toMatchObject({ status: 204 });
  });

  each<[string, object[], string]>([
    [
      'a required menu that may stay empty',
      [label(select({ min_values: 0 }))],
      'component.min_values: COMPONENT_REQUIRED_MIN_VALUES',
    ],
    [
      'a required upload that may stay empty',
      [label(file({ min_values: 0, required: true }))],
      'component.min_values: COMPONENT_REQUIRED_MIN_VALUES',
    ],
    [
      'more files needed than allowed',
      [label(file({ min_values: 2 }))],
      'component.min_values: SELECT_COMPONENT_MIN_MAX',
    ],
    ['an unknown file type', [label(file({ file_types: ['pdf'] }))], 'component.file_types.0: FILE_TYPE_INVALID'],
    [
      '11 file types',
      [label(file({ file_types: many(11, (at) => `.a${at}`) }))],
      'component.file_types: BASE_TYPE_MAX_LENGTH',
    ],
    [
      'two options of one value',
      [label(radio(option(0), option(0)))],
      'component.options.1.value: SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
    ],
    [
      'two choices in a radio group',
      [label(radio(...many(2, (at) => ({ ...option(at), default: true }))))],
      'component.options: SELECT_COMPONENT_DEFAULTS',
    ],
    [
      'more checks needed than allowed',
      [label(checks({ min_values: 3, max_values: 2 }))],
      'component.min_values: SELECT_COMPONENT_MIN_MAX',
    ],
    ['an empty description', [label(input, { description: '' })], 'description: BASE_TYPE_BAD_LENGTH'],
    ['one id twice', [label({ ...input, id: 7 }, { id: 7 })], 'component.id: COMPONENT_ID_DUPLICATED'],
  ])('with %s is refused', async (_, components, error) => {
    const reply = await open(...components);
    expect([reply.status, reply.code]).toEqual([400, 50035]);
    expect(reply.errors).toContain(`data.components.0.${error}`);
  });
});

describe('autocomplete choices', () => {
  const answer = (type: number, choice: object) =>
    ask(4, null, {
      id: '1',
      name: 'test',
      type: 1,
      options: [{ type: 1, name: 'sub', options: [{ type, name: 'topic', value: '', focused: true }] }],
    }).answer({ type: 8, data: { choices: [{ name: 'n', ...choice }] } });

  test('have values of the type of the option', async () => {
    expect(await answer(3, { value: 'v' })).toMatchObject({ status: 204 });
    expect(await answer(4, { value: 5 })).toMatchObject({ status: 204 });
    expect(await answer(10, { value: 0.5 })).toMatchObject({ status: 204 });
    expect(await answer(3, { value: 5 })).toMatchObject({ errors: ['data.choices.0.value: STRING_TYPE_CONVERT'] });
    expect(await answer(4, { value: '5' })).toMatchObject({ errors: ['data.choices.0.value: NUMBER_TYPE_COERCE'] });
    expect(await answer(4, { value: 0.5 })).toMatchObject({ errors: ['data.choices.0.value: NUMBER_TYPE_COERCE'] });
  });

  test('have localizations in known locales', async () => {
    expect(await answer(3, { value: 'v', name_localizations: { de: 'x' } })).toMatchObject({ status: 204 });
    expect(await answer(3, { value: 'v', name_localizations: { xx: 'x' } })).toMatchObject({
      errors: ['data.choices.0.name_localizations.xx: BASE_TYPE_CHOICES'],
    });
    expect(await answer(3, { value: 'v', name_localizations: { de: '' } })).toMatchObject({
      errors: ['data.choices.0.name_localizations.de: BASE_TYPE_BAD_LENGTH'],
    });
  });
});

describe('a deferred update', () => {
  test('is checked like an update, though nothing of it is shown', async () => {
    const { body } = await post(rows([button()]));
    const source = found(body.id);
    const answer = (data: unknown) => ask(3, source).answer({ type: 6, data });
    expect(await answer({ embeds: 'x' })).toMatchObject({ status: 400, code: 50035 });
    expect(await answer({ content: 'y' })).toMatchObject({ status: 204 });
    expect(source.content).toBe('x');
  });
});
