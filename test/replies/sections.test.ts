// Splitting a file of replies at its headings, and finding aliases and texts in the sections.
import { describe, expect, it } from 'vitest';
import { formatFinding } from '../../src/guide/findings.ts';
import type { Finding } from '../../src/guide/model.ts';
import { importFinding, MAX_FINDINGS } from '../../src/replies/findings.ts';
import { parseSectionBody, splitSections } from '../../src/replies/sections.ts';
import { turnsDuring } from './event-loop.ts';

const path = 'faq.md';

async function split(source: string, max = 100, findings: Finding[] = []) {
  const sections = await splitSections(path, source, max, findings);
  return { sections, findings: findings.map(formatFinding) };
}

/** The bodies of all sections: what is text of which reply. */
async function bodies(source: string) {
  const findings: Finding[] = [];
  const sections = await splitSections(path, source, 100, findings);
  const parsed = sections.map((section) => parseSectionBody(source, section, findings));
  for (const { text, start } of parsed) expect(source.slice(start, start + text.length)).toBe(text);
  return {
    ids: sections.map(({ heading }) => heading?.id),
    texts: parsed.map(({ text }) => text),
    aliases: parsed.map(({ aliases }) => aliases),
    findings: findings.map((finding) => `${finding.line}:${finding.column} ${finding.code}`),
  };
}

/** The body of the only section. */
async function body(text: string) {
  const { texts, aliases, findings } = await bodies(`## A {#a}\n${text}`);
  expect(texts).toHaveLength(1);
  return { text: texts[0], aliases: aliases[0], findings };
}

describe('a file is split at its headings', () => {
  it('with the positions of both', async () => {
    const source = '## A {#a}\none\n  ## B {#b}\n';
    expect(await split(source)).toEqual({
      sections: [
        { path, line: 1, column: 1, start: 0, heading: { title: 'A', id: 'a' }, from: 9, to: 13 },
        { path, line: 3, column: 3, start: 14, heading: { title: 'B', id: 'b' }, from: 25, to: 25 },
      ],
      findings: [],
    });
  });

  it('with headings that start no reply among them', async () => {
    const { sections } = await split('## A {#a}\n＃ B {#b}\n\u200B# C\n## D {#d}');
    expect(sections.map(({ heading, line, column }) => [heading?.id, line, column])).toEqual([
      ['a', 1, 1],
      [undefined, 2, 1],
      ['d', 4, 1],
    ]);
  });

  it('with more than one heading in a line', async () => {
    const source = '## A {#a}\none\r## B {#b}\rtwo\r\r## C {#c}\nthree\n';
    expect((await split(source)).sections.map(({ line, column, start }) => [line, column, start])).toEqual([
      [1, 1, 0],
      [2, 5, 14],
      [2, 20, 29],
    ]);
    expect(await bodies(source)).toMatchObject({ ids: ['a', 'b', 'c'], texts: ['one', 'two', 'three'] });
  });

  it('up to a number of sections', async () => {
    const source = '## A {#a}\n## B {#b}\nx\n## C {#c}\n';
    for (const max of [1, 2, 3]) expect((await split(source, max)).sections).toHaveLength(max);
    expect((await split(source, 4)).sections).toHaveLength(3);
  });

  it('in time slices', async () => {
    const source = 'x\n'.repeat(640);
    expect(await turnsDuring(20, () => split(source))).toBeGreaterThanOrEqual(10);
    expect(await turnsDuring(0, () => split(source))).toBeLessThan(2);
  });
});

describe('text before the first reply', () => {
  const stray = (line: number) =>
    `${path}:${line}:1 F005 This text is before the first reply (put "## Title {#id}" above it)`;
  it.each([
    ['is one finding', 'one\ntwo\n', 1],
    ['has the line of its first part', '\n \n\t\ntwo\n', 4],
    ['may be a fence', '\n```\ncode\n```\n', 2],
    ['may be a fence that is not closed', '\n\n```\ncode\n', 3],
  ])('%s', async (_, source, line) => {
    expect((await split(source)).findings).toEqual([stray(line)]);
    const after = await split(`${source}\n## A {#a}\none\n`);
    expect(after.findings).toEqual([stray(line)]);
  });

  it('is not a finding if it is blank or front matter', async () => {
    expect((await split('---\na: b\n---\n\n \u{feff}\n## A {#a}\none\n')).findings).toEqual([]);
  });
});

