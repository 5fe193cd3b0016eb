// Buttons, and how they are put into rows.
import { ButtonStyle, ComponentType } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import { CANCEL, confirmRow, plainButton, rowsOf, walkButton } from '../../../src/discord/views/buttons.ts';
import { en } from '../../../src/i18n/en.ts';
import { buttonsOf, context, front, start } from './sample-views.ts';

describe('a button', () => {
  it('has a label and a custom_id, and is grey by default', () => {
    expect(plainButton('Go', 'x1:go')).toEqual({
      type: ComponentType.Button,
      style: ButtonStyle.Secondary,
      label: 'Go',
      custom_id: 'x1:go',
    });
    expect(plainButton('Go', 'x1:go', ButtonStyle.Danger)).toMatchObject({ style: ButtonStyle.Danger });
  });

  it('of a walk carries action, path and question, and is grey by default', () => {
    const asked = { ...context, origin: { isGuess: true, topics: [front.name] } };
    const buttons = [
      walkButton(context, 'plan', 'Plan', [start, front]),
      walkButton(asked, 'open', 'Open', [front], ButtonStyle.Success),
    ];
    expect(buttonsOf({ components: rowsOf(buttons) })).toEqual([
      [
        { label: 'Plan', style: ButtonStyle.Secondary, does: 'plan start>front' },
        { label: 'Open', style: ButtonStyle.Success, does: `open front ?${front.name}` },
      ],
    ]);
  });
});

describe('rows', () => {
  it.each([
    [0, []],
    [1, [1]],
    [5, [5]],
    [6, [5, 1]],
    [10, [5, 5]],
    [11, [5, 5, 1]],
  ])('of %i buttons have %j', (count, lengths) => {
    const buttons = Array.from({ length: count }, (_, i) => plainButton(String(i), `x:${i}`));
    const rows = rowsOf(buttons);
    expect(rows.map(({ components }) => components.length)).toEqual(lengths);
    expect(rows.flatMap(({ components }) => components)).toEqual(buttons);
    for (const { type } of rows) expect(type).toBe(ComponentType.ActionRow);
  });

  it('of a confirmation have the action first, then Cancel', () => {
    const confirm = plainButton('Do it', 'x1:do', ButtonStyle.Danger);
    expect(confirmRow(confirm, en)).toEqual(rowsOf([confirm, plainButton(en.confirm.cancel, CANCEL)]));
    // Buttons that were sent keep it.
    expect(CANCEL).toBe('c1:cancel');
  });
});
