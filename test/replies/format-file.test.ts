// Formatting replies as a file, and parsing that file again.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readMarkdown } from '../../src/guide/markdown.ts';
import { checkDraft, normalizeDraft } from '../../src/replies/draft.ts';
import { formatReplyFile, MAX_FILE_BYTES, MAX_PLAIN_FILE_BYTES } from '../../src/replies/format-file.ts';
import type { IncomingReply } from '../../src/replies/import.ts';
import { parseReplyFile } from '../../src/replies/parse-file.ts';

const reply = (text: string, more: object = {}): IncomingReply => ({
  topic: 'r:abcd1234',
  title: 'Title',
  text,
  aliases: [],
  ...more,
});

async function roundTrip(replies: IncomingReply[]) {
  const { replies: parsed, findings } = await parseReplyFile(Buffer.from(formatReplyFile(replies)), { path: 'faq.md' });
  expect(findings).toEqual([]);
  return parsed;
}

describe('a formatted file', () => {
  test.each([
    ['a heading like the file’s own', '## x {#abcd9999}\n\ntext'],
    ['a quote at the start', '> quoted\n> more\n\nand text'],
    ['code fences', 'a\n````reply\n`````\nb\n~~~\n```'],
    ['an unclosed HTML comment', '<!-- nothing\n\n## y {#yyyyyyyy}'],
    ['spaces at both ends', '\n\n  text \t \n\n\n'],
    ['Windows line ends', 'a\r\nb\r\n\r\n'],
    ['lone carriage returns', '\ra\r\r`````\rb\r'],
    ['front matter', '---\ndescription: x\n---\n'],
    ['rules and underlines', 'a\n---\nb\n===\n***'],
    ['tabs and unusual spaces', '\t\ta\u{a0}\u{2028}b\u{feff}\u{85}'],
    ['emoji and combining characters', '👩‍👩‍👧 é \u{1f1e9}\u{1f1ea}'],
    ['4,000 backticks', '`'.repeat(4000)],
    ['deep nesting', `${'> '.repeat(500)}x\n${'- '.repeat(500)}y\n${'['.repeat(1900)}`],
  ])('restores %s exactly', async (_, text) => {
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
  ])('restores a title and aliases with %s exactly', async (_, title) => {
    const given = reply('x', { title, aliases: [title, '> x', '[!NOTE]', '- x', '```'] });
    expect(await roundTrip([given])).toEqual([given]);
    const alert = reply('x', { aliases: ['[!NOTE]', 'b'] });
    expect(await roundTrip([alert])).toEqual([alert]);
  });

  test('restores any text exactly', async () => {
    const pieces =
      'a,é,👩‍👩‍👧,\u{d83d}\u{de00},\u{85},\u{2028},\u{feff}, ,\n,\r\n,\r,`,````,```reply,## x {#y},> ,---,    ,\t,~~~,[!NOTE]';
    const piece = fc.constantFrom(...pieces.split(','));
    const text = fc.array(piece, { maxLength: 12 }).map((some) => some.join(''));
    const draft = fc
      .record({ title: text, text, aliases: fc.array(text, { maxLength: 4 }) })
      .map(normalizeDraft)
      .filter((one) => checkDraft(one).length === 0);
    await fc.assert(
      fc.asyncProperty(fc.array(draft, { minLength: 1, maxLength: 4 }), async (drafts) => {
        const replies = drafts.map((one, i) => ({ topic: `r:abcd000${i}`, ...one }));
        expect(await roundTrip(replies)).toEqual(replies);
      }),
      { numRuns: 60 },
    );
  });

  test('is valid Markdown', () => {
    const texts = ['## x\n\n> y', '```js\ncode\n```', '- a\n\n  b', '<!-- x'];
    const file = formatReplyFile(texts.map((text, i) => reply(text, { topic: `r:abcd000${i}`, aliases: ['a'] })));
    const { children } = readMarkdown(file);
    expect(children.map(({ type }) => type)).toEqual([
      'yaml',
      ...texts.flatMap(() => ['heading', 'blockquote', 'code']),
    ]);
    expect(children.flatMap((node) => (node.type === 'code' ? [node.value] : []))).toEqual(texts);
  });

  test('has a header, and a heading, aliases and a fenced text for each reply', () => {
    const file = formatReplyFile([
      reply('a', { aliases: ['b', 'c'] }),
      reply('```` and `````', { topic: 'close-account#money', title: 'T' }),
    ]);
    expect(file.split('\n')).toEqual([
      '---',
      'description: This server’s own replies',
      '---',
      '',
      '## Title {#abcd1234}',
      '',
      '> b',
      '> c',
      '',
      '````reply',
      'a',
      '````',
      '',
      '## T {#close-account#money}',
      '',
      '``````reply',
      '```` and `````',
      '``````',
      '',
    ]);
  });

  test('has at most 16 MiB if it is imported, and 1 MiB if it is a plain export', () => {
    expect(MAX_FILE_BYTES).toBe(16 * 1024 * 1024);
    expect(MAX_PLAIN_FILE_BYTES).toBe(1024 * 1024);
  });
});
