import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readMarkdown } from '../../src/guide/markdown.ts';
import { checkDraft, normalizeDraft } from '../../src/replies/draft.ts';
import { MAX_TEXT, writeFile } from '../../src/replies/file-format.ts';
import { IMPORT_FINDING_CODES } from '../../src/replies/findings.ts';
import { type IncomingReply, planImport } from '../../src/replies/import.ts';
import { parseReplyFile } from '../../src/replies/read-file.ts';
import { topicOf } from '../../src/replies/topic-id.ts';

const path = 'faq.md';
const MIB = 1024 * 1024;
const read = (file: string | Uint8Array, pages?: string[]) =>
  parseReplyFile(file, { path, ...(pages ? { pages } : {}) });
const codes = async (file: string | Uint8Array) => (await read(file)).findings.map(({ code }) => code);
const reply = (text: string, more: object = {}): IncomingReply => ({
  topic: 'r:abcd1234',
  title: 'Title',
  text,
  aliases: [],
  ...more,
});

async function roundTrip(replies: IncomingReply[]) {
  const { replies: back, findings } = await read(Buffer.from(writeFile(replies)));
  expect(findings).toEqual([]);
  return back;
}

describe('a file of replies', () => {
  test.each([
    ['a heading like the file’s own', '## x {#abcd9999}\n\ntext'],
    ['a quote at the start', '> quoted\n> more\n\nand text'],
    ['code fences', 'a\n````reply\n`````\nb\n~~~\n```'],
    ['an unclosed HTML comment', '<!-- nothing\n\n## y {#yyyyyyyy}'],
    ['blanks at both ends', '\n\n  text \t \n\n\n'],
    ['Windows line ends', 'a\r\nb\r\n\r\n'],
    ['lone carriage returns', '\ra\r\r`````\rb\r'],
    ['front matter', '---\ndescription: x\n---\n'],
    ['rules and underlines', 'a\n---\nb\n===\n***'],
    ['tabs and odd blanks', '\t\ta\u{a0}\u{2028}b\u{feff}\u{85}'],
    ['emoji and combining signs', '👩‍👩‍👧 é \u{1f1e9}\u{1f1ea}'],
    ['4,000 backticks', '`'.repeat(4000)],
    ['a deep nest', `${'> '.repeat(500)}x\n${'- '.repeat(500)}y\n${'['.repeat(1900)}`],
  ])('brings back %s exactly', async (_, text) => {
    expect(await roundTrip([reply(text), reply('next', { topic: 'close-account#money' })])).toEqual([
      reply(text),
      reply('next', { topic: 'close-account#money' }),
    ]);
  });

  test.each([
    ['Markdown', '**a** [b](c) `d` \\ #'],
    ['braces', 'What is {#x} and {y}'],
    ['number signs', '# # ##'],
    ['a tag', '<b> & &amp;'],
  ])('brings back a title and aliases with %s exactly', async (_, title) => {
    const given = reply('x', { title, aliases: [title, '> x', '[!NOTE]', '- x', '```'] });
    expect(await roundTrip([given])).toEqual([given]);
    const alert = reply('x', { aliases: ['[!NOTE]', 'b'] });
    expect(await roundTrip([alert])).toEqual([alert]);
  });

  test('brings back any text exactly', async () => {
    const piece = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 20 }),
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.constantFrom('\n', '\r\n', '\r', '````', '```reply', '## x {#y}', '> ', '---', '    ', '\t', '~~~', '[!NOTE]'),
    );
    const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
    const draft = fc
      .record({ title: text, text, aliases: fc.array(text, { maxLength: 4 }) })
      .map(normalizeDraft)
      .filter((one) => checkDraft(one).length === 0);
    await fc.assert(
      fc.asyncProperty(fc.array(draft, { minLength: 1, maxLength: 4 }), async (drafts) => {
        const replies = drafts.map((one, i) => ({ topic: `r:abcd000${i}`, ...one }));
        expect(await roundTrip(replies)).toEqual(replies);
      }),
      { numRuns: 500 },
    );
  });

  test('reads what somebody wrote by hand in the format of the guides', async () => {
    const file = [
      '---',
      'description: ours',
      '---',
      '',
      '## Refunds {#refunds}',
      '',
      '> money back',
      '> refund please',
      '',
      'A **text** with a [link](https://example.org).',
      '',
      '> [!NOTE]',
      '> kept as text',
      '',
      '### A smaller heading',
      '',
      '- a list',
      '',
      '## Words over a page {#close-account#money}',
      'No empty line.',
      '',
    ];
    const expected = [
      {
        topic: topicOf('refunds'),
        title: 'Refunds',
        text: file.slice(9, 17).join('\n'),
        aliases: ['money back', 'refund please'],
      },
      { topic: 'close-account#money', title: 'Words over a page', text: 'No empty line.', aliases: [] },
    ];
    for (const end of ['\n', '\r\n', '\r']) {
      expect(await read(`\u{feff}${file.join(end)}`)).toEqual({ replies: expected, findings: [] });
    }
    expect(topicOf('refunds')).toMatch(/^r:[a-z0-9]{8}$/);
  });

  test('is Markdown for any other reader too', () => {
    const texts = ['## x\n\n> y', '```js\ncode\n```', '- a\n\n  b', '<!-- x'];
    const file = writeFile(texts.map((text, i) => reply(text, { topic: `r:abcd000${i}`, aliases: ['a'] })));
    const { children } = readMarkdown(file);
    expect(children.map(({ type }) => type)).toEqual([
      'yaml',
      ...texts.flatMap(() => ['heading', 'blockquote', 'code']),
    ]);
    expect(children.flatMap((node) => (node.type === 'code' ? [node.value] : []))).toEqual(texts);
  });

  const entry = (text: string, head = '## T {#abcd1234}') => `${head}\n\n${text}\n`;
  test.each([
    ['F001', 'bytes that are not UTF-8', Buffer.from([0x23, 0xff, 0xfe])],
    ['F001', 'a NUL byte', entry('a\0b')],
    ['F002', 'JSON', '{"replies": []}'],
    ['F003', 'more than 16 MiB', 'x'.repeat(MAX_TEXT + 1)],
    ['F003', 'more than 16 MiB of text packed into little', gzipSync('x'.repeat(MAX_TEXT + 1))],
    ['F001', 'a packed file that is cut off', gzipSync('x'.repeat(5000)).subarray(0, 20)],
    ['F003', 'more than 10,000 replies', Array.from({ length: 10_001 }, (_, i) => `## T {#id-${i}}\n\nx\n`).join('')],
    ['F004', 'an empty file', ''],
    ['F004', 'a file of something else', 'id,title,text\n1,a,b\n'],
    ['F005', 'text before the first reply', `stray\n\n${entry('x')}`],
    ['F005', 'a fenced text before the first reply', `\`\`\`\`reply\nstray\n\`\`\`\`\n\n${entry('x')}`],
    ['F005', 'text beside a fenced text', entry('````reply\nx\n````\n\nstray')],
    ['F006', 'a heading without an id', entry('x', '## T')],
    ['F006', 'a heading of the first level', entry('x', '# T {#abcd1234}')],
    ['F007', 'an id with capitals', entry('x', '## T {#Abc}')],
    ['F007', 'an id that is too long', entry('x', `## T {#${'a'.repeat(41)}}`)],
    ['F007', 'an id with two number signs', entry('x', '## T {#a#b#c}')],
    ['F008', 'the same id twice', entry('x') + entry('y')],
    ['F009', 'no title', entry('x', '## {#abcd1234}')],
    ['F009', 'a title that is too long', entry('x', `## ${'é'.repeat(257)} {#abcd1234}`)],
    ['F010', 'no text', entry('')],
    ['F010', 'a fenced text of blanks', entry('````reply\n  \n````')],
    ['F011', 'a text that is too long', entry('😀'.repeat(4001))],
    ['F012', 'eleven aliases', entry(`${Array.from({ length: 11 }, (_, i) => `> a${i}\n`).join('')}\nx`)],
    ['F012', 'an alias that is too long', entry(`> ${'a'.repeat(81)}\n\nx`)],
    ['F013', 'a link that is not https', entry('[x](javascript:alert(1))')],
    ['F014', 'a fence that is not closed', entry('```\ncode')],
    [
      'F014',
      'a fence that runs into the next reply',
      entry('````reply\nx') + entry('````reply\ny\n````', '## U {#abcd1235}'),
    ],
    [
      'F014',
      'a text without the beginning of its fence',
      entry('x\n````') + entry('````reply\ny\n````', '## U {#abcd1235}'),
    ],
    ['F016', 'half a surrogate pair', entry('a\u{d83d}b')],
  ])('gets %s for %s, and nothing of it is imported', async (code, _, file) => {
    const result = await read(file);
    expect(result.findings.map((one) => one.code)).toEqual([code]);
    expect(result.replies).toEqual([]);
    expect(result.findings[0]?.message).not.toMatch(/\.$/);
  });

  describe('with lines that look like headings', () => {
    const first = '## First {#first}\n\none\n';
    test.each([
      ['a no-break blank', '##\u00A0Second {#second}'],
      ['a figure blank', '##\u2007Second {#second}'],
      ['a narrow no-break blank', '##\u202FSecond {#second}'],
      ['an ideographic blank', '##\u3000Second {#second}'],
      ['a tab', '##\tSecond {#second}'],
      ['a zero-width blank', '##\u200BSecond {#second}'],
      ['no blank', '##Second {#second}'],
      ['a byte order mark before it', '\uFEFF## Second {#second}'],
      ['a zero-width blank before it', '\u200B## Second {#second}'],
      ['a no-break blank before it', '\u00A0## Second {#second}'],
      ['a zero-width blank behind it', '## Second {#second}\u200B'],
      ['a variation selector before it', '\uFE0F## Second {#second}'],
      ['a grapheme joiner before and behind it', '\u034F##Second {#second}\u034F'],
    ])('reads one with %s as a heading', async (_, head) => {
      const { replies, findings } = await read(`${first}\n${head}\n\ntwo\n`);
      expect(findings).toEqual([]);
      expect(replies).toMatchObject([
        { title: 'First', text: 'one' },
        { title: 'Second', text: 'two', topic: topicOf('second') },
      ]);
    });

    test.each([
      ['\\r', '\r'],
      ['a form feed', '\f'],
      ['a line separator', '\u2028'],
      ['a paragraph separator', '\u2029'],
      ['U+0085', '\u0085'],
    ])('reads one behind %s in a file with other line ends as a heading', async (_, end) => {
      const { replies } = await read(`${first}more${end}## Second {#second}\n\ntwo\n`);
      expect(replies).toMatchObject([
        { title: 'First', text: 'one\nmore' },
        { title: 'Second', text: 'two' },
      ]);
    });

    test.each([
      ['a third number sign', '### Second {#second}'],
      ['the first level without a blank', '#Second {#second}'],
      ['wide number signs', '\uFF03\uFF03 Second {#second}'],
      ['four blanks', '    ## Second {#second}'],
      ['a tab before it', '\t## Second {#second}'],
      ['an id that is not closed', '##Second {#second'],
      ['a word behind the id', '##Second {#second} here'],
      ['a blank in its id', '##Second { #second}'],
      ['a line under it', 'Second {#second}\n------'],
      ['a double line under it', 'Second {#second}\n==='],
      ['a line under it that ends in a zero-width blank', 'Second {#second}\n---\u200B'],
      ['a zero-width blank in its id', '##Second {\u200B#second}'],
      ['a zero-width blank between the number signs', '#\u200B#Second {#second}'],
      ['a list around it', '- ## Second {#second}'],
      ['a numbered list around it', '1. ##Second {#second}'],
    ])('has a finding for one with %s', async (_, head) => {
      const { replies, findings } = await read(`${first}\n${head}\n\ntwo\n`);
      expect(findings).toMatchObject([{ code: 'F006', line: 5 }]);
      expect(replies).toEqual([]);
    });

    test.each([
      ['inside of code', '```\n### x {#x}\n##y {#y}\n```'],
      ['without an id', '### Smaller\n\n##tag\n\n##\u00A0x\n\nx\n---'],
      ['with a backslash', '\\## Not one {#x}'],
      ['in a list without an id', '- # one\n- ##tag\n1. ## two'],
    ])('leaves those %s in the text', async (_, text) => {
      expect(await read(`## First {#first}\n\n${text}\n`)).toMatchObject({ replies: [{ text }], findings: [] });
    });

    test('takes no front matter for the place of a reply', async () => {
      const { findings } = await read('---\n\n## First {#first}\n\none\n\n---\n\n## Second {#second}\n\ntwo\n');
      expect(findings).toMatchObject([{ code: 'F005', line: 1 }]);
    });
  });

  test('is read from a packed file as from a plain one', async () => {
    const file = writeFile([reply('x'), reply('y', { topic: 'close-account#money' })]);
    expect(await read(gzipSync(file))).toEqual(await read(file));
  });

  test('warns of words over a page that the guides do not have, and still takes them', async () => {
    const { replies, findings } = await read(entry('x', '## T {#close-account#monye}'), ['close-account#money']);
    expect(findings).toMatchObject([{ code: 'F015', level: 'warning', hint: 'did you mean close-account#money?' }]);
    expect(replies).toHaveLength(1);
  });

  test('has a test for every code', () => {
    expect(Object.keys(IMPORT_FINDING_CODES)).toEqual(
      Array.from({ length: 16 }, (_, i) => `F${String(i + 1).padStart(3, '0')}`),
    );
  });

  test('names the line and column of a link', async () => {
    const { findings } = await read(entry('fine\n\nsee http://example.org/a now'));
    expect(findings).toMatchObject([{ path, line: 5, column: 5, code: 'F013' }]);
  });

  test.each([
    ['brackets', '['],
    ['image openings', '!['],
    ['quotes', '>'],
    ['list markers', '- '],
    ['emphasis', '*a_'],
    ['tags', '<a '],
    ['backticks and letters', '`a``b'],
    ['links', '](  '],
    ['addresses', 'http://a '],
    ['JSON lists', '{"a":['],
    ['headings', '## \n'],
    ['blank quotes', '>\n\n'],
    ['table cells', '|-'],
    ['definitions', '[a]: b\n'],
    ['replies', '## a {#a}\nb\n'],
    ['fences', '```\n'],
    ['rules', '---\n'],
    ['blanks', ' '],
  ])(
    'is answered quickly when it is 1 MiB of %s',
    async (_, sign) => {
      for (const head of ['', '---\n', '## T {#abcd1234}\n\n']) {
        const file = (head + sign.repeat(MIB / sign.length)).slice(0, MIB);
        const began = performance.now();
        expect(await codes(file)).not.toEqual([]);
        expect(performance.now() - began).toBeLessThan(4000);
      }
    },
    30_000,
  );

  test('never makes the reader throw', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string({ unit: 'binary' }), fc.uint8Array()), async (file) => {
        const { findings, replies } = await read(file);
        expect(findings.length + replies.length).toBeGreaterThan(0);
      }),
    );
  });
});

test('a plan tells what would be added, changed and left', async () => {
  const current = ['same', 'changed', 'removed'].map((text, i) => ({
    ...reply(text, { topic: `r:abcd000${i}` }),
    guildId: 'g',
    state: text === 'removed' ? ('removed' as const) : ('shown' as const),
    revision: 1,
    action: 'add' as const,
    savedBy: '7',
    savedAt: new Date(),
  }));
  const incoming = ['same', 'new words', 'removed', 'new'].map((text, i) => reply(text, { topic: `r:abcd000${i}` }));
  const plan = await planImport(current, incoming);
  expect(plan.same).toEqual([incoming[0]]);
  expect(plan.changed).toEqual([incoming[1]]);
  expect(plan.added).toEqual([incoming[2], incoming[3]]);
});
