// Messages as elements: author, text, embeds, files, buttons, menus.
import { element, externalLink } from './dom.js';
import { blocks, inline } from './markdown.js';

const EPHEMERAL_NOTE = 'Only you can see this';
const LOADING = 128;
const PIN_NOTICE = 6;

/**
 * @param message as the stand-in shows it
 * @param view names and channels for mentions, and the commands of the message menu
 * @param acts what presses, choices and menu commands do
 */
export function messageItem(message, view, acts) {
  const { author, content, embeds, attachments, components, isEphemeral, type } = message;
  const item = element('li', {
    class: `message${isEphemeral ? ' ephemeral' : ''}`,
    tabindex: -1,
    'data-message': message.id,
  });
  item.append(metaLine(message));
  if (type === PIN_NOTICE) {
    item.append(element('p', {}, `${author.global_name ?? author.username} pinned a message to this channel.`));
    return item;
  }
  if (message.flags & LOADING) item.append(element('p', { class: 'meta' }, `${author.username} is thinking …`));
  if (message.referenced_message) {
    const { author: other, content: quoted } = message.referenced_message;
    item.append(
      element('p', { class: 'meta' }, `In reply to ${other.global_name ?? other.username}: ${quoted.slice(0, 80)}`),
    );
  }
  if (content) item.append(element('div', { class: 'text' }, blocks(content, view)));
  item.append(...embeds.map((embed) => embedBox(embed, view)));
  const shown = embeds.flatMap(({ image, thumbnail }) => [image?.url, thumbnail?.url]);
  const files = attachments.filter(({ url }) => !shown.includes(url));
  item.append(...files.map((file) => element('p', {}, externalLink(file.url, file.filename), ` (${file.size} bytes)`)));
  item.append(
    ...components.map((row) =>
      element(
        'div',
        { class: 'row' },
        row.components.map((each) => control(each, message, acts)),
      ),
    ),
  );
  if (view.menu.length > 0 && !isEphemeral) item.append(messageMenu(message, view.menu, acts));
  return item;
}

function metaLine({ author, timestamp, isEdited, isEphemeral, asked, pinned }) {
  const name = author.global_name ?? author.username;
  return element(
    'p',
    { class: 'meta' },
    element('b', {}, name),
    ' ',
    author.bot ? element('span', { class: 'tag' }, 'APP') : null,
    ' ',
    element('time', { datetime: timestamp }, new Date(timestamp).toLocaleTimeString()),
    isEdited ? ' (edited)' : null,
    pinned ? ' · pinned' : null,
    asked ? ` · answers ${asked.user}` : null,
    isEphemeral ? element('span', {}, ' · ', element('b', {}, EPHEMERAL_NOTE)) : null,
  );
}

function embedBox(embed, view) {
  const box = element('article', { class: 'embed' });
  // Set through the DOM: the page's policy forbids style attributes.
  if (embed.color !== undefined) box.style.borderInlineStartColor = `#${embed.color.toString(16).padStart(6, '0')}`;
  const { author, title, url, description, fields = [], image, thumbnail, footer, timestamp } = embed;
  if (author)
    box.append(element('p', { class: 'meta' }, author.url ? externalLink(author.url, author.name) : author.name));
  if (title) box.append(element('h3', {}, url ? externalLink(url, title) : inline(title, view)));
  if (description) box.append(element('div', { class: 'text' }, blocks(description, view)));
  if (fields.length > 0) {
    const list = fields.map(({ name, value, inline: isInline }) =>
      element(
        'div',
        { class: isInline ? undefined : 'wide' },
        element('dt', {}, inline(name, view)),
        element('dd', { class: 'text' }, blocks(value, view)),
      ),
    );
    box.append(element('dl', { class: 'fields' }, list));
  }
  for (const picture of [image, thumbnail]) if (picture) box.append(pictureOf(picture.url));
  const foot = [footer?.text, timestamp && new Date(timestamp).toLocaleString()].filter(Boolean).join(' · ');
  if (foot) box.append(element('p', { class: 'meta' }, element('small', {}, foot)));
  return box;
}

/** The page loads nothing from elsewhere: other pictures are links. */
function pictureOf(url) {
  return url.startsWith(location.origin) ? element('img', { src: url, alt: '' }) : externalLink(url, 'Picture');
}

const labelOf = ({ label, emoji }) => [emoji?.name, label].filter(Boolean).join(' ');

function control(component, message, acts) {
  const { type, custom_id: id, disabled, placeholder } = component;
  if (type === 2) {
    if (component.url) return externalLink(component.url, `${labelOf(component)} ↗`, { class: 'button' });
    const attributes = { type: 'button', class: `style-${component.style}`, disabled, 'data-control': id };
    return element('button', { ...attributes, onclick: () => acts.press(message, id) }, labelOf(component));
  }
  if (type === 3) return stringMenu(component, message, acts);
  const entry = element('input', { 'aria-label': placeholder ?? 'Ids', placeholder: 'Ids, with blanks between' });
  const send = element(
    'button',
    { type: 'button', disabled, onclick: () => acts.choose(message, id, entry.value.split(/\s+/).filter(Boolean)) },
    'Choose',
  );
  return element('span', { class: 'row' }, entry, send);
}

function stringMenu({ custom_id: id, disabled, placeholder = 'Choose', options, max_values: max = 1 }, message, acts) {
  const isMultiple = max > 1;
  const items = options.map(({ label, value, description, default: isChosen }) =>
    element('option', { value, selected: isChosen }, description ? `${label} – ${description}` : label),
  );
  if (!isMultiple && !options.some((option) => option.default))
    items.unshift(element('option', { value: '', selected: true, disabled: true }, placeholder));
  const menu = element(
    'select',
    { 'aria-label': placeholder, multiple: isMultiple, disabled, 'data-control': id },
    items,
  );
  const send = () =>
    acts.choose(
      message,
      id,
      [...menu.selectedOptions].map(({ value }) => value),
    );
  const button = element('button', { type: 'button', disabled, onclick: send }, 'Choose');
  // A choice is sent by the button, not by the arrow keys that pass over the options.
  return element('span', { class: 'row' }, menu, button);
}

function messageMenu(message, names, acts) {
  const buttons = names.map((name) =>
    element('button', { type: 'button', onclick: () => acts.menu(message, name) }, name),
  );
  return element('details', {}, element('summary', {}, 'Apps'), element('div', { class: 'row' }, buttons));
}
