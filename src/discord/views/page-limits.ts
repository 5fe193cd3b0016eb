// What a page may hold so that Discord shows it whole, with the bot's own words in the page's language.
import type { APIEmbedField } from 'discord-api-types/v10';
import type { Edition, Page, PageLimits } from '../../guide/model.ts';
import { languages, type Messages, messagesFor } from '../../i18n/index.ts';
import { COMPONENT_LIMITS, codePoints, EMBED_LIMITS } from '../limits.ts';
import { feedbackFields, guidePageEmbed } from './embeds.ts';

/** In code points, on a phone of 360 pixels about 16 lines. Translations are longer than English. */
const VISIBLE = { english: 600, others: 750 } as const;

type PageSize = ReturnType<PageLimits['measure']>;

/** The limits of a page, with room for the walk's own row of buttons and for a field that the bot adds. */
export function pageLimitsFor(messages: ReadonlyMap<string, Messages>): PageLimits {
  return {
    visible: VISIBLE,
    title: EMBED_LIMITS.title,
    text: EMBED_LIMITS.description,
    alert: EMBED_LIMITS.fieldValue,
    steps: EMBED_LIMITS.fieldValue,
    label: COMPONENT_LIMITS.label,
    links: (COMPONENT_LIMITS.rows - 1) * COMPONENT_LIMITS.buttonsInRow,
    urgentLinks: (COMPONENT_LIMITS.rows - 2) * COMPONENT_LIMITS.buttonsInRow,
    url: COMPONENT_LIMITS.url,
    fields: EMBED_LIMITS.fields - 1,
    // Above a page that answers a question the question is shown.
    total: EMBED_LIMITS.total - EMBED_LIMITS.author,
    ownLabels: (locale) => labelsUnderPages(messagesFor(locale, messages)),
    measure: (page, edition) => pageSize(page, edition, messagesFor(edition.locale, messages)),
  };
}

/** The buttons that are never under a page. */
const NOT_UNDER_PAGES: readonly string[] = ['answered', 'goOn', 'openPage'] satisfies (keyof Messages['button'])[];

/** The labels of the bot's own buttons under pages. */
function labelsUnderPages({ button }: Messages): string[] {
  return Object.entries(button).flatMap(([name, label]) => (NOT_UNDER_PAGES.includes(name) ? [] : [label]));
}

/** The limits in all languages of the bot. */
export const pageLimits: PageLimits = pageLimitsFor(languages);

/** The size of a page with the longer of the fields that answer "Did this help?", and with all lines on a translation. */
function pageSize(page: Page, edition: Edition, messages: Messages): PageSize {
  const { subject, translation } = edition;
  const longest = translation && { ...translation, older: new Set([page.name]), missing: new Set<string>() };
  const shown = longest ? { ...edition, translation: longest } : edition;
  const { title = '', description = '', fields = [], footer } = guidePageEmbed(page, shown, messages);
  const text = codePoints(title) + codePoints(description) + codePoints(footer?.text ?? '');
  return {
    fields: fields.length,
    longestField: max(fields.map(({ value }) => codePoints(value))),
    total:
      text +
      fields.map(sizeOf).reduce((a, b) => a + b, 0) +
      max(Object.values(feedbackFields(subject, messages)).map(sizeOf)),
  };
}

function sizeOf({ name, value }: APIEmbedField): number {
  return codePoints(name) + codePoints(value);
}

function max(lengths: readonly number[]): number {
  return Math.max(0, ...lengths);
}
