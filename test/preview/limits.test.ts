// Every documented limit of bodies: what lies on it is taken, what lies beyond is refused at its path.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FakeDiscord } from '../../src/preview/fake-discord.ts';
import { startFakeDiscord } from '../../src/preview/fake-discord.ts';
import type { Channel } from '../../src/preview/model.ts';
import type { Person } from '../../src/preview/person.ts';
import { asker, type Call, caller } from './requests.ts';

let discord: FakeDiscord;
let call: Call;
let channel: Channel;
let mina: Person;

beforeAll(async () => {
  discord = await startFakeDiscord();
  call = caller(discord);
  channel = discord.addChannel(discord.addGuild('Limits'), 'general');
  mina = discord.person(discord.addUser('Mina'), channel);
});
afterAll(() => discord.stop());

const x = (length: number) => 'x'.repeat(length);
const many = <T>(count: number, make: (at: number) => T) => Array.from({ length: count }, (_, at) => make(at));
const embed = (fields: object) => ({ embeds: [{ description: 'd', ...fields }] });
const button = (fields: object = {}) => ({ type: 2, style: 1, label: 'Go', custom_id: 'go', ...fields });
const rows = (...controls: object[][]) => ({
  content: 'x',
  components: controls.map((components) => ({ type: 1, components })),
});
const option = (at: number) => ({ label: `Option ${at}`, value: `v${at}` });
const select = (fields: object = {}) => ({ type: 3, custom_id: 'pick', options: [option(0)], ...fields });
const without = (object: Record<string, unknown>, key: string) =>
  Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));