describe('a line under a heading with an id', () => {
  const underline = (line: number) =>
    `${path}:${line}:1 F006 A reply begins with "## Title {#id}" (or put the text around it into a block fenced with \`\`\`\`reply)`;

  it('is a finding at the heading', async () => {
    const { findings } = await split('## A {#a}\none\n\nB {#b}\n---\n\nC {#c}\n===\n');
    expect(findings).toEqual([underline(4), underline(7)]);
  });

  it.each([
    ['an empty line', 'B {#b}\n\n---'],
    ['a heading', 'B {#b}\n## C {#c}\n---'],
    ['a fence', 'B {#b}\n```\n```\n---'],
    ['nothing', '---'],
  ])('is text below %s', async (_, text) => {
    expect((await split(`## A {#a}\n${text}\n`)).findings).toEqual([]);
  });

  it('is found up to a hundred times', async () => {
    const source = `## A {#a}\n${'B {#b}\n---\n'.repeat(MAX_FINDINGS + 1)}`;
    expect((await split(source)).findings).toHaveLength(100);
    const given = Array.from({ length: MAX_FINDINGS - 1 }, () =>
      importFinding({ path, line: 1, column: 1 }, 'F007', 'wrong'),
    );
    expect((await split(source, 100, given)).findings).toHaveLength(100);
  });
});

describe('a fence', () => {
  it.each([
    ['backticks', '```', '```'],
    ['four backticks', '````', '````'],
    ['tildes', '~~~', '~~~'],
    ['a longer end', '```', '`````'],
    ['an info string', '```js a', '```'],
    ['three spaces before it', '   ```', '  ```'],
    ['spaces after its end', '```', '``` \t'],
  ])('with %s hides headings', async (_, begin, end) => {
    const text = `${begin}\n## B {#b}\n${end}`;
    expect(await bodies(`## A {#a}\n${text}\n## C {#c}\ntwo`)).toEqual({
      ids: ['a', 'c'],
      texts: [text.trim(), 'two'],
      aliases: [[], []],
      findings: [],
    });
  });

  it.each([
    ['a shorter line', '````', '```'],
    ['the other character', '```', '~~~'],
    ['a line with an info string', '```', '```js'],
    ['an indented line', '```', '    ```'],
  ])('does not end at %s', async (_, begin, line) => {
    const { ids, findings } = await bodies(`## A {#a}\n${begin}\n${line}\n## B {#b}\n`);
    expect(ids).toEqual(['a']);
    expect(findings).toEqual(['2:1 F014']);
  });

  it.each([
    ['two backticks', '``'],
    ['four spaces before it', '    ```'],
    ['backticks in its info string', '```a`b'],
  ])('does not begin with %s', async (_, line) => {
    expect((await bodies(`## A {#a}\n${line}\n## B {#b}\n`)).ids).toEqual(['a', 'b']);
  });

  it('that is not closed has the text up to the end of the file, and one finding at its first line', async () => {
    expect(await body('one\n\n  ```reply\ntwo\n')).toEqual({ text: 'two\n', aliases: [], findings: ['4:3 F014'] });
    expect(await body('```reply')).toEqual({ text: '', aliases: [], findings: ['2:1 F014'] });
    const { findings } = await split('## A {#a}\n');
    expect(findings).toEqual([]);
  });

  it('tells that it is not closed', () => {
    const findings: Finding[] = [];
    const unclosed = { path, line: 2, column: 1, start: 10, end: 17, from: 14, to: 17 };
    const section = { path, line: 1, column: 1, start: 0, heading: undefined, from: 9, to: 17, unclosed };
    parseSectionBody('## A {#a}\n```\nabc', section, findings);
    expect(findings.map(formatFinding)).toEqual([
      `${path}:2:1 F014 This code block is not closed (it includes everything after it)`,
    ]);
  });
});

