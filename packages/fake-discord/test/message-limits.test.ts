// Limits of messages: what is within a limit is accepted, what exceeds it is refused at its path.
import { describe, test } from 'node:test';
import { expect } from 'expect';
import { useDiscord } from './here.ts';
import { button, embed, many, option, rows, select, without, x } from './samples.ts';
import { each } from './support.ts';

const here = useDiscord();
const { call, post } = here;

describe('a message', () => {
  each<[string, object]>([
    ['2,000 characters', { content: x(2000) }],
    ['2,000 emoji, counted as code points', { content: '😀'.repeat(2000) }],
    ['spaces around 2,000 characters', { content: ` ${x(2000)}\n` }],
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
    ['a description of 4,096', embed({ description: x(4096) })],
    ['a white colour', embed({ color: 0xffffff })],
    ['an embed link of 2,048', embed({ url: `https://example.com/${x(2028)}` })],
    ['25 fields', embed({ fields: many(25, () => ({ name: 'n', value: 'v' })) })],
    ['6,000 characters in two embeds', { embeds: [{ description: x(3000) }, { description: ` ${x(3000)} ` }] }],
    ['five rows of five buttons', rows(...many(5, (row) => many(5, (at) => button({ custom_id: `${row}-${at}` }))))],
    ['a label of 80 and a custom_id of 100', rows([button({ label: x(80), custom_id: x(100) })])],
    ['a link button of 512', rows([{ type: 2, style: 5, label: 'Go', url: `https://example.com/${x(492)}` }])],
    ['a button with an emoji only', rows([{ type: 2, style: 2, emoji: { name: '👍' }, custom_id: 'a' }])],
    ['a menu of 25 options', rows([select({ options: many(25, option), max_values: 25, placeholder: x(150) })])],
    [
      'an option with all its texts on their limits',
      rows([select({ options: [{ label: x(100), value: x(100), description: x(100) }] })]),
    ],
    ['a user select', rows([{ type: 5, custom_id: 'who' }])],
    ['null for absent fields', { content: 'x', embeds: null, components: null, nonce: null, flags: null }],
    [
      'mentions of users by list and roles by parse',
      { content: 'x', allowed_mentions: { parse: ['roles'], users: ['123'] } },
    ],
    ['a nonce of 25', { content: 'x', nonce: x(25) }],
    ['100 mentioned users', { content: 'x', allowed_mentions: { users: many(100, String) } }],
    ['100 mentioned roles', { content: 'x', allowed_mentions: { roles: many(100, String) } }],
  ])('takes %s', async (_, body) => {
    expect(await post(body)).toMatchObject({ status: 200 });
  });

  each<[string, object, string]>([
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
    ['an embed link of 2,049', embed({ url: `https://example.com/${x(2029)}` }), 'embeds.0.url: BASE_TYPE_MAX_LENGTH'],
    ['an embed link without a scheme', embed({ url: 'example.com' }), 'embeds.0.url: URL_TYPE_INVALID_URL'],
    ['an embed link of another scheme', embed({ url: 'ftp://example.com' }), 'embeds.0.url: URL_TYPE_INVALID_SCHEME'],
    ['an invalid timestamp', embed({ timestamp: 'yesterday' }), 'embeds.0.timestamp: DATE_TIME_TYPE_PARSE'],
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
    ['an unknown style', rows([button({ style: 7 })]), 'components.0.components.0.style: BASE_TYPE_CHOICES'],
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
      'a component of a type that is not allowed there',
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
    [
      '101 mentioned roles',
      { content: 'x', allowed_mentions: { roles: many(101, String) } },
      'allowed_mentions.roles: BASE_TYPE_MAX_LENGTH',
    ],
    ['the flag EPHEMERAL outside interactions', { content: 'x', flags: 64 }, 'flags: MESSAGE_FLAGS_INVALID'],
    ['a nonce of 26', { content: 'x', nonce: x(26) }, 'nonce: BASE_TYPE_MAX_LENGTH'],
    [
      'a reply to nothing',
      { content: 'x', message_reference: { message_id: '1' } },
      'message_reference: MESSAGE_REFERENCE_UNKNOWN_MESSAGE',
    ],
  ])('of %s is refused at its path', async (_, body, error) => {
    const reply = await post(body);
    expect([reply.status, reply.code]).toEqual([400, 50035]);
    expect(reply.errors).toContain(error);
    expect(here.discord.refusals.at(-1)).toMatchObject({
      code: 50035,
      method: 'POST',
      route: '/channels/:channel/messages',
      message: 'Invalid Form Body',
    });
  });

  each<[string, object]>([
    ['nothing', {}],
    ['blanks', { content: '  ' }],
  ])('of %s is refused as empty', async (_, body) => {
    expect(await post(body)).toMatchObject({ status: 400, code: 50006 });
  });

  test('is refused with the same JSON as on Discord', async () => {
    const { status, body } = await call(
      'POST',
      `/channels/${here.channel.id}/messages`,
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
