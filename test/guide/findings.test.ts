// Every finding code: broken examples that have it at the right position, and valid content that does not.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { didYouMean, FINDING_CODES, finding, formatFinding } from '../../src/guide/findings.ts';
import { pageCode } from '../../src/guide/parse.ts';
import { BROKEN_SEARCH, type Example } from './broken-search.ts';
import { BROKEN_SUBJECT } from './broken-subject.ts';
import { BROKEN_TRANSLATION } from './broken-translation.ts';
import { GUIDE, load, OTHER, SOURCES } from './sample.ts';

const guide = (from: string | RegExp, to: string) => ({ 'en/open-door.md': GUIDE.replace(from, to) });
const sources = (from: string | RegExp, to: string) => ({ 'sources.yaml': SOURCES.replace(from, to) });
const links = (count: number) =>
  Array.from({ length: count }, (_, i) => `- [Label ${i}](https://example.org/${i})`).join('\n');
const clash = twoIdsWithOneCode();

const broken: Example[] = [
  ...BROKEN_SEARCH,
  ...BROKEN_SUBJECT,
  ...BROKEN_TRANSLATION,
  ['G001', 'open-door.md:1:1', { 'en/open-door.md': GUIDE.slice(GUIDE.indexOf('## Which')) }],
  ['G001', 'open-door.md:4:', guide('description: How', 'description: "How')],
  ['G002', 'open-door.md:1:1', guide('command: open-door', 'command: Open Door')],
  ['G002', 'open-door.md:1:1', guide('start: start', 'begin: start')],
  ['G002', 'open-door.md:1:1', guide('How to open the door', 'x'.repeat(101))],
  ['G003', 'open-door.md:7:1', guide(' {#start}', '')],
  ['G003', 'open-door.md:7:1', guide('{#start}', '{#start .end}')],
  ['G003', 'open-door.md:7:1', guide('## Which', '# Which')],
  ['G003', 'open-door.md:15:1', guide('## The front', '##\u00a0The front')],
  ['G003', 'open-door.md:15:1', guide('## The front', '##The front')],
  ['G003', 'open-door.md:15:1', guide('## The front', '\u200b## The front')],
  ['G003', 'open-door.md:15:1', guide('## The front', '\uFEFF## The front')],
  ['G003', 'open-door.md:15:1', guide('## The front', '＃＃ The front')],
  ['G003', 'open-door.md:12:', guide('Push it.', 'Push it.\n\n    ## A {#b}')],
  ['G003', 'open-door.md:11:1', guide('Push it.', 'Push it.\n##\u00a0And pull')],
  ['G004', 'open-door.md:15:1', guide('{#front .outcome}', '{#start .outcome}')],
  ['G005', 'open-door.md:6:1', guide('---\n\n## Which', '---\nHello.\n## Which')],
  ['G006', 'open-door.md:10:', guide('Push it.', '![a door](https://example.org/a.png)')],
  ['G006', 'open-door.md:10:', guide('Push it.', 'Push<br>it.')],
  ['G006', 'open-door.md:10:1', guide('Push it.', '### Push it')],
  ['G006', 'open-door.md:12:1', guide('Push it.', 'Push it.\n\n| a |\n| - |')],
  ['G006', 'open-door.md:10:1', guide('Push it.', `${'> '.repeat(10_000)}deep`)],
  ['G007', 'open-door.md:7:1', guide('It opens inwards.[^U01]\nPush it.\n', '')],
  ['G008', 'open-door.md:7:1', guide('Which door is it?', 'x'.repeat(257))],
  ['G008', 'open-door.md:7:1', guide('Which door is it? ', '')],
  ['G009', 'open-door.md:7:1', guide('Push it.', 'Push it. '.repeat(460))],
  ['G010', 'open-door.md:19:1', guide('[!WARNING]', '[!BEWARE]')],
  ['G010', 'open-door.md:19:1', guide('The rules count.', 'x'.repeat(1024))],
  ['G011', 'open-door.md:15:1', guide('- [ ] Turn it', `- [ ] ${'turn it '.repeat(130)}`)],
  [
    'G012',
    'open-door.md:15:1',
    guide('Turn the handle.', `${'x'.repeat(3900)}\n\n${'> [!NOTE]\n> '.concat('y'.repeat(900), '\n\n').repeat(2)}z`),
  ],
  ['G012', 'open-door.md:7:1', guide('Push it.', '*a_'.repeat(10_000))],
  ['G013', 'open-door.md:12:3', guide('(#front)', '(#fornt)')],
  ['G013', 'open-door.md:13:3', guide('(other.md#rear)', '(othr.md#rear)')],
  ['G014', 'open-door.md:25:3', guide('(https://example.org/rules)', '(http://example.org/rules)')],
  ['G014', 'open-door.md:25:3', guide('(https://example.org/rules)', `(https://example.org/${'x'.repeat(500)})`)],
  ['G015', 'open-door.md:15:1', guide('- [The rules](https://example.org/rules)', links(20))],
  ['G016', 'open-door.md:12:3', guide('[The front door](#front)', '[👍](#front)')],
  ['G016', 'open-door.md:12:3', guide('[The front door](#front)', `[${'x'.repeat(81)}](#front)`)],
  ['G017', 'open-door.md:13:3', guide('[The back door](other', '[The front door](other')],
  ['G017', 'open-door.md:13:3', guide('[The back door](other', '[start OVER](other')],
  ['G018', 'open-door.md:13:3', guide('(other.md#rear)\n\n## The', '(#front)\n\n## The')],
  ['G018', 'open-door.md:13:3', guide('(other.md#rear)\n\n## The', '(#start)\n\n## The')],
  ['G019', 'open-door.md:9:18', guide('inwards.[^U01]', 'inwards.[^U09]')],
  ['G020', 'open-door.md:7:1', guide('inwards.[^U01]', 'inwards.')],
  ['G021', 'sources.yaml:14:28', sources('[U01, U02]', '[U01, U02, U03]')],
  ['G022', 'open-door.md:29:1', guide(/$/, '\n\n## The cellar {#cellar .outcome}\n\nDark.[^U01]\n')],
  ['G023', 'other.md:5:1', { 'en/other.md': OTHER.replace('- [The front door](open-door.md#front)', '') }],
  ['G024', 'open-door.md:7:1', { ...guide(' .outcome}', '}'), 'en/other.md': OTHER }],
  ['G025', 'open-door.md:', guide('- [The rules](https://example.org/rules)', `- [Deeper](#deep-1)\n${deep(8)}`)],
  ['G026', 'sources.yaml:13:13', sources('2026-11-01\n    statements: [U01', '2025-11-01\n    statements: [U01')],
  ['G026', 'sources.yaml:13:13', sources('2026-11-01\n    statements: [U01', '2027-11-01\n    statements: [U01')],
  [
    'G027',
    'open-door.md:',
    guide(
      '(https://example.org/rules)',
      `(#${clash[0]})\n- [B](#${clash[1]})\n\n${clash.map((id) => `## ${id} {#${id} .outcome}\n\nA.[^U01]\n`).join('\n')}`,
    ),
  ],
  [
    'G028',
    'open-door.md:7:1',
    { 'en/open-door.md': GUIDE.replace('{#start}', '{#Start}').replace('start: start', 'start: Start') },
  ],
  ['G028', 'open-door.md:7:1 G028 The id "__why__"', guide('{#start}', '{#__why__}')],
  ['G028', 'open-door.md:7:1 G028 The id "a*b*"', guide('{#start}', '{#a*b*}')],
  ['G029', 'open-door.md:20:61', guide('[^G02][^U02]', '[^G02][^U01]')],
  [
    'G029',
    'open-door.md:17:17',
    { 'en/open-door.md': GUIDE.replace('[^G02][^U02]', '[^U02]').replace('handle.[^G01]', 'handle.[^G02]') },
  ],
  ['G030', 'sources.yaml:12:11', sources('https://example.org/rules', 'http://example.org/rules')],
  ['G030', 'sources.yaml:4:', sources('id: paper', 'id: [')],
  ['G030', 'sources.yaml:', { 'sources.yaml': '[\n'.repeat(3000) + ']\n'.repeat(3000) }],
  ['G030', 'sources.yaml:1:1', sources(/^/, aliases(9))],
  ['G030', 'sources.yaml:1:14', sources('claims-from: paper', 'claims-from: pepper')],
  ['G030', 'sources.yaml:9:9', sources('id: rules', 'id: paper')],
  ['G031', 'open-door.md:1:1', guide('start: start', 'start: stort')],
  [
    'G031',
    'twin.md:1:1',
    {
      'en/twin.md': GUIDE.replaceAll('#front', '#facade')
        .replace('Which door is it?', 'Twin')
        .replace('## The front door', '## Twin front'),
    },
  ],
  ['G032', 'other.md:5:1', { 'en/other.md': OTHER.replace('## The back door', '## The front door') }],
  [
    'G033',
    'open-door.md:12:1',
    guide('- [The back door](other.md#rear)\n', '- [The back door](other.md#rear)\n\nThat is all.\n'),
  ],
  ['G035', 'other.md:5:1', { 'de/other.md': OTHER.replace('#rear', '#hinten') }],
  ['G036', 'open-door.md:10:6', guide('Push it.', 'Push \uFFFDit.')],
  ['G036', 'open-door.md:10:6', guide('Push it.', 'Push \u0092it.')],
  ['G036', 'sources.yaml:4:13', sources('A guide', 'A\uFFFD guide')],
  ['G036', 'open-door.md:1:1', { 'en/open-door.md': Buffer.from(`\uFEFF${GUIDE}`, 'utf16le').toString('utf8') }],
  ['G036', 'open-door.md:1:2', { 'en/open-door.md': Buffer.from(GUIDE, 'utf16le').toString('utf8') }],
  ['G037', 'open-door.md:10:1', guide('Push it.', '[Push it](#front).')],
  ['G037', 'open-door.md:10:1', guide('Push it.', '[Push it](other.md#rear).')],
  ['G037', 'open-door.md:10:1', guide('Push it.', '[Push it](example.org/push).')],
  ['G037', 'open-door.md:10:1', guide('Push it.', '[Push it](http://example.org/push).')],
  ['G037', 'open-door.md:10:1', guide('Push it.', '[Push it](javascript:alert(1)).')],
  ['G037', 'open-door.md:10:1', guide('Push it.', '[Push it](mailto:a@example.org).')],
  ['G037', 'open-door.md:10:1', guide('Push it.', '[Push \\*it\\*](https://example.org).')],
  ['G037', 'open-door.md:20:45', guide('The rules count.', '[The rules](#start) count.')],
  ['G037', 'open-door.md:22:7', guide('Find the key', '[Find the key](#start)')],
  ['G038', 'open-door.md:3:23', guide('How to open the door', 'Open door #2 of three')],
  ['G038', 'sources.yaml:4:17', sources('A guide', 'Guide #2')],
  ['G038', 'sources.yaml:17:16', sources('about: doors', 'about: door # 2')],
  ['G056', 'open-door.md:7:1', guide('Push it.', 'Push it. '.repeat(70))],
  ['G057', 'renamed.yaml:1:1', { 'renamed.yaml': '- open-door#gate\n' }],
  ['G058', 'renamed.yaml:1:1', { 'renamed.yaml': 'other#rear: open-door#front\n' }],
  ['G047', 'open-door.md:9:3 G047', guide('It opens', '> which way does it go\n> or not\n\nIt opens')],
  ['G048', 'sources.yaml:1:1', sources('claims-from', 'guide')],
  ['G048', 'sources.yaml:18:5', sources('claim: [G02]\n    authority', 'guide: [G02]\n    house')],
  ['G030', 'sources.yaml:1:8 G030 claims-from:', sources('claims-from: paper', 'guide: pepper')],
  ['G030', 'sources.yaml:19:12', sources('claim: [G02]\n    authority: [U02]', 'guide: [G02]\n    house: nobody')],
];

