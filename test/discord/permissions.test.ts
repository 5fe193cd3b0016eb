// Permissions in a payload.
import { PermissionFlagsBits } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../src/discord/answer.ts';
import {
  isHelper,
  isModeratorBy,
  isModeratorOrHelper,
  lacking,
  permissionNames,
  requireModerator,
  requireModeratorOrHelper,
  sendingIn,
} from '../../src/discord/permissions.ts';
import { en } from '../../src/i18n/en.ts';
import { NO_SETTINGS } from '../../src/servers/settings.ts';
import { commandInteraction, GUILD_ID } from '../interactions.ts';
import { altered } from './parts.ts';

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

  it('are read up to 20 digits', () => {
    expect(lacking(String(ManageMessages).padStart(20, '0'), ['ManageMessages'])).toEqual([]);
    expect(lacking('', ['ManageMessages'])).toEqual(['ManageMessages']);
    expect(lacking('0', [])).toEqual([]);
  });

  it('have the names that Discord shows', () => {
    expect(
      permissionNames([
        'ViewChannel',
        'SendMessages',
        'SendMessagesInThreads',
        'EmbedLinks',
        'ReadMessageHistory',
        'ManageMessages',
        'PinMessages',
      ]),
    ).toBe(
      '**View Channel**, **Send Messages**, **Send Messages in Threads**, **Embed Links**, **Read Message History**, **Manage Messages**, **Pin Messages**',
    );
    expect(permissionNames([])).toBe('');
  });
});

describe('a moderator', () => {
  const by = (permissions: bigint) => commandInteraction('faq-pin', {}, { permissions: String(permissions) });

  it.each([
    ['the one that is needed', PinMessages, ['PinMessages'] as const],
    ['one of those that are needed', ManageMessages, ['PinMessages', 'ManageMessages'] as const],
    ['the other one of those that are needed', PinMessages, ['PinMessages', 'ManageMessages'] as const],
    ['all of them', Administrator, ['PinMessages'] as const],
  ])('has %s', (_, held, anyOf) => expect(requireModerator(by(held), en, ...anyOf)).toBe(GUILD_ID));

  it('needs the permission, or one of several', () => {
    const other = PermissionFlagsBits.SendMessages;
    expect(() => requireModerator(by(other), en, 'PinMessages')).toThrow(
      new Refusal(en.error.lacks('**Pin Messages**')),
    );
    expect(() => requireModerator(by(other), en, 'PinMessages', 'ManageMessages')).toThrow(
      new Refusal(en.error.lacksAll('**Pin Messages**, **Manage Messages**')),
    );
  });

  it.each([
    ['in a direct message', commandInteraction('faq-pin', {}, { guildId: null })],
    ['without a server', altered(by(Administrator), { guild_id: null })],
    ['without a member', altered(by(Administrator), { member: undefined })],
  ])('is nobody %s', (_, interaction) => {
    const require = () => requireModerator(interaction, en, 'PinMessages');
    expect(require).toThrow(Refusal);
    expect(require).toThrow(en.error.serverOnly);
  });
});

describe('a helper', () => {
  const settings = { ...NO_SETTINGS, helperRoles: ['31', '32'] };
  const by = (roles: unknown, context: object = {}) => {
    const interaction = commandInteraction('help', {}, { permissions: '0', ...context });
    return altered(interaction, { member: { ...interaction.member, roles } });
  };
  const context = { messages: en, settings };

  it('has one of the roles that the server named', () => {
    expect(isHelper(by(['30', '32']), settings)).toBe(true);
    expect(isHelper(by(['30']), settings)).toBe(false);
    expect(isHelper(by([]), settings)).toBe(false);
    expect(isHelper(by(['31']), NO_SETTINGS)).toBe(false);
  });

  it('is nobody by the role @everyone, even if it was stored', () => {
    const everyone = { ...NO_SETTINGS, helperRoles: [GUILD_ID] };
    expect(isHelper(by([GUILD_ID]), everyone)).toBe(false);
  });

  it('is nobody whose roles or membership Discord did not send', () => {
    expect(isHelper(by(undefined), settings)).toBe(false);
    expect(isHelper(altered(by(['31']), { member: undefined }), settings)).toBe(false);
    expect(isHelper(commandInteraction('help', {}, { guildId: null }), settings)).toBe(false);
  });

  it('may do what moderators may, where that is allowed', () => {
    expect(requireModeratorOrHelper(by(['31']), context, 'ManageMessages')).toBe(GUILD_ID);
    expect(isModeratorOrHelper(by(['31']), settings, 'ManageMessages')).toBe(true);
    expect(isModeratorBy(by(['31']), 'ManageMessages')).toBe(false);
  });

  it('is not needed where the person is a moderator', () => {
    const moderator = by([], { permissions: String(ManageMessages) });
    expect(requireModeratorOrHelper(moderator, context, 'PinMessages', 'ManageMessages')).toBe(GUILD_ID);
    expect(isModeratorBy(moderator, 'PinMessages')).toBe(false);
    expect(isModeratorBy(altered(moderator, { guild_id: undefined }), 'ManageMessages')).toBe(false);
  });

  it('and a moderator are refused outside a server', () => {
    const outside = commandInteraction('help', {}, { guildId: null });
    expect(() => requireModeratorOrHelper(outside, context, 'ManageMessages')).toThrow(
      new Refusal(en.error.serverOnly),
    );
    const isPartial = { ...context, isPartial: true };
    expect(() => requireModeratorOrHelper(outside, isPartial, 'ManageMessages')).toThrow(
      new Refusal(en.error.serverOnly),
    );
  });

  it('gets the reason: a permission is missing, or the settings can’t be read', () => {
    expect(() => requireModeratorOrHelper(by([]), context, 'ManageMessages')).toThrow(
      new Refusal(en.error.lacks('**Manage Messages**')),
    );
    const unknown = { messages: en, settings: NO_SETTINGS, isPartial: true };
    expect(() => requireModeratorOrHelper(by(['31']), unknown, 'ManageMessages')).toThrow(
      new Refusal(en.error.store.unavailable),
    );
  });
});
