// Renders messages: author, text, embeds, files, components, and the notice below ephemeral ones.
import { componentRows } from './controls.js';
import { element, externalLink } from './dom.js';
import { embedBox } from './embed.js';
import { markdown } from './markdown.js';

const LOADING = 128;
const PIN_NOTICE = 6;

/**
 * @param message from the page's API
 * @param view names and channels for mentions, and the id of the viewer
 * @param handlers `press`, `choose`, `dismiss` and `openMenu`; without `openMenu` the message has no menu
 */
export function messageItem(message, view, handlers) {
  const { author, mentions, isEphemeral, type } = message;
  const isMentioned = mentions.some(({ id }) => id === view.viewer);
  const item = element('li', {
    class: ['message', isEphemeral && 'ephemeral', isMentioned && 'mentioned'].filter(Boolean).join(' '),
    tabindex: -1,
    'data-message': message.id,
    oncontextmenu: handlers.openMenu && ((event) => openMenu(event, message, handlers)),
  });
  if (type === PIN_NOTICE) {
    item.append(element('p', { class: 'note' }, `📌 ${nameOf(author)} pinned a message to this channel.`));
    return item;
  }
  item.append(...aboveLine(message, view));
  item.append(
    element('span', { class: `avatar${author.bot ? ' bot' : ''}`, 'aria-hidden': 'true' }, nameOf(author)[0]),
  );
  item.append(element('div', { class: 'body' }, metaLine(message, handlers), ...contentOf(message, view, handlers)));
  return item;
}

const nameOf = ({ global_name: name, username }) => name ?? username;

function openMenu(event, message, handlers) {
  // Links and selected text keep the browser's menu.
  if (event.target.closest('a, input, textarea') || !getSelection().isCollapsed) return;
  event.preventDefault();
  handlers.openMenu(message, event.target.closest('li'), { x: event.clientX, y: event.clientY });
}

/** The line above a message: the message it replies to, or the command it answers. */
function aboveLine({ referenced_message: replied, asked }, { names }) {
  if (replied === null) return [element('p', { class: 'above' }, '↱ The original message was deleted')];
  if (replied) {
    const text = replied.content || replied.embeds[0]?.title || 'a message';
    const excerpt = text.replace(/<@!?(\d+)>/g, (_, id) => `@${names[id] ?? 'unknown'}`);
    return [
      element('p', { class: 'above' }, '↱ ', element('b', {}, nameOf(replied.author)), ` ${excerpt.slice(0, 90)}`),
    ];
  }
  if (!asked?.command) return [];
  return [
    element('p', { class: 'above' }, '↱ ', element('b', {}, asked.user), ' used ', element('b', {}, asked.command)),
  ];
}

function metaLine(message, handlers) {
  const { author, timestamp, edited_timestamp: edited, pinned } = message;
  const name = nameOf(author);
  const more =
    handlers.openMenu &&
    element(
      'button',
      {
        type: 'button',
        class: 'more',
        'aria-haspopup': 'menu',
        'aria-label': `More actions for this message by ${name}`,
        title: 'More actions',
        'data-control': 'more',
        onclick: ({ currentTarget }) => {
          const { left, bottom } = currentTarget.getBoundingClientRect();
          handlers.openMenu(message, currentTarget, { x: left, y: bottom });
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

const timeOf = (timestamp) => new Date(timestamp).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });

function contentOf(message, view, handlers) {
  const { author, content, embeds, attachments, isEphemeral } = message;
  const shown = embeds.flatMap(({ image, thumbnail }) => [image?.url, thumbnail?.url]);
  const files = attachments.filter(({ url }) => !shown.includes(url));
  return [
    message.flags & LOADING ? element('p', { class: 'note' }, `${nameOf(author)} is thinking …`) : null,
    content ? element('div', { class: 'text' }, markdown(content, view)) : null,
    ...embeds.map((embed) => embedBox(embed, view, attachments)),
    ...files.map((file) => fileBox(file)),
    ...componentRows(message, handlers),
    isEphemeral ? ephemeralLine(message, handlers) : null,
  ].filter((part) => part !== null);
}

/** Opens in a new tab, or downloads. */
function fileBox({ url, filename, size }) {
  const save = element('a', { href: url, download: filename, 'aria-label': `Download ${filename}` }, 'Download');
  const fileSize = ` ${Math.max(1, Math.round(size / 1024))} kB · `;
  return element('p', { class: 'file' }, externalLink(url, filename), fileSize, save);
}

function ephemeralLine(message, handlers) {
  const dismiss = {
    type: 'button',
    class: 'link',
    'data-control': 'dismiss',
    onclick: () => handlers.dismiss(message),
  };
  return element('p', { class: 'note' }, 'Only you can see this · ', element('button', dismiss, 'Dismiss message'));
}
