// The free-text search over the shipped guides: what it answers, offers and declines.
import { deserialize, serialize } from 'node:v8';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Edition } from '../../src/guide/model.ts';
import { Answerer, createAnswerer, prepareAnswerer } from '../../src/search/answerer.ts';
import { trainModel } from '../../src/search/training.ts';
import type { PageLike } from '../../src/search/training-examples.ts';
import { shippedEdition } from '../shipped.ts';
import { museum } from './museum.ts';

let edition: Edition;
let answerer: Answerer;
beforeAll(async () => {
  edition = await shippedEdition();
  answerer = createAnswerer(edition);
});

const offered = (text: string): string[] => {
  const verdict = answerer.ask(text);
  if (verdict.kind === 'declined') return [];
  const choices = verdict.kind === 'sure' ? [verdict.page, ...verdict.others] : verdict.pages;
  return choices.map(({ page }) => page);
};

describe('a question on topic', () => {
  it.each([
    ['what happens to my balance when i close my account', 'close-account#money'],
    ['my client does not answer and i want to close my account', 'close-account#silent-client'],
    ['how do i appeal my suspension', 'new-account#appeal'],
    ['can i buy an upwork account', 'second-account#buy-sell'],
    ['what is the upwork support phone number', 'support#false-numbers'],
  ])('"%s" is answered with its page', (text, page) => {
    expect(answerer.ask(text)).toMatchObject({ kind: 'sure', page: { page } });
  });

  it.each([
    ['typing errors', 'how do i apeal my suspention', 'new-account#appeal'],
    ['short forms', 'hw do i recover my acc pw, forgot it', 'new-account#login'],
    ['other words', 'reactivation of my terminated profile', 'close-account#reopen'],
    ['half another language', 'kaise upwork account delete karna hai', 'close-account#before'],
    ['shouting', 'HELP!!! MY ACCOUNT WAS HACKED!!!', 'new-account#hacked'],
  ])('is found in spite of %s', (_, text, page) => {
    expect(offered(text)).toContain(page);
  });

  it('gets three pages to choose from when it is about several things', () => {
    const verdict = answerer.ask('account');
    expect(verdict.kind).toBe('unsure');
    if (verdict.kind === 'unsure') expect(verdict.pages).toHaveLength(3);
  });

  it('gets three pages to choose from when it is a long rant', () => {
    const rant =
      'I worked here for six years, always on time, always five stars, then one client left a terrible review ' +
      'because he wanted free work, my score fell, invitations stopped, support sends robots, and now the ' +
      'account is on hold too. Should I close everything and start a new account?';
    expect(answerer.ask(rant).kind).toBe('unsure');
  });

  it('can be explained by what it has in common with a page', () => {
    const reasons = answerer.explain('how do i appeal my suspension', 'new-account#appeal', 5);
    expect(reasons).toHaveLength(5);
    expect(reasons.map(({ feature }) => feature)).toContain('@appeal');
    expect(reasons.every(({ weight }) => weight > 0)).toBe(true);
  });
});

describe('a question off topic', () => {
  it.each([
    'how do i delete my fiverr account',
    'my facebook was hacked',
    'how many connects does a proposal cost',
    'what fee does upwork take from freelancers',
    'hello, how are you',
    'what is the weather like in Manila',
    'qwertz uiop asdf',
  ])('"%s" is declined', (text) => {
    expect(answerer.ask(text).kind).toBe('declined');
  });

  it.each([
    '',
    ' ',
    '???',
    '😀😀😀',
    '1234567890',
    '<@123456789012345678>',
    'https://example.org/account',
    '\u200b\u202e',
  ])('is declined when it has no words, such as %j', (text) => {
    expect(answerer.ask(text).kind).toBe('declined');
  });

  it('is marked when it is in another language, so that the answer can say so', () => {
    expect(answerer.ask('ich möchte gerne wissen, wann der nächste Zug nach Hamburg fährt').language).toBe('other');
    expect(answerer.ask('мой аккаунт заблокирован, что мне теперь делать').language).toBe('other');
    expect(answerer.ask('how do i close my account').language).toBe('en');
  });
});

describe('hostile input', () => {
  const hostile: [string, string][] = [
    ['one endless word', 'a'.repeat(100_000)],
    ['an endless sentence', 'close my account '.repeat(10_000)],
    ['different misspelt words', Array.from({ length: 500 }, (_, i) => `acc${i.toString(36)}unt`).join(' ')],
    ['open brackets', '<'.repeat(50_000)],
    ['open mentions', '<@1'.repeat(20_000)],
    ['back quotes', '`'.repeat(49_999)],
    ['question marks', '?'.repeat(50_000)],
    ['accents upon accents', `e${'\u0301'.repeat(50_000)}`],
    ['letters that grow when normalized', '\ufdfa'.repeat(20_000)],
    ['halves of characters', '\ud800'.repeat(5_000)],
    ['names of object members', 'constructor __proto__ toString hasOwnProperty valueOf'],
  ];

  it.each(hostile)('%s is answered within a second', (_, text) => {
    answerer.ask(text);
    const times = Array.from({ length: 5 }, () => {
      const start = performance.now();
      answerer.ask(text);
      return performance.now() - start;
    });
    expect(Math.min(...times)).toBeLessThan(1000);
  });

  it('does not hide a question between links, mentions and invisible characters', () => {
    const text = '<@123456789012345678> https://example.org/x how do i ap\u200bpeal my \u202esuspension `code`';
    expect(offered(text)).toEqual(offered('how do i appeal my suspension'));
  });

  it('keeps the question at the end of a long text', () => {
    const text = `${'la la la. '.repeat(200)}How do I appeal my suspension?`;
    expect(answerer.rank(text).candidates[0]?.page).toBe('new-account#appeal');
  });
});

describe('an answerer', () => {
  it('gives the same answers each time it is trained, in one go and in steps', async () => {
    const again = createAnswerer(edition);
    const prepared = await prepareAnswerer(edition);
    for (const text of ['how do i close my account', 'new acc after ban?', 'nonsense']) {
      expect(again.ask(text)).toEqual(answerer.ask(text));
      expect(prepared.ask(text)).toEqual(answerer.ask(text));
    }
  });

  it('answers the same from a model that was trained in another process', () => {
    const moved = new Answerer(deserialize(serialize(trainModel(edition))));
    for (const text of ['how do i close my account', 'new acc after ban?', 'nonsense', 'my client is silent']) {
      expect(moved.ask(text)).toEqual(answerer.ask(text));
      expect(moved.explain(text, 'new-account#appeal', 3)).toEqual(answerer.explain(text, 'new-account#appeal', 3));
    }
  });

  it('lets other work run while it is trained in steps', async () => {
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    await prepareAnswerer(edition);
    clearInterval(timer);
    expect(turns).toBeGreaterThan(2);
  });

  it('finds a page that was added', () => {
    const page: PageLike = {
      name: 'a#parrots',
      title: 'Parrots',
      text: 'About parrots.',
      questions: ['may i keep a parrot'],
    };
    const { locale, search, pages } = museum();
    const changed = createAnswerer({ locale, search, pages: new Map([...pages, [page.name, page]]) });
    expect(changed.ask('may i keep a parrot')).toMatchObject({ kind: 'sure', page: { page: 'a#parrots' } });
  });

  it('declines everything if there are no pages', () => {
    const empty = createAnswerer({ ...museum(), pages: new Map() });
    expect(empty.ask('how do i close my account').kind).toBe('declined');
  });
});
