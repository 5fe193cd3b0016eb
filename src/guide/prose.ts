// Checks a page's text for what Discord shows differently from what the author meant.
import type { Link, Nodes, Paragraph, Text } from 'mdast';
import { finding } from './findings.ts';
import { isBareAddress, plainText } from './markdown.ts';
import type { Finding, SourcePosition } from './model.ts';

/** The marks of a heading with characters around them that only look like spaces, or without a space. */
const ODD_BLANKS = /^[\s\p{Cf}]*#{1,6}[\s\p{Cf}]/u;
const NO_BLANK = /^[\s\p{Cf}]*#{2,6}[^#\s]/u;
/** The end of a page's heading. */
const ATTRIBUTES = /\{#[^{}\s]+(?:\s+\.[\w-]+)*\}[\s#]*$/u;
/** In the text of a link, Discord reads these as formatting or as its end. They cannot be escaped there. */
const FORMATTING = /[*`[\]\\]|~~|\|\||__|(?<!\w)_|_(?!\w)/;

/**
 * Finds lines that look like headings but do not begin a page, and links that Discord does not show as written.
 * @param node a block of a page
 * @param source the text of the file
 * @param buttons links that are buttons: they are checked elsewhere
 * @param placeOf the place of a node
 */
export function checkProse(
  node: Nodes,
  source: string,
  buttons: ReadonlySet<Nodes>,
  placeOf: (node: Nodes) => SourcePosition,
): Finding[] {
  if (buttons.has(node)) return [];
  if (node.type === 'link') return checkLink(node, placeOf(node));
  const own = node.type === 'paragraph' || node.type === 'code' ? checkLines(node, source, placeOf(node)) : [];
  const below = 'children' in node ? node.children : [];
  return [...own, ...below.flatMap((child) => checkProse(child, source, buttons, placeOf))];
}

function checkLines(node: Nodes, source: string, place: SourcePosition): Finding[] {
  const text = source.slice(node.position?.start.offset ?? 0, node.position?.end.offset ?? 0);
  // A fenced block is shown as it is.
  if (node.type === 'code' && /^(```|~~~)/.test(text)) return [];
  return text.split('\n').flatMap((line, i) => {
    if (!ODD_BLANKS.test(line) && !NO_BLANK.test(line) && !ATTRIBUTES.test(line)) return [];
    const at = { ...place, line: place.line + i, column: i === 0 ? place.column : 1 };
    const hint = 'begin the line with "## ": an ordinary space, and nothing before it';
    return [finding(at, 'G003', 'This looks like the heading of a page but is not one', hint)];
  });
}

function checkLink(link: Link, place: SourcePosition): Finding[] {
  const { url } = link;
  if (isBareAddress(plainText(link), url)) return [];
  if (/^[^:/]*#/.test(url)) {
    const hint = 'put it into the list of links at the end of the page';
    return [finding(place, 'G037', `"${url}" leads to a page, which only a button can open`, hint)];
  }
  if (!url.startsWith('https://') || !URL.canParse(url))
    return [finding(place, 'G037', `"${url}" is not an https:// address`, 'write https://…')];
  const formatting = FORMATTING.exec(textsOf(link).join(' '))?.[0];
  if (formatting === undefined) return [];
  return [finding(place, 'G037', `Discord reads "${formatting}" in the text of a link as formatting`, 'leave it out')];
}

function textsOf(node: Link | Paragraph['children'][number]): string[] {
  if (node.type === 'text') return [(node satisfies Text).value];
  return 'children' in node ? node.children.flatMap(textsOf) : [];
}
