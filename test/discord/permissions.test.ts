// Permissions in a payload.
import { PermissionFlagsBits } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import { lacking, sendingIn } from '../../src/discord/permissions.ts';

const { PinMessages, ManageMessages, Administrator } = PermissionFlagsBits;

describe('permissions', () => {
  it('are read from decimal text', () => {
    expect(lacking(String(PinMessages | ManageMessages), ['PinMessages', 'ManageMessages'])).toEqual([]);
    expect(lacking(String(ManageMessages), ['PinMessages', 'ManageMessages'])).toEqual(['PinMessages']);
    expect(lacking(String(Administrator), ['PinMessages', 'ManageMessages'])).toEqual([]);
  });

  it.each([
    ['a number', Number(Administrator)],
    ['a bigint', Administrator],
    ['a list', [String(Administrator)]],
    ['an object', { toString: () => '8' }],
    ['nothing', undefined],
    ['null', null],
    ['hexadecimal digits', '0x8'],
    ['a minus', '-8'],
    ['blanks', ' 8 '],
    ['two lines', '8\n'],
    ['too many digits', '9'.repeat(21)],
  ])('given as %s are none', (_, bits) => {
    expect(lacking(bits, ['ManageMessages'])).toEqual(['ManageMessages']);
  });

  it('to send differ in threads', () => {
    expect([10, 11, 12].map(sendingIn)).toEqual(Array(3).fill('SendMessagesInThreads'));
    expect([0, 2, 5, 13, undefined].map(sendingIn)).toEqual(Array(5).fill('SendMessages'));
  });
});
