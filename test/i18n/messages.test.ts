// The bot's own sentences: every language has them all, and they fit where they are shown.
import { describe, expect, it } from 'vitest';
import { codePoints } from '../../src/discord/limits.ts';
import { en } from '../../src/i18n/en.ts';
import { languages, messagesFor } from '../../src/i18n/index.ts';

/** Where a key is, and its sentence: functions get a long word for each of their parameters. */
function sentencesOf(messages: object, path = ''): [string, string][] {
  return Object.entries(messages).flatMap(([key, value]): [string, string][] => {
    const place = path === '' ? key : `${path}.${key}`;
    if (typeof value === 'string') return [[place, value]];
    if (typeof value === 'function') return [[place, value('first', 'second', 'third', 'fourth')]];
    return sentencesOf(value, place);
  });
}

describe('the bot’s own sentences', () => {
  it('fall back to English for an unknown language and for nonsense', () => {
    for (const locale of ['de', 'pt-BR', '', '__proto__', 'constructor']) expect(messagesFor(locale)).toBe(en);
  });

  it('label the buttons as members know them', () => {
    expect(Object.values(en.button)).toEqual(
      expect.arrayContaining([
        'Back',
        'Start over',
        'My plan',
        'Send to my DMs',
        'Not this',
        'None of these',
        'Yes, this helped',
        'No',
      ]),
    );
    expect(new Set(Object.values(en.button)).size).toBe(Object.values(en.button).length);
    expect([en.confirm.remove, en.confirm.import(12), en.confirm.cancel]).toEqual([
      'Remove it',
      'Import 12 replies',
      'Cancel',
    ]);
  });

  it('describe commands and options within 100 characters', () => {
    for (const text of Object.values(en.command)) expect(codePoints(text)).toBeLessThanOrEqual(100);
  });

  it.each([...languages])('are never empty in %s', (_, messages) => {
    for (const [key, text] of sentencesOf(messages)) expect(text.trim(), key).not.toBe('');
  });
});
