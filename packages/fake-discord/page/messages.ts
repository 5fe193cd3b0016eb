// Renders messages: author, text, embeds, files, components, and the notice below ephemeral ones.
import type { AttachmentView, AuthorView, ContentView, EmbedView, MessageView } from '../src/message-types.ts';
import type { NamesView } from '../src/page-types.ts';
import { type ControlHandlers, componentRows } from './controls.ts';
import { element, externalLink } from './dom.ts';
import { embedBox } from './embed.ts';
import { markdown, withNames } from './markdown.ts';
import type { Position } from './message-menu.ts';

const LOADING = 128;
const PIN_NOTICE = 6;

/** Names for mentions, and who looks at the messages. */
export interface Viewed extends NamesView {
  /** The id of a person. */
  readonly viewer: string;
}

/** What the buttons and the menu of a message do. */
export interface MessageHandlers extends ControlHandlers<MessageView> {
  dismiss(message: MessageView): void;
  /** Missing for messages without a menu. @param from the element that gets the focus back */
  readonly openMenu?: OpenMenu;
}
type OpenMenu = (message: MessageView, from: HTMLElement, at: Position) => void;

/** Renders a message as an item of a list. */
export function messageItem(message: MessageView, view: Viewed, handlers: MessageHandlers): HTMLElement {
  const { author, mentions, isEphemeral, type } = message;
  const { openMenu } = handlers;
  const isMentioned = mentions.some(({ id }) => id === view.viewer);
  const item: HTMLElement = element('li', {
    class: ['message', isEphemeral && 'ephemeral', isMentioned && 'mentioned'].filter(Boolean).join(' '),
    tabindex: -1,
    'data-message': message.id,
    oncontextmenu: openMenu && ((event) => onContextMenu(event, (at) => openMenu(message, item, at))),
  });
  if (type === PIN_NOTICE) {
    item.append(element('p', { class: 'note' }, `📌 ${nameOf(author)} pinned a message to this channel.`));
    return item;
  }
  item.append(...aboveLine(message, view));
  item.append(
    element('span', { class: `avatar${author.bot ? ' bot' : ''}`, 'aria-hidden': 'true' }, nameOf(author)[0]),
  );
  item.append(element('div', { class: 'body' }, metaLine(message, handlers), ...bodyOf(message, view, handlers)));
  return item;
}

const nameOf = ({ global_name: name, username }: AuthorView) => name ?? username;

function onContextMenu(event: MouseEvent, open: (at: Position) => void): void {
  const { target } = event;
  // Links and selected text keep the browser's menu.
  const isLinkOrInput = target instanceof Element && target.closest('a, input, textarea') !== null;
  if (isLinkOrInput || !getSelection()?.isCollapsed) return;
  event.preventDefault();
  open({ x: event.clientX, y: event.clientY });
}

/** The line above a message: the message it replies to, or the command it answers. */
function aboveLine({ referenced_message: replied, asked }: MessageView, view: NamesView): HTMLElement[] {
  if (replied === null) return [element('p', { class: 'above' }, '↱ The original message was deleted')];
  if (replied) {
    const text = replied.content || replied.embeds[0]?.title || 'a message';
    const excerpt = withNames(text, view);
    return [
      element('p', { class: 'above' }, '↱ ', element('b', {}, nameOf(replied.author)), ` ${excerpt.slice(0, 90)}`),
    ];
  }
  if (!asked?.command) return [];
  return [
    element('p', { class: 'above' }, '↱ ', element('b', {}, asked.user), ' used ', element('b', {}, asked.command)),
  ];
}

function metaLine(message: MessageView, { openMenu }: MessageHandlers): HTMLElement {
  const { author, timestamp, edited_timestamp: edited, pinned } = message;
  const name = nameOf(author);
  const more: HTMLElement | undefined =
    openMenu &&
    element(
      'button',
      {
        type: 'button',
        class: 'more',
        'aria-haspopup': 'menu',
        'aria-label': `More actions for this message by ${name}`,
        title: 'More actions',
        'data-control': 'more',
        onclick: () => {
          if (!more) return;
          const { left, bottom } = more.getBoundingClientRect();
          openMenu(message, more, { x: left, y: bottom });
        },
      },
      '⋯',
    );
  return element(
    'div',
    { class: 'meta' },
    element('b', {}, name),
    author.bot ? element('span', { class: 'tag' }, 'APP') : null,
    element('time', { datetime: timestamp }, timeOf(timestamp)),
    edited !== null ? element('span', {}, '(edited)') : null,
    pinned ? element('span', {}, '· pinned') : null,
    more,
  );
}

const timeOf = (timestamp: string) =>
  new Date(timestamp).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });

function bodyOf(message: MessageView, view: Viewed, handlers: MessageHandlers): HTMLElement[] {
  const { author, isEphemeral, message_snapshots: forwarded, sticker_items: stickers, reactions } = message;
  return [
    message.flags & LOADING ? element('p', { class: 'note' }, `${nameOf(author)} is thinking …`) : null,
    ...forwarded.map(({ message: copy }) =>
      element(
        'blockquote',
        { class: 'forwarded' },
        element('p', { class: 'note' }, '↱ Forwarded'),
        contentOf(copy, view),
      ),
    ),
    ...contentOf(message, view),
    ...stickers.map(({ name }) => element('p', { class: 'note' }, `Sticker: ${name}`)),
    ...reactions.map((emoji) => element('p', { class: 'note' }, `The bot reacted with ${emoji}`)),
    ...componentRows(message, handlers),
    isEphemeral ? ephemeralLine(message, handlers) : null,
  ].filter((part) => part !== null);
}

function contentOf({ content, embeds, attachments }: ContentView, view: Viewed): HTMLElement[] {
  const shown = embeds.flatMap(({ image, thumbnail }) => [image?.url, thumbnail?.url]);
  const files = attachments.filter(({ url }) => !shown.includes(url));
  return [
    ...(content ? [element('div', { class: 'text' }, markdown(content, view))] : []),
    ...embeds.map((embed) => embedBox(embed, view, attachments)),
    ...files.map((file) => fileBox(file)),
  ];
}

/** The text of a message, of the one that it forwards, and of their embeds. */
export function textOf({ message_snapshots: forwarded, ...own }: MessageView): string {
  const contents = [...forwarded.map(({ message }) => message), own];
  return contents
    .flatMap(({ content, embeds }) => [content, ...embeds.flatMap(embedTexts)])
    .filter(Boolean)
    .join('\n\n');
}

const embedTexts = ({ title, description, fields = [] }: EmbedView) => [
  title,
  description,
  ...fields.map(({ name, value }) => `${name}\n${value}`),
];

/** Opens in a new tab, or downloads. */
function fileBox({ url, filename, size }: AttachmentView): HTMLElement {
  const save = element('a', { href: url, download: filename, 'aria-label': `Download ${filename}` }, 'Download');
  const fileSize = ` ${Math.max(1, Math.round(size / 1024))} kB · `;
  return element('p', { class: 'file' }, externalLink(url, filename), fileSize, save);
}

function ephemeralLine(message: MessageView, handlers: MessageHandlers): HTMLElement {
  const dismiss = {
    type: 'button',
    class: 'link',
    'data-control': 'dismiss',
    onclick: () => handlers.dismiss(message),
  };
  return element('p', { class: 'note' }, 'Only you can see this · ', element('button', dismiss, 'Dismiss message'));
}
