// Headings in files of replies, and lines that look like headings.
import { describe, expect, test } from 'vitest';
import { parseReplyFile } from '../../src/replies/parse-file.ts';
import { topicFromFileId } from '../../src/replies/topic-id.ts';

const read = (file: string) => parseReplyFile(file, { path: 'faq.md' });

describe('a line that looks like a heading', () => {
  const first = '## First {#first}\n\none\n';
  test.each([
    ['a no-break space', '##\u00A0Second {#second}'],
    ['a figure space', '##\u2007Second {#second}'],
    ['a narrow no-break space', '##\u202FSecond {#second}'],
    ['an ideographic space', '##\u3000Second {#second}'],
    ['a tab', '##\tSecond {#second}'],
    ['a zero-width space', '##\u200BSecond {#second}'],
    ['no space', '##Second {#second}'],
    ['a byte order mark before it', '\uFEFF## Second {#second}'],
    ['a zero-width space before it', '\u200B## Second {#second}'],
    ['a no-break space before it', '\u00A0## Second {#second}'],
    ['a zero-width space after it', '## Second {#second}\u200B'],
    ['spaces around its id', '## Second {# second }'],
    ['a variation selector before it', '\uFE0F## Second {#second}'],
    ['a grapheme joiner before and after it', '\u034F##Second {#second}\u034F'],
  ])('is a heading if it has %s', async (_, head) => {
    const { replies, findings } = await read(`${first}\n${head}\n\ntwo\n`);
    expect(findings).toEqual([]);
    expect(replies).toMatchObject([
      { title: 'First', text: 'one' },
      { title: 'Second', text: 'two', topic: topicFromFileId('second') },
    ]);
  });

  test.each([
    ['\\r', '\r'],
    ['a form feed', '\f'],
    ['a line separator', '\u2028'],
    ['a paragraph separator', '\u2029'],
    ['U+0085', '\u0085'],
  ])('is a heading after %s in a file with other line ends', async (_, end) => {
    const { replies } = await read(`${first}more${end}## Second {#second}\n\ntwo\n`);
    expect(replies).toMatchObject([
      { title: 'First', text: 'one\nmore' },
      { title: 'Second', text: 'two' },
    ]);
  });

  test.each([
    ['a third number sign', '### Second {#second}'],
    ['the first level without a space', '#Second {#second}'],
    ['fullwidth number signs', '\uFF03\uFF03 Second {#second}'],
    ['four spaces before it', '    ## Second {#second}'],
    ['a tab before it', '\t## Second {#second}'],
    ['an id that is not closed', '##Second {#second'],
    ['a word after the id', '##Second {#second} here'],
    ['a space in its id', '##Second { #second}'],
    ['a line under it', 'Second {#second}\n------'],
    ['a double line under it', 'Second {#second}\n==='],
    ['a line under it that ends in a zero-width space', 'Second {#second}\n---\u200B'],
    ['a zero-width space in its id', '##Second {\u200B#second}'],
    ['a zero-width space between the number signs', '#\u200B#Second {#second}'],
    ['a list around it', '- ## Second {#second}'],
    ['a numbered list around it', '1. ##Second {#second}'],
  ])('is a finding if it has %s', async (_, head) => {
    const { replies, findings } = await read(`${first}\n${head}\n\ntwo\n`);
    expect(findings).toMatchObject([{ code: 'F006', line: 5 }]);
    expect(replies).toEqual([]);
  });

  test.each([
    ['inside code', '```\n### x {#x}\n##y {#y}\n```'],
    ['without an id', '### Smaller\n\n##tag\n\n##\u00A0x\n\nx\n---'],
    ['with a backslash', '\\## Not one {#x}'],
    ['in a list without an id', '- # one\n- ##tag\n1. ## two'],
  ])('is text if it is %s', async (_, text) => {
    expect(await read(`## First {#first}\n\n${text}\n`)).toMatchObject({ replies: [{ text }], findings: [] });
  });

  test('is a heading if it is inside front matter', async () => {
    const { findings } = await read('---\n\n## First {#first}\n\none\n\n---\n\n## Second {#second}\n\ntwo\n');
    expect(findings).toMatchObject([{ code: 'F005', line: 1 }]);
  });
});
