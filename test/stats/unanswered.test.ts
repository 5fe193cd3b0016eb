// Unanswered questions: what is stored of their text, within which limits, and in which order they are listed.
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { checkDraft, DRAFT_LIMITS, normalizeDraft } from '../../src/replies/draft.ts';
import { fold } from '../../src/search/autocomplete.ts';
import {
  aliasFor,
  anonymizeQuestion,
  findQuestion,
  helpersSeeSince,
  MAX_QUESTION_LENGTH,
  QUESTION_LIMITS,
  questionsSince,
  saveQuestions,
  toQuestionRow,
} from '../../src/stats/unanswered.ts';
import { MIGRATION_TABLE, SETTINGS_MIGRATION } from '../../src/store/migrations.ts';
import type { QuestionRow } from '../../src/store/schema.ts';
import { daysBefore } from '../../src/time.ts';
import { databases, openForAll } from '../store/databases.ts';
import { createVirtualClock } from '../virtual-clock.ts';

const TODAY = '2026-05-17';
let asked = 0;

/** Texts of random characters, with many that a question has and many that it must not keep. */
function anyTexts(length: number): string[] {
  const { random } = createVirtualClock(0);
  const below = (max: number) => Math.floor(random() * max);
  const usual = [...'aé9 ,@<>+.\n\r\0:/🙂\ud800\u202e\u3164', 'https://', ' '];
  const character = () =>
    random() < 0.5
      ? (usual[below(usual.length)] ?? '')
      : String.fromCodePoint(below(random() < 0.5 ? 0x3000 : 0x110000));
  return Array.from({ length: 40 }, () => Array.from({ length: below(length) }, character).join(''));
}

describe('the stored part of a question', () => {
  test.each([
    ['  how do I\n\nclose my account?  ', 'how do I close my account?'],
    ['<@123456789012345678> said no', '… said no'],
    ['@mina.k told me that I can', '… told me that I can'],
    ['my mail is mina@example.com, why?', 'my mail is … why?'],
    ['call +49 (30) 123-456-78 please', 'call … please'],
    ['see https://www.example.com/people/~01abc now', 'see … now'],
    ['I lost $1,250 in 2025', 'I lost $1,250 in 2025'],
    ['a\0b \ud800 c', 'a b c'],
    ['¿cómo cierro mi cuenta?', '¿cómo cierro mi cuenta?'],
    ['how '.repeat(500), 'how '.repeat(75).trim()],
    ['🙂 why '.repeat(100), '🙂 why '.repeat(50).trim()],
    ['???', ''],
    ['\u3164\u115F', ''],
    ['re\u202Efund\u200F now', 'refund now'],
    ['<@123456789012345678>', ''],
    ['', ''],
    ['call 12345678 now', 'call 12345678 now'],
    ['call 123456789 now', 'call … now'],
    ['call +1 (2)3.4-5 6 7 8 9 now', 'call … now'],
    ['in 2024 and 2025', 'in 2024 and 2025'],
    ['<:smile:123456789012345678> why', '… why'],
    ['is 1 < 2 or 2 > 1', 'is 1 < 2 or 2 > 1'],
    ['<b> why <> not', '… why <> not'],
    [`<${'x'.repeat(100)}> why`, '… why'],
    [`<${'x'.repeat(101)}> why`, `<${'x'.repeat(101)}> why`],
    ['HTTP://a.example/b why', '… why'],
    ['see www.example.com', 'see …'],
    ['awww. why', 'awww. why'],
    ['@ why', '@ why'],
    ['why\ta\u2028b', 'why a b'],
    [`${' '.repeat(999)}a`, 'a'],
    [`${' '.repeat(1000)}a`, ''],
    [`${'x'.repeat(299)} y`, 'x'.repeat(299)],
    [`${'x'.repeat(298)} y`, `${'x'.repeat(298)} y`],
  ])('of %j is %j', (typed, kept) => expect(anonymizeQuestion(typed)).toBe(kept));

  test('is one line of at most 300 code points, without characters that a database can’t store', () => {
    for (const typed of anyTexts(1200)) {
      const kept = anonymizeQuestion(typed);
      expect([...kept].length).toBeLessThanOrEqual(MAX_QUESTION_LENGTH);
      expect(kept).not.toMatch(/[\r\n\0]|\p{Surrogate}/u);
    }
  });

  test.each(['a', '@', '1 ', '+1', '<', 'http://', '(1'])(
    'takes time in proportion to its length, for %j repeated 100,000 times',
    (piece) => {
      const began = performance.now();
      anonymizeQuestion(piece.repeat(100_000));
      // With the square of its length it would take minutes.
      expect(performance.now() - began).toBeLessThan(5000);
    },
  );

  test('can become a valid alias', () => {
    for (const typed of anyTexts(400)) {
      const aliases = aliasFor(anonymizeQuestion(typed)).split(/[,\n]/);
      expect(checkDraft({ title: 't', text: 'x', aliases })).toEqual([]);
    }
  });

  test.each([
    ['where, exactly,is my money', 'where exactly is my money'],
    [',,a,', 'a'],
    ['x'.repeat(DRAFT_LIMITS.alias), 'x'.repeat(DRAFT_LIMITS.alias)],
    ['x'.repeat(DRAFT_LIMITS.alias + 1), 'x'.repeat(DRAFT_LIMITS.alias)],
    ['🙂'.repeat(DRAFT_LIMITS.alias + 1), '🙂'.repeat(DRAFT_LIMITS.alias)],
    [`${'x'.repeat(DRAFT_LIMITS.alias - 1)} y`, 'x'.repeat(DRAFT_LIMITS.alias - 1)],
  ])('of %j has the alias %j', (question, alias) => expect(aliasFor(question)).toBe(alias));

  test('has a random id, guild and day, and is nothing without words', () => {
    const { random } = createVirtualClock(0);
    const rows = ['why', 'why'].map((text) => toQuestionRow('g', `${text} <@1>`, TODAY, { random }));
    for (const row of rows)
      expect(row).toEqual({ guild_id: 'g', asked_on: TODAY, id: expect.stringMatching(/^\w{12}$/), text: 'why …' });
    expect(rows[0]?.id).not.toBe(rows[1]?.id);
    expect(toQuestionRow('g', '???', TODAY, { random })).toBeUndefined();
  });
});