describe('findings', () => {
  it('finds nothing in valid content', () => {
    const { content, findings } = load();
    expect(findings.map(formatFinding)).toEqual([]);
    expect(content?.editions.get('en')?.pages.size).toBe(3);
  });

  it.each(broken)('%s is found at %s', (code, place, changes) => {
    const { content, findings } = load(changes);
    const lines = findings.map(formatFinding);
    expect(
      lines.filter((line) => line.includes(` ${code} `) && line.includes(place)),
      lines.join('\n'),
    ).not.toEqual([]);
    expect(content === undefined).toBe(findings.some(({ level }) => level === 'error'));
  });

  it('finds nothing in struck-through text and in the line ends of any system', () => {
    const { content, findings } = load(guide('Push it.', 'Push ~~or pull~~ it ~~*at* once~~, ~2 \\~\\~ 3.'));
    expect(findings.map(formatFinding)).toEqual([]);
    expect(content?.editions.get('en')?.pages.get('open-door#start')?.text).toBe(
      'It opens inwards.[1] Push ~~or pull~~ it ~~*at* once~~, ~2 \\~~ 3.',
    );
    for (const end of ['\r\n', '\r']) {
      const same = { 'en/open-door.md': GUIDE.replaceAll('\n', end), 'sources.yaml': SOURCES.replaceAll('\n', end) };
      expect(load(same).findings.map(formatFinding)).toEqual([]);
    }
  });

  it('finds nothing in characters and links that are shown as they are written', () => {
    const prose = [
      '#1 rule: push. We are #2!',
      '[profile_settings (Q&A) for user_2](https://example.org/a_(b)) and https://example.org/c_d,',
      'www.example.org, [**bold**](https://example.org/e), a@example.org.',
    ];
    const { content, findings } = load(guide('Push it.', `${prose.join('  \n')}\n\n\`\`\`\n## A {#b}\n\`\`\``));
    expect(findings.map(formatFinding)).toEqual([]);
    expect(content?.editions.get('en')?.pages.get('open-door#start')?.text).toBe(
      [
        'It opens inwards.[1] #1 rule: push. We are #2!',
        '[profile_settings (Q&A) for user_2](https://example.org/a_%28b%29) and https://example.org/c_d,',
        'www.example.org, [**bold**](https://example.org/e), a@example.org.',
        '',
        '```',
        '## A {#b}',
        '```',
      ].join('\n'),
    );
  });

  it('reports an unreadable file without the findings that follow from it', () => {
    const { content, findings } = load(guide('Push it.', 'Push \uFFFDit.'));
    expect(content).toBeUndefined();
    expect(findings.map(formatFinding)).toEqual([
      'content/en/open-door.md:10:6 G036 This character is not UTF-8 (save the file as UTF-8)',
    ]);
  });

  it('has an example for every code', () => {
    expect([...new Set(broken.map(([code]) => code))].sort()).toEqual(Object.keys(FINDING_CODES).sort());
  });

  it('explains every code in content/README.md, and no other', () => {
    const readme = readFileSync('content/README.md', 'utf8');
    expect([...readme.matchAll(/^\| (G\d{3}) \|/gm)].map((match) => match[1])).toEqual(Object.keys(FINDING_CODES));
  });

  it('explains in content/README.md which of them are warnings', () => {
    const explained = [...readFileSync('content/README.md', 'utf8').matchAll(/^\| (G\d{3}) \| (Warning: )?/gm)];
    const levels = Object.entries(FINDING_CODES).map(([code, [level]]) => [code, level]);
    expect(levels).toEqual(explained.map(([, code, warning]) => [code, warning ? 'warning' : 'error']));
  });

  it('describes the kind of problem of each code', () => {
    const kinds = Object.values(FINDING_CODES).map(([, kind]) => kind);
    expect(new Set(kinds).size).toBe(kinds.length);
    for (const kind of kinds) expect(kind).toMatch(/^\w.{10,}\w$/);
  });

  it('suggests the id that was probably meant', () => {
    const { findings } = load(guide('(#front)', '(#fornt)'));
    expect(findings.map(formatFinding)).toContain(
      'content/en/open-door.md:12:3 G013 open-door.md has no page #fornt (did you mean front?)',
    );
  });
});

