import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkDraft, normalizeDraft } from '../../src/replies/draft.ts';
import { fold } from '../../src/search/autocomplete.ts';
import { openStatsRecorder } from '../../src/stats/recorder.ts';
import { daysBefore } from '../../src/stats/repository.ts';
import {
  findQuestion,
  MAX_QUESTION,
  nameFor,
  questionsSince,
  RETENTION_DAYS,
  searchableWords,
} from '../../src/stats/unanswered.ts';
import { databases, log, openForAll } from '../store/databases.ts';

const TODAY = '2026-05-17';

describe('the words of a question that are kept', () => {
  test.each([
    ['  how do I\n\nclose my account?  ', 'how do I close my account?'],
    ['<@123456789012345678> said no', '… said no'],
    ['@mina.k told me that I can', '… told me that I can'],
    ['my mail is mina@example.com, why?', 'my mail is … why?'],
    ['call +49 (30) 123-456-78 please', 'call … please'],
    ['see https://www.upwork.com/freelancers/~01abc now', 'see … now'],
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
  ])('%j become %j', (typed, kept) => expect(searchableWords(typed)).toBe(kept));

  test('are one line of at most 300 code points, without what no database keeps', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 2000, size: 'max' }), (typed) => {
        const kept = searchableWords(typed);
        expect([...kept].length).toBeLessThanOrEqual(MAX_QUESTION);
        expect(kept).not.toMatch(/[\r\n\0]|\p{Surrogate}/u);
      }),
    );
  });

  test.each(['a', '@', '1 ', '+1', '<', 'http://', '(1'])('take little time for %j without end', (piece) => {
    const began = performance.now();
    searchableWords(piece.repeat(100_000));
    expect(performance.now() - began).toBeLessThan(100);
  });

  test('make a name that a reply may have', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400, size: 'max' }), (typed) => {
        const aliases = nameFor(searchableWords(typed)).split(/[,\n]/);
        expect(checkDraft({ title: 't', text: 'x', aliases })).toEqual([]);
      }),
    );
  });
});

describe.each(databases)('questions without an answer on $name', async ({ create }) => {
  const { store } = await openForAll(create);

  async function ask(guildId: string, texts: readonly string[], daysAgo = 0) {
    const stats = openStatsRecorder(store, { log, now: () => Date.parse(daysBefore(TODAY, daysAgo)) });
    for (const text of texts) stats.question(guildId, text);
    await stats.close();
  }
  const listed = (guildId: string, since = '2026-01-01', isAnswered?: (name: string) => boolean) =>
    store.run((db) => questionsSince(db, guildId, since, isAnswered));

  test('of the same words are one, with how often they were asked, most first', async () => {
    await ask('group', ['Where is my money?', 'how do i get a refund']);
    await ask('group', ['where is my money', 'WHERE IS MY MONEY??'], 3);
    expect(await listed('group')).toMatchObject([
      { text: 'Where is my money?', count: 3 },
      { text: 'how do i get a refund', count: 1 },
    ]);
    expect(await listed('group', daysBefore(TODAY, 2))).toMatchObject([{ count: 1 }, { count: 1 }]);
  });

  test('belong to one server: another finds neither list nor single ones', async () => {
    await ask('mine', ['where is my money']);
    const [question] = await listed('mine');
    expect(await findQuestion(store, 'mine', question?.id ?? '')).toBe('where is my money');
    expect(await findQuestion(store, 'other', question?.id ?? '')).toBeUndefined();
    expect(await findQuestion(store, 'mine', 'x')).toBeUndefined();
    expect(await listed('other')).toEqual([]);
  });

  test('are left out once a reply has their name', async () => {
    const long = `how do i, after all that time, ${'really '.repeat(20)}get my money`;
    await ask('answered', ['where, exactly, is my money', long, 're\u202Efund', 'something else']);
    const saved = normalizeDraft({ title: nameFor('re\u202Efund'), text: 'x', aliases: [nameFor(long)] });
    const names = new Set(['where, exactly, is my money', saved.title, ...saved.aliases].map(fold));
    expect(await listed('answered', TODAY, (name) => names.has(name))).toMatchObject([{ text: 'something else' }]);
  });

  test('are 500 of a server at most; those of the oldest days go', async () => {
    for (let day = 11; day >= 0; day--) {
      await ask(
        'flood',
        Array.from({ length: 50 }, (_, n) => `question ${day} number ${n}`),
        day,
      );
    }
    const kept = await listed('flood');
    expect(kept).toHaveLength(RETENTION_DAYS.perGuild);
    expect(kept.some(({ text }) => /^question 1[01] /.test(text))).toBe(false);
    expect(await listed('mine')).toHaveLength(1);
  });

  test('of one day have a share: 520 senseless ones push out none of other days, and none that came before', async () => {
    await ask('share', ['how long does a refund take', 'can i change my name'], 3);
    await ask('share', ['where is my payment']);
    await ask(
      'share',
      Array.from({ length: 520 }, (_, n) => `senseless ${n}`),
    );
    await ask('share', ['where is my payment', 'too late for today']);
    const kept = await listed('share');
    expect(kept).toHaveLength(RETENTION_DAYS.differentPerDay + 2);
    expect(kept[0]).toMatchObject({ text: 'where is my payment', count: 2 });
    const top = kept.slice(0, 5).map(({ text }) => text);
    expect(top).toEqual(expect.arrayContaining(['how long does a refund take', 'can i change my name']));
    expect(kept.some(({ text }) => text === 'too late for today')).toBe(false);
  });

  test('that are asked again and again count, and push out nothing', async () => {
    await ask('again', ['asked yesterday'], 1);
    await ask(
      'again',
      Array.from({ length: 700 }, () => 'the same'),
    );
    await ask('again', ['another one']);
    expect(await listed('again')).toMatchObject([
      { text: 'the same', count: 1 + RETENTION_DAYS.repeatedPerDay },
      { text: 'asked yesterday' },
      { text: 'another one' },
    ]);
  });
});
