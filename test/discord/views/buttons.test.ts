// Buttons, and how they are put into rows.
import { ButtonStyle, ComponentType } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import {
  CANCEL,
  confirmRow,
  isButtonRow,
  plainButton,
  rowsOf,
  walkButton,
  withButtons,
} from '../../../src/discord/views/buttons.ts';
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

  it.each([
    [[], 1, [1]],
    [[], 6, [5, 1]],
    [[4], 1, [5]],
    [[4], 2, [4, 2]],
    [[5], 1, [5, 1]],
    [[5, 5, 5, 5, 4], 1, [5, 5, 5, 5, 5]],
    [[5, 5, 5, 5, 4], 2, [5, 5, 5, 5, 4]],
    [[5, 5, 5, 5, 5], 1, [5, 5, 5, 5, 5]],
    [[1, 2], 0, [1, 2]],
  ])('%j with %i more buttons are %j', (lengths, count, expected) => {
    const button = (name: string) => plainButton(name, `x:${name}`);
    const rows = lengths.flatMap((length, row) => rowsOf(Array.from({ length }, (_, i) => button(`${row}-${i}`))));
    const more = Array.from({ length: count }, (_, i) => button(`more-${i}`));
    const all = withButtons(rows, more);
    expect(all.map(({ components }) => components.length)).toEqual(expected);
    const isFull = expected.join() === lengths.join();
    const before = rows.flatMap(({ components }) => components);
    expect(all.flatMap(({ components }) => components)).toEqual(isFull ? before : [...before, ...more]);
    expect(rows.map(({ components }) => components.length)).toEqual(lengths);
  });

  it('differ from rows with a menu and from other parts', () => {
    const menu = { type: ComponentType.StringSelect as const, custom_id: 'x', options: [] };
    const [row = expect.fail('a row')] = rowsOf([plainButton('Go', 'x1:go')]);
    expect(isButtonRow(row)).toBe(true);
    expect(isButtonRow({ type: ComponentType.ActionRow, components: [menu] })).toBe(false);
    expect(isButtonRow({ type: ComponentType.TextDisplay, content: 'x' })).toBe(false);
  });

  it('of a confirmation have the action first, then Cancel', () => {
    const confirm = plainButton('Do it', 'x1:do', ButtonStyle.Danger);
    expect(confirmRow(confirm, en)).toEqual(rowsOf([confirm, plainButton(en.confirm.cancel, CANCEL)]));
    // Buttons that were sent keep it.
    expect(CANCEL).toBe('c1:cancel');
  });
});
