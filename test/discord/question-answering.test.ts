// The search behind /ask: preparing it is tried again after a failure.
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

test('leaves out own replies that could not be indexed, and indexes them at the next question', {
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
