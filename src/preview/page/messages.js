// Messages as elements: author, text, embeds, files, buttons, and what only one person sees.
import { componentRows } from './controls.js';
import { element, externalLink } from './dom.js';
import { embedBox } from './embed.js';
import { markdown } from './markdown.js';

const LOADING = 128;
const PIN_NOTICE = 6;

/**
 * @param message as the fake Discord shows it
 * @param view names and channels for mentions, and the id of whoever looks
 * @param acts what presses, choices, the menu, replies and dismissals do; without `more` the message has no menu
 */
export function messageItem(message, view, acts) {
  const { author, mentions, isEphemeral, type } = message;
  const isNamed = mentions.some(({ id }) => id === view.viewer);
  const item = element('li', {
    class: ['message', isEphemeral && 'ephemeral', isNamed && 'mentioned'].filter(Boolean).join(' '),
    tabindex: -1,
    'data-message': message.id,
    oncontextmenu: acts.more && ((event) => openMenu(event, message, acts)),
  });
  if (type === PIN_NOTICE) {
    item.append(element('p', { class: 'note' }, `📌 ${nameOf(author)} pinned a message to this channel.`));
    return item;
  }
  item.append(...aboveLine(message, view));
  item.append(
    element('span', { class: `avatar${author.bot ? ' bot' : ''}`, 'aria-hidden': 'true' }, nameOf(author)[0]),
  );
  item.append(element('div', { class: 'body' }, metaLine(message, acts), ...contentOf(message, view, acts)));
  return item;
}

const nameOf = ({ global_name: name, username }) => name ?? username;

function openMenu(event, message, acts) {
  // A link or a chosen piece of text keeps the browser's own menu.
  if (event.target.closest('a, input, textarea') || !getSelection().isCollapsed) return;
  event.preventDefault();
  acts.more(message, event.target.closest('li'), { x: event.clientX, y: event.clientY });
}

/** The line above a message: what it replies to, or who asked for it. */
function aboveLine({ referenced_message: replied, message_reference: reference, asked }, { names }) {
  if (reference && replied === null) return [element('p', { class: 'above' }, '↱ The message is no longer there')];
  if (replied) {
    const text = replied.content || replied.embeds[0]?.title || 'a message';
    const told = text.replace(/<@!?(\d+)>/g, (_, id) => `@${names[id] ?? 'unknown'}`);
    return [element('p', { class: 'above' }, '↱ ', element('b', {}, nameOf(replied.author)), ` ${told.slice(0, 90)}`)];
  }
  if (!asked?.command) return [];
  return [
    element('p', { class: 'above' }, '↱ ', element('b', {}, asked.user), ' used ', element('b', {}, asked.command)),
  ];
}

function metaLine(message, acts) {
  const { author, timestamp, isEdited, pinned } = message;
  const name = nameOf(author);
  const more =
    acts.more &&
    element(
      'button',
      {
        type: 'button',
        class: 'more',
        'aria-haspopup': 'menu',
        'aria-label': `More for this message by ${name}`,
        title: 'More',
        'data-control': 'more',
        onclick: ({ currentTarget }) => {
          const { left, bottom } = currentTarget.getBoundingClientRect();
          acts.more(message, currentTarget, { x: left, y: bottom });
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
    isEdited ? element('span', {}, '(edited)') : null,
    pinned ? element('span', {}, '· pinned') : null,
    more,
  );
}

const timeOf = (timestamp) => new Date(timestamp).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });

function contentOf(message, view, acts) {
  const { author, content, embeds, attachments, isEphemeral } = message;
  const shown = embeds.flatMap(({ image, thumbnail }) => [image?.url, thumbnail?.url]);
  const files = attachments.filter(({ url }) => !shown.includes(url));
  return [
    message.flags & LOADING ? element('p', { class: 'note' }, `${nameOf(author)} is thinking …`) : null,
    content ? element('div', { class: 'text' }, markdown(content, view)) : null,
    ...embeds.map((embed) => embedBox(embed, view, attachments)),
    ...files.map((file) => fileBox(file)),
    ...componentRows(message, acts),
    isEphemeral ? ephemeralLine(message, acts) : null,
  ].filter((part) => part !== null);
}

/** Opened in a tab of its own, or saved under its name. */
function fileBox({ url, filename, size }) {
  const save = element('a', { href: url, download: filename, 'aria-label': `Download ${filename}` }, 'Download');
  const weight = ` ${Math.max(1, Math.round(size / 1024))} kB · `;
  return element('p', { class: 'file' }, externalLink(url, filename), weight, save);
}

function ephemeralLine(message, acts) {
  const dismiss = { type: 'button', class: 'link', 'data-control': 'dismiss', onclick: () => acts.dismiss(message) };
  return element('p', { class: 'note' }, 'Only you can see this · ', element('button', dismiss, 'Dismiss message'));
}
