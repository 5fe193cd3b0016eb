// Sources: the short list under a page or a plan, and all of a page's sources behind the button Sources.
import type { APIEmbedField } from 'discord-api-types/v10';
import type { Review, Source } from '../../guide/model.ts';
import { currentPage, type Path } from '../../guide/walk.ts';
import { showDate } from '../../i18n/dates.ts';
import type { Messages } from '../../i18n/index.ts';
import { type MessageBody, messageBody } from '../answer.ts';
import { codePoints, cut, EMBED_LIMITS } from '../limits.ts';
import type { RenderContext } from '../render-context.ts';
import { rowsOf, walkButton } from './buttons.ts';
import { COLOR } from './colors.ts';
import { footerOf } from './translation.ts';

/** More lines would fill a phone. */
const MAX_LINES = 2;

/** Code points of all fields; the rest of the embed takes less than 1,000. */
const MAX_TOTAL = 5000;

/** Whether a page has more sources than are shown under it. */
export function hasMoreSources({ sources }: { readonly sources: readonly Source[] }): boolean {
  return sources.length > MAX_LINES;
}

/**
 * The first sources, each with what was done to check it. No field if there are none.
 * @param language of the dates
 */
export function sourcesField(sources: readonly Source[], messages: Messages, language: string): APIEmbedField[] {
  if (sources.length === 0) return [];
  const lines = sources.slice(0, MAX_LINES).map((source, i) => {
    const review = shortReview(source.review, messages, language);
    return `[${i + 1}] ${nameOf(source, language)}${review === undefined ? '' : ` (${review})`}`;
  });
  const more = sources.length - lines.length;
  const value = [...lines, ...(more > 0 ? [messages.page.moreSources(more)] : [])].join('\n');
  return [{ name: messages.page.sources, value: cut(value, EMBED_LIMITS.fieldValue) }];
}

/** The names of sources, as many as fit into a field. */
export function sourceNamesField(sources: readonly Source[], messages: Messages, language: string): APIEmbedField[] {
  const lines = fitting(
    sources.map((source) => `- ${nameOf(source, language)}`),
    EMBED_LIMITS.fieldValue,
  );
  return lines.length === 0 ? [] : [{ name: messages.page.sources, value: lines.join('\n') }];
}

/** All sources of the page in a walk, each with a sentence on what was done to check it. */
export function renderSources(path: Path, context: RenderContext): MessageBody {
  const { messages, edition } = context;
  const page = currentPage(path);
  const fields = page.sources.slice(0, EMBED_LIMITS.fields).map((source, i) => {
    const review = longReview(source.review, messages, edition.locale);
    return { name: messages.sources.source(i + 1), value: `${nameOf(source, edition.locale, bold)}\n${review}` };
  });
  const { back, startOver } = messages.button;
  const row = [walkButton(context, 'toPage', back, path), walkButton(context, 'startOver', startOver, path)];
  const embed = {
    color: COLOR.information,
    title: cut(messages.sources.title(page.title), EMBED_LIMITS.title),
    description: messages.sources.intro,
    fields: fittingFields(fields, MAX_TOTAL),
    footer: footerOf(edition.subject.disclaimer, edition, messages),
  };
  return messageBody({ embeds: [embed], components: rowsOf(row) });
}

/** @param show shows a title that cannot be opened */
function nameOf(
  { title, link, publisher, published }: Source,
  language: string,
  show = (text: string) => text,
): string {
  const date = published ? `, ${showDate(published, language)}` : '';
  return `${link ? `[${title}](${link})` : show(title)}, ${publisher}${date}`;
}

function bold(text: string): string {
  return `**${text}**`;
}

/** Undefined for a conclusion of the authors: its title says so. */
function shortReview(review: Review, { page }: Messages, language: string): string | undefined {
  if (review.kind === 'concluded') return undefined;
  return page.review[reviewKey(review)](showDate(review.date, language));
}

function longReview(review: Review, { sources }: Messages, language: string): string {
  const key = review.kind === 'concluded' ? review.kind : reviewKey(review);
  return sources.review[key](showDate(review.date, language));
}

function reviewKey(review: Exclude<Review, { kind: 'concluded' }>): 'opened' | 'compared' | 'partial' {
  return review.kind === 'compared' && review.copy === 'partial' ? 'partial' : review.kind;
}

/** The first fields that together have at most `limit` code points. */
export function fittingFields(fields: readonly APIEmbedField[], limit: number): APIEmbedField[] {
  let left = limit;
  return fields.filter(({ name, value }) => {
    left -= codePoints(name) + codePoints(value);
    return left >= 0;
  });
}

/** The first lines that together, with line ends, have at most `limit` code points. */
function fitting(lines: readonly string[], limit: number): string[] {
  let left = limit + 1;
  let isFull = false;
  return lines.filter((line) => {
    left -= codePoints(line) + 1;
    isFull ||= left < 0;
    return !isFull;
  });
}
