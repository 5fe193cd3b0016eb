// Embeds: a page of the guides, a server's own reply, and the list of sources.
import type { APIEmbed, APIEmbedField } from 'discord-api-types/v10';
import type { Page, Source, Subject } from '../../guide/model.ts';
import { showDate } from '../../i18n/dates.ts';
import type { Messages } from '../../i18n/index.ts';
import { removeUnclosedDirectionMarks } from '../../replies/characters.ts';
import type { Reply } from '../../replies/reply.ts';
import { codePoints, cut, EMBED_LIMITS } from '../limits.ts';
import type { RenderContext } from '../render-context.ts';

/** Colours only repeat what the text says (alert names, "Did this help?"). They carry no meaning of their own. */
export const COLOR = { information: 0x3b82f6, warning: 0xf59e0b, outcome: 0x22c55e, plan: 0x8b5cf6 } as const;

/** A page, or the server's own text in place of it. */
export function pageEmbed(page: Page, { edition, messages, topics }: RenderContext): APIEmbed {
  const topic = topics.find(page.name);
  if (topic?.kind === 'page' && topic.override) return replyEmbed(topic.override, messages.faq.override);
  return guidePageEmbed(page, edition.subject, messages, edition.locale);
}

/** A page as the guide has it. @param language the language of the dates */
export function guidePageEmbed(page: Page, subject: Subject, messages: Messages, language: string): APIEmbed {
  const isWarned = page.alerts.some(({ kind }) => kind === 'WARNING' || kind === 'CAUTION');
  const fields: APIEmbedField[] = page.alerts.map(({ kind, text }) => ({
    name: messages.page.alert[kind],
    value: text,
  }));
  if (page.steps.length > 0)
    fields.push({ name: messages.page.steps, value: page.steps.map((step) => `- ${step}`).join('\n') });
  fields.push(...sourceFields(page.sources, messages, language, true));
  return {
    color: isWarned ? COLOR.warning : page.outcome ? COLOR.outcome : COLOR.information,
    title: page.title,
    description: page.text,
    fields,
    footer: { text: page.isOnlyClaimed ? subject.unconfirmed : subject.disclaimer },
  };
}

/**
 * A server's own reply as it was typed, without unclosed text direction marks.
 * @param footer says who wrote it
 */
export function replyEmbed({ title, text }: Pick<Reply, 'title' | 'text'>, footer: string): APIEmbed {
  return {
    color: COLOR.information,
    title: removeUnclosedDirectionMarks(title),
    description: removeUnclosedDirectionMarks(text),
    footer: { text: footer },
  };
}

/** What is shown below a page once a member has said whether it helped. */
export function feedbackFields(
  { support }: Subject,
  { feedback: { thanks, sorry } }: Messages,
): { thanks: APIEmbedField; sorry: APIEmbedField } {
  return { thanks, sorry: { name: sorry.name, value: sorry.value(support) } };
}

/** Sources by title, publisher and date. @param isNumbered numbers them like the citation marks in the text */
export function sourceFields(
  sources: readonly Source[],
  messages: Messages,
  language: string,
  isNumbered: boolean,
): APIEmbedField[] {
  const [first] = sources;
  if (!first) return [];
  const oldest = sources.map(({ reviewed }) => reviewed).sort()[0] ?? first.reviewed;
  const lines = sources.map((source, i) => {
    const title = source.link ? `[${source.title}](${source.link})` : source.title;
    const date = source.published ? `, ${showDate(source.published, language)}` : '';
    return `${isNumbered ? `[${i + 1}] ` : '- '}${title}, ${source.publisher}${date}`;
  });
  const values: string[] = [];
  for (const line of lines) {
    const last = values.at(-1);
    if (last !== undefined && codePoints(last) + codePoints(line) + 1 <= EMBED_LIMITS.fieldValue)
      values[values.length - 1] = `${last}\n${line}`;
    else values.push(cut(line, EMBED_LIMITS.fieldValue));
  }
  const name = messages.page.sources(showDate(oldest, language));
  return values.map((value, i) => ({ name: i === 0 ? name : messages.page.moreSources, value }));
}
