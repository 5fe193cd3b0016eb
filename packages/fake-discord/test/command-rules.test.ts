// Rules for the values of commands at registration, besides the limits of length.
import { describe, test } from 'node:test';
import { expect } from 'expect';
import { useDiscord } from './here.ts';
import { each } from './support.ts';

const here = useDiscord();
const { call } = here;

const commands = () => `/applications/${here.discord.applicationId}/commands`;
const slash = (fields: object = {}) => ({ name: 'faq', description: 'd', ...fields });
const withOption = (fields: object) => slash({ options: [{ type: 3, name: 'topic', description: 'd', ...fields }] });
const choice = (value: unknown) => ({ choices: [{ name: 'n', value }] });

describe('a command', () => {
  each<[string, object]>([
    ['a group that is still empty', withOption({ type: 2, name: 'g' })],
    ['whole numbers to choose', withOption({ type: 4, min_value: -5, max_value: 5, ...choice(3) })],
    ['any numbers to choose', withOption({ type: 10, min_value: 0.5, ...choice(1.5) })],
    ['numbers up to 2^53', withOption({ type: 10, min_value: -(2 ** 53), max_value: 2 ** 53, ...choice(2 ** 53) })],
    ['whole numbers up to 2^53 - 1', withOption({ type: 4, ...choice(2 ** 53 - 1) })],
    ['files of some types', withOption({ type: 11, file_types: ['audio', '.txt'] })],
    ['channels of some types', withOption({ type: 7, channel_types: [0, 5, 16] })],
    ['several contexts', slash({ contexts: [0, 1, 2], integration_types: [0, 1] })],
    ['a description, as an Entry Point', { type: 4, name: 'launch', description: 'd', handler: 1 }],
  ])('may have %s', async (_, body) => {
    expect([200, 201]).toContain((await call('POST', commands(), body)).status);
  });

  each<[string, object, string]>([
    ['a number as the choice of a text', withOption(choice(5)), 'options.0.choices.0.value: STRING_TYPE_CONVERT'],
    [
      'a text as the choice of a number',
      withOption({ type: 10, ...choice('5') }),
      'options.0.choices.0.value: NUMBER_TYPE_COERCE',
    ],
    [
      'a fraction as the choice of a whole number',
      withOption({ type: 4, ...choice(1.5) }),
      'options.0.choices.0.value: NUMBER_TYPE_COERCE',
    ],
    [
      'a choice above 2^53 - 1',
      withOption({ type: 4, ...choice(2 ** 53) }),
      'options.0.choices.0.value: NUMBER_TYPE_COERCE',
    ],
    [
      'a fraction as the bound of a whole number',
      withOption({ type: 4, min_value: 1.5 }),
      'options.0.min_value: NUMBER_TYPE_COERCE',
    ],
    [
      'a choice above 2^53',
      withOption({ type: 10, ...choice(2 ** 53 + 2) }),
      'options.0.choices.0.value: NUMBER_TYPE_COERCE',
    ],
    [
      'a min_value above max_value',
      withOption({ type: 4, min_value: 3, max_value: 2 }),
      'options.0.min_value: APPLICATION_COMMAND_OPTION_RANGE_INVALID',
    ],
    [
      'a min_length above max_length',
      withOption({ min_length: 3, max_length: 2 }),
      'options.0.min_length: APPLICATION_COMMAND_OPTION_RANGE_INVALID',
    ],
    [
      'an unknown type of channel',
      withOption({ type: 7, channel_types: [99] }),
      'options.0.channel_types.0: BASE_TYPE_CHOICES',
    ],
    [
      'file types for a text',
      withOption({ file_types: ['image'] }),
      'options.0.file_types: APPLICATION_COMMAND_OPTION_FIELD_FORBIDDEN',
    ],
    ['the same context twice', slash({ contexts: [0, 0] }), 'contexts.1: SET_TYPE_ALREADY_CONTAINS_VALUE'],
    ['no context', slash({ contexts: [] }), 'contexts: BASE_TYPE_BAD_LENGTH'],
    ['no installation', slash({ integration_types: [] }), 'integration_types: BASE_TYPE_BAD_LENGTH'],
    ['a handler', slash({ handler: 1 }), 'handler: APPLICATION_COMMAND_HANDLER_FORBIDDEN'],
    ['options, as an Entry Point', { ...withOption({}), type: 4 }, 'options: APPLICATION_COMMAND_OPTIONS_FORBIDDEN'],
    [
      'options, in a menu',
      { ...withOption({}), description: '', type: 3 },
      'options: APPLICATION_COMMAND_OPTIONS_FORBIDDEN',
    ],
  ])('with %s is refused', async (_, body, error) => {
    const reply = await call('POST', commands(), body);
    expect([reply.status, reply.code]).toEqual([400, 50035]);
    expect(reply.errors).toContain(error);
  });

  test('with an empty group only is not shown, and cannot be sent', async () => {
    await call('POST', commands(), withOption({ type: 2, name: 'g' }));
    await expect(here.mina.slash('faq g')).rejects.toThrow('/faq g has no subcommands');
    await expect(here.mina.slash('faq')).rejects.toThrow('/faq needs one of: g');
  });

  test('cannot take the name of another one of its type', async () => {
    const { body } = await call('POST', commands(), slash({ name: 'first' }));
    await call('POST', commands(), slash({ name: 'second' }));
    await call('POST', commands(), { name: 'third', type: 3 });
    const rename = (name: string) => call('PATCH', `${commands()}/${body.id}`, { name });
    expect(await rename('second')).toMatchObject({
      status: 400,
      code: 50035,
      errors: ['name: APPLICATION_COMMANDS_DUPLICATE_NAME'],
    });
    expect(await rename('first')).toMatchObject({ status: 200 });
    expect(await rename('third')).toMatchObject({ status: 200, body: { name: 'third' } });
  });

  test('with negative permissions is refused', async () => {
    const reply = await call('POST', commands(), slash({ default_member_permissions: -1 }));
    expect(reply).toMatchObject({ status: 400, code: 50035 });
  });

  test('is not changed by anything but an object', async () => {
    const { body } = await call('POST', commands(), slash({ name: 'kept' }));
    for (const change of [undefined, 'x', [], 3])
      expect(await call('PATCH', `${commands()}/${body.id}`, change)).toMatchObject({ status: 400, code: 50035 });
    expect(await call('PATCH', `${commands()}/${body.id}`, {})).toMatchObject({ status: 200 });
  });
});