describe.each(databases)('unanswered questions on $name', async ({ create }) => {
  const { store } = await openForAll(create);

  const save = (rows: readonly QuestionRow[]) => store.transact((trx) => saveQuestions(trx, rows));
  /** Stores questions with ids in their order. */
  async function ask(guildId: string, texts: readonly string[], daysAgo = 0) {
    const asked_on = daysBefore(TODAY, daysAgo);
    await save(
      texts.map((text) => ({ guild_id: guildId, asked_on, id: `q${String(++asked).padStart(8, '0')}`, text })),
    );
  }
  const list = (guildId: string, since = '2026-01-01', isAnswered?: (name: string) => boolean) =>
    store.run((db) => questionsSince(db, guildId, since, isAnswered));

  test('with the same words are counted together, most frequent first', async () => {
    await ask('group', ['Where is my money?', 'how do i get a refund']);
    await ask('group', ['where is my money', 'WHERE IS MY MONEY??'], 3);
    expect(await list('group')).toMatchObject([
      { text: 'Where is my money?', count: 3 },
      { text: 'how do i get a refund', count: 1 },
    ]);
    expect(await list('group', daysBefore(TODAY, 2))).toMatchObject([{ count: 1 }, { count: 1 }]);
  });

  test('are visible in their own server only', async () => {
    await ask('mine', ['where is my money']);
    const [question] = await list('mine');
    expect(await findQuestion(store, 'mine', question?.id ?? '')).toBe('where is my money');
    expect(await findQuestion(store, 'other', question?.id ?? '')).toBeUndefined();
    expect(await findQuestion(store, 'mine', 'x')).toBeUndefined();
    expect(await list('other')).toEqual([]);
  });

  test('are left out if a reply has them as title or alias', async () => {
    const long = `how do i, after all that time, ${'really '.repeat(20)}get my money`;
    await ask('answered', ['where, exactly, is my money', long, anonymizeQuestion('re\u202Efund'), 'something else']);
    const saved = normalizeDraft({ title: aliasFor('re\u202Efund'), text: 'x', aliases: [aliasFor(long)] });
    const names = new Set(['where, exactly, is my money', saved.title, ...saved.aliases].map(fold));
    expect(await list('answered', TODAY, (name) => names.has(name))).toMatchObject([{ text: 'something else' }]);
  });

  test('are limited to 500 per server, and the oldest are deleted', async () => {
    const days = Array.from({ length: 12 }, (_, day) => day);
    await ask('calm', ['where is my money']);
    await save(
      days.flatMap((day) =>
        Array.from({ length: 50 }, (_, n) => ({
          guild_id: 'flood',
          asked_on: daysBefore(TODAY, day),
          id: `flood-${day}-${n}`,
          text: `question ${day} number ${n}`,
        })),
      ),
    );
    const kept = await list('flood');
    expect(kept).toHaveLength(QUESTION_LIMITS.perGuild);
    expect(kept.some(({ text }) => /^question 1[01] /.test(text))).toBe(false);
    expect(await list('calm')).toHaveLength(1);
  });

  test('are limited per day, so that 520 on one day do not displace those of other days', async () => {
    await ask('share', ['how long does a refund take', 'can i change my name'], 3);
    await ask('share', ['where is my payment']);
    await ask(
      'share',
      Array.from({ length: 520 }, (_, n) => `senseless ${n}`),
    );
    await ask('share', ['where is my payment', 'too late for today']);
    const kept = await list('share');
    expect(kept).toHaveLength(QUESTION_LIMITS.differentPerDay + 2);
    expect(kept[0]).toMatchObject({ text: 'where is my payment', count: 2 });
    const top = kept.slice(0, 5).map(({ text }) => text);
    expect(top).toEqual(expect.arrayContaining(['how long does a refund take', 'can i change my name']));
    expect(kept.some(({ text }) => text === 'too late for today')).toBe(false);
  });

  test('that are repeated are counted, and do not displace others', async () => {
    await ask('again', ['asked yesterday'], 1);
    await ask(
      'again',
      Array.from({ length: 700 }, () => 'the same'),
    );
    await ask('again', ['another one']);
    expect(await list('again')).toMatchObject([
      { text: 'the same', count: 1 + QUESTION_LIMITS.repeatedPerDay },
      { text: 'asked yesterday' },
      { text: 'another one' },
    ]);
  });

  test('are listed from the latest day on if they were asked equally often, and have the latest id', async () => {
    await ask('order', ['old one'], 2);
    await ask('order', ['new one', 'new two']);
    await ask('order', ['middle one', 'old one'], 1);
    const questions = await list('order');
    expect(questions.map(({ text, count }) => `${text} ${count}`)).toEqual([
      'old one 2',
      'new one 1',
      'new two 1',
      'middle one 1',
    ]);
    const latest = await store.run((db) =>
      db
        .selectFrom('questions')
        .select('id')
        .where('guild_id', '=', 'order')
        .where('text', '=', 'old one')
        .where('asked_on', '=', daysBefore(TODAY, 1))
        .executeTakeFirst(),
    );
    expect(questions[0]).toEqual({ id: latest?.id, text: 'old one', count: 2 });
  });

  test('of one day are half of the list at most, as long as there are others', async () => {
    await ask('mixed', ['a1', 'a2', 'a3', 'a4', 'a5', 'a1', 'a2', 'a3', 'a4', 'a5']);
    await ask('mixed', ['b1', 'b2'], 1);
    const order = (await list('mixed')).map(({ text }) => text);
    expect(order).toEqual(['a1', 'b1', 'a2', 'b2', 'a3', 'a4', 'a5']);
  });

  test('that are saved twice are stored once', async () => {
    const row = { guild_id: 'twice', asked_on: TODAY, id: 'same', text: 'why' };
    await save([row, row]);
    await save([row]);
    expect(await list('twice')).toEqual([{ id: 'same', text: 'why', count: 1 }]);
  });

  test('have limits of their own on each day and in each server', async () => {
    const many = Array.from({ length: QUESTION_LIMITS.differentPerDay + 1 }, (_, n) => `question ${n}`);
    const row = (guild_id: string, text: string) => ({ guild_id, asked_on: TODAY, id: `own${++asked}`, text });
    await save(many.flatMap((text) => [row('own1', text), row('own2', text)]));
    await ask('own1', many, 1);
    expect(await list('own1')).toHaveLength(QUESTION_LIMITS.differentPerDay);
    expect((await list('own1')).every(({ count }) => count === 2)).toBe(true);
    expect(await list('own2')).toHaveLength(QUESTION_LIMITS.differentPerDay);
  });
});

