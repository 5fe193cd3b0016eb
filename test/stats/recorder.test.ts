// When counts and questions are written, and what is written of them.
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openStatsRecorder, recordStep, type StatsRecorder } from '../../src/stats/recorder.ts';
import { noProgress } from '../job-progress.ts';
import { createVirtualClock, type VirtualClock } from '../virtual-clock.ts';
import { NOON, TODAY } from './counters.ts';
import { countsIn, createStatementStore, questionsIn, type StatementStore, unavailable } from './statements.ts';

const HOUR = 3_600_000;
let clock: VirtualClock;
let db: StatementStore;
let logged: { level: number; msg: string; kind?: string }[];
let stats: StatsRecorder;
const log = pino({ level: 'debug' }, { write: (line: string) => void logged.push(JSON.parse(line)) });
beforeEach(() => {
  clock = createVirtualClock(NOON);
  db = createStatementStore(clock);
  logged = [];
  stats = openStatsRecorder(db.store, { log });
});
afterEach(async () => {
  const closing = stats.close();
  await clock.advance(1000);
  await closing;
});

/** Lets a write end that needs nothing but the database. */
async function settled(): Promise<void> {
  for (let i = 0; i < 6; i++) await new Promise(setImmediate);
}
async function advance(ms: number): Promise<void> {
  await clock.advance(ms);
  await settled();
}
const seen = (subject: string) => stats.count('g', 'seen', subject);
/** What each transaction wrote: `subject × n`, and the texts of questions. */
const written = () =>
  db.transactions.map((queries) => [
    ...countsIn(queries).map(({ subject, n }) => `${subject} × ${n}`),
    ...questionsIn(queries).map(({ text }) => text),
  ]);

describe('counts', () => {
  test('are written 250 ms after the first, together', async () => {
    seen('b');
    await advance(100);
    for (const subject of ['a', 'a']) seen(subject);
    await advance(149);
    expect(written()).toEqual([]);
    await advance(1);
    expect(written()).toEqual([['a × 2', 'b × 1']]);
    expect(countsIn(db.transactions.flat())[0]).toEqual({
      guild_id: 'g',
      day: TODAY,
      kind: 'seen',
      subject: 'a',
      n: 2,
    });
  });

  test('are written once a second at most', async () => {
    seen('a');
    await advance(300);
    seen('b');
    await advance(949);
    expect(written()).toHaveLength(1);
    await advance(1);
    expect(written()).toEqual([['a × 1'], ['b × 1']]);
    // After a pause the first is written soon again.
    await advance(5000);
    seen('c');
    await advance(249);
    expect(written()).toHaveLength(2);
    await advance(1);
    expect(written()).toHaveLength(3);
  });

  test('that come during a write are written after it, a second later', async () => {
    let open: () => void = () => undefined;
    db.gate = new Promise((resolve) => {
      open = resolve;
    });
    seen('a');
    await advance(250);
    seen('b');
    await advance(3000);
    expect([db.begun, db.transactions.length]).toEqual([1, 0]);
    open();
    await settled();
    expect(written()).toEqual([['a × 1']]);
    await advance(250);
    expect(written()).toEqual([['a × 1'], ['b × 1']]);
  });

  test('leave no timer behind when all are written', async () => {
    const timers = clock.pending();
    seen('a');
    seen('b');
    expect(clock.pending()).toBe(timers + 1);
    await advance(250);
    expect(clock.pending()).toBe(timers);
  });

  test('belong to the day of the event, in UTC', async () => {
    await stats.close();
    let now = Date.UTC(2026, 4, 17, 23, 59, 59, 999);
    stats = openStatsRecorder(db.store, { log, now: () => now });
    seen('a');
    stats.question('g', 'why');
    now += 1;
    seen('a');
    stats.question('g', 'when');
    now -= 1;
    seen('a');
    await stats.flush();
    const queries = db.transactions.flat();
    expect(countsIn(queries).map(({ day, n }) => [day, n])).toEqual([
      ['2026-05-17', 2],
      ['2026-05-18', 1],
    ]);
    expect(questionsIn(queries).map(({ asked_on, text }) => [asked_on, text])).toEqual([
      ['2026-05-17', 'why'],
      ['2026-05-18', 'when'],
    ]);
  });

  test('do not include direct messages', async () => {
    for (const guildId of [undefined, '']) {
      stats.count(guildId, 'seen', 'a');
      stats.question(guildId, 'why');
    }
    await stats.flush();
    await advance(2000);
    expect(db.begun).toBe(0);
  });
});

describe('questions', () => {
  test('are written with the counts, without what may identify somebody', async () => {
    stats.question('g', 'where is <@1>?');
    seen('a');
    await advance(250);
    expect(written()).toEqual([['a × 1', 'where is …?']]);
    expect(questionsIn(db.transactions.flat())[0]).toMatchObject({ guild_id: 'g', asked_on: TODAY });
  });

  test('without words are not stored', async () => {
    const timers = clock.pending();
    stats.question('g', '???');
    expect(clock.pending()).toBe(timers);
    await stats.flush();
    expect(db.begun).toBe(0);
  });

  test('alone are written too', async () => {
    stats.question('g', 'why');
    await advance(250);
    expect(written()).toEqual([['why']]);
  });
});

