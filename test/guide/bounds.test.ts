// The limits of a guide file before it is parsed.
import { describe, expect, it } from 'vitest';
import { checkBounds } from '../../src/guide/bounds.ts';
import { formatFinding } from '../../src/guide/findings.ts';

const check = (text: string) => checkBounds('a.md', text).map(formatFinding);
const PAGE = 'G012 This page has more than 1500 line ends and Markdown characters';
const DEEP = 'G006 Discord does not show blocks that are nested this deep';
/** A page that counts as much as is given: its heading counts 3. */
const pageOf = (count: number) => `## x\n${'*'.repeat(count - 4)}`;

it('allows 500000 characters in a file', () => {
  expect(check('x'.repeat(500_000))).toEqual([]);
  expect(check('*'.repeat(500_001))).toEqual(['a.md:1:1 G012 The file has more than 500000 characters (split it)']);
});

describe('a page', () => {
  it('has 1500 line ends and Markdown characters at most', () => {
    expect(check(pageOf(1500))).toEqual([]);
    expect(check(pageOf(1501))).toEqual([`a.md:1:1 ${PAGE}`]);
  });

  it('is reported once, at its heading', () => {
    expect(check(`text\n${pageOf(1400)}\n${pageOf(1501)}\n***\n***`)).toEqual([`a.md:4:1 ${PAGE}`]);
  });

  it('begins at a heading of the second level only', () => {
    expect(check(`${'*'.repeat(800)}\n## b\n${'*'.repeat(800)}`)).toEqual([]);
    for (const line of ['# b', '### b', '##b', 'b ## '])
      expect(check(`${'*'.repeat(800)}\n${line}\n${'*'.repeat(800)}`)).toEqual([`a.md:1:1 ${PAGE}`]);
  });

  it.each([...'*_`~[]<>!|\\=#'])('counts %s', (character) => {
    expect(check(`x${character.repeat(1499)}`)).toEqual([]);
    expect(check(`x${character.repeat(1500)}`)).toEqual([`a.md:1:1 ${PAGE}`]);
  });

  it.each(['- x', '+ x', '1. x', '12) x', ' - x', '-\tx'])('counts a mark of a list: %j', (line) => {
    expect(check(Array(750).fill(line).join('\n'))).toEqual([]);
    expect(check(Array(751).fill(line).join('\n'))).toEqual([`a.md:1:1 ${PAGE}`]);
  });

  it.each(['x', '-x', '1.x', '1234567890. x', 'x - y', 'a.b'])('counts nothing but the line end in %j', (line) => {
    expect(check(Array(1500).fill(line).join('\n'))).toEqual([]);
  });
});

describe('nesting', () => {
  it.each([
    ['>', 24],
    ['\t', 24],
    ['> ', 12],
    ['- ', 12],
    ['* ', 12],
    ['1. ', 8],
    ['999) ', 4],
  ])('by %j takes 24 characters at most', (mark, count) => {
    const indent = mark.repeat(count).padEnd(24);
    expect(check(`text\n${indent}x`)).toEqual([]);
    expect(check(`text\n ${indent}x`)).toEqual([`a.md:2:1 ${DEEP}`]);
  });

  it('is reported for each line', () => {
    const line = `${' '.repeat(25)}x`;
    expect(check(`${line}\n${line}`)).toEqual([`a.md:1:1 ${DEEP}`, `a.md:2:1 ${DEEP}`]);
  });
});

it('allows 20000 line ends and Markdown characters in a file', () => {
  const pages = Array.from({ length: 13 }, () => pageOf(1500)).join('\n');
  expect(check(`${pages}\n${pageOf(500)}`)).toEqual([]);
  expect(check(`${pages}\n${pageOf(501)}`)).toEqual([
    'a.md:1:1 G012 The file has more than 20000 line ends and Markdown characters (split it)',
  ]);
});
