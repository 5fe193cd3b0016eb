// `npm run answers -- --batch`: from lines to results.
import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { createAnswerer } from '../../src/search/answerer.ts';
import { answerLines, splitLines } from '../../src/search/batch.ts';
import { museum } from './museum.ts';

const answerer = createAnswerer(museum());

async function* chunks(...texts: string[]): AsyncGenerator<string> {
  yield* texts;
}
const linesOf = (...texts: string[]): Promise<string[]> => Readable.from(splitLines(chunks(...texts))).toArray();

it.each([
  ['at either line ending, across chunks', ['one\r', '\ntw', 'o\n\nthree'], ['one', 'two', '', 'three']],
  ['at no other line separator', ['three\u2028four\rfive\n'], ['three\u2028four\rfive']],
  ['without a byte order mark at the beginning', ['\uFEFFone', '\uFEFFtwo\n'], ['one\uFEFFtwo']],
  ['with a byte order mark elsewhere', ['one\n\uFEFFtwo'], ['one', '\uFEFFtwo']],
  ['without a carriage return at the end', ['one\ntwo\r'], ['one', 'two']],
  ['from several lines in a chunk', ['a\nb\nc', 'd\ne\n', 'f'], ['a', 'b', 'cd', 'e', 'f']],
  ['from nothing', [], []],
])('splits lines %s', async (_, texts, lines) => {
  expect(await linesOf(...texts)).toEqual(lines);
});

it('returns one result for each line with text', async () => {
  const lines = chunks('can i bring my dog', '', '   ', 'hello', 'wo gibt es hier etwas zu essen', 'tram time');
  const results = await Readable.from(answerLines(answerer, lines)).toArray();
  const pagesFor = (question: string) =>
    answerer
      .rank(question)
      .candidates.map(({ page }) => page)
      .slice(0, 3);
  const expected = [
    ['can i bring my dog', 'sure', 'en'],
    ['hello', 'declined', 'en'],
    ['wo gibt es hier etwas zu essen', 'declined', 'other'],
    ['tram time', 'unsure', 'en'],
  ] as const;
  expect(results).toEqual(
    expected.map(([question, kind, language]) => ({ question, kind, pages: pagesFor(question), language })),
  );
  expect(pagesFor('can i bring my dog')[0]).toBe('visit#dogs');
});

it('answers before the input has ended', async () => {
  const endless = async function* () {
    for (;;) yield 'when do you open\n';
  };
  const first = await answerLines(answerer, splitLines(endless())).next();
  expect(first.value).toMatchObject({ question: 'when do you open' });
});
