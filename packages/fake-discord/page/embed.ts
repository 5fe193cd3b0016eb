// Renders an embed as Discord shows it.
import type { AttachmentView, EmbedFieldView, EmbedView } from '../src/message-types.ts';
import type { NamesView } from '../src/page-types.ts';
import { element, externalLink } from './dom.ts';
import './discord-components.ts';
import { markdown } from './markdown.ts';

/**
 * Renders an embed.
 * @param view names and channels for mentions
 * @param files the message's files, for the descriptions of pictures
 */
export function embedBox(embed: EmbedView, view: NamesView, files: readonly AttachmentView[] = []): HTMLElement {
  const { author, title, url, description, fields = [], image, thumbnail, footer, timestamp, color } = embed;
  const box = element('discord-embed', {
    role: 'group',
    'aria-label': title ? `Embed: ${title}` : 'Embed',
  });
  // The component sets its first colour by a style attribute, which the page's policy forbids, later ones by script.
  if (color !== undefined)
    box.updateComplete.then(() => {
      box.color = `#${color.toString(16).padStart(6, '0')}`;
    });
  const part = (...children: (Node | string)[]) =>
    element('discord-embed-description', { slot: 'description' }, ...children);
  if (author) box.append(part(author.url ? externalLink(author.url, author.name) : author.name));
  // The component's title is plain text. This one is a heading and may have Markdown.
  if (title) {
    const text = url ? [externalLink(url, title)] : markdown(title, view);
    box.append(part(element('h3', { class: 'embed-title' }, text)));
  }
  if (description) box.append(part(element('div', { class: 'text' }, markdown(description, view))));
  if (fields.length > 0) {
    box.append(
      element(
        'discord-embed-fields',
        { slot: 'fields' },
        fields.map((field, at) => fieldOf(field, columnOf(fields, at), view)),
      ),
    );
  }
  for (const picture of [image, thumbnail])
    if (picture) box.append(element('discord-embed-description', { slot: 'fields' }, pictureOf(picture.url, files)));
  const foot = [footer?.text, timestamp && new Date(timestamp).toLocaleString()].filter(Boolean).join(' · ');
  if (foot) box.append(element('discord-embed-footer', { slot: 'footer' }, foot));
  return box;
}

/** The column of a field: up to three inline fields share a row; 0 for a field that is not inline. */
function columnOf(fields: readonly EmbedFieldView[], at: number): number {
  let column = 0;
  for (const { inline } of fields.slice(0, at + 1)) column = inline ? (column % 3) + 1 : 0;
  return column;
}

function fieldOf({ name, value }: EmbedFieldView, column: number, view: NamesView): HTMLElement {
  return element(
    'discord-embed-field',
    column === 0 ? {} : { inline: true, 'inline-index': column },
    element('h4', { class: 'field-title' }, markdown(name, view)),
    element('div', { class: 'text' }, markdown(value, view)),
  );
}

/** The page loads nothing from other origins: their pictures are links. */
function pictureOf(url: string, files: readonly AttachmentView[]): HTMLElement {
  const alt = files.find((file) => file.url === url)?.description ?? '';
  return url.startsWith(`${location.origin}/`) ? element('img', { src: url, alt }) : externalLink(url, 'Picture');
}
