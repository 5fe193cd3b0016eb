// A server with 10,000 replies: autocomplete at every key, and /faq.
import { importReplies } from '../src/replies/import.ts';
import { newTopic } from '../src/replies/topic-id.ts';
import { AROUND, openBenchBot, timeRouter } from './bot.ts';

const REPLIES = 10_000;
const ROUNDS = 2000;
const GUILD = '42';
const WORDS =
  'refund invoice tax form client payment contract rate portfolio proposal interview milestone bonus review badge visa bank transfer currency holiday'.split(
    ' ',
  );

/** Median and 99th percentile of autocomplete, of /faq, and of a plain question. */
export async function measureReplies(): Promise<[string, string][]> {
  const { app, store, close } = await openBenchBot();
  const word = (i: number) => WORDS[i % WORDS.length] ?? '';
  const replies = Array.from({ length: REPLIES }, (_, i) => ({
    topic: newTopic(Math),
    title: `${word(i)} ${word(i * 7 + 3)} ${word(i * 13 + 5)} number ${i}`,
    text: `What to know about ${word(i)} and ${word(i * 3)}: ${'it depends on the case. '.repeat(10)}`,
    aliases: [`${word(i)} question ${i}`],
  }));
  await importReplies(store, { guildId: GUILD, authorId: '1', cause: 'bench' }, replies);
  const around = { ...AROUND, guild_id: GUILD };
  const option = (value: string, focused = false) => [
    { type: 3, name: 'topic', value, ...(focused ? { focused } : {}) },
  ];
  const complete = (text: string) => ({
    ...around,
    type: 4,
    data: { id: '1', type: 1, name: 'faq', options: option(text, true) },
  });
  const show = (topic: string) => ({
    ...around,
    type: 2,
    data: { id: '1', type: 1, name: 'faq', options: option(topic) },
  });
  const ask = (question: string) => ({
    ...around,
    type: 2,
    data: { id: '1', type: 1, name: 'ask', options: [{ type: 3, name: 'question', value: question }] },
  });
  const typed = [
    're',
    'refund',
    'refund cl',
    'client paym',
    'number 77',
    'contrakt',
    'zzz',
    'bonus review 9',
    'visa',
    'how do i close',
  ];
  const times = (make: (i: number) => object) => timeRouter(app.route, ROUNDS, make);
  await app.route(JSON.parse(JSON.stringify(complete(''))));
  await app.route(JSON.parse(JSON.stringify(ask('refund'))));
  await new Promise((done) => setTimeout(done, 5000));
  const rows: [string, string][] = [
    [`autocomplete with ${REPLIES} replies`, await times((i) => complete(typed[i % typed.length] ?? ''))],
    [`/faq with ${REPLIES} own replies`, await times((i) => show(replies[i % REPLIES]?.topic ?? ''))],
    [`/ask with ${REPLIES} own replies`, await times((i) => ask(`how do i close my account ${word(i)}`))],
  ];
  await close();
  return rows;
}
