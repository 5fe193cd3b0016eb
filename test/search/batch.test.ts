// `npm run answers -- --batch`: from lines to results.
import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { createAnswerer } from '../../src/search/answerer.ts';
import { answerLines, type BatchResult, splitLines } from '../../src/search/batch.ts';
import { museum } from './museum.ts';

const answerer = createAnswerer(museum());

async function* chunks(...texts: string[]): AsyncGenerator<string> {
  yield* texts;
}

it('splits lines at either line ending, across chunks, without a byte order mark', async () => {
  const lines = await Readable.from(splitLines(chunks('\uFEFFone\r', '\ntw', 'o\n\nthree\u2028four\rfive'))).toArray();
  expect(lines).toEqual(['one', 'two', '', 'three\u2028four\rfive']);
});

it('returns one result for each line with text', async () => {
  const lines = splitLines(chunks('can i bring my dog\r\n\r\n   \nhello\n', 'wo gibt es hier etwas zu essen'));
  const results: BatchResult[] = await Readable.from(answerLines(answerer, lines)).toArray();
  expect(results).toEqual([
    { question: 'can i bring my dog', kind: 'sure', pages: expect.any(Array), language: 'en' },
    { question: 'hello', kind: 'declined', pages: expect.any(Array), language: 'en' },
    { question: 'wo gibt es hier etwas zu essen', kind: 'declined', pages: expect.any(Array), language: 'other' },
  ]);
  for (const { pages } of results) expect(pages).toHaveLength(3);
  expect(results[0]?.pages[0]).toBe('visit#dogs');
});

it('answers before the input has ended', async () => {
  const endless = async function* () {
    for (;;) yield 'when do you open\n';
  };
  const first = await answerLines(answerer, splitLines(endless())).next();
  expect(first.value).toMatchObject({ question: 'when do you open' });
});
