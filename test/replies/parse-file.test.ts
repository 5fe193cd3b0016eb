import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { IMPORT_FINDING_CODES } from '../../src/replies/findings.ts';
import { formatReplyFile, MAX_FILE_BYTES } from '../../src/replies/format-file.ts';
import { parseReplyFile } from '../../src/replies/parse-file.ts';
import { topicFromFileId } from '../../src/replies/topic-id.ts';

const path = 'faq.md';
const MIB = 1024 * 1024;
const read = (file: string | Uint8Array, pages?: string[]) =>
  parseReplyFile(file, { path, ...(pages ? { pages } : {}) });
const codes = async (file: string | Uint8Array) => (await read(file)).findings.map(({ code }) => code);

describe('a file of replies', () => {
  test('can be written by hand in the format of the guides', async () => {
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
      '## Words in place of a page {#close-account#money}',
      'No empty line.',
      '',
    ];
    const expected = [
      {
        topic: topicFromFileId('refunds'),
        title: 'Refunds',
        text: file.slice(9, 17).join('\n'),
        aliases: ['money back', 'refund please'],
      },
      { topic: 'close-account#money', title: 'Words in place of a page', text: 'No empty line.', aliases: [] },
    ];
    for (const end of ['\n', '\r\n', '\r']) {
      expect(await read(`\u{feff}${file.join(end)}`)).toEqual({ replies: expected, findings: [] });
    }
    expect(topicFromFileId('refunds')).toMatch(/^r:[a-z0-9]{8}$/);
  });

  const entry = (text: string, head = '## T {#abcd1234}') => `${head}\n\n${text}\n`;
  test.each([
    ['F001', 'bytes that are not UTF-8', Buffer.from([0x23, 0xff, 0xfe])],
    ['F001', 'a NUL byte', entry('a\0b')],
    ['F002', 'JSON', '{"replies": []}'],
    ['F003', 'more than 16 MiB', 'x'.repeat(MAX_FILE_BYTES + 1)],
    ['F003', 'more than 16 MiB of compressed text', gzipSync('x'.repeat(MAX_FILE_BYTES + 1))],
    ['F001', 'a truncated compressed file', gzipSync('x'.repeat(5000)).subarray(0, 20)],
    ['F003', 'more than 10,000 replies', Array.from({ length: 10_001 }, (_, i) => `## T {#id-${i}}\n\nx\n`).join('')],
    ['F004', 'an empty file', ''],
    ['F004', 'a file of something else', 'id,title,text\n1,a,b\n'],
    ['F005', 'text before the first reply', `stray\n\n${entry('x')}`],
    ['F005', 'a fenced text before the first reply', `\`\`\`\`reply\nstray\n\`\`\`\`\n\n${entry('x')}`],
    ['F005', 'text next to a fenced text', entry('````reply\nx\n````\n\nstray')],
    ['F006', 'a heading without an id', entry('x', '## T')],
    ['F006', 'a heading of the first level', entry('x', '# T {#abcd1234}')],
    ['F007', 'an id with capitals', entry('x', '## T {#Abc}')],
    ['F007', 'an id that is too long', entry('x', `## T {#${'a'.repeat(41)}}`)],
    ['F007', 'an id with two number signs', entry('x', '## T {#a#b#c}')],
    ['F008', 'the same id twice', entry('x') + entry('y')],
    ['F009', 'no title', entry('x', '## {#abcd1234}')],
    ['F009', 'a title that is too long', entry('x', `## ${'é'.repeat(257)} {#abcd1234}`)],
    ['F010', 'no text', entry('')],
    ['F010', 'a fenced text of spaces', entry('````reply\n  \n````')],
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
    ['F016', 'a lone surrogate', entry('a\u{d83d}b')],
  ])('has finding %s for %s, and is not imported', async (code, _, file) => {
    const result = await read(file);
    expect(result.findings.map((one) => one.code)).toEqual([code]);
    expect(result.replies).toEqual([]);
    expect(result.findings[0]?.message).not.toMatch(/\.$/);
  });

  test('can be compressed', async () => {
    const file = formatReplyFile([
      { topic: 'r:abcd1234', title: 'Title', text: 'x', aliases: [] },
      { topic: 'close-account#money', title: 'Title', text: 'y', aliases: [] },
    ]);
    expect(await read(gzipSync(file))).toEqual(await read(file));
  });

  test('has a warning for an override of a page that does not exist, and is imported', async () => {
    const { replies, findings } = await read(entry('x', '## T {#close-account#monye}'), ['close-account#money']);
    expect(findings).toMatchObject([{ code: 'F015', level: 'warning', hint: 'did you mean close-account#money?' }]);
    expect(replies).toHaveLength(1);
  });

  test('has finding codes without gaps', () => {
    expect(Object.keys(IMPORT_FINDING_CODES)).toEqual(
      Array.from({ length: 16 }, (_, i) => `F${String(i + 1).padStart(3, '0')}`),
    );
  });

  test('has a finding with the line and column of a link', async () => {
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
    ['URLs', 'http://a '],
    ['JSON lists', '{"a":['],
    ['headings', '## \n'],
    ['blank quotes', '>\n\n'],
    ['table cells', '|-'],
    ['definitions', '[a]: b\n'],
    ['replies', '## a {#a}\nb\n'],
    ['fences', '```\n'],
    ['rules', '---\n'],
    ['spaces', ' '],
  ])(
    'is parsed quickly if it is 1 MiB of %s',
    async (_, piece) => {
      for (const head of ['', '---\n', '## T {#abcd1234}\n\n']) {
        const file = (head + piece.repeat(MIB / piece.length)).slice(0, MIB);
        const began = performance.now();
        expect(await codes(file)).not.toEqual([]);
        expect(performance.now() - began).toBeLessThan(4000);
      }
    },
    30_000,
  );

  test('never makes the parser throw', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string({ unit: 'binary' }), fc.uint8Array()), async (file) => {
        const { findings, replies } = await read(file);
        expect(findings.length + replies.length).toBeGreaterThan(0);
      }),
    );
  });
});
