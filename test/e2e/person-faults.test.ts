// Ask a person while Discord fails: nobody is told “sent” whose question is not there, and no question is there twice.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Channel, FakeDiscord, InteractionResult, Message, Person } from 'fake-discord';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { INVITE_PERMISSIONS } from '../../src/discord/invite.ts';
import { en } from '../../src/i18n/en.ts';
import type { RunningBot } from '../../src/live.ts';
import { changeSetting } from '../../src/servers/settings.ts';
import type { Store } from '../../src/store/store.ts';
import { shippedEdition } from '../shipped.ts';
import { sqlite, type TestDatabase } from '../store/databases.ts';
import { FORUM_MEMBER } from './help-desk.ts';
import { openWorld, until, type World } from './world.ts';

const SEED = 20_260_807;
/** They run at the same time, each with a bot of its own: discord.js sends 50 requests a second. */
const WORLDS = 4;
const ROUNDS = 5;
const SERVERS_A_ROUND = 5;
const ASKERS_A_SERVER = 5;
const QUESTIONS = WORLDS * ROUNDS * SERVERS_A_ROUND * ASKERS_A_SERVER;
const UNSURE = 'how do i close my account';

const { person, button } = en;
const { support } = (await shippedEdition()).subject;
const edits = /^PATCH \/webhooks\//;

interface Target {
  readonly discord: FakeDiscord;
  readonly helpers: Channel;
}

/** What goes wrong. Each is there from before the form is submitted. */
const FAULTS: readonly ((target: Target) => void)[] = [
  () => undefined,
  () => undefined,
  () => undefined,
  ({ discord, helpers }) => discord.fail({ match: posts(helpers), status: 404, code: 10_003 }),
  ({ discord, helpers }) => discord.fail({ match: posts(helpers), status: 403, code: 50_013 }),
  ({ discord, helpers }) => discord.fail({ match: posts(helpers), status: 500 }),
  ({ discord, helpers }) => discord.fail({ match: posts(helpers), status: 503, times: 4 }),
  ({ discord, helpers }) => discord.fail({ match: posts(helpers), status: 429, retryAfter: 0.02, scope: 'user' }),
  ({ discord, helpers }) => discord.fail({ match: posts(helpers), status: 429, retryAfter: 0.02, scope: 'shared' }),
  ({ discord, helpers }) => discord.fail({ match: posts(helpers), reset: 'before' }),
  ({ discord, helpers }) => discord.fail({ match: posts(helpers), reset: 'before', times: 3 }),
  ({ discord, helpers }) => discord.fail({ match: posts(helpers), reset: 'after' }),
  ({ discord, helpers }) => discord.fail({ match: posts(helpers), reset: 'after', times: 3 }),
  ({ discord, helpers }) => discord.fail({ match: posts(helpers), delayMs: 40, reset: 'after' }),
  ({ discord, helpers }) => discord.fail({ match: posts(helpers), delayMs: 40 }),
  ({ discord }) => discord.fail({ match: edits, status: 502 }),
  ({ discord }) => discord.fail({ match: edits, reset: 'after' }),
  ({ discord, helpers }) => discord.setBotPermissions(helpers, 0n),
  ({ discord, helpers }) => discord.setBotPermissions(helpers, INVITE_PERMISSIONS),
  ({ discord, helpers }) => discord.removeChannel(helpers),
];
const posts = ({ id }: Channel) => new RegExp(`^POST /channels/${id}/messages$`);

/** What a round does besides. */
const RESTARTS = 0.4;
const SECOND_PROCESS = 0.4;
/** How many of the forms are submitted twice. */
const DOUBLE_CLICKS = 0.2;

/** Numbers from 0 to 1, the same in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 16_807) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

interface Question {
  readonly words: string;
  readonly asker: Person;
  readonly helpers: Channel;
  readonly times: 1 | 2;
  readonly fault: number;
}

/** An answer with the button that everyone sees. */
async function offersFor(asker: Person): Promise<Message> {
  const { message } = await asker.slash('ask', { question: UNSURE, share: true });
  return message ?? expect.fail('an answer');
}

interface Place {
  readonly world: World;
  readonly store: Store;
}

/** Servers with a channel for helpers, and who asks there. */
async function drawQuestions({ world, store }: Place, random: () => number, round: number): Promise<Question[]> {
  const { discord, newcomer } = world;
  const questions: Question[] = [];
  for (let i = 0; i < SERVERS_A_ROUND; i++) {
    const guild = discord.addGuild(`Server ${round}.${i}`);
    const general = discord.addChannel(guild, 'general');
    const helpers = discord.addChannel(guild, 'helpers');
    await changeSetting(store, guild.id, { name: 'helpers-channel', value: helpers.id, by: '1' });
    for (let j = 0; j < ASKERS_A_SERVER; j++) {
      const words = `question ${round}-${i}-${j}.`;
      const fault = Math.floor(random() * FAULTS.length);
      const times = random() < DOUBLE_CLICKS ? 2 : 1;
      questions.push({ words, asker: newcomer(`Asker ${j}`, FORUM_MEMBER, general), helpers, times, fault });
    }
  }
  return questions;
}

