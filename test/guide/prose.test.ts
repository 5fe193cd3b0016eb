// Text that Discord shows differently from what its author meant: headings that are none, and links.
import { describe, expect, it } from 'vitest';
import { formatFinding } from '../../src/guide/findings.ts';
import { readMarkdown } from '../../src/guide/markdown.ts';
import { checkProse } from '../../src/guide/prose.ts';

function check(text: string): string[] {
  return readMarkdown(text)
    .children.flatMap((node) =>
      checkProse(node, text, new Set(), ({ position }) => ({
        path: 'a.md',
        line: position?.start.line ?? 0,
        column: position?.start.column ?? 0,
      })),
    )
    .map(formatFinding);
}

describe('a line that looks like a heading', () => {
  const heading = (place: string) =>
    `a.md:${place} G003 This looks like the heading of a page but is not one (begin the line with "## ": an ordinary space, and nothing before it)`;

  it.each([
    '#\u00A0One',
    '######\u2003Six',
    '##No blank',
    '######No blank',
    '\u200B## Before it',
    '\u200B#\u200BAround it',
    '＃＃ The front {#front}',
    'The front {#front .outcome .more}',
    'The front {#front} #',
  ])('is reported: %j', (line) => {
    expect(check(line)).toEqual([heading('1:1')]);
    expect(check(`One\ntwo  \n${line}\nthree`)).toEqual([heading('3:1')]);
  });

  it.each([
    '#1 is push',
    '####### Seven',
    '#######Seven',
    'a ## b',
    'See {#front} here',
    '{#}',
    'a {.outcome}',
    '{#a b}',
    '#',
  ])('is not %j', (line) => {
    expect(check(`One\n${line}`)).toEqual([]);
  });

  it('is at the column of its block in the first line', () => {
    expect(check('- One\n\n  ##Two\n  ##Three')).toEqual([heading('3:3'), heading('4:1')]);
    expect(check('> ##One')).toEqual([heading('1:3')]);
  });

  it('is reported in indented code, but not in a fenced block', () => {
    expect(check('One\n\n    ## A {#a}')).toEqual([heading('3:1')]);
    expect(check('```\n## A {#a}\n```')).toEqual([]);
    expect(check('~~~\n## A {#a}\n~~~')).toEqual([]);
  });
});

describe('a link in a text', () => {
  const link = (message: string, hint: string) => [`a.md:1:3 G037 warning: ${message} (${hint})`];

  it.each(['#front', 'other.md#rear', 'a b#c'.replace(' ', '%20')])('that leads to the page %s is reported', (url) => {
    expect(check(`A [b](${url})`)).toEqual(
      link(
        `"${url}" leads to a page, which only a button can open`,
        'put it into the list of links at the end of the page',
      ),
    );
  });

  it.each([
    'http://example.org/#a',
    'mailto:a@example.org',
    'example.org/push#a',
    'https://[',
    'rules',
    'HTTPS://example.org',
  ])('to %s is reported', (url) => {
    expect(check(`A [b](${url})`)).toEqual(link(`"${url}" is not an https:// address`, 'write https://…'));
  });

  it.each([
    ['a\\*b', '*'],
    ['a\\`b', '`'],
    ['a \\[b\\]', '['],
    ['a\\]b', ']'],
    ['a\\\\b', '\\'],
    ['a \\~\\~ b', '~~'],
    ['a || b', '||'],
    ['a\\_\\_b', '__'],
    ['\\_a b', '_'],
    ['a b\\_', '_'],
    ['**a\\*b**', '*'],
  ])('whose text Discord would format is reported: %s', (label, formatting) => {
    expect(check(`A [${label}](https://example.org)`)).toEqual(
      link(`Discord reads "${formatting}" in the text of a link as formatting`, 'leave it out'),
    );
  });

  it.each([
    '[a_b ~c| (d) **e** `f*`](https://example.org/#g)',
    'https://example.org/a_b and www.example.org',
    'a@example.org',
    '<http://example.org>',
  ])('that is shown as written is fine: %s', (text) => {
    expect(check(text)).toEqual([]);
  });

  it('is found in lists, quotes and bold text', () => {
    expect(check('- **[a](#b)**\n\n> [c](#d)')).toHaveLength(2);
  });
});

it('leaves out the links that are buttons', () => {
  const text = '- [a](#b)\n- [c](#d)';
  const tree = readMarkdown(text);
  const [list] = tree.children;
  const [first] = list?.type === 'list' ? list.children : [];
  const place = { path: 'a.md', line: 1, column: 1 };
  expect(first).toBeDefined();
  expect(
    tree.children.flatMap((node) => checkProse(node, text, new Set(first ? [first] : []), () => place)),
  ).toHaveLength(1);
});
