// Sorts the Markdown blocks of a page into questions, alerts, steps, buttons and text.
import type { Blockquote, Link, List, ListItem, Nodes, RootContent, Text } from 'mdast';
import { plainText } from './markdown.ts';
import { ALERTS, type AlertKind } from './model.ts';

export interface AlertBlock {
  readonly node: Blockquote;
  /** Undefined for a word that is not one of GitHub's alerts. */
  readonly kind: AlertKind | undefined;
  readonly word: string;
  readonly children: RootContent[];
}

export interface Blocks {
  /** Of the quote under the heading, where version 1.0 has example questions. */
  readonly questions: { text: string; node: Nodes }[];
  readonly alerts: AlertBlock[];
  readonly steps: ListItem[];
  readonly links: Link[];
  readonly text: RootContent[];
  /** Lists of links with other blocks after them. */
  readonly strayLinks: List[];
}

/** Sorts the blocks below one heading. */
export function sortBlocks(nodes: readonly RootContent[]): Blocks {
  const blocks: Blocks = { questions: [], alerts: [], steps: [], links: [], text: [], strayLinks: [] };
  for (const [i, node] of nodes.entries()) {
    if (node.type === 'blockquote') {
      const alert = asAlert(node);
      if (alert) blocks.alerts.push(alert);
      else if (i === 0) blocks.questions.push(...questionsOf(node));
      else blocks.text.push(node);
    } else if (node.type === 'list') sortList(node, i === nodes.length - 1, blocks);
    else blocks.text.push(node);
  }
  return blocks;
}

/**
 * CommonMark joins two bullet lists that follow each other into one, so a list is sorted item by item:
 * text first, then steps, then (at the end of the page) links.
 */
function sortList(list: List, isLast: boolean, blocks: Blocks): void {
  const links = list.children.map(onlyLink);
  const firstLink = links.lastIndexOf(undefined) + 1;
  const tail = links.slice(firstLink).filter((link) => link !== undefined);
  const isButtons = isLast && tail.length > 0;
  const rest = isButtons ? list.children.slice(0, firstLink) : list.children;
  const text = rest.filter((item) => item.checked === null || item.checked === undefined);
  blocks.steps.push(...rest.filter((item) => typeof item.checked === 'boolean'));
  if (text.length > 0) {
    if (text.every((item) => onlyLink(item))) blocks.strayLinks.push(list);
    blocks.text.push({ ...list, children: text });
  }
  if (isButtons) blocks.links.push(...tail);
}

function onlyLink(item: ListItem): Link | undefined {
  const [paragraph, ...more] = item.children;
  if (more.length > 0 || paragraph?.type !== 'paragraph' || typeof item.checked === 'boolean') return undefined;
  const [link, ...others] = paragraph.children;
  return others.length === 0 && link?.type === 'link' ? link : undefined;
}

function questionsOf(quote: Blockquote): { text: string; node: Nodes }[] {
  return quote.children.flatMap((block) =>
    plainText(block)
      .split('\n')
      .map((line) => ({ text: line.trim(), node: block }))
      .filter(({ text }) => text !== ''),
  );
}

/** A quote whose first line is `[!WORD]`. The word leaves the text. */
function asAlert(node: Blockquote): AlertBlock | undefined {
  const [paragraph, ...others] = node.children;
  const first = paragraph?.type === 'paragraph' ? paragraph.children[0] : undefined;
  if (paragraph?.type !== 'paragraph' || first?.type !== 'text' || !first.value.startsWith('[!')) return undefined;
  const [line = '', ...lines] = first.value.split('\n');
  if (!line.trimEnd().endsWith(']')) return undefined;
  const word = line.trim().slice(2, -1);
  const kind = ALERTS.find((name) => name === word.toUpperCase());
  const firstText: Text = { ...first, value: lines.join('\n') };
  const phrasing = firstText.value === '' ? paragraph.children.slice(1) : [firstText, ...paragraph.children.slice(1)];
  const children = phrasing.length === 0 ? others : [{ ...paragraph, children: phrasing }, ...others];
  return { node, kind, word, children };
}
