// The citation `[^U26]` in Markdown.
import type { Nodes } from 'mdast';
import { describe, expect, it } from 'vitest';
import { readMarkdown } from '../../src/guide/markdown.ts';

/** Identifiers and columns of all citations. */
function citations(node: Nodes): string[] {
  if (node.type === 'footnoteReference') {
    const { start, end } = node.position ?? expect.fail('a citation without a position');
    return [`${node.identifier} ${start.column}-${end.column}`];
  }
  return 'children' in node ? node.children.flatMap(citations) : [];
}

describe('a citation', () => {
  it.each([
    ['Said.[^U26]', ['U26 6-12']],
    ['[^U26][^G01] and [^u-2]', ['U26 1-7', 'G01 7-13', 'u-2 18-24']],
    ['**[^A0]** [a[^9]](#b)', ['A0 3-8', '9 13-17']],
    ['[^a-]', ['a- 1-6']],
  ])('is found without a definition in the file: %j', (text, found) => {
    expect(citations(readMarkdown(text))).toEqual(found);
  });

  it.each([
    '[U26]',
    '[^]',
    '[^-1]',
    '[^U 26]',
    '[^U26',
    '[^U26\n]',
    '[^U_26]',
    '[^ä]',
    '[ ^U26]',
    '\\[^U26]',
    '`[^U26]`',
    '^U26]',
  ])('is not %j, which stays text', (text) => {
    const tree = readMarkdown(`A ${text} b`);
    expect(citations(tree)).toEqual([]);
    expect(tree.children).toHaveLength(1);
  });
});
