// Renders Discord's Markdown as DOM nodes, from the tree of discord-markdown-parser.
import { rulesExtended, SimpleMarkdown } from 'discord-markdown-parser';
import { element, externalLink } from './dom.js';

const ITEM = /^( *)(?:[-*]|(\d{1,9})\.) +(.*)$/;
/** Consecutive lines that start as list items. */
const LIST = /^ *(?:[-*]|\d{1,9}\.) +[^\n]*(?:\n *(?:[-*]|\d{1,9}\.) +[^\n]*)*(?:\n|$)/;

/** A rule for lists, which the parser lacks. */
const list = {
  order: rulesExtended.heading.order - 0.25,
  match: (source, state) => (isLineStart(state) ? LIST.exec(source) : null),
  parse: ([text], parse, state) => {
    const items = text
      .trimEnd()
      .split('\n')
      .map((line) => ITEM.exec(line))
      .map(([, indent, number, rest]) => ({ indent: indent.length, number, content: parse(rest, inside(state)) }));
    return { items };
  },
};
const isLineStart = ({ prevCapture, inList }) => !inList && (prevCapture === null || /\n$/.test(prevCapture[0]));
const inside = (state) => ({ ...state, prevCapture: null, inList: true });

const parser = SimpleMarkdown.parserFor({ ...rulesExtended, list });

/**
 * Renders a text as Discord shows it.
 * @param {string} source
 * @param {{ names: Record<string, string>, channels: Record<string, string> }} known for mentions
 * @returns {(Node | string)[]}
 */
export function markdown(source, known) {
  return draw(parser(source, { inline: true }), known);
}

const draw = (nodes, known) => (Array.isArray(nodes) ? nodes : [nodes]).flatMap((node) => drawn(node, known));

function drawn(node, known) {
  const render = RENDERERS[node.type];
  if (render) return render(node, known);
  return typeof node.content === 'string' ? [node.content] : draw(node.content ?? [], known);
}

const wrapped = (name) => (node, known) => [element(name, {}, draw(node.content, known))];
const mention = (sign) => [element('span', { class: 'mention' }, sign)];

/** Renderers by node type. Other nodes show their content. */
const RENDERERS = {
  text: ({ content }) => [content],
  strong: wrapped('strong'),
  em: wrapped('em'),
  underline: wrapped('u'),
  strikethrough: wrapped('s'),
  blockQuote: wrapped('blockquote'),
  subtext: (node, known) => [element('small', { class: 'subtext' }, draw(node.content, known))],
  heading: (node, known) => [element(`h${Math.min(node.level + 2, 6)}`, {}, draw(node.content, known))],
  inlineCode: ({ content }) => [element('code', {}, content)],
  codeBlock: ({ content }) => [element('pre', { tabindex: 0 }, element('code', {}, content))],
  br: () => [element('br')],
  newline: () => [element('br')],
  list: ({ items }, known) => [listOf(items, known)],
  link: linked,
  url: linked,
  autolink: linked,
  spoiler: (node, known) => [
    element('details', { class: 'spoiler' }, element('summary', {}, 'Spoiler'), draw(node.content, known)),
  ],
  user: ({ id }, { names }) => mention(`@${names[id] ?? 'unknown'}`),
  channel: ({ id }, { channels }) => mention(`#${channels[id] ?? 'unknown'}`),
  role: () => mention('@role'),
  everyone: () => mention('@everyone'),
  here: () => mention('@here'),
  slashCommand: ({ fullName }) => mention(`/${fullName}`),
  guildNavigation: ({ navigation }) => mention(navigation),
  emoji: ({ name }) => [`:${name}:`],
  twemoji: ({ name }) => [name],
  timestamp: ({ timestamp }) => time(Number(timestamp)),
};

const MESSAGE = /^https:\/\/discord\.com\/channels\/\d+\/(\d+)\/(\d+)$/;

function linked({ target, content }, known) {
  const [, channel, message] = MESSAGE.exec(target) ?? [];
  if (channel in known.channels) {
    const place = { href: `#${message}`, 'data-to-channel': channel, 'data-to-message': message };
    return [element('a', { class: 'mention', ...place }, `#${known.channels[channel]} › message`)];
  }
  const link = externalLink(target, '');
  link.replaceChildren(...draw(content, known));
  return [link];
}

/** Items with a deeper indent than the first become a list inside the item before them. */
function listOf(items, known) {
  const [{ indent, number }] = items;
  const node = number ? element('ol', { start: number }) : element('ul');
  for (let at = 0; at < items.length; ) {
    const item = element('li', {}, draw(items[at].content, known));
    let end = at + 1;
    while (end < items.length && items[end].indent > indent) end++;
    if (end > at + 1) item.append(listOf(items.slice(at + 1, end), known));
    node.append(item);
    at = end;
  }
  return node;
}

function time(seconds) {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return [''];
  return [element('time', { datetime: date.toISOString() }, date.toLocaleString())];
}
