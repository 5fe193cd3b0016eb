// Limits of commands at registration.
import { describe, test } from 'node:test';
import { expect } from 'expect';
import { useDiscord } from './here.ts';
import { many, x } from './samples.ts';
import { each } from './support.ts';

const here = useDiscord();
const { call } = here;

describe('a command', () => {
  const slash = (fields: object = {}) => ({ name: 'faq', description: 'd', ...fields });
  const text = (fields: object = {}) => ({ type: 3, name: 'topic', description: 'd', ...fields });
  /** A command of this many characters: 4 in its own fields, 400 in each of 19 options, and the rest in the last one. */
  const ofSize = (size: number) => {
    const choices = many(3, (n) => ({ name: `${n}${x(49)}`, value: `${n}${x(49)}` }));
    const option = (at: number, length: number) =>
      text({ name: `o${at}`.padEnd(4, 'x'), description: x(length - 4 - 300), choices });
    return slash({ options: [...many(19, (at) => option(at, 400)), option(19, size - 4 - 19 * 400)] });
  };
  const put = (...commands: object[]) => call('PUT', `/applications/${here.discord.applicationId}/commands`, commands);

  each<[string, object]>([
    ['25 options', slash({ options: many(25, (at) => text({ name: `o${at}` })) })],
    ['a name and description on their limits', slash({ name: x(32), description: x(100) })],
    ['names in other scripts', slash({ name: 'préférences', name_localizations: { ru: 'вопросы' } })],
    [
      'lengths, choices and their values on their limits',
      slash({
        options: [
          text({ min_length: 0, max_length: 6000 }),
          text({ name: 'b', choices: many(25, (at) => ({ name: x(100), value: `${at}`.padStart(100, 'x') })) }),
        ],
      }),
    ],
    ['8,000 characters', ofSize(8000)],
    [
      'subcommands in a group',
      slash({
        options: [
          {
            type: 2,
            name: 'g',
            description: 'd',
            options: [{ type: 1, name: 's', description: 'd', options: [text()] }],
          },
        ],
      }),
    ],
    ['a message command with capitals and spaces', { type: 3, name: 'Answer with FAQ' }],
  ])('may have %s', async (_, body) => {
    expect(await put(body)).toMatchObject({ status: 200 });
  });

  each<[string, object[], string]>([
    ['a capital in its name', [slash({ name: 'Faq' })], '0.name: APPLICATION_COMMAND_INVALID_NAME'],
    ['a space in its name', [slash({ name: 'a b' })], '0.name: APPLICATION_COMMAND_INVALID_NAME'],
    ['a name of 33', [slash({ name: x(33) })], '0.name: APPLICATION_COMMAND_INVALID_NAME'],
    ['a description of 101', [slash({ description: x(101) })], '0.description: BASE_TYPE_BAD_LENGTH'],
    ['no description', [{ name: 'faq' }], '0.description: BASE_TYPE_REQUIRED'],
    [
      'a locale that Discord does not have',
      [slash({ name_localizations: { en: 'faq' } })],
      '0.name_localizations.en: BASE_TYPE_CHOICES',
    ],
    [
      'a description in the message menu',
      [{ type: 3, name: 'A', description: 'd' }],
      '0.description: APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION',
    ],
    ['26 options', [slash({ options: many(26, (at) => text({ name: `o${at}` })) })], '0.options: BASE_TYPE_MAX_LENGTH'],
    [
      'a required option after another',
      [slash({ options: [text({ name: 'a' }), text({ name: 'b', required: true })] })],
      '0.options.1: APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
    ],
    [
      'two options of one name',
      [slash({ options: [text(), text()] })],
      '0.options.1.name: APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATED',
    ],
    [
      '26 choices',
      [slash({ options: [text({ choices: many(26, (at) => ({ name: `${at}`, value: `${at}` })) })] })],
      '0.options.0.choices: BASE_TYPE_MAX_LENGTH',
    ],
    [
      'choices with autocomplete',
      [slash({ options: [text({ autocomplete: true, choices: [{ name: 'a', value: 'a' }] })] })],
      '0.options.0.autocomplete: APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES',
    ],
    [
      'a max_length of 6,001',
      [slash({ options: [text({ max_length: 6001 })] })],
      '0.options.0.max_length: NUMBER_TYPE_MAX',
    ],
    [
      'subcommands beside options',
      [slash({ options: [text(), { type: 1, name: 's', description: 'd' }] })],
      '0.options: APPLICATION_COMMAND_OPTIONS_TYPE_MIXED',
    ],
    ['its name twice', [slash(), slash()], '1.name: APPLICATION_COMMANDS_DUPLICATE_NAME'],
    ['8,001 characters', [ofSize(8001)], '0: APPLICATION_COMMAND_TOO_LARGE'],
    [
      '8,001 characters, counting a longer translation',
      [{ ...ofSize(7999), description_localizations: { de: 'ddd' } }],
      '0: APPLICATION_COMMAND_TOO_LARGE',
    ],
  ])('with %s is refused', async (_, commands, error) => {
    const reply = await put(...commands);
    expect([reply.status, reply.code]).toEqual([400, 50035]);
    expect(reply.errors).toContain(error);
  });

  test('above the limit of its type is refused: 100 slash commands, 15 message commands', async () => {
    const most = [...many(100, (at) => slash({ name: `c${at}` })), ...many(15, (at) => ({ type: 3, name: `C${at}` }))];
    expect(await put(...most)).toMatchObject({ status: 200 });
    expect(await put(...many(101, (at) => slash({ name: `c${at}` })))).toMatchObject({ status: 400, code: 30032 });
    expect(await put(...many(16, (at) => ({ type: 3, name: `C${at}` })))).toMatchObject({ status: 400, code: 30032 });
  });

  test('created more than 200 times a day is refused', async () => {
    const path = `/applications/${here.discord.applicationId}/guilds/${here.channel.guild?.id}/commands`;
    for (const round of [0, 1])
      expect(
        await call(
          'PUT',
          path,
          many(100, (at) => slash({ name: `c${round}-${at}` })),
        ),
      ).toMatchObject({ status: 200 });
    expect(await call('PUT', path, [slash({ name: 'one-more' })])).toMatchObject({ status: 400, code: 30034 });
    here.discord.advance(24 * 60 * 60 * 1000 + 1);
    expect(await call('PUT', path, [slash({ name: 'one-more' })])).toMatchObject({ status: 200 });
  });
});
