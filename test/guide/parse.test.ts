// Parsing one guide file: its pages, and what is wrong with them.
import { describe, expect, it } from 'vitest';
import { formatFinding } from '../../src/guide/findings.ts';
import type { Page, Source } from '../../src/guide/model.ts';
import { guideIdOf, pageCode, parseGuide } from '../../src/guide/parse.ts';

const source = (id: string, ...statements: string[]): Source => ({
  id,
  title: id,
  publisher: id,
  check: [],
  review: { kind: 'opened', date: '2026-11-01' },
  statements,
});
const paper = source('paper', 'G01', 'G02');
const rules = source('rules', 'U01', 'U02', 'B01');
const house = source('house', 'B01');
const citable = {
  claimSource: paper,
  statements: new Map([
    ['G01', [paper]],
    ['G02', [paper]],
    ['U01', [rules]],
    ['U02', [rules]],
    ['B01', [rules, house]],
  ]),
};
const HEAD = '---\ndescription: A\n---\n';

function parse(text: string) {
  const { guide, findings } = parseGuide('content/en/a.md', text, citable);
  return { guide, lines: findings.map((one) => formatFinding(one).replace('content/en/', '')) };
}
/** Parses a page below a heading in line 4 of the file; its text begins in line 5. */
function parsePage(text: string, heading = 'A {#a}'): Page & { lines: string[] } {
  const { guide, lines } = parse(`${HEAD}## ${heading}\n${text}`);
  return { ...(guide.pages[0] ?? expect.fail('no page')), lines };
}

describe('a comment', () => {
  const PAGE = '\n## One {#one}\n\nText.[^U01]\n';

  it('is not shown, wherever it is, whatever is in it', () => {
    const hidden = '\n<!--\n## Two {#two}\n\nMore.[^X99]\n\n- [A link](#nowhere)\n-->\n';
    const { guide, lines } = parse(`${HEAD}${hidden}${PAGE}${hidden}\nEnd.\n${hidden}`);
    expect(lines).toEqual([]);
    expect(guide.pages.map(({ name, text, links }) => [name, text, links])).toEqual([
      ['a#one', 'Text.[1]\n\nEnd.', []],
    ]);
  });

  it('may hold every page of a file, which then has none', () => {
    const { guide, lines } = parse(`${HEAD}\n<!--${PAGE}-->\n`);
    expect([guide.pages, lines]).toEqual([[], []]);
    expect(parse(HEAD).lines).toEqual([expect.stringContaining('G007')]);
  });

  it.each(['<!-- a --> text', '<b>bold</b>', '<!-- a --><b>bold</b>', '<!-- a\n--> text', '<!-- a --> text -->'])(
    'with something else in its block is HTML, which Discord does not show: %j',
    (html) => {
      const { lines } = parse(`${HEAD}${PAGE}\n${html}\n`);
      expect(lines[0]).toContain('G006');
    },
  );
});

describe('a guide', () => {
  it('has a command, a first page and its pages', () => {
    const { guide, lines } = parse(
      '---\ncommand: open\ndescription: How\nstart: one\n---\n\n## One {#one}\n\nText.[^U01]\n\n## Two {#two .outcome}\n\nMore.\n',
    );
    expect(lines).toEqual([]);
    expect(guide).toMatchObject({
      id: 'a',
      path: 'content/en/a.md',
      command: 'open',
      description: 'How',
      start: 'a#one',
    });
    expect(
      guide.pages.map(({ name, title, outcome, text, line, column }) => [name, title, outcome, text, line, column]),
    ).toEqual([
      ['a#one', 'One', false, 'Text.[1]', 7, 1],
      ['a#two', 'Two', true, 'More.', 11, 1],
    ]);
    expect(guide.pages[1]).toMatchObject({ guide: 'a', path: 'content/en/a.md', code: pageCode('a#two') });
  });

  it('may have neither a command nor a first page', () => {
    expect(Object.keys(parse(`${HEAD}## A {#a}\n\nB`).guide)).toEqual(['id', 'path', 'description', 'pages']);
  });

  it('is parsed without its front matter too', () => {
    const { guide, lines } = parse('## A {#a}\n\nB');
    expect(guide.pages).toHaveLength(1);
    expect(guide.description).toBe('');
    expect(lines).toEqual([expect.stringContaining('a.md:1:1 G001')]);
  });

  it('has pages, and no text before the first one', () => {
    expect(parse(`${HEAD}\nText\n\n### B`).lines).toEqual([
      'a.md:5:1 G005 This text is before the first page (put "## Title {#id}" above it)',
      'a.md:7:1 G005 This text is before the first page (put "## Title {#id}" above it)',
      'a.md:1:1 G007 This file has no page (a page begins with "## Title {#id}")',
    ]);
  });

  it('has headings of the second level only', () => {
    const { guide, lines } = parse(`${HEAD}\n# A {#a}\n\nText\n\n## B {#b}\n\n### C`);
    expect(guide.pages.map(({ name }) => name)).toEqual(['a#a', 'a#b']);
    expect(lines).toEqual([
      'a.md:5:1 G003 A page begins with "## Title {#id}", not with "#"',
      'a.md:11:1 G006 Discord does not show a heading inside a page',
    ]);
  });

  it('is not parsed out of its bounds', () => {
    const { guide, lines } = parse(`${HEAD}## A {#a}\n\n${'*'.repeat(2000)}`);
    expect(guide).toEqual({ id: 'a', path: 'content/en/a.md', description: '', pages: [] });
    expect(lines).toEqual([expect.stringContaining('a.md:4:1 G012')]);
  });

  it.each([
    ['content/en/a.md', 'a'],
    ['a.b.md', 'a.b'],
    ['en/a.mdx', 'a.mdx'],
  ])('in %s has the id %s', (path, id) => {
    expect(guideIdOf(path)).toBe(id);
  });

  it('has codes of pages that never change', () => {
    expect(['borrow#which', 'borrow#small', 'return#late'].map(pageCode)).toEqual(['UM6', '8lh', 'GhO']);
  });
});

