// The search: the time for a question, the memory of its models, and that of the processes that read and train.
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { pino } from 'pino';
import { createChildReader } from '../src/content/folder.ts';
import { createTrainer } from '../src/content/training-process.ts';
import { createQuestionAnswering } from '../src/discord/question-answering.ts';
import { DEFAULT_LOCALE } from '../src/guide/model.ts';
import type { Reply } from '../src/replies/reply.ts';
import { newTopic } from '../src/replies/topic-id.ts';
import { topicsOf } from '../src/replies/topics.ts';
import { whenTrained } from '../src/search/training.ts';
import { systemClock } from '../src/system-clock.ts';
import { spread } from './spread.ts';

const REPLIES = 10_000;
/** Questions of people who did not know the guides, by language. */
const QUESTIONS = 'test/search/report';
const PATIENT = { answerer: 60_000, replies: 60_000 };
const MIB = 2 ** 20;

/** The memory and the training of all languages, and the time for a question with and without 10,000 replies. */
export async function measureSearch(): Promise<[string, string][]> {
  const peak = watchChildren();
  const loaded = await createChildReader(createTrainer())('content');
  const edition = loaded.content?.editions.get(DEFAULT_LOCALE);
  if (!edition || !loaded.search) throw new Error('The content has errors: npm run content lists them.');
  const before = usedMiB();
  const start = performance.now();
  const search = await whenTrained(loaded.search);
  const trainingMs = performance.now() - start;
  const models = usedMiB() - before;
  const answering = createQuestionAnswering({ log: pino({ level: 'silent' }), clock: systemClock });
  answering.prepare(edition, loaded.search);
  const questions = readdirSync(QUESTIONS).flatMap((file): string[] =>
    JSON.parse(readFileSync(`${QUESTIONS}/${file}`, 'utf8')).map(({ text }: { text: string }) => text),
  );
  const timeAll = async (replies: readonly Reply[]) => {
    const topics = topicsOf(edition, replies);
    const times: number[] = [];
    // The first round compiles the code and indexes the replies.
    for (const isWarm of [false, true]) {
      for (const question of questions) {
        const from = performance.now();
        await answering.ask(question, edition, topics, { timeouts: PATIENT });
        if (isWarm) times.push(performance.now() - from);
      }
    }
    return spread(times);
  };
  const without = await timeAll([]);
  const prepared = usedMiB() - before;
  return [
    ['languages with a model', String(search?.models.size)],
    ['questions asked', String(questions.length)],
    ['a question', without],
    [`a question with ${REPLIES} own replies`, await timeAll(ownReplies())],
    ['memory of the models', `${models.toFixed(1)} MiB`],
    ['memory of the search, with its caches', `${prepared.toFixed(1)} MiB`],
    ['training after the content was read', `${(trainingMs / 1000).toFixed(1)} s`],
    ['most memory of a process that reads or trains', `${peak().toFixed(0)} MiB`],
  ];
}

function ownReplies(): Reply[] {
  const words = 'refund invoice tax form client payment contract rate portfolio proposal visa bank holiday'.split(' ');
  const word = (i: number) => words[i % words.length] ?? '';
  return Array.from({ length: REPLIES }, (_, i) => ({
    guildId: '1',
    topic: newTopic(Math),
    title: `${word(i)} ${word(i * 7 + 3)} number ${i}`,
    text: `What to know about ${word(i)} and ${word(i * 3)}: ${'it depends on the case. '.repeat(10)}`,
    aliases: [`${word(i)} question ${i}`],
    state: 'shown',
    revision: 1,
    action: 'add',
    savedBy: '1',
    savedAt: new Date(0),
  }));
}

/** In use after a garbage collection, outside V8's heap too. */
function usedMiB(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / MIB;
}

/** Watches the child processes from now on. @returns the most resident memory that one of them had, in MiB */
function watchChildren(): () => number {
  let most = 0;
  const watch = async () => {
    for (;;) {
      await sleep(50, undefined, { ref: false });
      for (const pid of readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').split(' ').filter(Boolean)) {
        try {
          const status = readFileSync(`/proc/${pid}/status`, 'utf8');
          most = Math.max(most, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
        } catch {
          // It has ended meanwhile.
        }
      }
    }
  };
  void watch();
  return () => most;
}