describe('a large number', () => {
  const guild = (i: number) => `g${i % 60}`;

  test('is written in transactions of 2000 rows and 100 questions', async () => {
    for (let i = 0; i < 2001; i++) seen(`p${i}`);
    for (let i = 0; i < 201; i++) stats.question(guild(i), `question ${i}`);
    await stats.flush();
    const sizes = db.transactions.map((queries) => [countsIn(queries).length, questionsIn(queries).length]);
    expect(sizes).toEqual([
      [2000, 100],
      [1, 100],
      [0, 1],
    ]);
  });

  test('is limited to 50,000 rows while the database is down', async () => {
    for (let i = 0; i < 50_001; i++) seen(`p${String(i).padStart(5, '0')}`);
    seen('p49999');
    db.firstWorking = 25;
    await stats.flush();
    expect(db.begun).toBe(25);
    const rows = countsIn(db.transactions.flat());
    expect(rows).toHaveLength(2000);
    expect(rows.at(-1)).toMatchObject({ subject: 'p49999', n: 2 });
  });

  test('is limited to 2000 questions', async () => {
    for (let i = 0; i < 2001; i++) stats.question(guild(i), `question ${i}`);
    db.firstWorking = 20;
    await stats.flush();
    expect(db.begun).toBe(20);
    const questions = questionsIn(db.transactions.flat()).map(({ text }) => text);
    expect(questions).toHaveLength(100);
    expect(questions).toContain('question 1999');
  });
});

describe('a database that fails', () => {
  test('gets the same counts again every second, and what came meanwhile', async () => {
    db.failure = unavailable();
    seen('a');
    stats.question('g', 'why');
    await advance(250);
    seen('a');
    await advance(1000);
    expect(db.begun).toBe(2);
    await advance(999);
    expect(db.begun).toBe(2);
    db.failure = undefined;
    await advance(1);
    expect(written()).toEqual([['a × 2', 'why']]);
  });

  test('is logged once, and again when it is back', async () => {
    db.failure = unavailable();
    seen('a');
    await advance(3250);
    expect(logged).toEqual([expect.objectContaining({ level: 40, kind: 'unavailable', msg: expect.any(String) })]);
    db.failure = undefined;
    await advance(1000);
    expect(logged.map(({ level }) => level)).toEqual([40, 30]);
    seen('b');
    await advance(1000);
    expect(logged).toHaveLength(2);
    db.failure = unavailable();
    seen('c');
    await advance(1000);
    expect(logged.map(({ level }) => level)).toEqual([40, 30, 40]);
  });

  test('ends a flush, which keeps what is left', async () => {
    db.failure = unavailable();
    seen('a');
    await stats.flush();
    expect(db.begun).toBe(1);
    db.failure = undefined;
    await stats.flush();
    expect(written()).toEqual([['a × 1']]);
  });

  test('for a reason that a second try would not change loses the counts, and says so', async () => {
    db.failure = new RangeError('a bug');
    seen('a');
    await stats.flush();
    expect(logged).toEqual([expect.objectContaining({ level: 50 })]);
    db.failure = undefined;
    seen('b');
    await stats.flush();
    expect(written()).toEqual([['b × 1']]);
  });
});

describe('a flush', () => {
  test('waits for a write that has begun, and writes the rest', async () => {
    let open: () => void = () => undefined;
    db.gate = new Promise((resolve) => {
      open = resolve;
    });
    seen('a');
    await advance(250);
    seen('b');
    const flushing = stats.flush();
    await settled();
    expect(db.begun).toBe(1);
    open();
    await flushing;
    expect(written()).toEqual([['a × 1'], ['b × 1']]);
  });
});

describe('forgetting a server', () => {
  test('drops what is not yet written, and deletes what is, of this server only', async () => {
    for (const guildId of ['g', 'h']) {
      stats.count(guildId, 'seen', `${guildId}#a`);
      stats.question(guildId, `why ${guildId}`);
    }
    await stats.forget('g');
    const [deletes = []] = db.transactions.splice(0);
    expect(deletes.map(({ sql, parameters }) => [sql, parameters])).toEqual([
      [expect.stringContaining('delete from "counts"'), ['g']],
      [expect.stringContaining('delete from "questions"'), ['g']],
    ]);
    await stats.flush();
    expect(written()).toEqual([['h#a × 1', 'why h']]);
  });

  test('waits for writes that have begun', async () => {
    let open: () => void = () => undefined;
    db.gate = new Promise((resolve) => {
      open = resolve;
    });
    seen('a');
    await advance(250);
    const forgetting = stats.forget('g');
    await settled();
    expect(db.begun).toBe(1);
    open();
    await forgetting;
    expect(db.transactions.map(([first]) => first?.sql.split(' ', 1)[0])).toEqual(['insert', 'delete']);
  });

  test('fails if the database does', async () => {
    db.failure = unavailable();
    await expect(stats.forget('g')).rejects.toBe(db.failure);
  });
});