describe('a finding', () => {
  const place = { path: 'a.md', line: 2, column: 3 };

  it('is printed with its place, code, level and hint', () => {
    expect(formatFinding(finding(place, 'G001', 'Wrong'))).toBe('a.md:2:3 G001 Wrong');
    expect(formatFinding(finding(place, 'G021', 'Odd', 'do it'))).toBe('a.md:2:3 G021 warning: Odd (do it)');
  });

  it('has its place and level, and a hint only if there is one', () => {
    const node = { ...place, kind: 'page' };
    expect(finding(node, 'G001', 'Wrong', undefined)).toStrictEqual({
      ...place,
      code: 'G001',
      level: 'error',
      message: 'Wrong',
    });
    expect(finding(node, 'G021', 'Odd', 'do it')).toStrictEqual({
      ...place,
      code: 'G021',
      level: 'warning',
      message: 'Odd',
      hint: 'do it',
    });
  });
});

describe('a hint', () => {
  it.each([
    ['fornt', ['front', 'rear'], 'did you mean front?'],
    ['ab', ['xy'], 'did you mean xy?'],
    ['abc', ['xyz'], undefined],
    ['abcdefghi', ['abcdefxyz'], 'did you mean abcdefxyz?'],
    ['abcdefghi', ['abcdewxyz'], undefined],
    ['abcdefgh', ['abcdexyz'], undefined],
    ['a', [], undefined],
  ])('for %s among %j is %s', (word, known, expected) => {
    expect(didYouMean(word, known)).toBe(expected);
  });
});

function deep(count: number): string {
  const page = (i: number) =>
    `\n## Deep ${i} {#deep-${i} .outcome}\n\nDown.[^U01]\n\n- [Deeper ${i}](#deep-${i + 1})\n`;
  return `${Array.from({ length: count }, (_, i) => page(i + 1)).join('')}\n## Deepest {#deep-${count + 1} .outcome}\n\nThe end.[^U01]\n\n`;
}

/** A thing that names another ten times, which names another ten times, and so on. */
function aliases(levels: number): string {
  const level = (i: number) => `x${i}: &x${i} [${`*x${i - 1},`.repeat(10)}]\n`;
  return `x0: &x0 [a]\n${Array.from({ length: levels }, (_, i) => level(i + 1)).join('')}`;
}

function twoIdsWithOneCode(): [string, string] {
  const seen = new Map<string, string>();
  for (let i = 0; ; i++) {
    const id = `page-${i}`;
    const code = pageCode(`open-door#${id}`);
    const other = seen.get(code);
    if (other) return [other, id];
    seen.set(code, id);
  }
}
