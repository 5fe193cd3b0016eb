// What a page may hold, measured in every language of the bot.
import { describe, expect, it } from 'vitest';
import { COMPONENT_LIMITS, codePoints, EMBED_LIMITS } from '../../../src/discord/limits.ts';
import { feedbackFields, guidePageEmbed } from '../../../src/discord/views/embeds.ts';
import { renderFeedback } from '../../../src/discord/views/page.ts';
import { pageLimits, pageLimitsFor } from '../../../src/discord/views/page-limits.ts';
import { languages, type Messages, messagesFor } from '../../../src/i18n/index.ts';
import { context, edition, front, plainPage, source, subject } from './sample-views.ts';

const en = messagesFor('en');
const pages = [...edition.pages.values()];
/** A language whose sentences are longer than the English ones. */
const long: Messages = {
  ...en,
  button: { ...en.button, back: 'Zurück zur vorigen Seite' },
  page: { ...en.page, moreSources: () => 'x'.repeat(200), sources: 'x'.repeat(200) },
  feedback: { ...en.feedback, thanks: { ...en.feedback.thanks, value: 'x'.repeat(900) } },
};
const both = pageLimitsFor(new Map([...languages, ['de', long]]));
const totalOf = (limits: typeof both, ...[page, about]: Parameters<typeof both.measure>) =>
  limits.measure(page, about).total;
const sizeOf = ({ name, value }: { name: string; value: string }) => codePoints(name) + codePoints(value);

/** Of buttons that may stand under a page. */
const { answered: _, goOn: __, openPage: ___, ...labels } = en.button;

describe('the limits of a page', () => {
  it('are Discord’s, with room for the walk’s row and for a field', () => {
    const { measure: _, ownLabels, ...limits } = pageLimits;
    expect(limits).toEqual({
      visible: { english: 600, others: 750 },
      title: EMBED_LIMITS.title,
      text: EMBED_LIMITS.description,
      alert: EMBED_LIMITS.fieldValue,
      steps: EMBED_LIMITS.fieldValue,
      label: COMPONENT_LIMITS.label,
      links: 20,
      urgentLinks: 15,
      url: COMPONENT_LIMITS.url,
      fields: 24,
      total: EMBED_LIMITS.total - EMBED_LIMITS.author,
    });
    expect(ownLabels('en')).toEqual(Object.values(labels));
  });

  it('have the labels of the page’s language', () => {
    expect(both.ownLabels('de')).toEqual(Object.values({ ...labels, back: 'Zurück zur vorigen Seite' }));
    expect(both.ownLabels('en')).toEqual(Object.values(labels));
  });

  it('are those of the page’s language', () => {
    const german = { ...edition, locale: 'de' };
    for (const page of pages) {
      const [name, value] = [en.page.sources, en.feedback.sorry.value(subject.support)];
      const added =
        200 - name.length + 900 + en.feedback.thanks.name.length - value.length - en.feedback.sorry.name.length;
      expect(totalOf(both, page, german)).toBeGreaterThanOrEqual(totalOf(both, page, edition) + added);
    }
  });

  it('have room for every line about a translation', () => {
    const { unreviewed, older } = en.page.translation;
    const translation = { isReviewed: false, older: new Set<string>(), missing: new Set<string>() };
    for (const page of pages)
      expect(totalOf(pageLimits, page, { ...edition, translation })).toBe(
        totalOf(pageLimits, page, edition) + 1 + codePoints(`${unreviewed}\n${older}`),
      );
  });

  it('count the sentences about the subject', () => {
    const more = 'x'.repeat(50);
    for (const page of pages) {
      const total = totalOf(pageLimits, page, edition);
      expect(totalOf(pageLimits, page, { ...edition, subject: { ...subject, support: subject.support + more } })).toBe(
        total + 50,
      );
      const footer = page.isOnlyClaimed ? 'unconfirmed' : 'disclaimer';
      expect(totalOf(pageLimits, page, { ...edition, subject: { ...subject, [footer]: subject[footer] + more } })).toBe(
        total + 50,
      );
    }
  });

  it('hold every language that the bot speaks', () => {
    for (const page of pages) {
      expect(pageLimits.measure(page, edition)).toEqual(pageLimitsFor(languages).measure(page, edition));
    }
    expect(languages.get('en')).toBe(en);
  });
});

describe('the size of a page', () => {
  it('is that of its embed with the longer answer to “Did this help?”', () => {
    const { title = '', description = '', fields = [], footer } = guidePageEmbed(front, edition, en);
    const { thanks, sorry } = feedbackFields(subject, en);
    expect(pageLimits.measure(front, edition)).toEqual({
      fields: fields.length,
      longestField: Math.max(...fields.map(({ value }) => codePoints(value))),
      total:
        codePoints(title) +
        codePoints(description) +
        codePoints(footer?.text ?? '') +
        fields.reduce((sum, field) => sum + sizeOf(field), 0) +
        Math.max(sizeOf(thanks), sizeOf(sorry)),
    });
    expect(renderFeedback([front], context, false).embeds?.[0]?.fields).toHaveLength(fields.length + 1);
  });

  it('without fields has none, and no longest', () => {
    expect(pageLimits.measure(plainPage(), edition)).toMatchObject({ fields: 0, longestField: 0 });
  });

  it('has the dates of its language', () => {
    const page = plainPage({ sources: [source({ published: '2025-09-30' })] });
    const sizeIn = (locale: string) =>
      pageLimitsFor(new Map([[locale, en]])).measure(page, { ...edition, locale }).total;
    expect(sizeIn('fr')).not.toBe(sizeIn('en'));
  });
});
