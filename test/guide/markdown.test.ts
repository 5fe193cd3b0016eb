// Writing Markdown as Discord shows it.
import type { RootContent } from 'mdast';
import { describe, expect, it } from 'vitest';
import { isBareAddress, readMarkdown, writeMarkdown } from '../../src/guide/markdown.ts';

const write = (text: string, markOf = (id: string) => `[${id.slice(1)}]`) =>
  writeMarkdown(readMarkdown(text).children, markOf);

describe('a text', () => {
  it.each([
    ['soft line ends become spaces', 'One\ntwo\nthree.', 'One two three.'],
    ['hard line ends stay, without a backslash', 'One  \ntwo\\\nthree.', 'One\ntwo\nthree.'],
    ['paragraphs stay apart', 'One.\n\n\n\nTwo.\n\n', 'One.\n\nTwo.'],
    ['loose lists become tight', '* one\n\n* two\n\n  more', '- one\n- two\n\n  more'],
    ['loose lists in lists become tight', '- one\n\n  - two\n\n- three', '- one\n  - two\n- three'],
    ['a list in a list stays', '1. one\n   - two', '1. one\n   - two'],
    ['emphasis', '_one_ __two__ ~three~ ~~four~~', '*one* **two** ~~three~~ ~~four~~'],
    ['bold beside letters', '**Careful!**[^U1]Turn *it!*[^U1]x', '**Careful!**[1]Turn *it!*[1]x'],
    ['bold in emphasis', '***both*** and **a *b* c**', '***both*** and **a *b* c**'],
    ['asterisks in bold', '**a\\*b** *c\\*d* ~~e\\~\\~f~~', '**a\\*b** *c\\*d* ~~e\\~~f~~'],
    ['a tilde alone stays', 'about ~2 or 3 ~ 4', 'about ~2 or 3 ~ 4'],
    ['two tildes are escaped', 'a \\~\\~ b', 'a \\~~ b'],
    ['code', '`a*b`\n\n```\nc  \nd\n```', '`a*b`\n\n```\nc  \nd\n```'],
    ['a quote', '> one\n> two', '> one two'],
    ['a line', 'a\n\n***', 'a\n\n---'],
  ])('%s', (_, text, expected) => {
    expect(write(text)).toBe(expected);
  });

  it('has no table and no note at the foot', () => {
    expect(write('a\n\n| b |\n| - |\n\nc')).toBe('a\n\n\n\nc');
    const definition: RootContent = { type: 'footnoteDefinition', identifier: 'x', children: [] };
    expect(writeMarkdown([definition], () => '')).toBe('');
  });
});

describe('a link', () => {
  it.each([
    ['stays as it is', '[The *rules*](https://example.org/a)', '[The *rules*](https://example.org/a)'],
    ['may be http', '[The rules](HTTP://example.org/a)', '[The rules](HTTP://example.org/a)'],
    [
      'has no escapes in its text',
      '[profile_settings \\[a\\] b*c](https://example.org)',
      '[profile_settings [a] b*c](https://example.org)',
    ],
    ['leaves escapes around it', 'a\\*b [c](https://example.org) d\\*e', 'a\\*b [c](https://example.org) d\\*e'],
    [
      'has no characters that would end its address',
      '[a](<https://example.org/(b) c\\\\d>)',
      '[a](https://example.org/%28b%29%20c%5cd)',
    ],
    [
      'has no brackets or odd spaces in its address',
      '[a](https://example.org/\u00A0\\<\\>)',
      '[a](https://example.org/%c2%a0%3c%3e)',
    ],
    [
      'that Discord cannot open is its text',
      '[a *b*](#c) [d](mailto:e@example.org) [f](ftp://example.org)',
      'a *b* d f',
    ],
    [
      'of an address stays bare',
      'https://example.org/c_d, <https://example.org/e>',
      'https://example.org/c_d, https://example.org/e',
    ],
    [
      'of a domain or of an email address stays bare',
      'www.example.org a_b@example.org',
      'www.example.org a_b@example.org',
    ],
    [
      'with a text that is another address',
      '[https://example.org](https://example.com)',
      '[https://example.org](https://example.com)',
    ],
  ])('%s', (_, text, expected) => {
    expect(write(text)).toBe(expected);
  });

  it.each([
    ['https://example.org', 'https://example.org', true],
    ['a@example.org', 'mailto:a@example.org', true],
    ['www.example.org', 'http://www.example.org', true],
    ['www.example.org', 'https://www.example.org', false],
    ['a', 'b', false],
  ])('%s to %s is bare: %s', (label, url, expected) => {
    expect(isBareAddress(label, url)).toBe(expected);
  });
});

describe('citations', () => {
  it('become marks, and one mark if two in a row are of the same source', () => {
    const markOf = (id: string) => (id.startsWith('U') ? '[1]' : '[2]');
    expect(write('A.[^U1][^U2] B.[^U1][^G1][^U1] C.[^U1] *D.[^G1][^G2]*', markOf)).toBe(
      'A.[1] B.[1][2][1] C.[1] *D.[2]*',
    );
  });

  it('can be left out', () => {
    expect(write('A.[^U1] B[^U2]', () => '')).toBe('A. B');
  });
});

it('does not change the nodes that it writes', () => {
  const { children } = readMarkdown('* One\ntwo.[^U1][^U2]\n\n* Three');
  const before = structuredClone(children);
  writeMarkdown(children, () => '[1]');
  expect(children).toEqual(before);
});

it('reads front matter at the beginning of a file only', () => {
  expect(readMarkdown('---\na: b\n---\nText').children.map(({ type }) => type)).toEqual(['yaml', 'paragraph']);
  expect(readMarkdown('Text\n\n---\na: b\n---').children.map(({ type }) => type)).not.toContain('yaml');
});
