// A server's own replies: finding them among many, and merging them into the answer of the guides.
import { beforeAll, describe, expect, it } from 'vitest';
import { NO_SEARCH_DATA } from '../../src/guide/search-data.ts';
import { Analyzer } from '../../src/search/analyzer.ts';
import { type Answerer, createAnswerer } from '../../src/search/answerer.ts';
import { languageFor } from '../../src/search/languages/index.ts';
import { mergeReplies } from '../../src/search/merge.ts';
import { indexReplies, prepareReplies, type ReplyIndex, type ReplyLike } from '../../src/search/reply-index.ts';
import type { Verdict } from '../../src/search/verdict.ts';
import { shippedEdition } from '../shipped.ts';

const analyzer = new Analyzer(languageFor('en'), NO_SEARCH_DATA);

const RULES: ReplyLike = {
  topic: 'server-rules',
  title: 'The rules of this server',
  aliases: ['house rules', 'netiquette'],
  text: 'Be kind. No advertising. Portfolio links belong in the showcase channel.',
};
const PAYONEER: ReplyLike = {
  topic: 'payoneer-delay',
  title: 'Payoneer is late',
  aliases: [],
  text: 'Transfers to Payoneer take up to two business days. On weekends nothing moves.',
};

describe('searching replies', () => {
  const index = indexReplies([RULES, PAYONEER], analyzer);

  it.each(['server-rules', 'The Rules of this Server', 'netiquette', 'house rule', 'rules: house!'])(
    '"%s" names a reply by topic, title or alias, in any word order and with any endings',
    (text) => {
      expect(index.search(text, 3)[0]).toMatchObject({ topic: 'server-rules', isNamed: true });
    },
  );

  it('finds a reply by the words of its text, which do not name it', () => {
    const [hit] = index.search('why does a transfer to payoneer take so many days', 3);
    expect(hit).toMatchObject({ topic: 'payoneer-delay', isNamed: false });
    expect(hit?.score).toBeGreaterThan(0.5);
    expect(hit?.score).toBeLessThanOrEqual(1);
  });

  it('finds nothing that shares no word with the question', () => {
    expect(index.search('how do i bake bread', 3)).toEqual([]);
    expect(index.search('', 3)).toEqual([]);
    expect(indexReplies([], analyzer).search('anything', 3)).toEqual([]);
  });

  it('finds a changed reply by its new words only, and a removed one not at all', async () => {
    const changing = await prepareReplies([RULES, PAYONEER], analyzer);
    changing.put({ ...RULES, title: 'Welcome', aliases: [], text: 'Say hello in the lobby.' });
    expect(changing.search('netiquette', 3)).toEqual([]);
    expect(changing.search('welcome', 3)[0]?.topic).toBe('server-rules');
    changing.remove('payoneer-delay');
    changing.remove('never-there');
    expect(changing.search('payoneer', 3)).toEqual([]);
  });
});

describe('merging', () => {
  const page = (name: string, score: number) => ({ page: name, score });
  const about = { confidence: 1, margin: 0.5, wordCount: 3, language: 'en' } as const;
  const sure: Verdict = {
    kind: 'sure',
    page: page('a#1', 0.8),
    others: [page('a#2', 0.1), page('a#3', 0.1)],
    ...about,
  };
  const unsure: Verdict = { kind: 'unsure', pages: [page('a#1', 0.4), page('a#2', 0.3), page('a#3', 0.2)], ...about };
  const declined: Verdict = { kind: 'declined', ...about };
  const named = { topic: 'rules', score: 1, isNamed: true };
  const similar = { topic: 'similar', score: 0.8, isNamed: false };
  const different = { topic: 'different', score: 0.2, isNamed: false };

  it.each([
    ['sure', sure],
    ['unsure', unsure],
    ['declined', declined],
  ] as const)('puts a reply that the question names before pages when the guides are %s', (_, verdict) => {
    expect(mergeReplies(verdict, [named, similar])).toMatchObject({
      kind: 'sure',
      choice: { kind: 'reply', topic: 'rules' },
    });
  });

  it('offers a choice between two replies with the same name', () => {
    const merged = mergeReplies(sure, [named, { ...named, topic: 'rules-2' }]);
    expect(merged).toMatchObject({
      kind: 'unsure',
      choices: [{ topic: 'rules' }, { topic: 'rules-2' }, { page: 'a#1' }],
    });
  });

  it('puts a similar reply second', () => {
    expect(mergeReplies(unsure, [similar])).toMatchObject({
      kind: 'unsure',
      choices: [{ page: 'a#1' }, { topic: 'similar' }, { page: 'a#2' }],
    });
    expect(mergeReplies(sure, [similar])).toMatchObject({
      kind: 'sure',
      choice: { page: 'a#1' },
      others: [{ topic: 'similar' }, {}],
    });
  });

  it('offers a similar reply when the guides decline, but not one that shares few words', () => {
    expect(mergeReplies(declined, [similar])).toMatchObject({ kind: 'unsure', choices: [{ topic: 'similar' }] });
    expect(mergeReplies(declined, [different])).toEqual({ kind: 'declined' });
    expect(mergeReplies(unsure, [different])).toMatchObject({
      choices: [{ page: 'a#1' }, { page: 'a#2' }, { page: 'a#3' }],
    });
  });
});

describe('10,000 replies', () => {
  let answerer: Answerer;
  let index: ReplyIndex;
  beforeAll(async () => {
    const edition = await shippedEdition();
    answerer = createAnswerer(edition);
    const words = [...edition.pages.values()].flatMap(({ text }) => text.split(/\s+/));
    const some = (from: number, count: number) =>
      Array.from({ length: count }, (_, i) => words[(from * 7919 + i * 104_729) % words.length]).join(' ');
    const replies = Array.from({ length: 9_999 }, (_, i) => ({
      topic: `topic-${i}`,
      title: some(i, 6),
      aliases: [some(i + 1, 4)],
      text: some(i + 2, 50),
    }));
    index = await prepareReplies([...replies, PAYONEER], answerer.analyzer);
  });

  const ask = (text: string) => mergeReplies(answerer.ask(text), index.search(text, 3));

  it('do not hide one of them', () => {
    expect(ask('payoneer is late')).toMatchObject({ kind: 'sure', choice: { topic: 'payoneer-delay' } });
  });

  it('are searched together with the guides in far less time than Discord waits', () => {
    const questions = [
      'how do i close my account',
      'can i open a new upwork account after my account was closed by upwork',
      'what about money and contracts',
      'payoneer transfer',
      'hello',
    ];
    const times = questions.flatMap((text) =>
      Array.from({ length: 20 }, () => {
        const start = performance.now();
        ask(text);
        return performance.now() - start;
      }),
    );
    expect(times.sort((a, b) => a - b)[times.length / 2]).toBeLessThan(200);
  });
});
