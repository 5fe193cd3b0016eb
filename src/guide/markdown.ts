// Between Markdown and its tree: reading with citations and front matter, writing what Discord can show.
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
 * Writes a link as Discord shows it. A bare address stays as it is: Discord shows no link whose text is an address, and
 * no `<…>` in embeds. What Discord cannot follow is written as its text alone. In the text of a link no character is
 * escaped: Discord shows the backslash there (https://github.com/discord/discord-api-docs/issues/6185).
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

/** Whether a link's text is its own address, as GFM makes links of addresses in a text. */
export function isBareAddress(label: string, url: string): boolean {
  return label === url || `mailto:${label}` === url || `http://${label}` === url;
}

function percentCode(character: string): string {
  return [...new TextEncoder().encode(character)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
}

/** Discord keeps the ends of lines; CommonMark's backslash before one it would show. */
const lineBreak: Handle = () => '\n';

/** Without the library's character references beside the asterisks, which Discord shows as they are. */
const strong: Handle = (node, _parent, state, info) =>
  `**${state.containerPhrasing(node, { ...info, before: '*', after: '*' })}**`;
const emphasis: Handle = (node, _parent, state, info) =>
  `*${state.containerPhrasing(node, { ...info, before: '*', after: '*' })}*`;

/** Strikethrough, which CommonMark does not have and Discord does. */
const strike: Handle = (node, _parent, state, info) =>
  `~~${state.containerPhrasing(node, { ...info, before: '~', after: '~' })}~~`;

/** What has no form of its own in CommonMark, and is a finding already. */
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
 * @param markOf the mark of a citation's id, such as `[1]`; an empty text leaves it out
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

/** Two statements of one source next to each other need one mark. */
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

export { plainText };
