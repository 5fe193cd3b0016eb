// /faq-edit change on a guide page: a server’s own text replaces it in this server only.

import type { Message, Person } from 'fake-discord';
import { buttonsOf } from 'fake-discord';
import { beforeEach, describe, expect, it } from 'vitest';
import { en } from '../../src/i18n/en.ts';
import { shippedEdition } from '../shipped.ts';
import { databases, useDatabase } from '../store/databases.ts';
import { change, typedIn, until, useWorld, write } from './world.ts';

const edition = await shippedEdition();
const PAGE = 'close-account#money';
const page = edition.pages.get(PAGE) ?? expect.fail(`there is a page ${PAGE}`);
const labels = (message: Message | null) => (message ? buttonsOf(message).map(({ label }) => label ?? '') : []);
const shown = (message: Message | null) => message?.embeds[0];

describe.each(databases)('a server’s own text for a guide page on $name', (kind) => {
  const database = useDatabase(kind);
  const world = useWorld(() => ({ DATABASE_URL: database.url }));

  let moderator: Person;
  let member: Person;
  beforeEach(() => {
    ({ moderator, member } = world.newServer('Harbour'));
  });

  const faq = async (topic: string, person = member) => (await person.slash('faq', { topic })).message;
  const words = { title: 'Money, as we say it', text: 'Our own words\nabout money' };
  const walk = async (person = member) => (await person.slash('close-account', { page: PAGE })).message;
  /** On a busy machine an answer may come without the server's own texts, because it must not be late. */
  const untilSeen = () => until('members see it', async () => shown(await walk())?.title === words.title);
  const saveOwn = async () => {
    await change(moderator, PAGE, words);
    await untilSeen();
  };

  it('is shown in /faq and in private walks, with the page’s buttons but Sources, and a footer that names its origin', async () => {
    const before = [labels(await walk()), labels(await faq(PAGE))];
    const opened = await moderator.slash('faq-edit change', { topic: PAGE });
    expect(typedIn(opened)).toMatchObject({
      title: page.title,
      text: page.text.replace(/(\[\d+\])+/g, ''),
      aliases: '',
    });
    const { message } = await moderator.submit(opened, words);
    expect(shown(message)?.footer?.text).toBe(en.faq.override);
    const seen = { title: words.title, description: words.text, footer: { text: en.faq.override } };
    await untilSeen();
    expect(shown(await walk())).toMatchObject(seen);
    expect(shown(await faq(PAGE))).toMatchObject(seen);
    const withoutSources = before.map((all) => all.filter((label) => label !== en.button.sources));
    expect([labels(await walk()), labels(await faq(PAGE))]).toEqual(withoutSources);
    const message2 = await walk();
    await member.press(message2, 'Start over');
    expect(shown(message2)?.footer?.text).not.toBe(en.faq.override);
  });

  it('is found by the page’s title too', async () => {
    await saveOwn();
    for (const text of [page.title, words.title, PAGE])
      expect((await member.autocomplete('faq', 'topic', text))[0]).toEqual({ name: words.title, value: PAGE });
  });

  it('does not appear in another server or a DM', async () => {
    await saveOwn();
    const { moderator: stranger } = world.newServer('Elsewhere');
    const own = await write(moderator, 'Ours alone', 'secret');
    for (const person of [stranger, world.discord.person(stranger.user, world.discord.dmOf(stranger.user))]) {
      expect(shown(await walk(person))?.title).toBe(page.title);
      expect(shown(await faq(PAGE, person))?.title).toBe(page.title);
      expect((await faq(own, person))?.content).toBe(en.faq.noTopic(own));
      const names = (await person.autocomplete('faq', 'topic', 'Ours alone')).map(({ name }) => name);
      expect(names).not.toContain('Ours alone');
    }
    for (const subcommand of ['change', 'remove', 'history', 'undo']) {
      const { message } = await stranger.slash(`faq-edit ${subcommand}`, { topic: own });
      expect(message?.content, subcommand).toBe(en.faq.noTopic(own));
    }
    expect((await stranger.slash('faq-edit undo', { topic: PAGE })).message?.content).toBe(world.messages.edit.notOwn);
    expect((await stranger.slash('faq-edit export')).message?.content).toBe(world.messages.exchange.nothing);
    expect(shown(await walk())?.title).toBe(words.title);
  });

  it('disappears when it is removed or undone, and can be restored', async () => {
    await saveOwn();
    const { message } = await moderator.slash('faq-edit remove', { topic: PAGE });
    expect(message?.content).toBe(en.edit.askRemoveOverride(page.title));
    await moderator.press(message, en.confirm.remove);
    expect(message?.content).toBe(world.messages.edit.overrideRemoved(page.title));
    expect(shown(await walk())?.title).toBe(page.title);
    const undone = await moderator.slash('faq-edit undo', { topic: PAGE });
    expect(undone.message?.content).toBe(world.messages.edit.undone(words.title));
    expect(shown(await walk())?.title).toBe(words.title);
    await change(moderator, 'close-account#before', { text: 'once' });
    const first = await moderator.slash('faq-edit undo', { topic: 'close-account#before' });
    expect(first.message?.content).toBe(
      world.messages.edit.undoneToGuide(edition.pages.get('close-account#before')?.title ?? ''),
    );
  });

  it('makes no request that Discord refuses', () => {
    expect(world.discord.refusals.filter(({ code }) => code !== 40_060)).toEqual([]);
  });
});
