// What is said of a translation: in the footer of its pages, and on a button that leads to one.
import { type APIButtonComponent, ButtonStyle } from 'discord-api-types/v10';
import type { Edition, Page } from '../../guide/model.ts';
import type { Messages } from '../../i18n/index.ts';
import { languageName } from '../../i18n/language-name.ts';
import type { Origin } from '../custom-id.ts';
import type { RenderContext } from '../render-context.ts';
import { walkButton } from './buttons.ts';

/** The lines of an edition for a page: that it is in English or older than English, and that nobody has checked it. */
export function translationNotes({ translation }: Edition, { page }: Messages, name?: string): string[] {
  if (!translation) return [];
  const { unreviewed, older, missing } = page.translation;
  if (name !== undefined && translation.missing.has(name)) return [missing];
  return [
    ...(name !== undefined && translation.older.has(name) ? [older] : []),
    ...(translation.isReviewed ? [] : [unreviewed]),
  ];
}

/** A footer with the lines about the translation under it. @param name of the page; undefined for what is no page */
export function footerOf(text: string, edition: Edition, messages: Messages, name?: string): { text: string } {
  return { text: [text, ...translationNotes(edition, messages, name)].join('\n') };
}

/** A button to the same topics in another language, named in that language. @param pages the page to open, if there is one */
export function languageButton(
  edition: Edition,
  pages: readonly Page[],
  origin: Origin | undefined,
  context: RenderContext,
): APIButtonComponent {
  const label = languageName(edition.locale);
  return walkButton({ ...context, edition, origin }, 'openIn', label, pages, ButtonStyle.Secondary);
}