describe('a message', () => {
  test.each<[string, object]>([
    ['2,000 characters', { content: x(2000) }],
    ['2,000 emoji, counted as code points', { content: '😀'.repeat(2000) }],
    ['blanks around 2,000 characters', { content: ` ${x(2000)}\n` }],
    ['ten embeds', { embeds: many(10, () => ({ description: 'd' })) }],
    [
      'embed texts on every limit of their own',
      embed({
        title: x(256),
        description: x(1000),
        author: { name: x(256) },
        footer: { text: x(2048) },
        fields: [{ name: x(256), value: x(1024) }],
      }),
    ],
    ['25 fields', embed({ fields: many(25, () => ({ name: 'n', value: 'v' })) })],
    ['6,000 characters in two embeds', { embeds: [{ description: x(3000) }, { description: ` ${x(3000)} ` }] }],
    ['five rows of five buttons', rows(...many(5, (row) => many(5, (at) => button({ custom_id: `${row}-${at}` }))))],
    ['a label of 80 and a custom_id of 100', rows([button({ label: x(80), custom_id: x(100) })])],
    ['a link button', rows([{ type: 2, style: 5, label: 'Go', url: 'https://example.com' }])],
    ['a button with an emoji only', rows([{ type: 2, style: 2, emoji: { name: '👍' }, custom_id: 'a' }])],
    ['a menu of 25 options', rows([select({ options: many(25, option), max_values: 25, placeholder: x(150) })])],
    ['a user select', rows([{ type: 5, custom_id: 'who' }])],
    ['null for what is left out', { content: 'x', embeds: null, components: null, nonce: null, flags: null }],
    [
      'mentions of users by list and roles by parse',
      { content: 'x', allowed_mentions: { parse: ['roles'], users: ['123'] } },
    ],
    ['a nonce of 25', { content: 'x', nonce: x(25) }],
  ])('takes %s', async (_, body) => {
    expect(await call('POST', `/channels/${channel.id}/messages`, body)).toMatchObject({ status: 200 });
  });

  test.each<[string, object, string]>([
    ['2,001 characters', { content: x(2001) }, 'content: BASE_TYPE_MAX_LENGTH'],
    ['eleven embeds', { embeds: many(11, () => ({ description: 'd' })) }, 'embeds: BASE_TYPE_MAX_LENGTH'],
    ['a title of 257', embed({ title: x(257) }), 'embeds.0.title: BASE_TYPE_MAX_LENGTH'],
    ['a description of 4,097', embed({ description: x(4097) }), 'embeds.0.description: BASE_TYPE_MAX_LENGTH'],
    ['a footer of 2,049', embed({ footer: { text: x(2049) } }), 'embeds.0.footer.text: BASE_TYPE_MAX_LENGTH'],
    ['an author of 257', embed({ author: { name: x(257) } }), 'embeds.0.author.name: BASE_TYPE_MAX_LENGTH'],
    [
      '26 fields',
      embed({ fields: many(26, () => ({ name: 'n', value: 'v' })) }),
      'embeds.0.fields: BASE_TYPE_MAX_LENGTH',
    ],
    [
      'a field name of 257',
      embed({ fields: [{ name: x(257), value: 'v' }] }),
      'embeds.0.fields.0.name: BASE_TYPE_BAD_LENGTH',
    ],
    [
      'a field value of 1,025',
      embed({ fields: [{ name: 'n', value: x(1025) }] }),
      'embeds.0.fields.0.value: BASE_TYPE_BAD_LENGTH',
    ],
    [
      'a blank field value',
      embed({ fields: [{ name: 'n', value: '  ' }] }),
      'embeds.0.fields.0.value: BASE_TYPE_REQUIRED',
    ],
    ['a field without a name', embed({ fields: [{ value: 'v' }] }), 'embeds.0.fields.0.name: BASE_TYPE_REQUIRED'],
    [
      '6,001 characters in two embeds',
      { embeds: [{ description: x(3000) }, { description: x(3001) }] },
      'embeds: MAX_EMBED_SIZE_EXCEEDED',
    ],
    ['a colour above white', embed({ color: 0x1000000 }), 'embeds.0.color: NUMBER_TYPE_MAX'],
    ['an embed link without a scheme', embed({ url: 'example.com' }), 'embeds.0.url: URL_TYPE_INVALID_URL'],
    ['an embed link of another scheme', embed({ url: 'ftp://example.com' }), 'embeds.0.url: URL_TYPE_INVALID_SCHEME'],
    ['a timestamp that is none', embed({ timestamp: 'yesterday' }), 'embeds.0.timestamp: DATE_TIME_TYPE_PARSE'],
    ['six rows', rows(...many(6, (at) => [button({ custom_id: `${at}` })])), 'components: BASE_TYPE_MAX_LENGTH'],
    [
      'six buttons in a row',
      rows(many(6, (at) => button({ custom_id: `${at}` }))),
      'components.0.components: BASE_TYPE_BAD_LENGTH',
    ],
    ['an empty row', rows([]), 'components.0.components: BASE_TYPE_BAD_LENGTH'],
    [
      'a menu beside a button',
      rows([select(), button()]),
      'components.0.components.1: COMPONENT_LAYOUT_WIDTH_EXCEEDED',
    ],
    ['a label of 81', rows([button({ label: x(81) })]), 'components.0.components.0.label: BASE_TYPE_MAX_LENGTH'],
    [
      'a custom_id of 101',
      rows([button({ custom_id: x(101) })]),
      'components.0.components.0.custom_id: BASE_TYPE_BAD_LENGTH',
    ],
    [
      'an empty custom_id',
      rows([button({ custom_id: '' })]),
      'components.0.components.0.custom_id: BASE_TYPE_BAD_LENGTH',
    ],
    [
      'the same custom_id twice',
      rows([button()], [button({ disabled: true })]),
      'components.1.components.0.custom_id: COMPONENT_CUSTOM_ID_DUPLICATED',
    ],
    [
      'a button without custom_id',
      rows([without(button(), 'custom_id')]),
      'components.0.components.0.custom_id: BASE_TYPE_REQUIRED',
    ],
    [
      'a link button without url',
      rows([{ type: 2, style: 5, label: 'Go' }]),
      'components.0.components.0.url: BASE_TYPE_REQUIRED',
    ],
    [
      'a link of 513',
      rows([{ type: 2, style: 5, label: 'Go', url: `https://example.com/${x(493)}` }]),
      'components.0.components.0.url: BASE_TYPE_MAX_LENGTH',
    ],
    [
      'a link of another scheme',
      rows([{ type: 2, style: 5, label: 'Go', url: 'javascript:alert(1)' }]),
      'components.0.components.0.url: URL_TYPE_INVALID_SCHEME',
    ],
    ['a style that is none', rows([button({ style: 7 })]), 'components.0.components.0.style: BASE_TYPE_CHOICES'],
    [
      'a button without label and emoji',
      rows([button({ label: '' })]),
      'components.0.components.0.label: BUTTON_COMPONENT_INVALID_LABEL',
    ],
    [
      'a menu without options',
      rows([select({ options: [] })]),
      'components.0.components.0.options: BASE_TYPE_BAD_LENGTH',
    ],
    [
      '26 options',
      rows([select({ options: many(26, option) })]),
      'components.0.components.0.options: BASE_TYPE_BAD_LENGTH',
    ],
    [
      'an option label of 101',
      rows([select({ options: [{ label: x(101), value: 'v' }] })]),
      'components.0.components.0.options.0.label: BASE_TYPE_BAD_LENGTH',
    ],
    [
      'an option value of 101',
      rows([select({ options: [{ label: 'l', value: x(101) }] })]),
      'components.0.components.0.options.0.value: BASE_TYPE_BAD_LENGTH',
    ],
    [
      'an option description of 101',
      rows([select({ options: [{ ...option(0), description: x(101) }] })]),
      'components.0.components.0.options.0.description: BASE_TYPE_MAX_LENGTH',
    ],
    [
      'two options of one value',
      rows([select({ options: [option(0), option(0)] })]),
      'components.0.components.0.options.1.value: SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
    ],
    [
      'more values than options',
      rows([select({ max_values: 2 })]),
      'components.0.components.0.max_values: SELECT_COMPONENT_MAX_VALUES',
    ],
    [
      'a placeholder of 151',
      rows([select({ placeholder: x(151) })]),
      'components.0.components.0.placeholder: BASE_TYPE_MAX_LENGTH',
    ],
    [
      'a component of a type that may not stand there',
      { content: 'x', components: [button()] },
      'components.0.type: BASE_TYPE_CHOICES',
    ],
    [
      'parse and a list of the same kind',
      { content: 'x', allowed_mentions: { parse: ['users'], users: ['123'] } },
      'allowed_mentions.users: MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
    ],
    [
      '101 mentioned users',
      { content: 'x', allowed_mentions: { users: many(101, String) } },
      'allowed_mentions.users: BASE_TYPE_MAX_LENGTH',
    ],
    ['the flag EPHEMERAL outside interactions', { content: 'x', flags: 64 }, 'flags: MESSAGE_FLAGS_INVALID'],
    ['a nonce of 26', { content: 'x', nonce: x(26) }, 'nonce: BASE_TYPE_MAX_LENGTH'],
    [
      'a reply to nothing',
      { content: 'x', message_reference: { message_id: '1' } },
      'message_reference: MESSAGE_REFERENCE_UNKNOWN_MESSAGE',
    ],
  ])('of %s is refused at its path', async (_, body, error) => {
    const reply = await call('POST', `/channels/${channel.id}/messages`, body);
    expect([reply.status, reply.code]).toEqual([400, 50035]);
    expect(reply.errors).toContain(error);
    expect(discord.refusals.at(-1)).toMatchObject({
      code: 50035,
      method: 'POST',
      route: '/channels/:channel/messages',
      message: 'Invalid Form Body',
    });
  });

  test.each<[string, object]>([
    ['nothing', {}],
    ['blanks', { content: '  ' }],
    ['an embed that shows nothing', { embeds: [{ title: ' ' }] }],
  ])('of %s is refused as empty', async (_, body) => {
    expect(await call('POST', `/channels/${channel.id}/messages`, body)).toMatchObject({ status: 400, code: 50006 });
  });

  test('is refused in the exact shape that Discord uses', async () => {
    const { status, body } = await call(
      'POST',
      `/channels/${channel.id}/messages`,
      rows([button({ custom_id: x(101) })]),
    );
    expect(status).toBe(400);
    expect(body).toEqual({
      code: 50035,
      message: 'Invalid Form Body',
      errors: {
        components: {
          0: {
            components: {
              0: {
                custom_id: {
                  _errors: [{ code: 'BASE_TYPE_BAD_LENGTH', message: 'Must be between 1 and 100 in length.' }],
                },
              },
            },
          },
        },
      },
    });
  });
});

