// Embeds: a page of the guides, and a server's own reply.
import type { APIEmbed, APIEmbedField } from 'discord-api-types/v10';
import type { Edition, Page, Subject } from '../../guide/model.ts';
import type { Messages } from '../../i18n/index.ts';
import { removeUnclosedDirectionMarks } from '../../replies/characters.ts';
import type { Reply } from '../../replies/reply.ts';
import type { RenderContext } from '../render-context.ts';
import { COLOR } from './colors.ts';
import { sourcesField } from './sources.ts';
import { footerOf } from './translation.ts';

/** A page, or the server's own text in place of it. */
export function pageEmbed(page: Page, { edition, messages, topics }: RenderContext): APIEmbed {
  const topic = topics.find(page.name);
  if (topic?.kind === 'page' && topic.override) return replyEmbed(topic.override, messages.faq.override);
  return guidePageEmbed(page, edition, messages);
}

/** A page as the guide has it. */
export function guidePageEmbed(page: Page, edition: Edition, messages: Messages): APIEmbed {
  const { subject, locale } = edition;
  const isWarned = page.alerts.some(({ kind }) => kind === 'WARNING' || kind === 'CAUTION');
  const fields: APIEmbedField[] = page.alerts.map(({ kind, text }) => ({
    name: messages.page.alert[kind],
    value: text,
  }));
  if (page.steps.length > 0)
    fields.push({ name: messages.page.steps, value: page.steps.map((step) => `- ${step}`).join('\n') });
  fields.push(...sourcesField(page.sources, messages, locale));
  return {
    color: isWarned ? COLOR.warning : page.outcome ? COLOR.outcome : COLOR.information,
    title: page.title,
    description: page.text,
    fields,
    footer: footerOf(page.isOnlyClaimed ? subject.unconfirmed : subject.disclaimer, edition, messages, page.name),
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
