// What a page may hold so that Discord shows it whole, in every language of the bot.
import type { APIEmbedField } from 'discord-api-types/v10';
import type { Page, PageLimits, Subject } from '../../guide/model.ts';
import { languages, type Messages } from '../../i18n/index.ts';
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
    ownLabels: [...new Set([...messages.values()].flatMap(labelsUnderPages))],
    measure(page, subject) {
      const sizes = [...messages].map(([language, own]) => pageSize(page, subject, own, language));
      return {
        fields: max(sizes.map(({ fields }) => fields)),
        longestField: max(sizes.map(({ longestField }) => longestField)),
        total: max(sizes.map(({ total }) => total)),
      };
    },
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

/** The size of a page in one language, with the longer of the fields that answer "Did this help?". */
function pageSize(page: Page, subject: Subject, messages: Messages, language: string): PageSize {
  const { title = '', description = '', fields = [], footer } = guidePageEmbed(page, subject, messages, language);
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
