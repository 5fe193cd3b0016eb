// Embeds: a page of the guides, and a server's own reply.
import type { APIEmbed, APIEmbedField } from 'discord-api-types/v10';
import type { Page, Subject } from '../../guide/model.ts';
import type { Messages } from '../../i18n/index.ts';
import { removeUnclosedDirectionMarks } from '../../replies/characters.ts';
import type { Reply } from '../../replies/reply.ts';
import type { RenderContext } from '../render-context.ts';
import { COLOR } from './colors.ts';
import { sourcesField } from './sources.ts';

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
  fields.push(...sourcesField(page.sources, messages, language));
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
