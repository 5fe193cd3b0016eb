// What a page may hold, measured in every language of the bot.
import { describe, expect, it } from 'vitest';
import { pageLimits, pageLimitsFor } from '../../../src/discord/views/page-limits.ts';
import { en } from '../../../src/i18n/en.ts';
import { languages, type Messages } from '../../../src/i18n/index.ts';
import { shippedEdition } from '../../shipped.ts';

const edition = await shippedEdition();
/** A language whose words are longer than the English ones. */
const long: Messages = {
  ...en,
  button: { ...en.button, back: 'Zurück zur vorigen Seite' },
  page: { ...en.page, notUpwork: `${en.page.notUpwork}${'x'.repeat(100)}` },
  feedback: { ...en.feedback, thanks: { ...en.feedback.thanks, value: 'x'.repeat(900) } },
};
const both = pageLimitsFor(new Map([...languages, ['de', long]]));

describe('the limits of a page', () => {
  it('are those of the language that takes most', () => {
    const { name } = en.feedback.thanks;
    expect(both.total).toBe(6000 - 900 - name.length);
    expect(both.total).toBeLessThan(pageLimits.total);
    expect(both.ownLabels).toEqual(expect.arrayContaining(['Back', 'Zurück zur vorigen Seite']));
    for (const page of edition.pages.values()) {
      const added = page.isOnlyClaimed ? 0 : 100;
      expect(both.measure(page).total).toBeGreaterThanOrEqual(pageLimits.measure(page).total + added);
    }
  });

  it('hold every language that the bot speaks', () => {
    expect(pageLimits.total).toBe(pageLimitsFor(languages).total);
    expect(languages.get('en')).toBe(en);
  });
});
