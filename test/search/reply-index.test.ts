// Searching a server's own replies.
import { setImmediate as immediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { NO_SEARCH_DATA } from '../../src/guide/search-data.ts';
import { Analyzer } from '../../src/search/analyzer.ts';
import { languageFor } from '../../src/search/languages/index.ts';
import { indexReplies, prepareReplies, type ReplyLike } from '../../src/search/reply-index.ts';

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
const titled = (topic: string, title: string, text = ''): ReplyLike => ({ topic, title, aliases: [], text });

describe('searching replies', () => {
  const index = indexReplies([RULES, PAYONEER], analyzer);

  it.each(['server-rules', 'The Rules of this Server', 'netiquette', 'house rule', 'rules: house!'])(
    '"%s" names a reply by topic, title or alias, in any word order and with any endings',
    (text) => {
      expect(index.search(text, 3)[0]).toMatchObject({ topic: 'server-rules', score: 1, isNamed: true });
    },
  );

  it('does not take a part of a name, or a name with other words, for the name', () => {
    expect(index.search('house', 3)).toEqual([{ topic: 'server-rules', score: 1, hasName: false, isNamed: false }]);
    expect(index.search('house rules exceptions', 3)[0]?.isNamed).toBe(false);
  });

  it.each([
    ['a title in other words', 'may i read the rules of your server today', true],
    ['an alias in another order with other endings', 'which rule is there for my old house', true],
    ['one word of a title', 'server crashed', false],
    ['an alias of one word', 'netiquette of bakers', false],
    ['a topic alone', 'payoneer transfer delay', false],
  ])('knows of a question with %s whether it has the name: "%s"', (_, text, hasName) => {
    expect(index.search(text, 3)[0]).toMatchObject({ hasName, isNamed: false });
  });

  it('finds a reply by the words of its text, with the weighted share of the words of the question', () => {
    // "transfer" and "day" are in one of two replies, "bank" is in none.
    const [known, unknown] = [Math.log(3), Math.log(5)];
    expect(index.search('transfers for a day by bank', 3)).toEqual([
      {
        topic: 'payoneer-delay',
        score: expect.closeTo((2 * known) / (2 * known + unknown), 9),
        hasName: false,
        isNamed: false,
      },
    ]);
  });

  it('counts a repeated word once', () => {
    expect(index.search('bank transfer', 3)).toEqual(index.search('bank bank banks transfer', 3));
  });

  it('searches the question in a text, without its links', () => {
    expect(index.search('https://example.org/payoneer', 3)).toEqual([]);
    expect(index.search('<@123> netiquette', 3)).toMatchObject([{ isNamed: true }]);
  });

  it('looks at greetings and thanks only if there is nothing else', () => {
    const polite = new Analyzer(languageFor('en'), { ...NO_SEARCH_DATA, courtesies: ['hello', 'thanks'] });
    const thanks = titled('thanks', 'Thanks');
    const both = indexReplies([RULES, thanks], polite);
    expect(both.search('hello! house rules thanks', 3)).toEqual(both.search('house rules', 3));
    expect(both.search('hello! house rules thanks', 3)).toMatchObject([{ topic: 'server-rules', isNamed: true }]);
    expect(both.search('thanks', 3)).toMatchObject([{ topic: 'thanks', isNamed: true }]);
  });

  it('finds nothing that shares no word with the question', () => {
    expect(index.search('how do i bake bread', 3)).toEqual([]);
    expect(index.search('', 3)).toEqual([]);
    expect(indexReplies([], analyzer).search('anything', 3)).toEqual([]);
  });

  it('finds a name that has only stop words', () => {
    const about = indexReplies([titled('who-are-you', 'About us', 'A club.')], analyzer);
    expect(about.search('who are you', 3)).toEqual([{ topic: 'who-are-you', score: 1, hasName: false, isNamed: true }]);
    expect(about.search('you are who', 3)).toEqual([]);
  });

  it('finds a changed reply by its new words only, and a removed one not at all', () => {
    const changing = indexReplies([RULES, PAYONEER], analyzer);
    changing.put({ ...RULES, title: 'Welcome', aliases: [], text: 'Say hello in the lobby.' });
    expect(changing.search('netiquette', 3)).toEqual([]);
    expect(changing.search('showcase', 3)).toEqual([]);
    expect(changing.search('welcome', 3)[0]?.topic).toBe('server-rules');
    expect(changing.search('hello to the house rules', 3)).toMatchObject([{ hasName: false }]);
    changing.remove('payoneer-delay');
    changing.remove('never-there');
    expect(changing.search('payoneer late', 3)).toEqual([]);
    expect(changing.search('business', 3)).toEqual([]);
  });
});

describe('the order of replies', () => {
  const topics = (replies: readonly ReplyLike[], text: string, limit = 10) =>
    indexReplies(replies, analyzer)
      .search(text, limit)
      .map(({ topic }) => topic);

  it('puts a reply that is named first', () => {
    const replies = [titled('long', 'Tram tickets and bus tickets', 'tram ticket'), titled('short', 'Tram ticket')];
    expect(topics(replies, 'tickets tram')).toEqual(['short', 'long']);
  });

  it('puts a reply with words in its names before one with the same words in its text', () => {
    const replies = [titled('text', 'Other', 'tram'), titled('name', 'Tram museum')];
    expect(topics(replies, 'tram')).toEqual(['name', 'text']);
  });

  it.each([
    // Shares of words plus half of the shares of words in names: 0.65 + 0.34, and 0.72 + 0.37.
    ['red green blue', ['text', 'name']],
    ['red green blue pink', ['name', 'text']],
  ])('adds half a point for all words in the names: with "%s" and another word the order is %j', (names, order) => {
    const replies = [titled('text', 'Other', `${names} gold`), titled('name', names)];
    expect(topics(replies, `${names} gold`)).toEqual(order);
  });

  it('ends after the limit', () => {
    const replies = ['a', 'b', 'c'].map((topic) => titled(topic, 'Other', 'tram'));
    expect(topics(replies, 'tram', 2)).toEqual(['a', 'b']);
  });

  it('depends on the twelve rarest words of a question', () => {
    const replies = ['a', 'b', 'c'].map((topic) => titled(topic, 'Other', 'tram'));
    const rare = ['red', 'blue', 'green', 'pink', 'gold', 'teal', 'cyan', 'grey', 'tan', 'lime', 'plum', 'rust'];
    expect(topics(replies, `tram ${rare.slice(1).join(' ')}`)).toEqual(['a', 'b', 'c']);
    expect(topics(replies, `tram ${rare.join(' ')}`)).toEqual([]);
  });
});

describe('preparing replies for a running bot', () => {
  it('finds the same as indexing them without a pause', async () => {
    const [prepared, indexed] = [
      await prepareReplies([RULES, PAYONEER], analyzer),
      indexReplies([RULES, PAYONEER], analyzer),
    ];
    for (const text of ['netiquette', 'payoneer', 'house of business'])
      expect(prepared.search(text, 3)).toEqual(indexed.search(text, 3));
  });

  it('lets other work run when it has taken more than ten milliseconds', async () => {
    let ranAt: number | undefined;
    let read = 0;
    const replies = function* () {
      yield titled('a', 'One');
      const end = performance.now() + 11;
      void immediate().then(() => {
        ranAt = read;
      });
      while (performance.now() < end);
      read++;
      yield titled('b', 'Two');
      read++;
      yield titled('c', 'Three');
    };
    const index = await prepareReplies(replies(), analyzer);
    expect(ranAt).toBe(1);
    expect(index.search('two', 3)).toHaveLength(1);
  });
});