/** Opens a form for each question, under one answer for each server. */
async function openForms(questions: readonly Question[]): Promise<InteractionResult[]> {
  const shown = new Map<string, Promise<Message>>();
  return Promise.all(
    questions.map(async ({ asker }) => {
      const known = shown.get(asker.channel.id) ?? offersFor(asker);
      shown.set(asker.channel.id, known);
      return asker.press(await known, button.askPerson);
    }),
  );
}

/** Submits the form while something fails. @returns what the asker is told, for each click */
async function submit(
  discord: FakeDiscord,
  { words, asker, helpers, times, fault }: Question,
  form: InteractionResult,
) {
  FAULTS[fault]?.({ discord, helpers });
  const clicks = Array.from({ length: times }, () => asker.submit(form, { question: words }));
  return (await Promise.all(clicks)).map(({ message }) => message?.content ?? '');
}

/** How often each question was posted to helpers, also in channels that are gone since. */
function countPosts({ events }: FakeDiscord): Map<string, number> {
  const posted = new Map<string, number>();
  events.subscribe((event) => {
    if (event.name !== 'message' || event.message.channel.name !== 'helpers') return;
    const [words = ''] = /question [-\d]+\./.exec(event.message.content) ?? [];
    posted.set(words, (posted.get(words) ?? 0) + 1);
  });
  return posted;
}

interface Outcome {
  readonly wrong: string[];
  /** What people were told. */
  readonly told: string[];
  readonly posted: number;
}

async function runWorld(place: Place, seed: number): Promise<Outcome> {
  const random = seeded(seed);
  const { world } = place;
  const posted = countPosts(world.discord);
  const wrong: string[] = [];
  const told: string[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const [isRestarted, hasSecond] = [random() < RESTARTS, random() < SECOND_PROCESS];
    const questions = await drawQuestions(place, random, round);
    const forms = await openForms(questions);
    if (isRestarted) await world.restart();
    // Every event is delivered to both then.
    const second: RunningBot | undefined = hasSecond ? await world.start() : undefined;
    const answers = await Promise.all(
      questions.map((question, at) => submit(world.discord, question, forms[at] ?? expect.fail('a form'))),
    );
    // Of two processes the one whose answer was not taken may still be posting.
    if (second) await sleep(200);
    await second?.stop();
    for (const [at, { words, asker, fault }] of questions.entries()) {
      const texts = answers[at] ?? [];
      const times = posted.get(words) ?? 0;
      const isSent = texts.includes(person.sent(asker.channel.id));
      if (times > 1 || (isSent && times === 0)) wrong.push(`${words} fault ${fault}, posted ${times} times: ${texts}`);
      told.push(...texts);
    }
  }
  return { wrong, told, posted: posted.size };
}

/** What a text tells, by its beginning. */
function kindOf(text: string): string {
  if (text.startsWith(person.sent('').split('<')[0] ?? '')) return 'sent';
  if (text === person.failed(support)) return 'failed';
  if (text === person.sending || text.startsWith(person.open('').split(':')[0] ?? '')) return 'open';
  return text === person.full(support) ? 'full' : `other: ${text}`;
}

describe('questions to people', () => {
  const places: (Place & { database: TestDatabase })[] = [];
  beforeAll(async () => {
    for (let i = 0; i < WORLDS; i++) {
      const database = await sqlite.create();
      const world = await openWorld({ DATABASE_URL: database.url });
      world.discord.limitAllRequests(Number.POSITIVE_INFINITY);
      places.push({ world, database, store: database.open() });
    }
    for (const { world } of places)
      await until('the search', async () => (await offersFor(world.member)).embeds.length > 0);
  });
  afterAll(async () => {
    for (const { world, database } of places) {
      await world.stop();
      await database.close();
    }
  });

  it(`asked ${QUESTIONS} times while Discord fails are posted once at most, and nobody reads “sent” for one that was not posted`, async () => {
    const outcomes = await Promise.all(places.map((place, i) => runWorld(place, SEED + i)));
    const counts = new Map<string, number>();
    for (const kind of outcomes.flatMap(({ told }) => told.map(kindOf))) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    const posted = outcomes.reduce((sum, one) => sum + one.posted, 0);
    console.info(`${[...counts].map(([kind, n]) => `${kind} ${n}`).join(', ')}; ${posted} posted`);
    expect(outcomes.flatMap(({ wrong }) => wrong)).toEqual([]);
    expect([...counts.keys()].filter((kind) => kind.startsWith('other'))).toEqual([]);
    for (const kind of ['sent', 'failed', 'open']) expect(counts.get(kind), kind).toBeGreaterThan(20);
  }, 90_000);
});
