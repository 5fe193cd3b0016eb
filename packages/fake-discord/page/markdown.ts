// Renders Discord's Markdown as DOM nodes, from the tree of discord-markdown-parser.
import { rulesExtended, SimpleMarkdown } from 'discord-markdown-parser';
import type { NamesView } from '../src/page-types.ts';
import { element, externalLink } from './dom.ts';

/** A node of the parser's tree, with the fields that the parser gives to nodes of any type. */
interface Tree {
  readonly type: string;
  readonly content?: Content;
  readonly level?: number;
  readonly items?: readonly Item[];
  /** Of a link. */
  readonly target?: string;
  /** Of a mention. */
  readonly id?: string;
  /** Of a slash command. */
  readonly fullName?: string;
  readonly navigation?: string;
  /** Of an emoji. */
  readonly name?: string;
  /** In seconds since 1970. */
  readonly timestamp?: string;
}
type Content = string | Tree | readonly Tree[];
interface Item {
  readonly indent: number;
  /** The number as it was written; undefined for a bullet. */
  readonly number: string | undefined;
  readonly content: readonly Tree[];
}
/** The parser's, with what the rule for lists adds. */
interface State {
  readonly prevCapture?: readonly string[] | null;
  readonly inList?: boolean;
  readonly [key: string]: unknown;
}
type Drawn = (Node | string)[];

/** A line of a list. U+2028 and U+2029 end no line here. */
const ITEM = /^( *)(?:[-*]|(\d{1,9})\.) +(.*)$/s;
/** Consecutive lines that start as list items. */
const LIST = /^ *(?:[-*]|\d{1,9}\.) +[^\n]*(?:\n *(?:[-*]|\d{1,9}\.) +[^\n]*)*(?:\n|$)/;

const SUBTEXT = /^-# +([^\n]+?)(?:\n|$)/;

/** A rule for lists, which the parser lacks. */
const list: (typeof rulesExtended)[string] = {
  order: SimpleMarkdown.defaultRules.heading.order - 0.25,
  match: (source, state) => (isLineStart(state) ? LIST.exec(source) : null),
  parse: ([text = ''], parse, state) => {
    const items = text
      .replace(/\n$/, '')
      .split('\n')
      .map((line): Item => {
        const [, indent = '', number, rest = ''] = ITEM.exec(line) ?? [];
        return { indent: indent.length, number, content: parse(rest.trimEnd(), inside(state)) };
      });
    return { items };
  },
};
/** Small letters: also after a quote, where the parser's rule does not see that a line begins. */
const subtext: (typeof rulesExtended)[string] = {
  order: SimpleMarkdown.defaultRules.heading.order - 0.5,
  match: (source, state) => (isLineStart(state) ? SUBTEXT.exec(source) : null),
  parse: ([, text = ''], parse, state) => ({ content: parse(text, state) }),
};
const isLineStart = ({ prevCapture = null, inList }: State) =>
  !inList && (prevCapture === null || /\n$/.test(prevCapture[0] ?? ''));
const inside = (state: State) => ({ ...state, prevCapture: null, inList: true });

const parser = SimpleMarkdown.parserFor({ ...rulesExtended, list, subtext });

