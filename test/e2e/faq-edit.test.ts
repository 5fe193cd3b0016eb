// /faq-edit: replies of a server's own, written, changed, removed and brought back by moderators.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { en } from '../../src/i18n/en.ts';
import type { Message } from '../../src/preview/model.ts';
import { buttonsOf, type Person } from '../../src/preview/person.ts';
import { shippedEdition } from '../shipped.ts';
import { databases, type TestDatabase } from '../store/databases.ts';
import {
  ADMIN,
  attached,
  change,
  MANAGE_ONLY,
  MEMBER,
  openWorld,
  PIN_ONLY,
  typedIn,
  until,
  type World,
  write,
} from './world.ts';

const edition = await shippedEdition();
const PAGE = 'close-account#money';
const page = edition.pages.get(PAGE) ?? expect.fail(`there is a page ${PAGE}`);
const ALL_LINES =
  'First line\n\n- a list\n  - in a list\n> a quote\n```js\nif (a < b) {\n\treturn `x`;\n}\n```\n**end** \\* & ü 👩‍👩‍👧';
const labels = (message: Message | null) => (message ? buttonsOf(message).map(({ label }) => label ?? '') : []);
const shown = (message: Message | null) => message?.embeds[0];
const lacks = en.error.lacks('**Manage Messages**');

