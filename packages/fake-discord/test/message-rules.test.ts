// Rules for the values of messages and their components, besides the limits of length.
import { describe, test } from 'node:test';
import { expect } from 'expect';
import { useDiscord } from './here.ts';
import { button, embed, many, option, rows, select, x } from './samples.ts';
import { each } from './support.ts';

const here = useDiscord();
const { ask, call, found, post } = here;

const userSelect = (fields: object = {}) => ({ type: 5, custom_id: 'who', ...fields });
const users = (count: number) => many(count, (at) => ({ id: String(at + 1), type: 'user' }));

describe('a message', () => {
  each<[string, object]>([
    ['two components without an id of their own', rows([button({ id: 0 }), button({ id: 0, custom_id: 'b' })])],
    ['the emoji of a server by its id alone', rows([button({ label: '', emoji: { id: '123' } })])],
    ['a user chosen in advance', rows([userSelect({ default_values: users(1) })])],
    [
      'a role chosen in advance among users and roles',
      rows([{ type: 7, custom_id: 'a', default_values: [{ id: '1', type: 'role' }] }]),
    ],
    ['a role chosen in advance', rows([{ type: 6, custom_id: 'a', default_values: [{ id: '1', type: 'role' }] }])],
    [
      'channels chosen in advance, and none needed',
      rows([
        {
          type: 8,
          custom_id: 'a',
          min_values: 0,
          max_values: 25,
          default_values: many(25, (at) => ({ id: String(at + 1), type: 'channel' })),
        },
      ]),
    ],
    ['a select menu of media channels', rows([{ type: 8, custom_id: 'where', channel_types: [0, 16] }])],
    ['a date without a time', embed({ timestamp: '2026-01-01' })],
    ['a time with an offset', embed({ timestamp: '2026-01-01T10:00:00.123+02:00' })],
    ['an embed with a picture only', { embeds: [{ image: { url: 'https://example.com/a.png' } }] }],
    ['no stickers', { content: 'x', sticker_ids: [] }],
  ])('may have %s', async (_, body) => {
    expect(await post(body)).toMatchObject({ status: 200 });
  });

  each<[string, object, string]>([
    [
      'the same user mentioned twice',
      { content: 'x', allowed_mentions: { users: ['12', '12'] } },
      'allowed_mentions.users.1: SET_TYPE_ALREADY_CONTAINS_VALUE',
    ],
    [
      'the same kind of mention twice',
      { content: 'x', allowed_mentions: { parse: ['users', 'users'] } },
      'allowed_mentions.parse.1: SET_TYPE_ALREADY_CONTAINS_VALUE',
    ],
    [
      'the id of a user with a zero before it',
      { content: 'x', allowed_mentions: { users: ['012'] } },
      'allowed_mentions.users.0: NUMBER_TYPE_COERCE',
    ],
    ['an empty embed', { content: 'x', embeds: [{}] }, 'embeds.0.description: BASE_TYPE_REQUIRED'],
    ['an embed of blanks', { embeds: [{ title: ' ' }] }, 'embeds.0.description: BASE_TYPE_REQUIRED'],
    ['a colour alone', { embeds: [{ color: 1 }] }, 'embeds.0.description: BASE_TYPE_REQUIRED'],
    ['a date in words', embed({ timestamp: 'Jan 1 2026' }), 'embeds.0.timestamp: DATE_TIME_TYPE_PARSE'],
    ['a link with a space', embed({ url: 'https://example.com/a b' }), 'embeds.0.url: URL_TYPE_INVALID_URL'],
    [
      'a file without a name',
      { content: 'x', attachments: [{ id: 0, filename: '' }] },
      'attachments.0.filename: BASE_TYPE_REQUIRED',
    ],
    [
      'one id on two components',
      rows([button({ id: 4 })], [select({ id: 4 })]),
      'components.1.components.0.id: COMPONENT_ID_DUPLICATED',
    ],
    ['a negative id', rows([button({ id: -1 })]), 'components.0.components.0.id: NUMBER_TYPE_MIN'],
    ['an id above 32 bits', rows([button({ id: 2 ** 31 })]), 'components.0.components.0.id: NUMBER_TYPE_MAX'],
    [
      'an emoji without a name',
      rows([button({ emoji: {} })]),
      'components.0.components.0.emoji.name: COMPONENT_INVALID_EMOJI',
    ],
    [
      'an emoji of 33 characters',
      rows([button({ emoji: { name: x(33) } })]),
      'components.0.components.0.emoji.name: BASE_TYPE_MAX_LENGTH',
    ],
    [
      'a premium button with a label',
      rows([{ type: 2, style: 6, sku_id: '1', label: 'Buy' }]),
      'components.0.components.0.label: BUTTON_COMPONENT_FIELD_FORBIDDEN',
    ],
    [
      'more users to choose than can be chosen',
      rows([userSelect({ min_values: 3, max_values: 2 })]),
      'components.0.components.0.min_values: SELECT_COMPONENT_MIN_MAX',
    ],
    [
      'more users chosen in advance than can be chosen',
      rows([userSelect({ default_values: users(2) })]),
      'components.0.components.0.default_values: SELECT_COMPONENT_DEFAULTS',
    ],
    [
      'fewer users chosen in advance than must be chosen',
      rows([userSelect({ min_values: 2, max_values: 3, default_values: users(1) })]),
      'components.0.components.0.default_values: SELECT_COMPONENT_DEFAULTS',
    ],
    [
      'a role chosen in advance among users',
      rows([userSelect({ default_values: [{ id: '1', type: 'role' }] })]),
      'components.0.components.0.default_values.0.type: BASE_TYPE_CHOICES',
    ],
    [
      'a user chosen in advance among channels',
      rows([{ type: 8, custom_id: 'a', default_values: users(1) }]),
      'components.0.components.0.default_values.0.type: BASE_TYPE_CHOICES',
    ],
    [
      'a value chosen in advance of an unknown kind',
      rows([userSelect({ default_values: [{ id: '1', type: 'thread' }] })]),
      'components.0.components.0.default_values.0.type: BASE_TYPE_CHOICES',
    ],
    [
      '26 roles to choose',
      rows([{ type: 6, custom_id: 'a', max_values: 26 }]),
      'components.0.components.0.max_values: NUMBER_TYPE_MAX',
    ],
    [
      'an unknown type of channel',
      rows([{ type: 8, custom_id: 'where', channel_types: [99] }]),
      'components.0.components.0.channel_types.0: BASE_TYPE_CHOICES',
    ],
    [
      'the same type of channel twice',
      rows([{ type: 8, custom_id: 'where', channel_types: [0, 0] }]),
      'components.0.components.0.channel_types.1: SET_TYPE_ALREADY_CONTAINS_VALUE',
    ],
    [
      'more options chosen in advance than can be chosen',
      rows([select({ options: many(2, (at) => ({ ...option(at), default: true })) })]),
      'components.0.components.0.options: SELECT_COMPONENT_DEFAULTS',
    ],
    [
      'a reference of an unknown type',
      { content: 'x', message_reference: { message_id: '1', type: 2 } },
      'message_reference.type: BASE_TYPE_CHOICES',
    ],
    ['Components V2', { flags: 32768, content: 'x' }, 'flags: FAKE_UNSUPPORTED'],
    ['a poll', { content: 'x', poll: { question: { text: 'q' }, answers: [] } }, 'poll: FAKE_UNSUPPORTED'],
    ['stickers', { content: 'x', sticker_ids: ['1'] }, 'sticker_ids: FAKE_UNSUPPORTED'],
    [
      'a forwarded message',
      { content: 'x', message_reference: { message_id: '1', type: 1 } },
      'message_reference: FAKE_UNSUPPORTED',
    ],
  ])('with %s is refused', async (_, body, error) => {
    const reply = await post(body);
    expect([reply.status, reply.code]).toEqual([400, 50035]);
    expect(reply.errors).toContain(error);
  });

  test('keeps its flags when an edit repeats them; Discord ignores those that cannot be changed', async () => {
    const { body } = await post({ content: 'x', flags: 4096 });
    const path = `/channels/${here.channel.id}/messages/${body.id}`;
    expect(await call('PATCH', path, { flags: 4096 | 4 })).toMatchObject({ status: 200, body: { flags: 4096 | 4 } });
    expect(await call('PATCH', path, { flags: 64 })).toMatchObject({ status: 200, body: { flags: 4096 } });
  });

  test('keeps the ids that the bot gave to components, and numbers the others around them', async () => {
    const { body } = await post(rows([button({ id: 2 }), button({ custom_id: 'b' })], [select({ id: 0 })]));
    expect(body.components).toMatchObject([
      { id: 1, components: [{ id: 2 }, { id: 3 }] },
      { id: 4, components: [{ id: 5 }] },
    ]);
    const message = found(body.id);
    const pressed = (customId: string) => {
      let id: unknown;
      const stop = here.discord.events.subscribe((event) => {
        if (event.name === 'interaction') id ??= Object(event.interaction.payload.data).id;
      });
      here.mina.pressId(message, customId).catch(() => {});
      stop();
      return id;
    };
    expect([pressed('go'), pressed('b'), pressed('elsewhere')]).toEqual([2, 3, 0]);
  });

  test('may have a nonce only when it is created: other routes ignore it', async () => {
    const { answer, hook } = ask(2);
    expect(await answer({ type: 4, data: { content: 'x', nonce: x(26) } })).toMatchObject({ status: 204 });
    expect(await hook('POST', '', { content: 'x', nonce: x(26) })).toMatchObject({ status: 200 });
    expect(await post({ content: 'x', nonce: x(26) })).toMatchObject({ status: 400 });
  });
});

describe('a direct message channel', () => {
  each<[string, object]>([
    ['nobody', {}],
    ['a name', { recipient_id: 'mina' }],
  ])('with %s is refused', async (_, body) => {
    expect(await call('POST', '/users/@me/channels', body)).toMatchObject({ status: 400, code: 50035 });
  });
});
