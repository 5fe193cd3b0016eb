// /help: a private message about the bot.
import { InteractionResponseType, MessageFlags } from 'discord-api-types/v10';
import { afterAll, describe, expect, it } from 'vitest';
import { helpCommand, languageMenu } from '../../commands/help.ts';
import { LANGUAGE_MENU, renderHelp } from '../../src/discord/views/help.ts';
import { contentInLanguages } from '../guide/editions.ts';
import { commandInteraction, componentInteraction } from '../interactions.ts';
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

describe('in several languages', () => {
  const world = openCommandWorld({ content: contentInLanguages() });
  afterAll(world.close);
  const { contexts } = world.services;
  const inLanguage = (locale: string) => renderHelp(world.content, contexts.contextWith(locale, {}));
  const menu = languageMenu(world.services);
  const choose = (values: string[], more: object = {}) =>
    menu.onComponent?.(componentInteraction(LANGUAGE_MENU, { values, ...more })) ?? expect.fail('no answer');

  it('is in the language of the person', async () => {
    const shown = await messageOf(
      helpCommand(world.services).run?.(commandInteraction('help', {}, { locale: 'es-419' })),
    );
    expect(shown).toEqual({ ...inLanguage('es'), flags: MessageFlags.Ephemeral });
  });

  it('changes in place to the language that is chosen, and keeps no choice', async () => {
    const answer = await choose(['es'], { locale: 'hi' });
    expect(answer.response.type).toBe(InteractionResponseType.UpdateMessage);
    expect(await messageOf(answer)).toEqual(inLanguage('es'));
    const again = await messageOf(helpCommand(world.services).run?.(commandInteraction('help', {}, { locale: 'hi' })));
    expect(again).toEqual({ ...inLanguage('hi'), flags: MessageFlags.Ephemeral });
  });

  it.each([[['xx']], [[]]])('is in the language of the person if an edition is gone: %j', async (values) => {
    expect(await messageOf(choose(values, { locale: 'hi' }))).toEqual(inLanguage('hi'));
  });

  it('has a menu of its own', () => {
    expect([menu.matches(LANGUAGE_MENU), menu.matches('l1:other'), menu.matches('c1:cancel')]).toEqual([
      true,
      false,
      false,
    ]);
  });
});