describe('a heading', () => {
  it.each([
    ['A {#b}', 'A', 'b', false],
    ['A *b*   {#c-1   .outcome}', 'A b', 'c-1', true],
    ['A {.outcome #b}', 'A', 'b', true],
    ['A {b} {#c} ##', 'A {b}', 'c', false],
    [`A {#${'x'.repeat(40)}}`, 'A', 'x'.repeat(40), false],
  ])('%s has its title, id and outcome', (heading, title, id, outcome) => {
    expect(parsePage('Text.', heading)).toMatchObject({ title, name: `a#${id}`, outcome, lines: [] });
  });

  const ID = 'must be lower-case letters, digits and hyphens, 40 at most';
  it.each([
    ['A', 'line-4', 'G003 The page "A" has no id (write "## Title {#id}")'],
    ['A {#b} c', 'line-4', 'G003 The page "A {#b} c" has no id (write "## Title {#id}")'],
    ['A {#}', 'line-4', 'G003 The page "A" has no id (write "## Title {#id}")'],
    ['A {#b .end}', 'b', 'G003 ".end" is not an attribute of a page (use #id, .outcome, .costly, .urgent)'],
    ['A {#B}', 'B', `G028 The id "B" ${ID}`],
    ['A {#a_b}', 'a_b', `G028 The id "a_b" ${ID}`],
    ['A {#_b_}', '_b_', `G028 The id "_b_" ${ID}`],
    ['A {#a--b}', 'a--b', `G028 The id "a--b" ${ID}`],
    ['A {#-a}', '-a', `G028 The id "-a" ${ID}`],
    [`A {#${'x'.repeat(41)}}`, 'x'.repeat(41), `G028 The id "${'x'.repeat(41)}" ${ID}`],
  ])('%s is reported', (heading, id, line) => {
    const { lines, name } = parsePage('Text.', heading);
    // The line of text may be reported as well.
    expect(lines).toContain(`a.md:4:1 ${line}`);
    expect(name).toBe(`a#${id}`);
  });
});

describe('a page', () => {
  it.each([
    ['a *b* `c` [d](https://example.org)\\\n~~e~~[^U01]', []],
    ['> q\n\n- b\n\n```\nc\n```', []],
    ['a <br> b', ['5:3 G006 Discord does not show HTML']],
    ['- ![b](https://example.org/c.png)', ['5:3 G006 Discord does not show a image']],
    ['> | a |\n> | - |', ['5:3 G006 Discord does not show a table']],
    ['a\n\n---', ['7:1 G006 Discord does not show a thematicBreak']],
  ])('with %j shows what Discord can', (text, lines) => {
    expect(parsePage(text).lines.filter((line) => !line.includes('G047'))).toEqual(lines.map((line) => `a.md:${line}`));
  });

  it('has example questions in a quote, with one warning for a file', () => {
    const { guide, lines } = parse(`${HEAD}## A {#a}\n\n> one\n> two\n\nB\n\n## C {#c}\n\n> three\n\nD`);
    expect(guide.pages.map(({ questions }) => questions)).toEqual([['one', 'two'], ['three']]);
    expect(lines).toEqual([
      'a.md:6:3 G047 warning: Example questions are quotes under headings, as in version 1.0 (npm run content -- --convert rewrites it)',
    ]);
  });

  it('has steps without citation marks, and only those to do', () => {
    expect(parsePage('A\n\n- [ ] one[^U01] *now*\n- [x] two\n- [ ] three').steps).toEqual(['one *now*', 'three']);
  });

  it('reports links in lists that do not become buttons', () => {
    const { lines, links } = parsePage('\n- [A](https://example.org)\n\nText.');
    expect(links).toEqual([]);
    expect(lines).toEqual([
      'a.md:6:1 G033 This list of links does not become buttons: it is not the last block of its page',
    ]);
  });

  it('reports what looks like a heading, but not the links of its buttons', () => {
    expect(parsePage('##B\n\n- [C](#c)').lines).toEqual([expect.stringContaining('a.md:5:1 G003')]);
  });
});