describe('an answer to an interaction', () => {
  const input = (fields: object = {}) => ({ type: 4, custom_id: 'note', style: 1, ...fields });
  const label = (fields: object = {}, component: object = input()) => ({
    type: 18,
    label: 'Note',
    component,
    ...fields,
  });
  const modal = (...components: object[]) => ({ type: 9, data: { custom_id: 'm', title: 'Title', components } });
  const choices = (...list: object[]) => ({ type: 8, data: { choices: list } });

  test.each<[string, number, object]>([
    ['a modal of five labels', 2, modal(...many(5, (at) => label({}, input({ custom_id: `${at}` }))))],
    [
      'a modal on all its limits',
      2,
      {
        type: 9,
        data: {
          custom_id: x(100),
          title: x(45),
          components: [
            label(
              { label: x(45), description: x(100) },
              input({ value: x(4000), placeholder: x(100), max_length: 4000 }),
            ),
          ],
        },
      },
    ],
    [
      'a modal with text, menu and upload',
      2,
      modal({ type: 10, content: 'Read this' }, label({}, select()), label({}, { type: 19, custom_id: 'file' })),
    ],
    ['a modal with a text input in a row', 2, modal({ type: 1, components: [input({ label: 'Note' })] })],
    ['25 choices', 4, choices(...many(25, (at) => ({ name: x(100), value: `${at}` })))],
    ['a private message', 2, { type: 4, data: { content: 'x', flags: 64 } }],
    ['a deferred private message', 2, { type: 5, data: { flags: 64 } }],
  ])('may be %s', async (_, type, body) => {
    expect(await asker(discord, call)(mina, type).answer(body)).toMatchObject({ status: 204 });
  });

  test.each<[string, number, object, string]>([
    [
      'a modal title of 46',
      2,
      { type: 9, data: { custom_id: 'm', title: x(46), components: [label()] } },
      'data.title: BASE_TYPE_BAD_LENGTH',
    ],
    ['a modal without components', 2, modal(), 'data.components: BASE_TYPE_BAD_LENGTH'],
    [
      'a modal of six',
      2,
      modal(...many(6, (at) => label({}, input({ custom_id: `${at}` })))),
      'data.components: BASE_TYPE_BAD_LENGTH',
    ],
    ['a label of 46', 2, modal(label({ label: x(46) })), 'data.components.0.label: BASE_TYPE_BAD_LENGTH'],
    [
      'a description of 101',
      2,
      modal(label({ description: x(101) })),
      'data.components.0.description: BASE_TYPE_MAX_LENGTH',
    ],
    [
      'a value of 4,001',
      2,
      modal(label({}, input({ value: x(4001) }))),
      'data.components.0.component.value: BASE_TYPE_MAX_LENGTH',
    ],
    [
      'a placeholder of 101',
      2,
      modal(label({}, input({ placeholder: x(101) }))),
      'data.components.0.component.placeholder: BASE_TYPE_MAX_LENGTH',
    ],
    [
      'a text input of 4,001',
      2,
      modal(label({}, input({ max_length: 4001 }))),
      'data.components.0.component.max_length: NUMBER_TYPE_MAX',
    ],
    [
      'a modal custom_id of 101',
      2,
      { type: 9, data: { custom_id: x(101), title: 'T', components: [label()] } },
      'data.custom_id: BASE_TYPE_BAD_LENGTH',
    ],
    [
      'one custom_id on two inputs',
      2,
      modal(label(), label()),
      'data.components.1.component.custom_id: COMPONENT_CUSTOM_ID_DUPLICATED',
    ],
    [
      'a disabled menu in a modal',
      2,
      modal(label({}, select({ disabled: true }))),
      'data.components.0.component.disabled: COMPONENT_DISABLED_IN_MODAL',
    ],
    ['a button in a modal', 2, modal(button()), 'data.components.0.type: UNION_TYPE_CHOICES'],
    [
      '26 choices',
      4,
      choices(...many(26, (at) => ({ name: 'n', value: `${at}` }))),
      'data.choices: BASE_TYPE_MAX_LENGTH',
    ],
    ['a choice name of 101', 4, choices({ name: x(101), value: 'v' }), 'data.choices.0.name: BASE_TYPE_BAD_LENGTH'],
    ['an empty choice name', 4, choices({ name: '', value: 'v' }), 'data.choices.0.name: BASE_TYPE_BAD_LENGTH'],
    ['a choice value of 101', 4, choices({ name: 'n', value: x(101) }), 'data.choices.0.value: BASE_TYPE_MAX_LENGTH'],
    ['a title of 257', 2, { type: 4, data: embed({ title: x(257) }) }, 'data.embeds.0.title: BASE_TYPE_MAX_LENGTH'],
    ['another flag on a deferred message', 2, { type: 5, data: { flags: 4 } }, 'data.flags: MESSAGE_FLAGS_INVALID'],
    ['an update of a command', 2, { type: 7, data: { content: 'x' } }, 'type: BASE_TYPE_CHOICES'],
    ['choices for a command', 2, choices(), 'type: BASE_TYPE_CHOICES'],
    ['a message for an autocomplete', 4, { type: 4, data: { content: 'x' } }, 'type: BASE_TYPE_CHOICES'],
    ['a modal for a modal', 5, modal(label()), 'type: BASE_TYPE_CHOICES'],
    ['no type', 2, {}, 'type: BASE_TYPE_REQUIRED'],
  ])('of %s is refused', async (_, type, body, error) => {
    const reply = await asker(discord, call)(mina, type).answer(body);
    expect([reply.status, reply.code]).toEqual([400, 50035]);
    expect(reply.errors).toContain(error);
  });
});