describe('closing', () => {
  test('writes the rest, cancels all timers, and counts nothing more', async () => {
    seen('a');
    await stats.close();
    expect(written()).toEqual([['a × 1']]);
    seen('b');
    stats.question('g', 'why');
    await stats.flush();
    await settled();
    expect(clock.pending()).toBe(0);
    expect(db.begun).toBe(1);
  });

  test('ends after a second while the database does not answer', async () => {
    db.gate = new Promise(() => undefined);
    seen('a');
    let isClosed = false;
    const closing = stats.close().then(() => {
      isClosed = true;
    });
    await advance(999);
    expect(isClosed).toBe(false);
    await advance(1);
    await closing;
  });

  test('waits for the deletion of expired counts, which ends early', async () => {
    let goOn: () => void = () => undefined;
    db.gate = new Promise((resolve) => {
      goOn = resolve;
    });
    await advance(60_000);
    let isClosed = false;
    const closing = stats.close().then(() => {
      isClosed = true;
    });
    await settled();
    expect(isClosed).toBe(false);
    goOn();
    await closing;
    expect(clock.pending()).toBe(0);
  });

  test('ends if the database is down', async () => {
    db.failure = unavailable();
    seen('a');
    await stats.close();
    await settled();
    expect(clock.pending()).toBe(0);
  });
});

describe('expired counts', () => {
  const days = () =>
    db.statements.filter(({ sql }) => sql.startsWith('delete from "questions"')).map(({ parameters }) => parameters[0]);

  test('are deleted a minute after the start, under a lock', async () => {
    await advance(59_999);
    expect(db.locks).toEqual([]);
    await advance(1);
    expect(db.locks).toEqual(['counters']);
    expect(days()).toEqual(['2026-04-17']);
  });

  test('are deleted once a day after that, at the first hourly check', async () => {
    await advance(11 * HOUR);
    expect(db.locks).toHaveLength(1);
    await advance(HOUR);
    expect(days()).toEqual(['2026-04-17', '2026-04-18']);
    await advance(23 * HOUR);
    expect(db.locks).toHaveLength(2);
  });

  test('are tried again at the next check if that failed', async () => {
    db.failure = unavailable();
    await advance(60_000);
    expect(logged).toEqual([expect.objectContaining({ level: 20, msg: 'old counts not deleted' })]);
    db.failure = undefined;
    await advance(HOUR - 60_001);
    expect(db.locks).toHaveLength(1);
    await advance(1);
    expect(db.locks).toHaveLength(2);
    expect(days()).toHaveLength(1);
  });

  test('are not deleted any more after closing', async () => {
    await stats.close();
    await advance(2 * HOUR);
    expect(db.locks).toEqual([]);
  });
});

test('the recorder tells how many rows wait, and when some were last written', async () => {
  expect([stats.backlog(), stats.lastSuccess]).toEqual([0, undefined]);
  for (const subject of ['a', 'b', 'a']) seen(subject);
  stats.question('g', 'where is it');
  expect(stats.backlog()).toBe(3);
  db.failure = unavailable();
  await advance(250);
  expect([stats.backlog(), stats.lastSuccess]).toEqual([3, undefined]);
  db.failure = undefined;
  await advance(1000);
  expect([stats.backlog(), stats.lastSuccess]).toEqual([0, NOON / 1000 + 1.25]);
});

describe('a step of a walk', () => {
  const countsOf = (step: Parameters<typeof recordStep>[2]) => {
    const counts: string[] = [];
    const recorder: StatsRecorder = {
      count: (...given) => void counts.push(given.join(' ')),
      question: () => expect.fail('a step is not a question'),
      flush: async () => undefined,
      forget: async () => undefined,
      close: async () => undefined,
      ...noProgress('stats'),
    };
    recordStep(recorder, 'g', step);
    return counts;
  };

  test.each([
    ['begins', { from: undefined, to: 'a#a', isLink: false }, ['g seen a#a']],
    ['begins with a link', { from: undefined, to: 'a#a', isLink: true }, ['g seen a#a', 'g followed a']],
    ['goes on', { from: 'a#a', to: 'b#b', isLink: false }, ['g left a#a', 'g seen b#b']],
    ['follows a link', { from: 'a#a', to: 'b#b', isLink: true }, ['g left a#a', 'g seen b#b', 'g followed b']],
    ['stays', { from: 'a#a', to: 'a#a', isLink: true }, []],
    ['leads to no page', { from: 'a#a', to: undefined, isLink: true }, ['g left a#a']],
    ['is nowhere', { from: undefined, to: undefined, isLink: true }, []],
  ] as const)('that %s', (_, step, counts) => expect(countsOf(step)).toEqual(counts));
});
