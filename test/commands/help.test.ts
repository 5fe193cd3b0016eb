// /help: a private message about the bot.
import { MessageFlags } from 'discord-api-types/v10';
import { afterAll, expect, it } from 'vitest';
import { helpCommand } from '../../commands/help.ts';
import { renderHelp } from '../../src/discord/views/help.ts';
import { commandInteraction } from '../interactions.ts';
import { contextOf, messageOf, openCommandWorld } from './world.ts';

const { services, content, close } = openCommandWorld();
afterAll(close);

it('shows the help page to the person only, in a server and in DMs', async () => {
  const help = helpCommand(services);
  for (const guildId of ['1', null]) {
    const shown = await messageOf(help.run?.(commandInteraction('help', {}, { guildId })));
    expect(shown).toEqual({ ...renderHelp(content, contextOf()), flags: MessageFlags.Ephemeral });
  }
});
