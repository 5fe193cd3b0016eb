// The topics that a server's members can see: its own replies, and the pages of the guides.
import { describe, expect, it } from 'vitest';
import type { Reply } from '../../src/replies/reply.ts';
import { createTopicsCache, NO_REPLIES, topicsOf } from '../../src/replies/topics.ts';
import { load } from '../guide/sample.ts';

const guides = load().content?.editions.get('en') ?? expect.fail('the sample is valid');
const rear = guides.pages.get('other#rear') ?? expect.fail('the sample has that page');
/** Has a page that no other page leads to. */
const edition = { ...guides, pages: new Map([...guides.pages, ['other#hidden', { ...rear, name: 'other#hidden' }]]) };
const START = 'open-door#start';
const titleOf = (topic: string) => edition.pages.get(topic)?.title ?? expect.fail(`there is a page ${topic}`);

const reply = (topic: string, title: string, aliases: string[] = []): Reply => ({
  guildId: '1',
  topic,
  title,
  text: 'text',
  aliases,
  state: 'shown',
  revision: 1,
  action: 'add',
  savedBy: '77',
  savedAt: new Date(0),
});

const own = reply('r:abcd1234', 'The lock', ['key hole']);
const override = reply(START, 'Our doors', ['gates']);
const topics = topicsOf(edition, [own, override]);
const find = (text: string, all = topics) => all.autocomplete.find(text, 25).map(({ topic }) => topic);

describe('a topic is found by its id', () => {
  it('if it is a reply of the server', () => {
    expect(topics.find(own.topic)).toEqual({ kind: 'reply', topic: own.topic, title: 'The lock', reply: own });
    expect(topics.replies).toEqual([own, override]);
  });

  it('if it is a page', () => {
    const expected = { kind: 'page', topic: 'other#rear', title: rear.title, page: rear };
    expect(topics.find('other#rear')).toStrictEqual(expected);
  });

  it('if it is a page that the server overrides', () => {
    const page = edition.pages.get(START);
    expect(topics.find(START)).toEqual({ kind: 'page', topic: START, title: 'Our doors', page, override });
  });

  it('but not if it is neither', () => {
    const missing = topicsOf(edition, [reply('other#gone', 'An override'), reply('other#hidden', 'Another')]);
    for (const topic of ['other#gone', 'other#hidden', 'r:abcd0000', '']) expect(missing.find(topic)).toBeUndefined();
  });
});

describe('autocomplete', () => {
  it('lists the replies of the server before pages, which are in the order of the guides', () => {
    expect(find('')).toEqual([own.topic, START, 'open-door#front', 'other#rear']);
  });

  it.each([
    ['the title of a reply', 'the lock', own.topic],
    ['an alias of a reply', 'key hole', own.topic],
    ['the name of a page', START, START],
    ['the title of a page', rear.title, 'other#rear'],
    ['the title of an override', 'our doors', START],
    ['an alias of an override', 'gates', START],
    ['the title of an overridden page', titleOf(START), START],
  ])('finds %s', (_, text, topic) => expect(find(text)).toEqual([topic]));

  it('does not find a page by the override of another server', () => {
    expect(find('gates', topicsOf(edition, [own]))).toEqual([]);
  });
});

describe('autocomplete with removed replies', () => {
  const removed = [
    { topic: 'r:gone0001', title: 'The gone lock', aliases: ['lost key'] },
    { topic: 'r:gone0002', title: 'A gone one', aliases: [] },
  ];
  const findAll = (text: string) => topics.autocompleteWith(removed).find(text, 25);

  it('lists them between the replies and the pages', () => {
    expect(findAll('').map(({ topic }) => topic)).toEqual([
      own.topic,
      'r:gone0001',
      'r:gone0002',
      START,
      'open-door#front',
      'other#rear',
    ]);
  });

  it('finds them by title and aliases', () => {
    const found = { kind: 'removed', topic: 'r:gone0001', title: 'The gone lock' };
    for (const text of ['the gone lock', 'lost key']) expect(findAll(text)).toStrictEqual([found]);
  });

  it('is prepared once for the same list', () => {
    const first = topics.autocompleteWith(removed);
    expect(topics.autocompleteWith(removed)).toBe(first);
    const fewer = topics.autocompleteWith(removed.slice(1));
    expect(fewer.find('gone', 25).map(({ topic }) => topic)).toEqual(['r:gone0002']);
    expect(topics.autocompleteWith(removed)).not.toBe(fewer);
  });

  it('is the same as without them if there are none', () => {
    expect(topics.autocompleteWith([])).toBe(topics.autocomplete);
  });
});

describe('the cache of topics', () => {
  const replies = [own];
  const cached = createTopicsCache();

  it('returns the same topics for the same replies and edition', () => {
    const first = cached(edition, replies);
    expect(first.find(own.topic)).toBeDefined();
    expect(cached(edition, replies)).toBe(first);
    expect(cached(edition, [own])).not.toBe(first);
    expect(cached({ ...edition }, replies)).not.toBe(first);
    expect(createTopicsCache()(edition, replies)).not.toBe(first);
  });

  it('returns the same topics for all servers without replies', () => {
    const none = cached(edition, NO_REPLIES);
    expect(none.replies).toEqual([]);
    expect(cached(edition, [])).toBe(none);
    expect(cached({ ...edition }, [])).not.toBe(none);
    expect(cached(edition, replies)).not.toBe(none);
  });
});
