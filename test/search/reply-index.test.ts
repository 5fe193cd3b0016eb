// A server's own replies: found among many, and laid over what the guides answer.
import { beforeAll, describe, expect, it } from 'vitest';
import { type Answerer, createAnswerer } from '../../src/search/answerer.ts';
import { askWithReplies } from '../../src/search/merge.ts';
import { indexReplies, prepareReplies, type ReplyIndex, type ReplyLike } from '../../src/search/reply-index.ts';
import type { Verdict } from '../../src/search/verdict.ts';
import { shippedEdition } from '../shipped.ts';

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
  const index = indexReplies([RULES, PAYONEER]);

  it.each(['server-rules', 'The Rules of this Server', 'netiquette', 'house rule', 'rules: house!'])(
    '"%s" names a reply by topic, title or alias, whatever the order and the endings',
    (text) => {
      expect(index.search(text, 3)[0]).toMatchObject({ topic: 'server-rules', isNamed: true });
    },
  );

  it('a question is found by the words of the text, but names nothing', () => {
    const [hit] = index.search('why does a transfer to payoneer take so many days', 3);
    expect(hit).toMatchObject({ topic: 'payoneer-delay', isNamed: false });
    expect(hit?.score).toBeGreaterThan(0.5);
    expect(hit?.score).toBeLessThanOrEqual(1);
  });

  it('nothing is found where no word is shared', () => {
    expect(index.search('how do i bake bread', 3)).toEqual([]);
    expect(index.search('', 3)).toEqual([]);
    expect(indexReplies([]).search('anything', 3)).toEqual([]);
  });

  it('a changed reply is found by its new words only, a removed one not at all', async () => {
    const changing = await prepareReplies([RULES, PAYONEER]);
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
  const about = { confidence: 1, gap: 0.5, length: 3, language: 'own' } as const;
  const sure: Verdict = {
    kind: 'sure',
    page: page('a#1', 0.8),
    others: [page('a#2', 0.1), page('a#3', 0.1)],
    ...about,
  };
  const unsure: Verdict = { kind: 'unsure', pages: [page('a#1', 0.4), page('a#2', 0.3), page('a#3', 0.2)], ...about };
  const declined: Verdict = { kind: 'declined', ...about };
  const named = { topic: 'rules', score: 1, isNamed: true };
  const near = { topic: 'near', score: 0.8, isNamed: false };
  const far = { topic: 'far', score: 0.2, isNamed: false };

  it.each([
    ['sure', sure],
    ['unsure', unsure],
    ['declined', declined],
  ] as const)('a reply that the question names goes before pages that are %s', (_, verdict) => {
    expect(askWithReplies(verdict, [named, near])).toMatchObject({
      kind: 'sure',
      choice: { kind: 'reply', topic: 'rules' },
    });
  });

  it('two replies of the same name are a choice', () => {
    const merged = askWithReplies(sure, [named, { ...named, topic: 'rules-2' }]);
    expect(merged).toMatchObject({
      kind: 'unsure',
      choices: [{ topic: 'rules' }, { topic: 'rules-2' }, { page: 'a#1' }],
    });
  });

  it('a reply that is near stands second', () => {
    expect(askWithReplies(unsure, [near])).toMatchObject({
      kind: 'unsure',
      choices: [{ page: 'a#1' }, { topic: 'near' }, { page: 'a#2' }],
    });
    expect(askWithReplies(sure, [near])).toMatchObject({
      kind: 'sure',
      choice: { page: 'a#1' },
      others: [{ topic: 'near' }, {}],
    });
  });

  it('a reply that is near is offered where the guides decline, one that is far is not', () => {
    expect(askWithReplies(declined, [near])).toMatchObject({ kind: 'unsure', choices: [{ topic: 'near' }] });
    expect(askWithReplies(declined, [far])).toEqual({ kind: 'declined' });
    expect(askWithReplies(unsure, [far])).toMatchObject({
      choices: [{ page: 'a#1' }, { page: 'a#2' }, { page: 'a#3' }],
    });
  });
});

describe('10,000 replies', () => {
  let answerer: Answerer;
  let index: ReplyIndex;
  beforeAll(async () => {
    const pages = [...(await shippedEdition()).pages.values()];
    answerer = createAnswerer(pages);
    const words = pages.flatMap(({ text }) => text.split(/\s+/));
    const some = (from: number, count: number) =>
      Array.from({ length: count }, (_, i) => words[(from * 7919 + i * 104_729) % words.length]).join(' ');
    const replies = Array.from({ length: 9_999 }, (_, i) => ({
      topic: `topic-${i}`,
      title: some(i, 6),
      aliases: [some(i + 1, 4)],
      text: some(i + 2, 50),
    }));
    index = await prepareReplies([...replies, PAYONEER]);
  });

  const ask = (text: string) => askWithReplies(answerer.ask(text), index.search(text, 3));

  it('do not hide one of them', () => {
    expect(ask('payoneer is late')).toMatchObject({ kind: 'sure', choice: { topic: 'payoneer-delay' } });
  });

  it('are searched, together with the guides, in under 5 ms', () => {
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
    expect(times.sort((a, b) => a - b)[times.length / 2]).toBeLessThan(5);
  });
});