describe.each(databases)('/faq-edit on $name', (kind) => {
  let database: TestDatabase;
  let world: World;
  let second: Person;
  beforeAll(async () => {
    database = await kind.create();
    world = await openWorld({ DATABASE_URL: database.url });
    second = world.newcomer('Ovid', MANAGE_ONLY);
  });
  afterAll(async () => {
    await world.stop();
    await database.close();
  });

  const faq = async (topic: string, person = world.member) => (await person.slash('faq', { topic })).message;
  const history = async (topic: string) => (await world.moderator.slash('faq-edit history', { topic })).message;
  const revisions = async (topic: string) => shown(await history(topic))?.description?.split('\n\n').length ?? 0;
  /** Sends what a changed client could send: a modal filled in beyond its limits. */
  const forced = (person: Person, customId: string, values: Readonly<Record<string, string>>) =>
    person.sendRaw({
      type: 5,
      data: {
        custom_id: customId,
        components: Object.entries(values).map(([custom_id, value], id) => ({
          type: 18,
          id,
          component: { type: 4, id: id + 100, custom_id, value },
        })),
      },
    });

  describe('writing and changing', () => {
    it('shows a text of several lines exactly, to the moderator and to members', async () => {
      const saved = await world.moderator.submit(await world.moderator.slash('faq-edit add'), {
        title: 'Several lines',
        text: ALL_LINES,
      });
      expect(saved.message).toMatchObject({ content: en.edit.saved('Several lines'), flags: 64 });
      const seen = { title: 'Several lines', description: ALL_LINES, footer: { text: en.faq.own } };
      expect(shown(saved.message)).toMatchObject(seen);
      expect(shown(await faq('Several lines'))).toMatchObject(seen);
    });

    it('keeps blanks around the text as they were typed', async () => {
      const topic = await write(world.moderator, 'Blanks', '  \n begins and ends \t\n\n');
      expect(typedIn(await world.moderator.slash('faq-edit change', { topic })).text).toBe(
        '  \n begins and ends \t\n\n',
      );
    });

    it('begins a change with the present words', async () => {
      const topic = await write(world.moderator, 'Refunds', ALL_LINES, 'money back, chargeback\n refund ,');
      expect(typedIn(await world.moderator.slash('faq-edit change', { topic }))).toEqual({
        title: 'Refunds',
        text: ALL_LINES,
        aliases: 'money back, chargeback, refund',
      });
      await change(world.moderator, topic, { text: 'Shorter' });
      expect(typedIn(await world.moderator.slash('faq-edit change', { topic })).text).toBe('Shorter');
      expect(shown(await faq(topic))?.description).toBe('Shorter');
    });

    it('takes 256 characters of title, 4,000 of text, ten aliases', async () => {
      const aliases = Array.from({ length: 10 }, (_, i) => `${i}${'a'.repeat(79)}`).join(', ');
      const topic = await write(world.moderator, 'T'.repeat(256), 'x'.repeat(4000), aliases);
      expect(shown(await faq(topic))).toMatchObject({ title: 'T'.repeat(256), description: 'x'.repeat(4000) });
      expect(typedIn(await world.moderator.slash('faq-edit change', { topic })).aliases).toBe(aliases);
    });

    it('keeps an alias with a comma when only the text is changed, and ten of 80 characters', async () => {
      const long = Array.from({ length: 10 }, (_, i) => `${i}, "${'a'.repeat(76)}`);
      const typed = long.map((alias) => `"${alias.replaceAll('"', '""')}"`).join(', ');
      const topic = await write(world.moderator, 'Commas', 'x', typed);
      const saved = await change(world.moderator, topic, { text: 'y' });
      expect(saved.message?.content).toBe(en.edit.saved('Commas'));
      expect(typedIn(await world.moderator.slash('faq-edit change', { topic })).aliases).toBe(typed);
      expect((await world.member.autocomplete('faq', 'topic', long[9] ?? ''))[0]?.value).toBe(topic);
    });

    it('shows a title with Markdown and mentions in its sentences as it was typed', async () => {
      const title = '**a** || `b` [c](https://example.org) <@1> @everyone';
      const shownAs = '\\*\\*a\\*\\* \\|\\| \\`b\\` \\[c](https\\://example.org) \\<@1> \\@everyone';
      const { message } = await world.moderator.submit(await world.moderator.slash('faq-edit add'), {
        title,
        text: 'x',
      });
      expect(message?.content).toBe(en.edit.saved(shownAs));
      const topic = String((await world.member.autocomplete('faq', 'topic', title))[0]?.value);
      const { message: question } = await world.moderator.slash('faq-edit remove', { topic });
      expect(question?.content).toBe(en.edit.askRemove(shownAs));
      await world.moderator.press(question, en.confirm.remove);
      expect(question?.content).toBe(en.edit.removed(shownAs));
      expect((await world.moderator.slash('faq-edit undo', { topic })).message?.content).toBe(en.edit.undone(shownAs));
      expect(shown(await history(topic))).toMatchObject({ title: en.edit.history(shownAs) });
      expect(shown(await history(topic))?.description).toContain(`> ${shownAs}: x`);
    });

    it('saves once what Discord delivers twice', async () => {
      const opened = await world.moderator.slash('faq-edit add');
      const saved = await world.moderator.submit(opened, { title: 'Delivered twice', text: 'once' });
      // Discord has its answer already: 40060 counts as delivered. After a restart the bot remembers no interaction.
      const patches = () => world.discord.requests.filter(({ method }) => method === 'PATCH').length;
      await world.restart();
      const before = patches();
      for (const _ of [1, 2]) world.moderator.sendRaw({ ...saved.interaction.payload }).catch(() => undefined);
      await until('the second answer', () => patches() > before);
      await new Promise((done) => setTimeout(done, 100));
      expect(patches()).toBe(before + 1);
      const found = await world.moderator.autocomplete('faq', 'topic', 'Delivered twice');
      expect(found).toHaveLength(1);
      expect(await revisions(String(found[0]?.value))).toBe(1);
    });

    it('says what to do about a topic that nobody knows', async () => {
      for (const subcommand of ['change', 'remove', 'history', 'undo'])
        for (const topic of ['r:zzzzzzzz', 'no#page', 'qqqq ⚡']) {
          const { message } = await world.moderator.slash(`faq-edit ${subcommand}`, { topic });
          expect(message, `${subcommand} ${topic}`).toMatchObject({ content: en.faq.noTopic(topic), flags: 64 });
        }
    });
  });

  describe('permissions', () => {
    const SUBCOMMANDS = ['add', 'change', 'remove', 'history', 'undo', 'export', 'import'] as const;
    const optionsFor = (subcommand: string, topic: string) =>
      subcommand === 'import'
        ? { file: world.discord.addFile('faq.md', '## A {#abc}\n\nb\n') }
        : subcommand === 'add' || subcommand === 'export'
          ? {}
          : { topic };
    let topic = '';
    beforeAll(async () => {
      topic = await write(world.moderator, 'Guarded', 'one');
      await change(world.moderator, topic, { text: 'two' });
    });

    it.each([
      ['a member', MEMBER, false],
      ['who may pin only', PIN_ONLY, false],
      ['who may manage messages only', MANAGE_ONLY, true],
      ['an admin', ADMIN, true],
    ])('%s: every subcommand', async (name, permissions, mayDo) => {
      const person = world.newcomer(name, permissions);
      for (const subcommand of SUBCOMMANDS) {
        const answer = await person.slash(`faq-edit ${subcommand}`, optionsFor(subcommand, topic));
        if (!mayDo) expect(answer.message, subcommand).toMatchObject({ content: lacks, flags: 64 });
        else if (answer.type === 9) expect(['add', 'change']).toContain(subcommand);
        else expect(answer.message?.content, subcommand).not.toBe(lacks);
      }
      const now = shown(await faq(topic))?.description;
      expect(now).toBe(mayDo ? 'one' : 'two');
      if (mayDo) await world.moderator.slash('faq-edit undo', { topic });
    });

    it('in a DM: every subcommand says that it needs a server', async () => {
      const someone = world.discord.addUser('Dora');
      const inDm = world.discord.person(someone, world.discord.dmOf(someone));
      for (const subcommand of SUBCOMMANDS) {
        const { interaction } = await world.moderator.slash(`faq-edit ${subcommand}`, optionsFor(subcommand, topic));
        const { message } = await inDm.sendRaw({ type: 2, data: interaction.payload.data });
        expect(message?.content, subcommand).toBe(en.error.serverOnly);
      }
      await world.moderator.slash('faq-edit undo', { topic });
    });

    it.each([
      ['a member', MEMBER],
      ['who may pin only', PIN_ONLY],
    ])('a modal sent by %s saves nothing', async (name, permissions) => {
      const person = world.newcomer(name, permissions);
      const changing = await world.moderator.slash('faq-edit change', { topic });
      expect((await person.submit(changing, { text: 'stolen' })).message?.content).toBe(lacks);
      const adding = await world.moderator.slash('faq-edit add');
      expect((await person.submit(adding, { title: 'Stolen', text: 'x' })).message?.content).toBe(lacks);
      expect(shown(await faq(topic))?.description).toBe('two');
      expect((await world.member.autocomplete('faq', 'topic', 'Stolen')).map(({ name: found }) => found)).not.toContain(
        'Stolen',
      );
    });

    it('a button pressed by somebody else does nothing, whichever it is', async () => {
      const { message: question } = await world.moderator.slash('faq-edit remove', { topic });
      const file = world.discord.addFile('faq.md', '## Stolen {#stolen}\n\nx\n');
      const { message: plan } = await world.moderator.slash('faq-edit import', { file });
      const ids = [question, plan].flatMap((message) => (message ? buttonsOf(message) : []));
      const codes = [
        ...ids.flatMap(({ custom_id: id, label }) => (id && label !== 'Cancel' ? [id] : [])),
        `e1:history:5:${topic}`,
        `e1:again:0:${topic}`,
      ];
      expect(codes).toHaveLength(4);
      for (const custom_id of codes) {
        const { message } = await world.other.sendRaw({ type: 3, data: { component_type: 2, custom_id } }, plan);
        expect(message, custom_id).toMatchObject({ content: lacks, flags: 64 });
      }
      expect(shown(await faq(topic))?.description).toBe('two');
      expect((await faq('stolen'))?.embeds[0]?.title).not.toBe('Stolen');
    });

    it('a forged custom_id is answered with the guides, and does nothing', async () => {
      const { message: question } = await world.moderator.slash('faq-edit remove', { topic });
      for (const id of [
        'e1:',
        'e1:drop:1:x',
        'e1:remove',
        'e1:remove:zz',
        `e1:remove:-1:${topic}`,
        `e1:remove::${topic}`,
        'e1:add:0:',
        'e1:change:1:x',
      ]) {
        const { message } = await world.moderator.pressId(question, id);
        expect(message?.content, id).toMatch(
          new RegExp(`${en.help.lost}|${en.edit.changedMeanwhile.slice(0, 30)}|${en.edit.gone.slice(0, 30)}`),
        );
      }
      expect(shown(await faq(topic))?.description).toBe('two');
    });
  });

  describe('a draft with a problem', () => {
    const sound = { title: 'Unsound', text: 'A text\nof two lines', aliases: 'a, b' };
    const { problem } = en.edit;
    it.each([
      ['a title of blanks', { title: '  ' }, problem.empty(en.edit.title)],
      ['a title that shows nothing', { title: '\u200B\u3164\u2800' }, problem.empty(en.edit.title)],
      ['a text of blanks', { text: ' \n ' }, problem.empty(en.edit.text)],
      [
        'an http link',
        { text: 'see [x](http://example.org/a) now' },
        problem.link(en.edit.text, 'http://example.org/a'),
      ],
      ['a javascript: link', { text: '[x](javascript:alert(1))' }, problem.link(en.edit.text, 'javascript:alert(1')],
      ['eleven aliases', { aliases: 'abcdefghijk'.split('').join(',') }, problem.many(en.edit.aliases, 10)],
      ['a title of 257 characters', { title: 't'.repeat(257) }, problem.long(en.edit.title, 256)],
      ['an alias of 81 characters', { aliases: 'a'.repeat(81) }, problem.long(en.edit.aliases, 80)],
      ['a text of 4,001 characters', { text: 'x'.repeat(4001) }, problem.long(en.edit.text, 4000)],
    ])('%s: the text comes back as text and file, and nothing is saved', async (_, wrong, sentence) => {
      const draft = { ...sound, ...wrong };
      const topic = await write(world.moderator, 'Untouched', 'as it was');
      for (const customId of ['e1:add:0:', `e1:change:1:${topic}`]) {
        const { message } = await forced(world.moderator, customId, draft);
        expect(message).toMatchObject({ content: en.edit.notSaved(sentence), flags: 64 });
        expect(shown(message)?.footer?.text).toBe(en.edit.yours);
        if (draft.text.trim())
          expect(draft.text.startsWith(shown(message)?.description?.slice(0, 3999) ?? '?')).toBe(true);
        const file = await attached(message, 'your-text.md');
        expect(file).toContain(draft.title);
        expect(file).toContain(draft.text);
      }
      expect(await revisions(topic)).toBe(1);
      expect((await world.moderator.autocomplete('faq', 'topic', 'Unsound')).map(({ name }) => name)).not.toContain(
        'Unsound',
      );
      await world.moderator.press(
        (await world.moderator.slash('faq-edit remove', { topic })).message,
        en.confirm.remove,
      );
    });

    it('with several problems names each', async () => {
      const { message } = await forced(world.moderator, 'e1:add:0:', {
        title: ' ',
        text: 'http://a.example ftp://b.example',
        aliases: '',
      });
      for (const sentence of [
        problem.empty(en.edit.title),
        problem.link(en.edit.text, 'http://a.example'),
        problem.link(en.edit.text, 'ftp://b.example'),
      ])
        expect(message?.content).toContain(sentence);
    });
  });

  describe('two moderators at once', () => {
    it('the second is told, sees both texts, and begins again from the first one’s', async () => {
      const topic = await write(world.moderator, 'Contested', 'old');
      const mine = await world.moderator.slash('faq-edit change', { topic });
      const theirs = await second.slash('faq-edit change', { topic });
      await world.moderator.submit(mine, { text: 'the first one’s' });
      const { message } = await second.submit(theirs, { title: 'Contested by me', text: 'the second one’s' });
      expect(message).toMatchObject({ content: en.edit.conflict(world.moderator.user.id), flags: 64 });
      expect(message?.notifies.users).toEqual([]);
      expect(message?.embeds).toMatchObject([
        { title: 'Contested', description: 'the first one’s', footer: { text: en.edit.now } },
        { title: 'Contested by me', description: 'the second one’s', footer: { text: en.edit.yours } },
      ]);
      expect(await attached(message, 'shown-now.md')).toContain('the first one’s');
      expect(await attached(message, 'your-text.md')).toContain('the second one’s');
      expect(shown(await faq(topic))?.description).toBe('the first one’s');
      const again = await second.press(message, en.confirm.editAgain);
      expect(typedIn(again)).toMatchObject({ title: 'Contested', text: 'the first one’s' });
      await second.submit(again, { text: 'of both' });
      expect(shown(await faq(topic))?.description).toBe('of both');
      expect(await revisions(topic)).toBe(3);
    });

    it('the longest texts of both come back whole', async () => {
      const topic = await write(world.moderator, 'T'.repeat(256), 'old');
      const theirs = await second.slash('faq-edit change', { topic });
      await change(world.moderator, topic, { text: `1${'x'.repeat(3999)}` });
      const { message } = await second.submit(theirs, { title: 'S'.repeat(256), text: `2${'y'.repeat(3999)}` });
      expect(await attached(message, 'shown-now.md')).toContain(`1${'x'.repeat(3999)}`);
      expect(await attached(message, 'your-text.md')).toContain(`2${'y'.repeat(3999)}`);
    });

    it('of ten that send at the same moment one is saved', async () => {
      const topic = await write(world.moderator, 'Rushed', 'old');
      const opened = await Promise.all(
        Array.from({ length: 10 }, () => world.moderator.slash('faq-edit change', { topic })),
      );
      const sent = await Promise.all(opened.map((modal, i) => world.moderator.submit(modal, { text: `number ${i}` })));
      const contents = sent.map(({ message }) => message?.content);
      expect(contents.filter((content) => content === en.edit.saved('Rushed'))).toHaveLength(1);
      expect(contents.filter((content) => content === en.edit.conflict(world.moderator.user.id))).toHaveLength(9);
      expect(await revisions(topic)).toBe(2);
    });

    it('a reply removed while somebody writes is not written over, and the text comes back', async () => {
      const topic = await write(world.moderator, 'Soon gone', 'old');
      const writing = await second.slash('faq-edit change', { topic });
      await world.moderator.press(
        (await world.moderator.slash('faq-edit remove', { topic })).message,
        en.confirm.remove,
      );
      const { message } = await second.submit(writing, { text: 'a long text\nthat took an hour' });
      expect(message?.content).toBe(en.edit.notSaved(en.edit.conflictGone));
      expect(message?.content.match(/Not saved/g)).toHaveLength(1);
      expect(shown(message)?.description).toBe('a long text\nthat took an hour');
      expect(await attached(message, 'your-text.md')).toContain('a long text\nthat took an hour');
      expect((await faq(topic))?.content).toBe(en.faq.noTopic(topic));
    });
  });

  describe('removing', () => {
    it('asks first, and Cancel changes nothing', async () => {
      const topic = await write(world.moderator, 'Doubtful', 'stays');
      const { message } = await world.moderator.slash('faq-edit remove', { topic });
      expect(message).toMatchObject({ content: en.edit.askRemove('Doubtful'), flags: 64 });
      expect(shown(message)?.description).toBe('stays');
      expect(labels(message)).toEqual([en.confirm.remove, en.confirm.cancel]);
      await world.moderator.press(message, en.confirm.cancel);
      expect(message?.content).toBe(en.confirm.cancelled);
      expect(labels(message)).toEqual([]);
      expect(shown(await faq(topic))?.description).toBe('stays');
      expect(await revisions(topic)).toBe(1);
    });

    it('does nothing where the reply was changed after the question, and nothing twice', async () => {
      const topic = await write(world.moderator, 'Moving', 'one');
      const { message: question } = await world.moderator.slash('faq-edit remove', { topic });
      await change(second, topic, { text: 'two' });
      await world.moderator.press(question, en.confirm.remove);
      expect(question?.content).toBe(en.edit.changedMeanwhile);
      expect(shown(await faq(topic))?.description).toBe('two');
      const questions = await Promise.all([1, 2].map(() => world.moderator.slash('faq-edit remove', { topic })));
      for (const { message } of questions) await world.moderator.press(message, en.confirm.remove);
      expect(questions.map(({ message }) => message?.content).sort()).toEqual(
        [en.edit.removed('Moving'), en.edit.changedMeanwhile].sort(),
      );
      expect((await faq(topic))?.content).toBe(en.faq.noTopic(topic));
    });

    it('of a guide page without words of our own says that there is nothing to remove or undo', async () => {
      for (const subcommand of ['remove', 'undo']) {
        const { message } = await world.moderator.slash(`faq-edit ${subcommand}`, { topic: 'close-account#before' });
        expect(message?.content).toBe(en.edit.notOwn);
      }
      expect((await history('close-account#before'))?.content).toBe(en.edit.noHistory);
    });
  });

  describe('undo', () => {
    const undo = async (topic: string) => (await world.moderator.slash('faq-edit undo', { topic })).message;

    it('returns to the words before, and undone again to those after', async () => {
      const topic = await write(world.moderator, 'Swinging', 'one');
      await change(world.moderator, topic, { title: 'Swung', text: 'two' });
      const message = await undo(topic);
      expect(message?.content).toBe(en.edit.undone('Swinging'));
      expect(shown(message)).toMatchObject({ title: 'Swinging', description: 'one', footer: { text: en.faq.own } });
      expect(shown(await faq(topic))?.description).toBe('one');
      expect((await undo(topic))?.content).toBe(en.edit.undone('Swung'));
      expect(shown(await faq(topic))?.description).toBe('two');
      expect(await revisions(topic)).toBe(4);
    });

    it('brings back what was removed', async () => {
      const topic = await write(world.moderator, 'Brought back', 'words', 'an alias');
      await world.moderator.press(
        (await world.moderator.slash('faq-edit remove', { topic })).message,
        en.confirm.remove,
      );
      expect((await undo(topic))?.content).toBe(en.edit.undone('Brought back'));
      expect(shown(await faq('an alias'))?.description).toBe('words');
    });

    it('of the first revision leaves nothing shown, and a second one brings it back', async () => {
      const topic = await write(world.moderator, 'Only one', 'words');
      expect((await undo(topic))?.content).toBe(en.edit.undoneToNothing('Only one'));
      expect((await faq(topic))?.content).toBe(en.faq.noTopic(topic));
      expect((await undo(topic))?.content).toBe(en.edit.undone('Only one'));
      expect(shown(await faq(topic))?.description).toBe('words');
    });
  });

  describe('words over a guide page', () => {
    const words = { title: 'Money, as we say it', text: 'Our own words\nabout money' };
    const walk = async (person = world.member) => (await person.slash('close-account', { page: PAGE })).message;

    it('are shown in /faq and in private walks, with the page’s buttons and a footer that says whose they are', async () => {
      const before = [labels(await walk()), labels(await faq(PAGE))];
      const opened = await world.moderator.slash('faq-edit change', { topic: PAGE });
      expect(typedIn(opened)).toEqual({ title: page.title, text: page.text.replace(/(\[\d+\])+/g, ''), aliases: '' });
      const { message } = await world.moderator.submit(opened, words);
      expect(shown(message)?.footer?.text).toBe(en.faq.over);
      const seen = { title: words.title, description: words.text, footer: { text: en.faq.over } };
      expect(shown(await walk())).toMatchObject(seen);
      expect(shown(await faq(PAGE))).toMatchObject(seen);
      expect([labels(await walk()), labels(await faq(PAGE))]).toEqual(before);
      const message2 = await walk();
      await world.member.press(message2, 'Start over');
      expect(shown(message2)?.footer?.text).not.toBe(en.faq.over);
    });

    it('are found under the page’s own title too', async () => {
      for (const text of [page.title, words.title, PAGE])
        expect((await world.member.autocomplete('faq', 'topic', text))[0]).toEqual({ name: words.title, value: PAGE });
    });

    it('do not reach another server or a DM', async () => {
      const elsewhere = world.discord.addGuild('Elsewhere');
      const channel = world.discord.addChannel(elsewhere, 'general');
      const stranger = world.newcomer('Stan', ADMIN, channel);
      const own = await write(world.moderator, 'Ours alone', 'secret');
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
      expect((await stranger.slash('faq-edit undo', { topic: PAGE })).message?.content).toBe(en.edit.notOwn);
      expect((await stranger.slash('faq-edit export')).message?.content).toBe(en.exchange.nothing);
      expect(shown(await walk())?.title).toBe(words.title);
    });

    it('give way to the guide’s own when they are removed or undone, and come back', async () => {
      const { message } = await world.moderator.slash('faq-edit remove', { topic: PAGE });
      expect(message?.content).toBe(en.edit.askRemoveOver(page.title));
      await world.moderator.press(message, en.confirm.remove);
      expect(message?.content).toBe(en.edit.overRemoved(page.title));
      expect(shown(await walk())?.title).toBe(page.title);
      const undone = await world.moderator.slash('faq-edit undo', { topic: PAGE });
      expect(undone.message?.content).toBe(en.edit.undone(words.title));
      expect(shown(await walk())?.title).toBe(words.title);
      await change(world.moderator, 'close-account#before', { text: 'once' });
      const first = await world.moderator.slash('faq-edit undo', { topic: 'close-account#before' });
      expect(first.message?.content).toBe(
        en.edit.undoneToGuide(edition.pages.get('close-account#before')?.title ?? ''),
      );
    });
  });

  describe('history', () => {
    it('tells who did what, newest first, ten to a page', async () => {
      const topic = await write(world.moderator, 'Much changed', 'text 1');
      for (let i = 2; i <= 21; i++) await change(i % 2 ? world.moderator : second, topic, { text: `text ${i}` });
      await world.moderator.slash('faq-edit undo', { topic });
      const message = await history(topic);
      const numbers = () => [
        ...(shown(message)?.description ?? '').matchAll(/^\*\*(\d+)\*\* (\w+) by <@(\d+)>, <t:\d+:f>/gm),
      ];
      expect(shown(message)?.title).toBe(en.edit.history('Much changed'));
      expect(numbers().map(([, number]) => Number(number))).toEqual([22, 21, 20, 19, 18, 17, 16, 15, 14, 13]);
      expect(numbers()[0]?.slice(2)).toEqual([en.edit.action.undo, world.moderator.user.id]);
      expect(numbers()[2]?.slice(2)).toEqual([en.edit.action.change, second.user.id]);
      expect(message?.notifies.users).toEqual([]);
      await world.moderator.press(message, en.pin.older);
      expect(numbers().map(([, number]) => Number(number))).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3]);
      await world.moderator.press(message, en.pin.older);
      expect(numbers().map(([, number, action]) => [Number(number), action])).toEqual([
        [2, en.edit.action.change],
        [1, en.edit.action.add],
      ]);
      expect(shown(message)?.description).toContain('Much changed: text 1');
      expect(labels(message)).toEqual([]);
    });

    it('survives a restart, and so do the replies', async () => {
      const topic = await write(world.moderator, 'Lasting', 'words');
      const { message } = await world.moderator.slash('faq-edit remove', { topic });
      await world.restart();
      // Until the database is open, the guides answer without the server's own words.
      await until('the reply', async () => shown(await faq(topic))?.description === 'words');
      expect(await revisions(topic)).toBe(1);
      await world.moderator.press(message, en.confirm.remove);
      expect(message?.content).toBe(en.edit.removed('Lasting'));
    });
  });

  it('refused nothing that Discord would refuse', () => {
    expect(world.discord.refusals.filter(({ code }) => code !== 40_060)).toEqual([]);
  });
});
