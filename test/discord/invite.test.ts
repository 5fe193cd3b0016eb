// The invite link: which application it adds, and with which permissions.
import { PermissionsBitField } from 'discord.js';
import { expect, it } from 'vitest';
import { INVITE_PERMISSIONS, inviteLink, NEEDED_PERMISSIONS } from '../../src/discord/invite.ts';

it('an invite link adds the bot and its commands, with the permissions that it needs, Add Reactions, and no other', () => {
  const url = new URL(inviteLink('4711'));
  expect(`${url.origin}${url.pathname}`).toBe('https://discord.com/oauth2/authorize');
  expect(Object.fromEntries(url.searchParams)).toEqual({
    client_id: '4711',
    scope: 'bot applications.commands',
    permissions: String(INVITE_PERMISSIONS),
  });
  const needed = [
    'EmbedLinks',
    'PinMessages',
    'ReadMessageHistory',
    'SendMessages',
    'SendMessagesInThreads',
    'ViewChannel',
  ];
  expect(new PermissionsBitField(NEEDED_PERMISSIONS).toArray().sort()).toEqual(needed);
  expect(new PermissionsBitField(INVITE_PERMISSIONS).toArray().sort()).toEqual(['AddReactions', ...needed]);
});
