// The search behind /ask: it is prepared again after a failure, and follows the content.
import { pino } from 'pino';
import { expect, test, vi } from 'vitest';
import { createQuestionAnswering } from '../../src/discord/question-answering.ts';
import type { Reply } from '../../src/replies/reply.ts';
import { topicsOf } from '../../src/replies/topics.ts';
import { systemClock } from '../../src/system-clock.ts';
import { shippedEdition } from '../shipped.ts';

const edition = await shippedEdition();
const QUESTION = 'how do i close my account';
const log = () => pino({ level: 'error' }, { write: () => undefined });

function reply(text: () => string): Reply {
  return {
    guildId: '1',
    topic: 'r:abcd1234',
    title: 'Tide tables',
    get text() {
      return text();
    },
    aliases: [],
    state: 'shown',
    revision: 1,
    action: 'add',
    savedBy: '2',
    savedAt: new Date(0),
  };
}

test('prepares a search again at the next question when that failed', { timeout: 30_000 }, async () => {
  const asking = createQuestionAnswering({ log: log(), clock: systemClock });
  asking.prepare(edition, Promise.reject(new Error('the worker ended')));
  await new Promise(setImmediate);
  await vi.waitFor(
    async () => expect(await asking.ask(QUESTION, edition, topicsOf(edition, []))).toMatchObject({ kind: 'sure' }),
    20_000,
  );
});

test('leaves out server replies that could not be indexed, and indexes them at the next question', {
  timeout: 30_000,
}, async () => {
  const asking = createQuestionAnswering({ log: log(), clock: systemClock });
  let failures = 1;
  const own = reply(() => {
    if (failures-- > 0) throw new Error('no memory');
    return 'High water is at noon.';
  });
  const topics = topicsOf(edition, [own]);
  await vi.waitFor(
    async () => expect((await asking.ask(QUESTION, edition, topicsOf(edition, []))).kind).toBe('sure'),
    20_000,
  );
  const first = async () => {
    const found = await asking.ask('tide tables', edition, topics);
    return 'topics' in found ? found.topics[0].topic : found.kind;
  };
  expect(await first()).not.toBe(own.topic);
  expect(await first()).toBe(own.topic);
});

test('a question is answered from the content that is served now', { timeout: 30_000 }, async () => {
  const asking = createQuestionAnswering({ log: log(), clock: systemClock });
  const page = edition.pages.values().next().value ?? expect.fail('no pages');
  const changedPage = { ...page, questions: ['may i keep a parrot', 'are parrots allowed', 'my parrot talks'] };
  const changed = { ...edition, pages: new Map([...edition.pages, [page.name, changedPage]]) };
  const firstTopic = async (served: typeof edition) => {
    const result = await asking.ask('may i keep a parrot', served, topicsOf(served, []));
    return 'topics' in result ? result.topics[0].topic : result.kind;
  };
  await vi.waitFor(async () => expect(await firstTopic(edition)).toBe('declined'), 20_000);
  await vi.waitFor(async () => expect(await firstTopic(changed)).toBe(page.name), 20_000);
});
