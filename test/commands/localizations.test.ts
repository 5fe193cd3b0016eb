// The descriptions of commands in the languages of the editions.
import { Locale } from 'discord-api-types/v10';
import { expect, it } from 'vitest';
import { definitionsFor } from '../../commands/index.ts';
import { withLocalizations } from '../../commands/localizations.ts';
import { codePoints } from '../../src/discord/limits.ts';
import { en } from '../../src/i18n/en.ts';
import { languages, messagesFor } from '../../src/i18n/index.ts';
import { contentInLanguages } from '../guide/editions.ts';
import { contentOf } from './world.ts';

const content = contentInLanguages();
const edition = content.editions.get('es') ?? expect.fail('an edition');
const contentIn = (...locales: string[]) => ({
  ...content,
  editions: new Map([...content.editions, ...locales.map((locale) => [locale, { ...edition, locale }] as const)]),
});
const [es, hi] = [messagesFor('es').command, messagesFor('hi').command];

interface Part {
  readonly name: string;
  readonly description?: string;
  readonly description_localizations?: Record<string, string>;
  readonly options?: readonly Part[];
}
/** A command with its options and those of its subcommands. */
const partsOf = (part: Part): Part[] => [part, ...(part.options ?? []).flatMap(partsOf)];
// The types of options differ by kind; these are the fields that all of them have.
const all = (of = content) => (definitionsFor(of) as Part[]).flatMap(partsOf);

it('gives every description in every language of an edition, by Discord’s locales', () => {
  const described = all().filter(({ description }) => description !== undefined && description !== '');
  expect(described.length).toBeGreaterThan(25);
  for (const { name, description_localizations: own } of described.slice(1))
    expect(Object.keys(own ?? {}).sort(), name).toEqual(['es-419', 'es-ES', 'hi']);
});

it('translates the descriptions of commands, subcommands and options', () => {
  const [ask] = definitionsFor(content).filter(({ name }) => name === 'ask');
  expect(ask).toMatchObject({
    name: 'ask',
    description: en.command.ask,
    description_localizations: { 'es-ES': es.ask, 'es-419': es.ask, hi: hi.ask },
  });
  const byDescription = new Map(all().map((part) => [part.description, part.description_localizations]));
  for (const key of ['language', 'pinAdd', 'topic', 'insightsDays', 'file'] as const)
    expect(byDescription.get(en.command[key]), key).toEqual({ 'es-ES': es[key], 'es-419': es[key], hi: hi[key] });
});

it('describes the command of a guide as the guide does, where it is translated', () => {
  const [guide] = definitionsFor(content);
  expect(guide).toMatchObject({
    name: 'open-door',
    description: 'How to open the door',
    description_localizations: { 'es-ES': 'Cómo abrir la puerta', 'es-419': 'Cómo abrir la puerta' },
  });
  expect(guide?.description_localizations).not.toHaveProperty('hi');
});

it('keeps the names of commands and options in English', () => {
  for (const part of all()) expect(part).not.toHaveProperty('name_localizations');
});

it('adds nothing for English, for an edition without sentences of its own, and to a command of a message’s menu', () => {
  for (const part of all(contentOf())) expect(part).not.toHaveProperty('description_localizations');
  const apps = definitionsFor(content).filter(({ type }) => type === 3);
  for (const one of apps) expect(one).not.toHaveProperty('description_localizations');
  const german = withLocalizations({ name: 'x', description: en.command.ask }, contentIn('de'));
  expect(german.description_localizations).not.toHaveProperty('de');
});

it('uses locales that Discord has, and descriptions that it takes', () => {
  const known: string[] = Object.values(Locale);
  const locales = [...languages.keys()].filter((locale) => locale !== 'en');
  for (const { description_localizations: own = {} } of all(contentIn(...locales))) {
    for (const [locale, text] of Object.entries(own)) {
      expect(known).toContain(locale);
      expect(codePoints(text)).toBeLessThanOrEqual(100);
      expect(text).not.toBe('');
    }
  }
});
