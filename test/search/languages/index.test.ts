// Which rules a locale gets.
import { describe, expect, it } from 'vitest';
import { english } from '../../../src/search/languages/en.ts';
import { languageFor } from '../../../src/search/languages/index.ts';

describe('the rules for a locale', () => {
  it.each(['en', 'EN', 'en-GB', 'en-US-x-test'])('are English for %s', (locale) => {
    expect(languageFor(locale)).toBe(english);
  });

  it.each(['es', 'enm', 'x-en', '', 'tlh'])('are neutral for %j', (locale) => {
    const { stem, isStopWord } = languageFor(locale);
    expect([stem('closing'), isStopWord('the')]).toEqual(['closing', false]);
  });

  it('know where words end in the language of the locale', () => {
    expect(languageFor('ja').splitWords('アカウントを閉じたい')[0]).toBe('アカウント');
  });
});