describe('a fenced text', () => {
  it.each([
    ['exactly', '\n````reply\n\n  one \n\n````\n', '\n  one \n'],
    ['without the other line ends at the end of its first line', '````reply\r\f\none\n````', 'one'],
    ['with the rest of its first line', '````reply\rone\n````', 'one'],
    ['if it is empty', '````reply\n````', ''],
    ['if it is one empty line', '````reply\n\n````', ''],
    ['between tildes', '~~~reply\none\n~~~', 'one'],
    ['with spaces around its info string', '````  reply \none\n````', 'one'],
    ['with shorter fences inside', '````reply\n```js\na\n```\n````', '```js\na\n```'],
    ['with carriage returns and headings', '````reply\na\rb\n## B {#b}\n````', 'a\rb\n## B {#b}'],
  ])('is taken %s', async (_, text, expected) => {
    expect(await body(text)).toEqual({ text: expected, aliases: [], findings: [] });
  });

  it('is the first one, and others are a finding', async () => {
    const both = '````reply\none\n````\n\n````reply\ntwo\n````\n';
    expect(await body(both)).toEqual({ text: 'one', aliases: [], findings: ['2:1 F005'] });
  });

  it.each([
    ['before it', 'stray\n````reply\none\n````\n', '3:1 F005'],
    ['after it', ' ````reply\none\n````\nstray', '2:2 F005'],
  ])('has a finding for text %s', async (_, text, finding) => {
    expect(await body(text)).toEqual({ text: 'one', aliases: [], findings: [finding] });
  });

  it('tells about other text', async () => {
    const source = '## A {#a}\n````reply\none\n````\nstray';
    const { sections } = await split(source);
    const findings: Finding[] = [];
    for (const section of sections) parseSectionBody(source, section, findings);
    expect(findings.map(formatFinding)).toEqual([
      `${path}:2:1 F005 There is other text next to this block (move it into the block)`,
    ]);
  });

  it('that begins inside another one ends that one, which is a finding', async () => {
    const source = '## A {#a}\n````reply\none\n\n## B {#b}\n\n````reply\ntwo\n````\n';
    const { ids, texts, findings } = await bodies(source);
    expect(ids).toEqual(['a']);
    expect(texts).toEqual(['one\n\n## B {#b}\n']);
    expect(findings).toEqual(['2:1 F014']);
  });

  it('that begins inside of code ends that code', async () => {
    expect(await body('```\none\n   ```reply\ntwo\n```\n')).toEqual({
      text: 'two',
      aliases: [],
      findings: ['2:1 F014'],
    });
    expect(await body('```reply\none\n   ```reply\ntwo\n')).toMatchObject({ text: 'one', findings: ['2:1 F014'] });
  });

  it('has the position of its fence', async () => {
    const { sections } = await split('## A {#a}\n\n one\r  ````reply\nx\n````\n');
    expect(sections[0]?.text).toEqual({ path, line: 3, column: 8, start: 16, end: 34, from: 28, to: 29 });
    expect(sections[0]?.unclosed).toBeUndefined();
  });
});

describe('a text without a fence', () => {
  it('is trimmed', async () => {
    expect(await body('\n\n one\n\n two \n\n')).toMatchObject({ text: 'one\n\n two', aliases: [] });
    expect(await body('')).toMatchObject({ text: '' });
    expect(await body('\n \n')).toMatchObject({ text: '' });
  });

  it('begins in the line of its heading after another line end', async () => {
    expect(await bodies('## A {#a}\fone\n')).toMatchObject({ ids: ['a'], texts: ['one'] });
  });
});

describe('aliases', () => {
  it.each([
    ['are in the quote below the heading', '> a\n> b\nx', ['a', 'b'], 'x'],
    ['may follow empty lines', '\n \n> a\n\nx', ['a'], 'x'],
    ['may be indented by three spaces', '   > a\n  >b\nx', ['a', 'b'], 'x'],
    ['are trimmed, and empty ones are left out', '>\n>  a \n> \n>b\nx', ['a', 'b'], 'x'],
    ['may be everything', '> a', ['a'], ''],
    ['may be everything, with a line end', '> a\n', ['a'], ''],
    ['end at the first other line', '> a\nx\n> b', ['a'], 'x\n> b'],
    ['end at an empty line', '> a\n\n> b', ['a'], '> b'],
    ['may contain carriage returns', '> a\rb\nx', ['a\rb'], 'x'],
    ['are not in an indented quote', '    > a\nx', [], '> a\nx'],
    ['are not in a quote after text', 'x\n> a', [], 'x\n> a'],
    ['are not in an alert', '> [!NOTE]\n> a', [], '> [!NOTE]\n> a'],
    ['may look like an alert after an empty line', '>\n> [!NOTE]\n> a\nx', ['[!NOTE]', 'a'], 'x'],
    ['may look like an alert after another one', '> a\n> [!NOTE]\nx', ['a', '[!NOTE]'], 'x'],
    ['may begin like an alert', '> [!NOTE] a\nx', ['[!NOTE] a'], 'x'],
    ['may end like an alert', '> a [!NOTE]\nx', ['a [!NOTE]'], 'x'],
  ])('%s', async (_, text, aliases, rest) => {
    expect(await body(text)).toEqual({ text: rest, aliases, findings: [] });
  });

  it('are at most a thousand', async () => {
    const { text, aliases } = await body('> a\n'.repeat(1001));
    expect(aliases).toHaveLength(1000);
    expect(text).toBe('> a');
  });
});