describe('a command', () => {
  const slash = (fields: object = {}) => ({ name: 'faq', description: 'd', ...fields });
  const text = (fields: object = {}) => ({ type: 3, name: 'topic', description: 'd', ...fields });
  const put = (...commands: object[]) => call('PUT', `/applications/${discord.applicationId}/commands`, commands);

  test.each<[string, object]>([
    ['25 options', slash({ options: many(25, (at) => text({ name: `o${at}` })) })],
    ['names in other scripts', slash({ name: 'préférences', name_localizations: { ru: 'вопросы' } })],
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
    ['a message command with capitals and blanks', { type: 3, name: 'Answer with FAQ' }],
  ])('may have %s', async (_, body) => {
    expect(await put(body)).toMatchObject({ status: 200 });
  });

  test.each<[string, object[], string]>([
    ['a capital in its name', [slash({ name: 'Faq' })], '0.name: APPLICATION_COMMAND_INVALID_NAME'],
    ['a blank in its name', [slash({ name: 'a b' })], '0.name: APPLICATION_COMMAND_INVALID_NAME'],
    ['a name of 33', [slash({ name: x(33) })], '0.name: APPLICATION_COMMAND_INVALID_NAME'],
    ['a description of 101', [slash({ description: x(101) })], '0.description: BASE_TYPE_BAD_LENGTH'],
    ['no description', [{ name: 'faq' }], '0.description: BASE_TYPE_REQUIRED'],
    [
      'a locale that Discord has not',
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
    [
      '8,001 characters',
      [
        slash({
          options: many(25, (at) =>
            text({
              name: `o${at}`,
              description: x(100),
              choices: many(3, (n) => ({ name: `${n}${x(49)}`, value: `${n}${x(49)}` })),
            }),
          ),
        }),
      ],
      '0: APPLICATION_COMMAND_TOO_LARGE',
    ],
  ])('with %s is refused', async (_, commands, error) => {
    const reply = await put(...commands);
    expect([reply.status, reply.code]).toEqual([400, 50035]);
    expect(reply.errors).toContain(error);
  });

  test('of a kind that is full is refused: 100 slash commands, 15 of the message menu', async () => {
    expect(await put(...many(101, (at) => slash({ name: `c${at}` })))).toMatchObject({ status: 400, code: 30032 });
    expect(await put(...many(16, (at) => ({ type: 3, name: `C${at}` })))).toMatchObject({ status: 400, code: 30032 });
  });

  test('created more than 200 times a day is refused', async () => {
    const path = `/applications/${discord.applicationId}/guilds/${channel.guild?.id}/commands`;
    for (const round of [0, 1])
      await call(
        'PUT',
        path,
        many(100, (at) => slash({ name: `c${round}-${at}` })),
      );
    expect(await call('PUT', path, [slash({ name: 'one-more' })])).toMatchObject({ status: 400, code: 30034 });
    discord.advance(24 * 60 * 60 * 1000 + 1);
    expect(await call('PUT', path, [slash({ name: 'one-more' })])).toMatchObject({ status: 200 });
  });
});

describe('files', () => {
  const MIB = 1024 * 1024;
  const form = (...sizes: number[]) => {
    const data = new FormData();
    data.set('payload_json', JSON.stringify({ content: 'x' }));
    for (const [at, size] of sizes.entries()) data.set(`files[${at}]`, new Blob([x(size)]), `${at}.txt`);
    return data;
  };
  const send = (data: FormData) => call('POST', `/channels/${channel.id}/messages`, data);

  test('of a message are ten and 10 MiB together at most', async () => {
    expect(await send(form(...many(10, () => MIB)))).toMatchObject({ status: 200 });
    expect(await send(form(...many(11, () => 1)))).toMatchObject({ status: 400, code: 50_035 });
    expect(await send(form(10 * MIB + 1))).toMatchObject({ status: 413, code: 40_005 });
    expect(await send(form(6 * MIB, 5 * MIB))).toMatchObject({ status: 413, code: 40_005 });
  });

  test('that an edit adds count with those that stay', async () => {
    const { body } = await send(form(...many(6, () => 1)));
    const edit = (data: FormData) => call('PATCH', `/channels/${channel.id}/messages/${body.id}`, data);
    expect(await edit(form(...many(5, () => 1)))).toMatchObject({ status: 400, code: 50_035 });
    expect(await edit(form(...many(4, () => 1)))).toMatchObject({ status: 200 });
  });
});
