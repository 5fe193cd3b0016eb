// Sorting the blocks of a page: example questions, alerts, steps, buttons and text.
import { describe, expect, it } from 'vitest';
import { sortBlocks } from '../../src/guide/blocks.ts';
import { plainText, readMarkdown } from '../../src/guide/markdown.ts';

/** The blocks of a page as plain texts. */
function sorted(markdown: string) {
  const { questions, alerts, steps, links, text, strayLinks } = sortBlocks(readMarkdown(markdown).children);
  return {
    questions: questions.map((one) => one.text),
    alerts: alerts.map(({ kind, word, children }) => [kind, word, children.map((child) => plainText(child)).join('|')]),
    steps: steps.map((step) => plainText(step)),
    links: links.map((link) => `${plainText(link)} ${link.url}`),
    text: text.map((block) => plainText(block)),
    strayLinks: strayLinks.length,
  };
}
const NOTHING = { questions: [], alerts: [], steps: [], links: [], text: [], strayLinks: 0 };

describe('quotes', () => {
  it('are questions under the heading, one in each line, and text further below', () => {
    expect(sorted('> one\n>  two \n>\n> three\n\nText.\n\n> a quote')).toEqual({
      ...NOTHING,
      questions: ['one', 'two', 'three'],
      text: ['Text.', 'a quote'],
    });
  });

  it('are at the block that the question is in', () => {
    const { questions } = sortBlocks(readMarkdown('> one\n>\n> two').children);
    expect(questions.map(({ node }) => node.position?.start.line)).toEqual([1, 3]);
  });

  it.each([
    ['> [!NOTE]\n> A note.', ['NOTE', 'NOTE', 'A note.']],
    ['> [!warning]\n> In\n> lines.', ['WARNING', 'warning', 'In\nlines.']],
    ['> [!BEWARE]\n> Of it.', [undefined, 'BEWARE', 'Of it.']],
    ['> [!TIP]\n> **Bold** at first.', ['TIP', 'TIP', 'Bold at first.']],
    ['> [!TIP]\n> In *two*\n>\n> paragraphs.', ['TIP', 'TIP', 'In two|paragraphs.']],
    ['> [!IMPORTANT]\n>\n> After a blank line.', ['IMPORTANT', 'IMPORTANT', 'After a blank line.']],
    ['> [!CAUTION]', ['CAUTION', 'CAUTION', '']],
  ])('are alerts if they begin with a word in brackets: %j', (markdown, alert) => {
    expect(sorted(markdown)).toEqual({ ...NOTHING, alerts: [alert] });
    expect(sorted(`Text.\n\n${markdown}`)).toEqual({ ...NOTHING, alerts: [alert], text: ['Text.'] });
  });

  it.each(['> [!NOTE] in one line', '> [NOTE]\n> without a mark', '> !NOTE]', '> *[!NOTE]*', '> - [!NOTE]'])(
    'are not alerts if the word is not alone in its line: %j',
    (markdown) => {
      const { alerts, questions } = sorted(markdown);
      expect(alerts).toEqual([]);
      expect(questions).not.toEqual([]);
    },
  );

  it('are the node of their alert', () => {
    const { children } = readMarkdown('> [!NOTE]\n> A note.');
    expect(sortBlocks(children).alerts[0]?.node).toBe(children[0]);
  });
});

describe('lists', () => {
  it('are steps, text and, at the end of the page, buttons', () => {
    expect(sorted('- word\n- [ ] step\n- [x] done\n- [A](#a)\n- [B](b.md#b)')).toEqual({
      ...NOTHING,
      text: ['word'],
      steps: ['step', 'done'],
      links: ['A #a', 'B b.md#b'],
    });
  });

  it('are buttons only after the last item that is not a link', () => {
    expect(sorted('- [A](#a)\n- word\n- [B](#b)')).toMatchObject({ text: ['Aword'], links: ['B #b'], strayLinks: 0 });
    expect(sorted('- [A](#a)\n- word')).toEqual({ ...NOTHING, text: ['Aword'] });
  });

  it('are stray links and text if another block follows', () => {
    expect(sorted('- [A](#a)\n- [B](#b)\n\nText.')).toEqual({ ...NOTHING, text: ['AB', 'Text.'], strayLinks: 1 });
    expect(sorted('- [A](#a)\n- word\n\nText.')).toEqual({ ...NOTHING, text: ['Aword', 'Text.'] });
  });

  it.each([
    ['a link with words', '- [A](#a) and more', 'text'],
    ['words before a link', '- see [A](#a)', 'text'],
    ['an item of two paragraphs', '- [A](#a)\n\n  more', 'text'],
    ['a list in an item', '- [A](#a)\n  - b', 'text'],
    ['bold text', '- **A**', 'text'],
    ['code', '-     code', 'text'],
    ['a step with a link', '- [ ] [A](#a)', 'steps'],
    ['a done step with a link', '- [x] [A](#a)', 'steps'],
  ] as const)('make no button of %s', (_, markdown, kind) => {
    const blocks = sorted(markdown);
    expect(blocks.links).toEqual([]);
    expect(blocks[kind]).toHaveLength(1);
    expect(blocks.strayLinks).toBe(0);
  });

  it('of steps alone leave no text', () => {
    expect(sorted('- [ ] one\n- [ ] two\n\nText.')).toEqual({ ...NOTHING, steps: ['one', 'two'], text: ['Text.'] });
  });
});

it('takes all other blocks as text, in order', () => {
  expect(sorted('One.\n\n```\ntwo\n```\n\n---\n\nthree')).toEqual({ ...NOTHING, text: ['One.', 'two', '', 'three'] });
});
