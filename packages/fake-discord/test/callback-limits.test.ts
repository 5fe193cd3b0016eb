// Limits of answers to interactions: modals, choices and messages.
import { describe } from 'node:test';
import { expect } from 'expect';
import { useDiscord } from './here.ts';
import { button, embed, many, select, x } from './samples.ts';
import { each } from './support.ts';

const here = useDiscord();
const { ask } = here;

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

  each<[string, number, object]>([
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
    ['a choice value of 100', 4, choices({ name: 'n', value: x(100) })],
    ['a private message', 2, { type: 4, data: { content: 'x', flags: 64 } }],
    ['a deferred private message', 2, { type: 5, data: { flags: 64 } }],
  ])('may be %s', async (_, type, body) => {
    expect(await ask(type).answer(body)).toMatchObject({ status: 204 });
  });

  each<[string, number, object, string]>([
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
      'data.components.0.description: BASE_TYPE_BAD_LENGTH',
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
    const reply = await ask(type).answer(body);
    expect([reply.status, reply.code]).toEqual([400, 50035]);
    expect(reply.errors).toContain(error);
  });
});
