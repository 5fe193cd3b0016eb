// The bot's own sentences: every language has them all, and they fit where they are shown.
import { describe, expect, it } from 'vitest';
import { codePoints } from '../../src/discord/limits.ts';
import { en } from '../../src/i18n/en.ts';
import { messagesFor } from '../../src/i18n/index.ts';

describe('words', () => {
  it('fall back to English for a language that is not there, and for nonsense', () => {
    for (const locale of ['de', 'pt-BR', '', '__proto__', 'constructor']) expect(messagesFor(locale)).toBe(en);
  });

  it('label the buttons as the contract with members says', () => {
    expect(Object.values(en.button)).toEqual(
      expect.arrayContaining(['Back', 'Start over', 'My plan', 'Send to my DMs', 'Yes, this helped', 'No']),
    );
    expect(new Set(Object.values(en.button)).size).toBe(Object.values(en.button).length);
  });

  it('describe commands and options within 100 characters', () => {
    for (const text of Object.values(en.command)) expect(codePoints(text)).toBeLessThanOrEqual(100);
  });
});