describe('the visible length of a page', () => {
  it.each([
    ['Two words.', 10],
    ['**Two** *words*[^U01].', 13],
    ['A [link](https://example.org/with/a/long/path).', 7],
    ['é👍', 2],
    ['One.\n\n> [!NOTE]\n> Two.[^U01]\n\n- [ ] Three[^U01]\n\n- [Button](#c)', 4 + 4 + 3 + 5],
  ])('of %j is %i', (text, length) => {
    expect(parsePage(text).visibleLength).toBe(length);
  });
});

describe('the sources of a page', () => {
  it('are numbered in the order of their first mark, one for each statement; further ones of a statement follow', () => {
    const { text, sources, citations } = parsePage('A.[^U01] B.[^G01] C.[^U02][^B01]');
    expect(text).toBe('A.[1] B.[2] C.[1]');
    expect(sources).toEqual([rules, paper, house]);
    expect(citations.map(({ id, line, column }) => [id, line, column])).toEqual([
      ['U01', 5, 3],
      ['G01', 5, 12],
      ['U02', 5, 21],
      ['B01', 5, 27],
    ]);
  });

  it('are also those of alerts and steps', () => {
    const { sources, text } = parsePage('A.\n\n> [!NOTE]\n> B.[^G01]\n\n- [ ] C[^B01]');
    expect(sources).toEqual([paper, rules, house]);
    expect(text).toBe('A.');
  });

  it('are listed in sources.yaml', () => {
    const { lines, text } = parsePage('A.[^U09] B.[^Elsewhere]');
    expect(lines).toEqual([
      'a.md:5:3 G019 sources.yaml does not list U09 (did you mean U01?)',
      'a.md:5:12 G019 sources.yaml does not list Elsewhere',
    ]);
    expect(text).toBe('A. B.');
  });

  it.each([
    ['A.[^G01][^G02]', true],
    ['A.[^G01][^U01]', false],
    ['A.[^U01]', false],
    ['A.', false],
  ])('are only claimed in %s: %s', (text, expected) => {
    expect(parsePage(text).isOnlyClaimed).toBe(expected);
  });

  it('are never only claimed if no source makes claims', () => {
    const { guide } = parseGuide('a.md', `${HEAD}## A {#a}\nB.[^G01]`, { ...citable, claimSource: undefined });
    expect(guide.pages[0]?.isOnlyClaimed).toBe(false);
  });
});

describe('an alert', () => {
  it('has its kind, text, citations and position', () => {
    expect(parsePage('A.[^U01]\n\n> [!tip]\n> B.[^G01][^U02]').alerts).toEqual([
      { path: 'content/en/a.md', line: 7, column: 1, kind: 'TIP', text: 'B.[2][1]', cites: ['G01', 'U02'] },
    ]);
  });

  it('is one of five, and has a text', () => {
    const { alerts, lines } = parsePage('A.\n\n> [!BEWARE]\n> B.\n\n> [!NOTE]');
    expect(alerts.map(({ kind, text }) => [kind, text])).toEqual([['NOTE', '']]);
    expect(lines).toEqual([
      'a.md:7:1 G010 "BEWARE" is not an alert (use NOTE, TIP, IMPORTANT, WARNING, CAUTION)',
      'a.md:10:1 G010 This alert has no text',
    ]);
  });
});

describe('a button', () => {
  it.each([
    ['#b', { kind: 'page', page: 'a#b' }],
    ['other.md#b', { kind: 'page', page: 'other#b' }],
    ['#', { kind: 'page', page: 'a#' }],
    ['https://example.org/a#b', { kind: 'web', url: 'https://example.org/a#b' }],
  ])('leads to %s', (url, target) => {
    const { links, lines } = parsePage(`A.\n\n- [ B *c* ](${url})`);
    expect(links).toEqual([{ path: 'content/en/a.md', line: 7, column: 3, label: 'B c', ...target }]);
    expect(lines).toEqual([]);
  });

  it.each(['http://example.org', 'other.md', 'other#b', 'en/other.md#b', 'https://[', 'x'])(
    'does not lead to %s',
    (url) => {
      const { links, lines } = parsePage(`A.\n\n- [B](${url})`);
      expect(links).toEqual([]);
      expect(lines).toEqual([
        `a.md:7:3 G014 "${url}" is neither a page nor an https:// address (write #id, file.md#id or https://…)`,
      ]);
    },
  );
});
