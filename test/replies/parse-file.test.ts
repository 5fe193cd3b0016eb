// Parsing a file of replies, and what is reported about it.
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { formatFinding } from '../../src/guide/findings.ts';
import { formatReplyFile, MAX_FILE_BYTES } from '../../src/replies/format-file.ts';
import { parseReplyFile } from '../../src/replies/parse-file.ts';
import { topicFromFileId } from '../../src/replies/topic-id.ts';
import { turnsDuring } from './event-loop.ts';

const path = 'faq.md';
const MIB = 1024 * 1024;
const read = (file: string | Uint8Array, pages?: string[]) =>
  parseReplyFile(file, { path, ...(pages ? { pages } : {}) });
const entry = (text: string, head = '## T {#abcd1234}') => `${head}\n\n${text}\n`;

/** What the findings say that occur more than once. */
const NOT_TEXT = 'The file is not text in UTF-8 (save it as plain text in UTF-8, and extract .zip files)';
const TOO_LARGE = 'The file has more than 16 MiB (split it into several files)';
const NO_REPLIES = 'There are no replies in this file (a reply begins with "## Title {#id}")';
const STRAY = '1:1 F005 This text is before the first reply (put "## Title {#id}" above it)';
const NO_HEADING = 'A reply begins with "## Title {#id}"';
const IN_TEXT = '(if it is part of a text, put the text into a block fenced with ````reply)';
const AROUND = '(or put the text around it into a block fenced with ````reply)';
const VALID_IDS = '(use up to 40 lowercase letters, digits and hyphens, or the name of a page such as guide#page)';
const NOT_CLOSED = 'This code block is not closed (it includes everything after it)';
const COMPRESSED = gzipSync('x'.repeat(MAX_FILE_BYTES + 1), { level: 1 });

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

  test.each([
    ['bytes that are not UTF-8', Buffer.from([0x23, 0xff, 0xfe]), `1:1 F001 ${NOT_TEXT}`],
    ['a NUL byte', entry('a\0b'), `1:1 F001 ${NOT_TEXT}`],
    [
      'a truncated compressed file',
      gzipSync('x'.repeat(5000)).subarray(0, 20),
      '1:1 F001 The file is damaged: it can’t be decompressed',
    ],
    ['more than 16 MiB', 'x'.repeat(MAX_FILE_BYTES + 1), `1:1 F003 ${TOO_LARGE}`],
    ['more than 16 MiB of compressed text', COMPRESSED, `1:1 F003 ${TOO_LARGE}`],
    [
      // The first one that is too many is in line 10,001.
      'more than 10,000 replies',
      '# T\n'.repeat(10_002),
      '10001:1 F003 There are more than 10000 replies in this file (a server can’t have more)',
    ],
    ['nothing', '', `1:1 F004 ${NO_REPLIES}`],
    ['something else', 'id,title,text\n1,a,b\n', `1:1 F004 ${NO_REPLIES}`],
    [
      'a heading that is a line with a line under it',
      'T {#abcd1234}\n---\n',
      [STRAY, `1:1 F006 ${NO_HEADING} ${AROUND}`],
    ],
    ['text before the first reply', `stray\n\n${entry('x')}`, STRAY],
    ['a fenced text before the first reply', `\`\`\`\`reply\nstray\n\`\`\`\`\n\n${entry('x')}`, STRAY],
    [
      'text next to a fenced text',
      entry('````reply\nx\n````\n\nstray'),
      '3:1 F005 There is other text next to this block (move it into the block)',
    ],
    ['a heading without an id', entry('x', '## T'), `1:1 F006 ${NO_HEADING} ${IN_TEXT}`],
    ['a heading of the first level', entry('x', '# T {#abcd1234}'), `1:1 F006 ${NO_HEADING} ${IN_TEXT}`],
    ['an id with capitals', entry('x', '## T {#Abc}'), `1:1 F007 "Abc" is not a valid id ${VALID_IDS}`],
    [
      'an id that is too long',
      entry('x', `## T {#${'a'.repeat(60)}}`),
      `1:1 F007 "${'a'.repeat(60)}" is not a valid id ${VALID_IDS}`,
    ],
    [
      'an id that is far too long',
      entry('x', `## T {#${'a'.repeat(61)}}`),
      `1:1 F007 "${'a'.repeat(59)}…" is not a valid id ${VALID_IDS}`,
    ],
    ['an id with two number signs', entry('x', '## T {#a#b#c}'), `1:1 F007 "a#b#c" is not a valid id ${VALID_IDS}`],
    [
      'the same id three times',
      entry('x') + entry('y') + entry('z'),
      ['4:1 F008 The id "abcd1234" is already used in line 1', '7:1 F008 The id "abcd1234" is already used in line 1'],
    ],
    ['no title', entry('x', '## {#abcd1234}'), '1:1 F009 The title is empty'],
    [
      'a title that is too long',
      entry('x', ` ## ${'é'.repeat(257)} {#abcd1234}`),
      '1:2 F009 The title has more than 256 characters',
    ],
    ['no text', entry(''), '3:1 F010 The reply has no text'],
    ['a fenced text of spaces', entry('````reply\n  \n````'), '4:1 F010 The reply has no text'],
    ['a text that is too long', entry('😀'.repeat(4001)), '3:1 F011 The text has more than 4000 characters'],
    [
      'eleven aliases',
      entry(`${Array.from({ length: 11 }, (_, i) => `> a${i}\n`).join('')}\nx`),
      '1:1 F012 There are more than 10 aliases',
    ],
    [
      'an alias that is too long',
      entry(`> ${'a'.repeat(81)}\n\nx`),
      `1:1 F012 The alias "${'a'.repeat(59)}…" has more than 80 characters`,
    ],
    ['an alias of two lines', entry('> a\rb\n\nx'), '1:1 F012 There is a line break in an alias'],
    ['an alias with half a pair', entry('> a\uD83Db\n\nx'), '1:1 F016 An alias has a character that can’t be saved'],
    [
      'a link that is not https',
      entry('[x](javascript:alert(1))'),
      '3:5 F013 "javascript:alert(1" does not begin with https://',
    ],
    [
      'two links that are not https',
      entry('fine\n\nsee http://example.org/a now\nftp://b'),
      [
        '5:5 F013 "http://example.org/a" does not begin with https://',
        '6:1 F013 "ftp://b" does not begin with https://',
      ],
    ],
    [
      'a long link in a fenced text',
      entry(`> a\n\n\`\`\`\`reply\n\nat http://${'a'.repeat(80)}\n\`\`\`\``),
      `7:4 F013 "http://${'a'.repeat(52)}…" does not begin with https://`,
    ],
    ['a fence that is not closed', entry('```\ncode'), `3:1 F014 ${NOT_CLOSED}`],
    [
      'a fence that runs into the next reply',
      entry('````reply\nx') + entry('````reply\ny\n````', '## U {#abcd1235}'),
      `3:1 F014 ${NOT_CLOSED}`,
    ],
    [
      'a text without the beginning of its fence',
      entry('x\n````') + entry('````reply\ny\n````', '## U {#abcd1235}'),
      `4:1 F014 ${NOT_CLOSED}`,
    ],
    ['a lone surrogate', entry('a\u{d83d}b'), '3:1 F016 The text has a character that can’t be saved'],
    [
      'a lone surrogate in its title',
      entry('x', '## a\u{d83d}b {#abcd1234}'),
      '1:1 F016 The title has a character that can’t be saved',
    ],
    [
      'several findings, which are sorted by position',
      `${entry('> a\rb\n\nhttp://a http://b', '## {#Abc}')}${entry('x', '# T')}`,
      [
        `1:1 F007 "Abc" is not a valid id ${VALID_IDS}`,
        '1:1 F009 The title is empty',
        '1:1 F012 There is a line break in an alias',
        '5:1 F013 "http://a" does not begin with https://',
        '5:10 F013 "http://b" does not begin with https://',
        `6:1 F006 ${NO_HEADING} ${IN_TEXT}`,
      ],
    ],
  ])('is not imported if it has %s', async (_, file, expected) => {
    const { findings, replies } = await read(file);
    expect(findings.map(formatFinding)).toEqual([expected].flat().map((finding) => `${path}:${finding}`));
    expect(replies).toEqual([]);
  });

  test.each([
    ['an object', '{"replies": []}'],
    ['a list', ' \n[1, 2]'],
    ['a text', '"a"'],
    ['an object of more than 1 MiB, which is not parsed', `{ "a${'x'.repeat(MIB)}`],
    ['a list of texts of more than 1 MiB', `["${'x'.repeat(MIB)}`],
    ['a list of lists of more than 1 MiB', `[ [${'x'.repeat(MIB)}`],
    // No file of that size is refused as too large.
    ['an object of 16 MiB', '{"a'.padEnd(MAX_FILE_BYTES)],
  ])('is not imported if it is %s in JSON', async (_, file) => {
    const { findings, replies } = await read(file);
    expect(findings.map(formatFinding)).toEqual([
      `${path}:1:1 F002 This is JSON (the file must be Markdown, in the format of an exported file)`,
    ]);
    expect(replies).toEqual([]);
  });

  test.each([
    ['a bracket', '[a] is not JSON'],
    ['a brace', '{#a}'],
    ['a quote', '"a" is not JSON'],
    ['a number', '1'],
    ['a bracket, and has more than 1 MiB', `[a${'x'.repeat(MIB)}`],
    ['a quote, and has more than 1 MiB', `"a${'x'.repeat(MIB)}"`],
  ])('is not taken for JSON if it begins with %s', async (_, file) => {
    expect(await codes(file)).toEqual(['F004']);
  });

  test('has about a hundred findings, even if more is wrong', async () => {
    for (const file of [
      entry('x', '# T').repeat(101),
      entry('http://a', '## T {#A}').repeat(60),
      entry(Array.from({ length: 120 }, (_, i) => `http://a/${i}`).join(' ')),
      Array.from({ length: 102 }, () => entry('x')).join(''),
      `## T {#abcd1234}\n\n${'T {#T}\n---\n'.repeat(120)}${entry('x', '# T').repeat(9)}`,
    ]) {
      expect((await read(file)).findings).toHaveLength(100);
    }
  });

  test('is parsed in time slices', async () => {
    const file = Array.from({ length: 50 }, (_, i) => entry('x', `## T {#id-${i}}`)).join('');
    expect(await turnsDuring(20, () => read(file))).toBeGreaterThanOrEqual(50);
    expect(await turnsDuring(0, () => read(file))).toBeLessThan(2);
  });

  test('can be compressed', async () => {
    const file = formatReplyFile([
      { topic: 'r:abcd1234', title: 'Title', text: 'x', aliases: [] },
      { topic: 'close-account#money', title: 'Title', text: 'y', aliases: [] },
    ]);
    expect(await read(gzipSync(file))).toEqual(await read(file));
  });

  test('has a warning for an override of a page that does not exist, and is imported', async () => {
    const file = entry('x', '## T {#close-account#monye}') + entry('y') + entry('z', '## T {#close-account#money}');
    const { replies, findings } = await read(file, ['close-account#money']);
    expect(findings.map(formatFinding)).toEqual([
      `${path}:1:1 F015 warning: The guides have no page close-account#monye (did you mean close-account#money?)`,
    ]);
    expect(replies.map(({ topic }) => topic)).toEqual(['close-account#monye', 'r:abcd1234', 'close-account#money']);
    expect((await read(file)).findings).toEqual([]);
  });
});
