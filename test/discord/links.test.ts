// Links to places in Discord.
import { expect, it } from 'vitest';
import { messageUrl } from '../../src/discord/links.ts';

it('a link to a message names the server, the channel and the message', () => {
  expect(messageUrl({ guildId: '1', channelId: '2', messageId: '3' })).toBe('https://discord.com/channels/1/2/3');
});
