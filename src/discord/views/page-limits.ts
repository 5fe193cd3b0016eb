// What a page may hold so that Discord shows it whole, in every language of the bot.
import type { APIEmbed, APIEmbedField } from 'discord-api-types/v10';
import type { PageLimits } from '../../guide/model.ts';
import { languages, type Messages } from '../../i18n/index.ts';
import { COMPONENT_LIMITS, codePoints, EMBED_LIMITS } from '../limits.ts';
import { guidePageEmbed } from './embeds.ts';

/** The limits of a page, with room for the walk's own row of buttons and the longest field that the bot adds. */
export function pageLimitsFor(messages: ReadonlyMap<string, Messages>): PageLimits {
  return {
    title: EMBED_LIMITS.title,
    text: EMBED_LIMITS.description,
    alert: EMBED_LIMITS.fieldValue,
    steps: EMBED_LIMITS.fieldValue,
    label: COMPONENT_LIMITS.label,
    links: (COMPONENT_LIMITS.rows - 1) * COMPONENT_LIMITS.buttonsInRow,
    url: COMPONENT_LIMITS.url,
    fields: EMBED_LIMITS.fields - 1,
    total:
      EMBED_LIMITS.total -
      longest([...messages.values()].flatMap(({ feedback }) => Object.values(feedback).map(sizeOf))),
    ownLabels: [...new Set([...messages.values()].flatMap(({ button }) => Object.values(button)))],
    measure(page) {
      const measured = [...messages].map(([language, own]) => measureEmbed(guidePageEmbed(page, own, language)));
      return {
        fields: longest(measured.map(({ fields }) => fields)),
        longestField: longest(measured.map(({ longestField }) => longestField)),
        total: longest(measured.map(({ total }) => total)),
      };
    },
  };
}

/** The limits in the languages that there are. */
export const pageLimits: PageLimits = pageLimitsFor(languages);

function measureEmbed({
  title = '',
  description = '',
  fields = [],
  footer,
}: APIEmbed): ReturnType<PageLimits['measure']> {
  const text = codePoints(title) + codePoints(description) + codePoints(footer?.text ?? '');
  return {
    fields: fields.length,
    longestField: longest(fields.map(({ value }) => codePoints(value))),
    total: text + fields.map(sizeOf).reduce((a, b) => a + b, 0),
  };
}

function sizeOf({ name, value }: APIEmbedField): number {
  return codePoints(name) + codePoints(value);
}

function longest(lengths: readonly number[]): number {
  return Math.max(0, ...lengths);
}