describe.each(databases)('what helpers see on $name', async ({ create }) => {
  const { store } = await openForAll(create);
  const { store: fresh } = await openForAll(create);
  const migrated = (others: string, settings: string) =>
    store.run(async (db) => {
      const table = sql.table(MIGRATION_TABLE);
      await sql`update ${table} set timestamp = ${others}`.execute(db);
      await sql`update ${table} set timestamp = ${settings} where name = ${SETTINGS_MIGRATION}`.execute(db);
    });

  test('is everything in a database that was new with this version', async () => {
    expect(await helpersSeeSince(fresh)).toBe('');
  });

  test.each([
    ['2026-11-26T00:00:00.000Z', '2026-11-27'],
    ['2026-11-26T23:59:59.999Z', '2026-11-27'],
    ['2026-12-31T12:00:00.000Z', '2027-01-01'],
  ])('begins on the day after an upgrade at %s', async (upgraded, day) => {
    await migrated('2026-01-01T00:00:00.000Z', upgraded);
    expect(await helpersSeeSince(store)).toBe(day);
  });

  test('is everything if a later version has upgraded a database of this one', async () => {
    await migrated('2026-12-01T00:00:00.000Z', '2026-11-26T00:00:00.000Z');
    expect(await helpersSeeSince(store)).toBe('');
  });
});
