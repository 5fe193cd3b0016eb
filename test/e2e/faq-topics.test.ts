// Finding a topic while typing: the server's own replies and the pages of the guides.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportReplies } from '../../src/faq/exchange.ts';
import { en } from '../../src/words/en.ts';
import { shippedEdition } from '../shipped.ts';
import { databases, type TestDatabase } from '../store/databases.ts';
import { openWorld, type World, write } from './world.ts';

const edition = await shippedEdition();
const guidePage = edition.pages.get('close-account#money') ?? expect.fail('there is a page about money');
const MANY = 3000;

describe.each(databases)('topics on $name', (kind) => {
  let database: TestDatabase;
  let world: World;
  beforeAll(async () => {
    database = await kind.create();
    world = await openWorld({ DATABASE_URL: database.url });
    await write(world.moderator, 'Zebra crossing', 'a', 'Quokka, pedestrian way');
    await write(world.moderator, 'Quokka', 'b');
    await write(world.moderator, 'Quokkas and their food', 'c');
    await write(world.moderator, 'Where to see a quokka', 'd');
    await write(world.moderator, 'The aquokkarium', 'e');
  });
  afterAll(async () => {
    await world.stop();
    await database.close();
  });

  const complete = (text: string, line = 'faq') => world.member.complete(line, 'topic', text);
  const names = async (text: string) => (await complete(text)).map(({ name }) => name);

  it('come best first: exact name or alias, beginning, words, inside', async () => {
    const found = await names('quokka');
    expect(found.slice(0, 2).sort()).toEqual(['Quokka', 'Zebra crossing']);
    expect(found.slice(2)).toEqual(['Quokkas and their food', 'Where to see a quokka', 'The aquokkarium']);
  });

  it.each([
    ['another case', 'QUOKKAS AND', 'Quokkas and their food'],
    ['the beginnings of words in any order', 'foo quok', 'Quokkas and their food'],
    ['an alias', 'pedestrian way', 'Zebra crossing'],
    ['the beginning of an alias', 'pedes', 'Zebra crossing'],
    ['an accent', 'zébra', 'Zebra crossing'],
    ['a typing error', 'zebrra', 'Zebra crossing'],
    ['a typing error in an alias', 'pedestrain', 'Zebra crossing'],
    ['a title of the guides', guidePage.title, guidePage.title],
    ['the name of a page', guidePage.name, guidePage.title],
  ])('are found by %s', async (_, text, title) => {
    expect((await names(text))[0]).toBe(title);
  });

  it('begin with the server’s own, also among equals', async () => {
    expect((await names('')).slice(0, 5).sort()).toEqual([
      'Quokka',
      'Quokkas and their food',
      'The aquokkarium',
      'Where to see a quokka',
      'Zebra crossing',
    ]);
    const own = await write(world.moderator, guidePage.title, 'ours');
    const found = await complete(guidePage.title);
    expect(found.slice(0, 2).map(({ value }) => value)).toEqual([own, guidePage.name]);
    expect(new Set(found.map(({ name }) => name)).size).toBe(found.length);
  });

  it('of the same title can be told apart, and each choice leads to its own', async () => {
    for (const text of ['first', 'second', 'third']) await write(world.moderator, 'Twin', text);
    await write(world.moderator, `Twin ${'x'.repeat(240)} end`, 'long one');
    await write(world.moderator, `Twin ${'x'.repeat(240)} other end`, 'long two');
    const found = await complete('Twin');
    expect(found).toHaveLength(5);
    expect(new Set(found.map(({ name }) => name)).size).toBe(5);
    const texts = [];
    for (const { value } of found)
      texts.push((await world.member.slash('faq', { topic: String(value) })).message?.embeds[0]?.description);
    expect(texts.sort()).toEqual(['first', 'long one', 'long two', 'second', 'third']);
  });

  it.each(['faq', 'faq-pin add', 'faq-edit change', 'faq-edit remove', 'faq-edit history', 'faq-edit undo'])(
    '/%s offers the same list, at most 25, whatever is typed',
    async (line) => {
      for (const text of [
        '',
        ' ',
        'a',
        'x'.repeat(6000),
        '.*+?^{}()|[]\\',
        '😀🔥',
        '%_\\',
        "'; DROP TABLE revisions;--",
      ]) {
        const choices = await world.moderator.complete(line, 'topic', text);
        expect(choices.length).toBeLessThanOrEqual(25);
        expect(choices).toEqual(await complete(text));
      }
    },
  );

  it('that were typed and not chosen are taken by their words; nonsense is refused', async () => {
    expect((await world.member.slash('faq', { topic: 'zebra' })).message?.embeds[0]?.title).toBe('Zebra crossing');
    expect((await world.member.slash('faq', { topic: 'qqqq' })).message?.content).toBe(en.faq.noTopic('qqqq'));
  });

  it(`are ${MANY} at once without slowing anybody down`, async () => {
    const replies = Array.from({ length: MANY }, (_, i) => ({
      topic: `r:${String(i).padStart(8, '0')}`,
      title: `Subject ${i} of many things`,
      text: `text ${i}`,
      aliases: [`alias ${i}`, `another name ${i}`],
    }));
    const [file = ''] = exportReplies(replies);
    const plan = await world.moderator.slash('faq-edit import', { file: world.standin.addFile('many.md', file) });
    await world.moderator.press(plan.message, en.confirm.import(MANY));
    expect(plan.message?.content).toBe(en.exchange.imported(MANY));
    const choose = async (text: string) => {
      const began = performance.now();
      const choices = await complete(text);
      expect(performance.now() - began, text).toBeLessThan(2000);
      return choices;
    };
    // The first one after a change reads the database, and shows the guide where that takes too long.
    await choose('');
    for (const text of [
      '',
      'subj',
      'many',
      'alias 2',
      'Subject 2999 of many things',
      'subjetc 77',
      'zzzzqqqq xxxxyyyy',
      'another name 1500',
    ])
      expect((await choose(text)).length).toBeLessThanOrEqual(25);
    expect((await choose('another name 1500'))[0]?.name).toBe('Subject 1500 of many things');
    const all = await Promise.all(Array.from({ length: 50 }, (_, i) => complete(`subject ${i}`)));
    for (const choices of all) expect(choices.length).toBeGreaterThan(0);
  });
});
