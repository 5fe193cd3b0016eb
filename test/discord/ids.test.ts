// Ids: digits only, because they go unchanged into URLs and the database.
import { describe, expect, it } from 'vitest';
import { hasValidIds, isId } from '../../src/discord/ids.ts';
import { commandInteraction, componentInteraction, messageCommandInteraction } from '../interactions.ts';
import { altered } from './parts.ts';

describe('an id', () => {
  it.each(['0', '123456789012345678', '9'.repeat(20)])('may be %s', (id) => expect(isId(id)).toBe(true));

  it.each([['', 'a', '1a', 'a1', '-1', ' 1', '1 ', '1\n', '1/2', '9'.repeat(21), 1, null, undefined, ['1']]])(
    'is digits: not %j',
    (id) => expect(isId(id)).toBe(false),
  );
});

describe('the ids of an interaction', () => {
  const valid = altered(messageCommandInteraction('Answer', { id: '3' }), { message: { id: '4' }, user: { id: '5' } });

  it.each([
    ['a command', commandInteraction('help')],
    ['a button', componentInteraction('x')],
    ['a command in a direct message', commandInteraction('help', {}, { guildId: null })],
    ['a command of a message', messageCommandInteraction('Answer', { id: '3' })],
  ])('are valid in %s', (_, interaction) => expect(hasValidIds(interaction)).toBe(true));

  it.each([
    ['id', { id: '../1' }],
    ['guild_id', { guild_id: '1/2' }],
    ['channel_id', { channel_id: 'x' }],
    ['channel.id', { channel: { id: 'x' } }],
    ['member.user.id', { member: { user: { id: 'x' } } }],
    ['user.id', { user: { id: 'x' } }],
    ['message.id', { message: { id: 'x' } }],
    ['data.target_id', { data: { target_id: 'x' } }],
    ['id, if it is a number', { id: 5 }],
  ])('are checked: %s', (_, change) => {
    expect(hasValidIds(valid)).toBe(true);
    expect(hasValidIds(altered(valid, change))).toBe(false);
  });

  it('may be missing or null', () => {
    const without = { guild_id: null, channel_id: undefined, channel: null, member: {}, user: null, message: null };
    expect(hasValidIds(altered(valid, { ...without, data: undefined }))).toBe(true);
    expect(hasValidIds(altered(valid, { data: { target_id: null } }))).toBe(true);
  });
});
