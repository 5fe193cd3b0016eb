// The bot's languages, and the one that a locale gets.
import { describe, expect, it } from 'vitest';
import { languages, messagesFor } from '../../src/i18n/index.ts';

const en = messagesFor('en');
describe('the sentences of a locale', () => {
  it('are English for an unknown language and for nonsense', () => {
    for (const locale of ['de', 'fr', '', '__proto__', 'constructor']) expect(messagesFor(locale)).toBe(en);
  });

  it('are those of its language', () => {
    for (const [language, messages] of languages) {
      expect(messagesFor(language)).toBe(messages);
      if (!language.includes('-')) expect(messagesFor(`${language}-XX`)).toBe(messages);
    }
    expect(languages.get('en')).toBe(en);
  });
});
