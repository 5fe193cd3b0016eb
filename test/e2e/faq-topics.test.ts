// Autocomplete of topics: the server's own replies and the pages of the guides.
import type { Person } from 'fake-discord';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { en } from '../../src/i18n/en.ts';
import { formatReplyFile } from '../../src/replies/format-file.ts';
import { shippedEdition } from '../shipped.ts';
import { databases, useDatabase } from '../store/databases.ts';
import { useWorld, write } from './world.ts';

const edition = await shippedEdition();
const guidePage = edition.pages.get('close-account#money') ?? expect.fail('there is a page about money');
const MANY = 3000;

describe.each(databases)('topics on $name', (kind) => {
  const database = useDatabase(kind);
  const world = useWorld(() => ({ DATABASE_URL: database.url }));
  /** Writes five replies in a server. */
  const fill = async (moderator: Person) => {
    await write(moderator, 'Zebra crossing', 'a', 'Quokka, pedestrian way');
    await write(moderator, 'Quokka', 'b');
    await write(moderator, 'Quokkas and their food', 'c');
    await write(moderator, 'Where to see a quokka', 'd');
    await write(moderator, 'The aquokkarium', 'e');
  };
  beforeAll(() => fill(world.moderator));

  const complete = (text: string, member = world.member) => member.autocomplete('faq', 'topic', text);
  const names = async (text: string, member = world.member) => (await complete(text, member)).map(({ name }) => name);

  it('are sorted by match: exact name or alias, beginning, words, inside', async () => {
    const found = await names('quokka');
    expect(found.slice(0, 2).sort()).toEqual(['Quokka', 'Zebra crossing']);
    expect(found.slice(2)).toEqual(['Quokkas and their food', 'Where to see a quokka', 'The aquokkarium']);
  });

  it.each([
    ['another case', 'QUOKKAS AND', 'Quokkas and their food'],
    ['the starts of words in any order', 'foo quok', 'Quokkas and their food'],
    ['an alias', 'pedestrian way', 'Zebra crossing'],
    ['the start of an alias', 'pedes', 'Zebra crossing'],
    ['an accent', 'zébra', 'Zebra crossing'],
    ['a typing error', 'zebrra', 'Zebra crossing'],
    ['a typing error in an alias', 'pedestrain', 'Zebra crossing'],
    ['a title of the guides', guidePage.title, guidePage.title],
    ['the name of a page', guidePage.name, guidePage.title],
  ])('are found by %s', async (_, text, title) => {
    expect((await names(text))[0]).toBe(title);
  });

  it('start with the server’s own, also for equal matches', async () => {
    const { moderator, member } = world.newServer('Equal matches');
    await fill(moderator);
    expect((await names('', member)).slice(0, 5).sort()).toEqual([
      'Quokka',
      'Quokkas and their food',
      'The aquokkarium',
      'Where to see a quokka',
      'Zebra crossing',
    ]);
    const own = await write(moderator, guidePage.title, 'ours');
    const found = await complete(guidePage.title, member);
    expect(found.slice(0, 2).map(({ value }) => value)).toEqual([own, guidePage.name]);
    expect(new Set(found.map(({ name }) => name)).size).toBe(found.length);
  });

  it('with the same title can be distinguished, and each choice opens its own', async () => {
    const { moderator, member } = world.newServer('Twins');
    for (const text of ['first', 'second', 'third']) await write(moderator, 'Twin', text);
    await write(moderator, `Twin ${'x'.repeat(240)} end`, 'long one');
    await write(moderator, `Twin ${'x'.repeat(240)} other end`, 'long two');
    const found = await complete('Twin', member);
    expect(found).toHaveLength(5);
    expect(new Set(found.map(({ name }) => name)).size).toBe(5);
    const texts = [];
    for (const { value } of found)
      texts.push((await member.slash('faq', { topic: String(value) })).message?.embeds[0]?.description);
    expect(texts.sort()).toEqual(['first', 'long one', 'long two', 'second', 'third']);
  });

  it.each(['faq', 'faq-pin add', 'faq-edit change', 'faq-edit remove', 'faq-edit history', 'faq-edit undo'])(
    '/%s offers the same list, at most 25, for any input',
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
        const choices = await world.moderator.autocomplete(line, 'topic', text);
        expect(choices.length).toBeLessThanOrEqual(25);
        expect(choices).toEqual(await complete(text));
      }
    },
  );

  it('that were typed but not chosen are found by their words; nonsense is refused', async () => {
    expect((await world.member.slash('faq', { topic: 'zebra' })).message?.embeds[0]?.title).toBe('Zebra crossing');
    expect((await world.member.slash('faq', { topic: 'qqqq' })).message?.content).toBe(en.faq.noTopic('qqqq'));
  });

  describe('that were removed', () => {
    const removedName = (title: string) => `${title} ${en.edit.removedMark}`;
    const long = `Numbat ${'x'.repeat(200)}`;
    const topics: string[] = [];
    let moderator: Person;
    let member: Person;
    const namesFor = async (line: string, text: string, person = moderator) =>
      (await person.autocomplete(line, 'topic', text)).map(({ name }) => name);
    // One of the tests restores a reply.
    beforeEach(async () => {
      topics.length = 0;
      ({ moderator, member } = world.newServer('Removed'));
      for (const [title, text] of [
        ['Numbat', 'first'],
        ['Numbat', 'second'],
        [long, 'long one'],
        [`${long} too`, 'long two'],
      ] as const) {
        const topic = await write(moderator, title, text, 'marsupial');
        topics.push(topic);
        const { message } = await moderator.slash('faq-edit remove', { topic });
        await moderator.press(message, en.confirm.remove);
      }
      await write(moderator, 'Numbats today', 'shown');
    });

    it.each(['faq-edit undo', 'faq-edit history'])('are offered by /%s, marked and distinguishable', async (line) => {
      const choices = await moderator.autocomplete(line, 'topic', 'numbat');
      const values = choices.map(({ value }) => value);
      expect(values).toEqual(expect.arrayContaining(topics));
      const found = choices.filter(({ value }) => topics.includes(String(value))).map(({ name }) => name);
      expect(new Set(found).size).toBe(4);
      for (const name of found) {
        expect(name).toContain(en.edit.removedMark);
        expect([...name].length).toBeLessThanOrEqual(100);
      }
      expect(found[0]).toBe(removedName('Numbat'));
      expect(found[1]).toMatch(/^Numbat \(removed\) \(r:[a-z0-9]{8}\)$/);
      expect(choices.find(({ name }) => name === 'Numbats today')).toBeDefined();
      expect(await namesFor(line, 'marsup')).toContain(removedName('Numbat'));
      expect(await namesFor(line, 'nunbat')).toContain(removedName('Numbat'));
    });

    it('come before the guides while nothing is typed, and after current replies', async () => {
      const all = await moderator.autocomplete('faq-edit undo', 'topic', '');
      const at = (name: string) => all.findIndex((choice) => choice.name === name);
      expect(at('Numbats today')).toBeLessThan(at(removedName('Numbat')));
      expect(all.map(({ value }) => String(value).includes('#'))).toEqual(
        all.map(({ value }) => String(value).includes('#')).sort(),
      );
    });

    it.each(['faq', 'faq-pin add', 'faq-edit change', 'faq-edit remove'])('are not offered by /%s', async (line) => {
      expect(await namesFor(line, 'numbat')).toEqual(['Numbats today']);
    });

    it('are offered to moderators only, regardless of the server’s settings', async () => {
      expect(await namesFor('faq-edit undo', 'numbat', member)).toEqual(['Numbats today']);
    });

    it('are restored when they are chosen, or typed by name', async () => {
      const [topic = ''] = topics;
      const chosen = await moderator.slash('faq-edit history', { topic });
      expect(chosen.message?.embeds[0]?.title).toBe(en.edit.history('Numbat'));
      const typed = await moderator.slash('faq-edit undo', { topic: 'numbat' });
      expect(typed.message?.content).toBe(world.messages.edit.undone('Numbat'));
      expect(await namesFor('faq', 'numbat')).toContain('Numbat');
      expect((await namesFor('faq-edit undo', 'numbat')).filter((name) => name === removedName('Numbat'))).toHaveLength(
        1,
      );
    });
  });

  it(`can be ${MANY} without slowing down other requests`, async () => {
    const replies = Array.from({ length: MANY }, (_, i) => ({
      topic: `r:${String(i).padStart(8, '0')}`,
      title: `Subject ${i} of many things`,
      text: `text ${i}`,
      aliases: [`alias ${i}`, `another name ${i}`],
    }));
    const file = formatReplyFile(replies);
    const { moderator, member } = world.newServer('Many');
    const plan = await moderator.slash('faq-edit import', { file: world.discord.addFile('many.md', file) });
    await moderator.press(plan.message, en.confirm.import(MANY));
    expect(plan.message?.content).toBe(en.exchange.imported(MANY));
    const choose = async (text: string) => {
      const began = performance.now();
      const choices = await complete(text, member);
      expect(performance.now() - began, text).toBeLessThan(2000);
      return choices;
    };
    // The first request after a change reads the database, and shows the guide if that takes too long.
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
    const all = await Promise.all(Array.from({ length: 50 }, (_, i) => complete(`subject ${i}`, member)));
    for (const choices of all) expect(choices.length).toBeGreaterThan(0);
  });
});
