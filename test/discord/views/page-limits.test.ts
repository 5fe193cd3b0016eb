// What a page may hold, measured in every language of the bot.
import { describe, expect, it } from 'vitest';
import { pageLimits, pageLimitsFor } from '../../../src/discord/views/page-limits.ts';
import { en } from '../../../src/i18n/en.ts';
import { languages, type Messages } from '../../../src/i18n/index.ts';
import { shippedEdition } from '../../shipped.ts';

const { pages, subject } = await shippedEdition();
/** A language whose sentences are longer than the English ones. */
const long: Messages = {
  ...en,
  button: { ...en.button, back: 'Zurück zur vorigen Seite' },
  page: { ...en.page, moreSources: 'x'.repeat(200), sources: () => 'x'.repeat(200) },
  feedback: { ...en.feedback, thanks: { ...en.feedback.thanks, value: 'x'.repeat(900) } },
};
const both = pageLimitsFor(new Map([...languages, ['de', long]]));
const totalOf = (limits: typeof both, ...[page, about]: Parameters<typeof both.measure>) =>
  limits.measure(page, about).total;

describe('the limits of a page', () => {
  it('are those of the language that needs the most room', () => {
    expect(both.ownLabels).toEqual(expect.arrayContaining(['Back', 'Zurück zur vorigen Seite']));
    for (const page of pages.values()) {
      const [name, value] = [en.page.sources('24 Nov 2026'), en.feedback.sorry.value(subject.support)];
      const added =
        200 - name.length + 900 + en.feedback.thanks.name.length - value.length - en.feedback.sorry.name.length;
      expect(totalOf(both, page, subject)).toBeGreaterThanOrEqual(totalOf(pageLimits, page, subject) + added);
    }
  });

  it('count the sentences about the subject', () => {
    const more = 'x'.repeat(50);
    for (const page of pages.values()) {
      const total = totalOf(pageLimits, page, subject);
      expect(totalOf(pageLimits, page, { ...subject, support: subject.support + more })).toBe(total + 50);
      const footer = page.isOnlyClaimed ? 'unconfirmed' : 'disclaimer';
      expect(totalOf(pageLimits, page, { ...subject, [footer]: subject[footer] + more })).toBe(total + 50);
    }
  });

  it('hold every language that the bot speaks', () => {
    for (const page of pages.values()) {
      expect(pageLimits.measure(page, subject)).toEqual(pageLimitsFor(languages).measure(page, subject));
    }
    expect(languages.get('en')).toBe(en);
  });
});
