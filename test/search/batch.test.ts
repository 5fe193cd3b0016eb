// `npm run answers -- --batch`: from lines to results.
import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { answerLines, splitLines } from '../../src/search/batch.ts';
import { EditionAnswerer } from '../../src/search/edition-answerer.ts';
import { museumEdition } from './museum.ts';

const answerer = new EditionAnswerer(museumEdition());

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
  const lines = chunks(
    'can i bring my dog',
    '',
    '   ',
    'hello',
    'puedo llevar a mi perro',
    'wo kann ich mit dem hund einsteigen',
    'los gatitos duermen tranquilamente sobre alfombras',
    'tram time',
  );
  const results = await Readable.from(answerLines(answerer, lines)).toArray();
  const pagesFor = (question: string) =>
    answerer
      .ask(question)
      .ranking.candidates.map(({ page }) => page)
      .slice(0, 3);
  const expected = [
    ['can i bring my dog', 'sure', 'en'],
    ['hello', 'courtesy', 'en'],
    ['puedo llevar a mi perro', 'sure', 'es'],
    ['wo kann ich mit dem hund einsteigen', 'declined', 'de'],
    ['los gatitos duermen tranquilamente sobre alfombras', 'declined', 'other'],
    ['tram time', 'unsure', 'en'],
  ] as const;
  expect(results).toEqual(
    expected.map(([question, kind, language]) => ({ question, kind, pages: pagesFor(question), language })),
  );
  expect(pagesFor('can i bring my dog')[0]).toBe('visit#dogs');
  expect(pagesFor('puedo llevar a mi perro')[0]).toBe('visit#dogs');
});

it('puts the pages of two questions in one line first, as the answer does', async () => {
  const questions = [...museumEdition().pages.values()].flatMap((page) => page.questions.slice(0, 2));
  // A third subject between the two questions and at the end may be ranked before one of them.
  const lines = questions.flatMap((one) =>
    questions.flatMap((other) => questions.map((third) => `${one}. ${third}. ${other}. ${third}`)),
  );
  const named = (candidates: readonly { page: string }[]) => candidates.slice(0, 3).map(({ page }) => page);
  const asked = lines.map((line) => ({ line, ...answerer.ask(line) }));
  const differing = asked.flatMap(({ line, verdict, ranking }) => {
    const isOther = verdict.kind === 'unsure' && named(verdict.pages).join() !== named(ranking.candidates).join();
    return isOther ? [{ question: line, kind: 'unsure', pages: named(verdict.pages) }] : [];
  });
  expect(differing).not.toEqual([]);
  const results = await Readable.from(
    answerLines(answerer, chunks(...differing.map(({ question }) => question))),
  ).toArray();
  expect(results).toMatchObject(differing);
});

it('answers before the input has ended', async () => {
  const endless = async function* () {
    for (;;) yield 'when do you open\n';
  };
  const first = await answerLines(answerer, splitLines(endless())).next();
  expect(first.value).toMatchObject({ question: 'when do you open' });
});
