// The channel of /faq-pin: here or the one that was chosen, and what is known of it.
import { PermissionFlagsBits } from 'discord-api-types/v10';
import { expect, it } from 'vitest';
import { requirePinning, targetOf } from '../../../commands/faq-pin/target.ts';
import { Refusal } from '../../../src/discord/answer.ts';
import { en } from '../../../src/i18n/en.ts';
import { commandInteraction, GUILD_ID } from '../../interactions.ts';
import { contextOf } from '../world.ts';

const PIN = String(PermissionFlagsBits.PinMessages);
const HERE = { id: '10', type: 11 };

const targeting = (options: Record<string, string>, context: object = {}) =>
  targetOf(
    commandInteraction('faq-pin add', options, { channel: HERE, permissions: '1', appPermissions: '2', ...context }),
  );
/** The target if this channel was chosen. */
const choosing = (channel?: object) =>
  targeting({ channel: '20' }, { data: { resolved: { channels: channel ? { 20: channel } : {} } } });

it('is this channel if none was chosen', () => {
  expect(targeting({})).toEqual({
    id: '10',
    type: 11,
    isClosed: false,
    isHere: true,
    memberPermissions: '1',
    botPermissions: '2',
  });
});

it('is the chosen channel, with the permissions there', () => {
  expect(choosing({ id: '20', type: 0, permissions: '3', app_permissions: '4', guild_id: GUILD_ID })).toEqual({
    id: '20',
    type: 0,
    isClosed: false,
    isHere: true,
    memberPermissions: '3',
    botPermissions: '4',
  });
});

it('leaves open what Discord does not say', () => {
  expect(choosing({ id: '20', type: 0, permissions: '3' })).toMatchObject({ isHere: true, botPermissions: undefined });
  expect(choosing()).toEqual({
    id: '20',
    type: undefined,
    isClosed: false,
    isHere: true,
    memberPermissions: undefined,
    botPermissions: undefined,
  });
});

it('knows a channel of another server', () => {
  expect(choosing({ id: '20', type: 0, guild_id: '99' }).isHere).toBe(false);
});

it.each([
  [{ archived: true, locked: false }, true],
  [{ archived: false, locked: true }, true],
  [{ archived: true, locked: true }, true],
  [{ archived: false, locked: false }, false],
  [{}, false],
])('knows whether a thread is closed: %j', (thread, isClosed) => {
  expect(choosing({ id: '20', type: 11, thread_metadata: thread }).isClosed).toBe(isClosed);
});

it('requires a server, and the permission to pin in the channel', () => {
  const require = (memberPermissions: string | undefined, guildId: string | null = GUILD_ID) => {
    const interaction = commandInteraction('faq-pin add', {}, { guildId });
    return () => requirePinning(interaction, { ...targetOf(interaction), id: '20', memberPermissions }, contextOf());
  };
  expect(require(PIN)()).toBe(GUILD_ID);
  const youLack = new Refusal(en.pin.youLack('**Pin Messages**', '20'));
  expect(require(String(PermissionFlagsBits.ManageMessages))).toThrow(youLack);
  expect(require(undefined)).toThrow(youLack);
  expect(require(PIN, null)).toThrow(new Refusal(en.error.serverOnly));
});
