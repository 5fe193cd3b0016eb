// The option "language", and the language of public answers.
import { ApplicationCommandOptionType } from 'discord-api-types/v10';
import { afterAll, describe, expect, it } from 'vitest';
import { askDefinition } from '../../commands/ask.ts';
import { definitionsFor } from '../../commands/index.ts';
import { publicContextOf, withLanguageOption } from '../../commands/language.ts';
import { en } from '../../src/i18n/en.ts';
import { changeSetting } from '../../src/servers/settings.ts';
import { contentInLanguages } from '../guide/editions.ts';
import { commandInteraction } from '../interactions.ts';
import { newId } from '../new-id.ts';
import { openCommandWorld } from './world.ts';

const { content, services, store, close } = openCommandWorld({ content: contentInLanguages() });
afterAll(close);

describe('the option', () => {
  const language = (choices: { name: string; value: string }[]) => ({
    type: ApplicationCommandOptionType.String,
    name: 'language',
    description: en.command.language,
    choices,
  });

  it('comes after the others, and offers each language by its own name', () => {
    const own = 'options' in askDefinition ? (askDefinition.options ?? []) : [];
    expect(withLanguageOption(askDefinition, ['en', 'pt-BR'])).toEqual({
      ...askDefinition,
      options: [
        ...own,
        language([
          { name: 'English', value: 'en' },
          { name: 'Português (Brasil)', value: 'pt-BR' },
        ]),
      ],
    });
  });

  it('is the only one of a command that has no other', () => {
    const definition = withLanguageOption({ name: 'x', description: 'X' }, ['en']);
    expect(definition).toMatchObject({ name: 'x', options: [language([{ name: 'English', value: 'en' }])] });
  });

  it('offers 25 languages at most', () => {
    const locales = Array.from({ length: 26 }, (_, i) => `x${String.fromCharCode(97 + i)}`);
    const definition = withLanguageOption({ name: 'x', description: 'X' }, locales);
    expect(definition).toMatchObject({ options: [{ choices: { length: 25 } }] });
  });

  it('belongs to the commands of members, for the editions that there are', () => {
    const offered = definitionsFor(content).flatMap(({ name, ...one }) => {
      const options = 'options' in one ? (one.options ?? []) : [];
      return options.flatMap((option) =>
        option.name === 'language' && 'choices' in option ? [[name, option.choices?.map(({ value }) => value)]] : [],
      );
    });
    const locales = ['en', 'es', 'hi'];
    expect(offered).toEqual([
      ['open-door', locales],
      ['ask', locales],
      ['faq', locales],
    ]);
  });
});

describe('the language of a public answer', () => {
  const localeIn = async (more: object, chosen?: string) =>
    (await publicContextOf(commandInteraction('faq', {}, more), services.contexts, chosen)).edition.locale;
  const guildIn = async (language: string) => {
    const guildId = newId();
    await changeSetting(store, guildId, { name: 'language', value: language, by: '70' });
    return guildId;
  };

  it('is the chosen one, else the server’s setting, else the server’s own, and never that of the person', async () => {
    const guildId = await guildIn('hi');
    const more = { guildLocale: 'es-ES', locale: 'hi' };
    expect(await localeIn({ ...more, guildId }, 'es')).toBe('es');
    expect(await localeIn({ ...more, guildId, locale: 'es-ES' })).toBe('hi');
    expect(await localeIn({ ...more, guildId: newId() })).toBe('es');
    expect(await localeIn({ guildLocale: 'fr', locale: 'hi', guildId: newId() })).toBe('en');
    expect(await localeIn({ ...more, guildId }, 'fr')).toBe('hi');
  });

  it('is the chosen one or that of the person in a direct message', async () => {
    expect(await localeIn({ guildId: null, locale: 'hi' })).toBe('hi');
    expect(await localeIn({ guildId: null, locale: 'hi' }, 'es')).toBe('es');
    expect(await localeIn({ guildId: null, locale: 'fr' })).toBe('en');
  });
});
