// The conversion of a guide: quotes leave the text, and become entries of a questions file.
import { describe, expect, it } from 'vitest';
import { addQuestions, takeQuotes } from '../../src/guide/convert-quotes.ts';

const take = (text: string) => {
  const { rest, questions, stuck } = takeQuotes('en/a.md', text);
  return { rest, questions: Object.fromEntries(questions), stuck };
};

describe('quotes under headings', () => {
  it.each([
    ['between blank lines', '## A {#a}\n\n> one\n> two\n\nText.\n', '## A {#a}\n\nText.\n'],
    ['right below the heading', '## A {#a}\n> one\n> two\n\nText.\n', '## A {#a}\n\nText.\n'],
    ['before several blank lines', '## A {#a}\n\n> one\n> two\n \n\t\n\nText.\n', '## A {#a}\n\nText.\n'],
    ['at the end of the file', '## A {#a}\n\n> one\n> two', '## A {#a}\n\n'],
    ['with the line ends of Windows', '## A {#a}\r\n\r\n> one\r\n> two\r\n\r\nText.\r\n', '## A {#a}\r\n\r\nText.\r\n'],
  ])('are taken out %s', (_, text, rest) => {
    expect(take(text)).toEqual({ rest, questions: { a: ['one', 'two'] }, stuck: [] });
  });

  it('are taken from each page, and nothing else is', () => {
    const text = (quotes: string[]) =>
      `---\ndescription: A\n---\n\n## A {#a}\n\n${quotes[0]}Text.\n\n> a quote\n\n## B {#b}\n\n> [!NOTE]\n> No.\n\n## C {#c}\n\n${quotes[1]}Text.\n`;
    expect(take(text(['> one\n\n', '> two\n\n']))).toEqual({
      rest: text(['', '']),
      questions: { a: ['one'], c: ['two'] },
      stuck: [],
    });
  });

  it('stay if another quote would take their place, but not before an alert', () => {
    const followed = (next: string) => `## A {#a}\n\n> one\n\n${next}\n\n## B {#b}\n\n> two\n\nText.\n`;
    expect(take(followed('> a quote'))).toEqual({
      rest: followed('> a quote').replace('> two\n\n', ''),
      questions: { b: ['two'] },
      stuck: [3],
    });
    expect(take(followed('> [!NOTE]\n> A note.'))).toMatchObject({ questions: { a: ['one'], b: ['two'] }, stuck: [] });
  });
});

describe('a questions file', () => {
  const questions = new Map([
    ['a', ['one', '# two']],
    ['b', ['x'.repeat(200)]],
  ]);

  it('is written with a comment, one line for each question', () => {
    const text = addQuestions(undefined, 'en/open-door.md', questions);
    expect(text).toBe(
      `# Questions as members ask them, by the page of open-door.md that answers them. Members do not see them.\n\na:\n  - one\n  - "# two"\n\nb:\n  - ${'x'.repeat(200)}\n`,
    );
  });

  it('that exists gets the questions that it does not have, before its own', () => {
    const before = '# ours\na:\n  - own # kept\n  - one\nc: [three]\n';
    expect(addQuestions(before, 'en/a.md', questions)).toBe(
      `# ours\na:\n  - "# two"\n  - own # kept\n  - one\nc: [ three ]\nb:\n  - ${'x'.repeat(200)}\n`,
    );
  });

  it.each([
    ['is empty', '# nothing\n', 'a:\n  - one\n'],
    ['holds a list', '- one\n', 'a:\n  - one\n'],
    ['has an empty page', 'a:\n', 'a:\n  - one\n'],
    ['has a number as a page', '7:\n  - six\n', '7:\n  - six\na:\n  - one\n'],
  ])('that %s gets them too', (_, before, after) => {
    expect(addQuestions(before, 'en/a.md', new Map([['a', ['one']]]))).toContain(after);
  });

  it('finds a page whose id is a number', () => {
    expect(addQuestions('7:\n  - six\n', 'en/a.md', new Map([['7', ['five']]]))).toBe('7:\n  - five\n  - six\n');
  });
});
