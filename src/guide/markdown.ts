// Parses Markdown with citations and front matter, and writes the Markdown that Discord shows.
import type { Nodes, Root, RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { frontmatterFromMarkdown } from 'mdast-util-frontmatter';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { type Handle, type Options, toMarkdown } from 'mdast-util-to-markdown';
import { toString as plainText } from 'mdast-util-to-string';
import { frontmatter } from 'micromark-extension-frontmatter';
import { gfm } from 'micromark-extension-gfm';
import { citationFromMarkdown, citationSyntax } from './citation.ts';

/** Parses a guide file. Every node carries its position. */
export function readMarkdown(text: string): Root {
  return fromMarkdown(text, {
    extensions: [gfm(), citationSyntax, frontmatter()],
    mdastExtensions: [gfmFromMarkdown(), citationFromMarkdown, frontmatterFromMarkdown()],
  });
}

/**
 * Writes a link as Discord shows it. A bare address stays as it is: Discord does not show a link whose text is an
 * address, nor `<…>` in embeds. A link that Discord cannot open is written as its text alone. In the text of a link
 * nothing is escaped, because Discord shows the backslash (https://github.com/discord/discord-api-docs/issues/6185).
 */
const link: Handle = (node, _parent, state, info) => {
  const label = plainText(node);
  if (isBareAddress(label, node.url)) return label;
  if (!/^https?:\/\//i.test(node.url)) return state.containerPhrasing(node, info);
  const { unsafe } = state;
  state.unsafe = [];
  const text = state.containerPhrasing(node, { ...info, before: '[', after: ']' });
  state.unsafe = unsafe;
  return `[${text}](${node.url.replace(/[()\s<>\\]/g, percentCode)})`;
};

/** Whether a link's text is its own address, as in the links that GFM makes of addresses. */
export function isBareAddress(label: string, url: string): boolean {
  return label === url || `mailto:${label}` === url || `http://${label}` === url;
}

function percentCode(character: string): string {
  return [...new TextEncoder().encode(character)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
}

/** Discord keeps line ends, and would show the backslash that CommonMark writes before one. */
const lineBreak: Handle = () => '\n';

/** Without the character references that the library writes beside asterisks: Discord shows them as they are. */
const strong: Handle = (node, _parent, state, info) =>
  `**${state.containerPhrasing(node, { ...info, before: '*', after: '*' })}**`;
const emphasis: Handle = (node, _parent, state, info) =>
  `*${state.containerPhrasing(node, { ...info, before: '*', after: '*' })}*`;

/** Strikethrough, which CommonMark does not have and Discord does. */
const strike: Handle = (node, _parent, state, info) =>
  `~~${state.containerPhrasing(node, { ...info, before: '~', after: '~' })}~~`;

/** For nodes that CommonMark cannot write; they have findings already. */
const nothing: Handle = () => '';

const options: Options = {
  bullet: '-',
  emphasis: '*',
  rule: '-',
  listItemIndent: 'one',
  handlers: {
    link,
    break: lineBreak,
    strong,
    emphasis,
    footnoteReference: (node) => node.identifier,
    delete: strike,
    table: nothing,
    footnoteDefinition: nothing,
  },
  unsafe: [{ character: '~', after: '~', inConstruct: 'phrasing' }],
};

/**
 * Writes nodes as Discord's Markdown: soft line breaks become spaces, loose lists become tight, citations become marks.
 * @param nodes blocks of one page
 * @param markOf returns the mark of a citation, such as `[1]`, or an empty text to leave it out
 */
export function writeMarkdown(nodes: readonly RootContent[], markOf: (id: string) => string): string {
  const children = nodes.map((node) => structuredClone(node));
  for (const child of children) prepare(child, markOf);
  return toMarkdown({ type: 'root', children }, options).trim();
}

function prepare(node: Nodes, markOf: (id: string) => string): void {
  if (node.type === 'text') node.value = node.value.replaceAll('\n', ' ');
  if (node.type === 'footnoteReference') node.identifier = markOf(node.identifier);
  if (node.type === 'list' || node.type === 'listItem') node.spread = false;
  if (!('children' in node)) return;
  for (const child of node.children) prepare(child, markOf);
  dropRepeatedMarks(node);
}

/** Keeps one mark if statements of the same source are cited next to each other. */
function dropRepeatedMarks(parent: { children: Nodes[] }): void {
  parent.children = parent.children.filter((node, i) => {
    const before = parent.children[i - 1];
    return !(
      node.type === 'footnoteReference' &&
      before?.type === 'footnoteReference' &&
      before.identifier === node.identifier
    );
  });
}

/**
 * How much a reader sees, in code points: the text of nodes without the characters that format it and without addresses
 * of links, and the marks of citations.
 * @param written what `writeMarkdown` made of the nodes
 */
export function visibleLength(nodes: readonly RootContent[], written: readonly string[]): number {
  const marks = written.flatMap((text) => text.match(/\[\d+\]/g) ?? []);
  return [plainText({ type: 'root', children: [...nodes] }), ...marks].reduce((sum, text) => sum + [...text].length, 0);
}

export { plainText };
