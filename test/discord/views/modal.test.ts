// Modals, and the values that a person typed.
import { ComponentType, InteractionResponseType, TextInputStyle } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import { fieldValue, openModal } from '../../../src/discord/views/modal.ts';
import { modalInteraction } from '../../interactions.ts';

describe('a modal', () => {
  it('has a labelled input for each field', () => {
    const answer = openModal('x1:save', 'Title', [
      { id: 'a', label: 'A', maxLength: 10 },
      { id: 'b', label: 'B', description: 'about b', value: 'typed', isLong: true, isOptional: true, maxLength: 4000 },
    ]);
    expect(answer).toEqual({
      response: {
        type: InteractionResponseType.Modal,
        data: {
          custom_id: 'x1:save',
          title: 'Title',
          components: [
            {
              type: ComponentType.Label,
              label: 'A',
              component: {
                type: ComponentType.TextInput,
                custom_id: 'a',
                style: TextInputStyle.Short,
                max_length: 10,
                required: true,
              },
            },
            {
              type: ComponentType.Label,
              label: 'B',
              description: 'about b',
              component: {
                type: ComponentType.TextInput,
                custom_id: 'b',
                style: TextInputStyle.Paragraph,
                max_length: 4000,
                required: false,
                value: 'typed',
              },
            },
          ],
        },
      },
    });
  });

  it('cuts what is longer than Discord allows: title and labels at 45, descriptions at 100', () => {
    const texts = (extra: number) => {
      const field = { id: 'a', label: 'l'.repeat(45 + extra), description: 'd'.repeat(100 + extra), maxLength: 1 };
      return openModal('x', 't'.repeat(45 + extra), [field]).response;
    };
    expect(texts(0)).toMatchObject({
      data: { title: 't'.repeat(45), components: [{ label: 'l'.repeat(45), description: 'd'.repeat(100) }] },
    });
    expect(texts(1)).toMatchObject({
      data: {
        title: `${'t'.repeat(44)}…`,
        components: [{ label: `${'l'.repeat(44)}…`, description: `${'d'.repeat(99)}…` }],
      },
    });
  });

  it('sends no empty description and no empty value, which Discord would refuse', () => {
    const { response } = openModal('x', 't', [{ id: 'a', label: 'A', description: '', value: '', maxLength: 1 }]);
    expect(JSON.stringify(response)).not.toMatch(/"(value|description)"/);
  });
});

describe('the value of a field', () => {
  it('is what was typed into the field with that id', () => {
    const interaction = modalInteraction('x1:save', { a: 'one', b: 'two' });
    expect([fieldValue(interaction, 'a'), fieldValue(interaction, 'b')]).toEqual(['one', 'two']);
  });

  it('is empty if there is no such field, no value, or nothing at all', () => {
    const other = { type: ComponentType.Label, component: { type: ComponentType.StringSelect, custom_id: 'a' } };
    const text = { type: ComponentType.TextDisplay, id: 1 };
    for (const components of [[other], [text], [], undefined])
      expect(fieldValue(modalInteraction('x', {}, { data: { components } }), 'a')).toBe('');
    const select = { ...other, component: { ...other.component, value: ['one'] } };
    expect(fieldValue(modalInteraction('x', {}, { data: { components: [select] } }), 'a')).toBe('');
  });

  it('is found in a row too, as modals of earlier versions have them', () => {
    const input = (id: string, value: string) => ({ type: ComponentType.TextInput, custom_id: id, value });
    const row = { type: ComponentType.ActionRow, components: [input('a', 'one'), input('b', 'two')] };
    expect(fieldValue(modalInteraction('x', {}, { data: { components: [row] } }), 'b')).toBe('two');
  });
});
