// Splitting a file of replies into lines, after its front matter.
import { describe, expect, it } from 'vitest';
import { readLines, splitLine } from '../../src/replies/lines.ts';

const lines = (source: string) => [...readLines(source)];
const texts = (source: string) => lines(source).map(({ text }) => text);

describe('lines', () => {
  it('have their positions', () => {
    expect(lines('ab\n\n c')).toEqual([
      { text: 'ab', start: 0, end: 2, line: 1, column: 1 },
      { text: '', start: 3, end: 3, line: 2, column: 1 },
      { text: ' c', start: 4, end: 6, line: 3, column: 1 },
    ]);
  });

  it.each([
    ['', []],
    ['a', ['a']],
    ['a\n', ['a']],
    ['a\n\n', ['a', '']],
    ['\n', ['']],
    ['a\rb\fc\u2028d\n', ['a\rb\fc\u2028d']],
  ])('of %j are %j', (source, expected) => expect(texts(source)).toEqual(expected));
});

describe('front matter', () => {
  it.each([
    ['a key', '---\na: b\n---\n', 4],
    ['two keys', '---\na: b\nc: d\n---\n', 5],
    ['nothing', '---\n---\n', 3],
    ['a heading without an id', '---\n## a\n---\n', 4],
  ])('with %s is left out, and its lines count', (_, head, line) => {
    expect(lines(`${head}x\ny`)).toEqual([
      { text: 'x', start: head.length, end: head.length + 1, line, column: 1 },
      { text: 'y', start: head.length + 2, end: head.length + 3, line: line + 1, column: 1 },
    ]);
  });

  it('ends at the first line of three hyphens', () => {
    expect(texts('---\na\n---\nb\n---\nc')).toEqual(['b', '---', 'c']);
  });

  it.each(['---\na: b\n---', '---\na: b\n---\n', '---\n---'])('may be the whole file %j', (source) =>
    expect(texts(source)).toEqual([]),
  );

  it.each([
    ['is not closed', '---\na: b\nc'],
    ['is closed by more hyphens', '---\na\n----\nb'],
    ['begins with more hyphens', '----\na\n---\nb'],
    ['begins in the second line', '\n---\na\n---\nb'],
    ['contains a reply', '---\na\n## T {#refunds}\n---\nb'],
    ['contains a reply and ends the file', '---\n## T {#refunds}\n---'],
  ])('is text if it %s', (_, source) => expect(texts(source)).toEqual(source.split('\n')));

  it('is text if it has more than 64 KiB', () => {
    const withLength = (length: number) => `---\n${'a'.repeat(length - '---\n\n---\n'.length)}\n---\n`;
    expect(texts(`${withLength(64 * 1024)}b`)).toEqual(['b']);
    expect(texts(`${withLength(64 * 1024 + 1)}b`)).toHaveLength(4);
  });
});

describe('a line', () => {
  const [line] = lines('---\n---\none').map((each) => ({ ...each, start: 8 }));
  const split = (text: string) => (line ? [...splitLine({ ...line, text, end: line.start + text.length })] : []);

  it('without other line breaks is left as it is', () => {
    if (!line) throw new Error('there is a line');
    const [part, ...more] = splitLine(line);
    expect(part).toBe(line);
    expect(more).toEqual([]);
  });

  it.each(['\r', '\v', '\f', '\u0085', '\u2028', '\u2029'])('is split at %j', (end) => {
    expect(split(`ab${end}c`)).toEqual([
      { text: 'ab', start: 8, end: 10, line: 3, column: 1 },
      { text: 'c', start: 11, end: 12, line: 3, column: 4 },
    ]);
  });

  it('may have empty parts', () => {
    expect(split('\r\fa\r').map(({ text, start, end, column }) => [text, start, end, column])).toEqual([
      ['', 8, 8, 1],
      ['', 9, 9, 2],
      ['a', 10, 11, 3],
      ['', 12, 12, 5],
    ]);
  });
});