/** A text in one line, with the names that it mentions. */
export const withNames = (text: string, { names, channels, roles = {} }: NamesView): string =>
  text
    .replace(/<@!?(\d+)>/g, (_, id: string) => `@${names[id] ?? 'unknown'}`)
    .replace(/<@&(\d+)>/g, (_, id: string) => `@${roles[id] ?? 'unknown'}`)
    .replace(/<#(\d+)>/g, (_, id: string) => `#${channels[id] ?? 'unknown'}`)
    .replace(/<\/([^:>]+):\d+>/g, '/$1');

/**
 * Renders a text as Discord shows it.
 * @param known for mentions
 */
export function markdown(source: string, known: NamesView): Drawn {
  return draw(parser(source, { inline: true }), known);
}

function draw(content: Content | undefined, known: NamesView): Drawn {
  if (content === undefined) return [];
  if (typeof content === 'string') return [content];
  return [content].flat().flatMap((node) => drawn(node, known));
}

type Render = (node: Tree, known: NamesView) => Drawn;

function drawn(node: Tree, known: NamesView): Drawn {
  const render = RENDERERS[node.type];
  return render ? render(node, known) : draw(node.content, known);
}

const wrapped =
  (name: keyof HTMLElementTagNameMap): Render =>
  (node, known) => [element(name, {}, draw(node.content, known))];
const mention = (sign: string) => [element('span', { class: 'mention' }, sign)];

/** For headings of level 1, 2 and so on. */
const HEADINGS = ['h3', 'h4', 'h5'] as const;

/** Renderers by node type. Other nodes show their content. */
const RENDERERS: Readonly<Record<string, Render>> = {
  strong: wrapped('strong'),
  em: wrapped('em'),
  underline: wrapped('u'),
  strikethrough: wrapped('s'),
  blockQuote: wrapped('blockquote'),
  subtext: (node, known) => [element('small', { class: 'subtext' }, draw(node.content, known))],
  heading: (node, known) => [element(HEADINGS[(node.level ?? 1) - 1] ?? 'h6', {}, draw(node.content, known))],
  inlineCode: wrapped('code'),
  codeBlock: ({ content }, known) => [element('pre', { tabindex: 0 }, element('code', {}, draw(content, known)))],
  br: () => [element('br')],
  newline: () => [element('br')],
  list: ({ items = [] }, known) => [listOf(items, known)],
  link: linked,
  url: linked,
  autolink: linked,
  spoiler: (node, known) => [
    element('details', { class: 'spoiler' }, element('summary', {}, 'Spoiler'), draw(node.content, known)),
  ],
  user: ({ id = '' }, { names }) => mention(`@${names[id] ?? 'unknown'}`),
  channel: ({ id = '' }, { channels }) => mention(`#${channels[id] ?? 'unknown'}`),
  role: ({ id = '' }, { roles = {} }) => mention(`@${(roles[id] ?? 'unknown').replace(/^@/, '')}`),
  everyone: () => mention('@everyone'),
  here: () => mention('@here'),
  slashCommand: ({ fullName }, { hasInput }) =>
    hasInput
      ? [element('button', { type: 'button', class: 'mention', 'data-command': `/${fullName}` }, `/${fullName}`)]
      : mention(`/${fullName}`),
  guildNavigation: ({ navigation = '' }) => mention(navigation),
  emoji: ({ name }) => [`:${name}:`],
  twemoji: ({ name = '' }) => [name],
  timestamp: ({ timestamp }) => time(Number(timestamp)),
};

/** An address of a channel, or of a message in it. */
const PLACE = /^https:\/\/discord\.com\/channels\/\d+\/(\d+)(?:\/(\d+))?$/;

function linked({ target = '', content }: Tree, known: NamesView): Drawn {
  const [, channel = '', message = ''] = PLACE.exec(target) ?? [];
  if (channel in known.channels) {
    const place = { href: `#${message}`, 'data-to-channel': channel, 'data-to-message': message };
    const name = `#${known.channels[channel]}${message === '' ? '' : ' › message'}`;
    return [element('a', { class: 'mention', ...place }, name)];
  }
  const link = externalLink(target, '');
  link.replaceChildren(...draw(content, known));
  return [link];
}

/** Items with a deeper indent than the first become a list inside the item before them. */
function listOf(items: readonly Item[], known: NamesView): HTMLElement {
  const indent = items[0]?.indent ?? 0;
  const number = items[0]?.number;
  const node = number ? element('ol', { start: number }) : element('ul');
  for (let at = 0; at < items.length; ) {
    const item = element('li', {}, draw(items[at]?.content, known));
    let end = at + 1;
    while ((items[end]?.indent ?? 0) > indent) end++;
    if (end > at + 1) item.append(listOf(items.slice(at + 1, end), known));
    node.append(item);
    at = end;
  }
  return node;
}

function time(seconds: number): Drawn {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return [''];
  return [element('time', { datetime: date.toISOString() }, date.toLocaleString())];
}
