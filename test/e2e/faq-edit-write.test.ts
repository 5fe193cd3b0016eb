// /faq-edit add and change: what moderators type is stored and shown exactly, or refused with a reason.

import type { Message, Person } from 'fake-discord';
import { describe, expect, it } from 'vitest';
import { en } from '../../src/i18n/en.ts';
import { databases, useDatabase } from '../store/databases.ts';
import { attached, change, typedIn, until, useWorld, write } from './world.ts';

const ALL_LINES =
  'First line\n\n- a list\n  - in a list\n> a quote\n```js\nif (a < b) {\n\treturn `x`;\n}\n```\n**end** \\* & ü 👩‍👩‍👧';
const shown = (message: Message | null) => message?.embeds[0];

describe.each(databases)('/faq-edit add and change on $name', (kind) => {
  const database = useDatabase(kind);
  const world = useWorld(() => ({ DATABASE_URL: database.url }));

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
      expect(saved.message).toMatchObject({
        content: `${en.edit.saved('Several lines')}\n${world.messages.edit.noNames}`,
        flags: 64,
      });
      const seen = { title: 'Several lines', description: ALL_LINES, footer: { text: en.faq.own } };
      expect(shown(saved.message)).toMatchObject(seen);
      // On a busy machine an answer may come without the server's own replies, because it must not be late.
      await until('members see it', async () => shown(await faq('Several lines')));
      expect(shown(await faq('Several lines'))).toMatchObject(seen);
    });

    it('shows what members who ask a question would get, and saves when that is confirmed', async () => {
      const typed = {
        title: 'Parking *here*',
        text: ALL_LINES,
        aliases: 'garage, where to park',
        question: 'is there a garage to park in',
      };
      const form = await world.moderator.slash('faq-edit add');
      const { message } = await world.moderator.submit(form, typed);
      expect(message?.flags).toBe(64);
      expect(message?.content).toContain(en.edit.trial.thisReply('Parking \\*here\\*'));
      expect(shown(await faq('Parking'))?.title).not.toBe(typed.title);
      const again = await world.moderator.press(message, en.confirm.editAgain);
      const { question: _, ...draft } = typed;
      expect(typedIn(again)).toMatchObject(draft);
      await world.moderator.press(message, en.edit.trial.save);
      expect(message?.content).toBe(en.edit.saved('Parking \\*here\\*'));
      await until('members see it', async () => shown(await faq('Parking *here*'))?.description === ALL_LINES);
    });

    it('keeps spaces around the text as typed', async () => {
      const topic = await write(world.moderator, 'Blanks', '  \n begins and ends \t\n\n');
      expect(typedIn(await world.moderator.slash('faq-edit change', { topic })).text).toBe(
        '  \n begins and ends \t\n\n',
      );
    });

    it('opens a change with the current text', async () => {
      const topic = await write(world.moderator, 'Refunds', ALL_LINES, 'money back, chargeback\n refund ,');
      expect(typedIn(await world.moderator.slash('faq-edit change', { topic }))).toEqual({
        title: 'Refunds',
        text: ALL_LINES,
        aliases: 'money back, chargeback, refund',
        question: '',
      });
      await change(world.moderator, topic, { text: 'Shorter' });
      expect(typedIn(await world.moderator.slash('faq-edit change', { topic })).text).toBe('Shorter');
      expect(shown(await faq(topic))?.description).toBe('Shorter');
    });

    it('accepts 256 characters of title, 4,000 of text, ten aliases', async () => {
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

    it('shows a title with Markdown and mentions as it was typed', async () => {
      const title = '**a** || `b` [c](https://example.org) <@1> @everyone';
      const shownAs = '\\*\\*a\\*\\* \\|\\| \\`b\\` \\[c](https\\://example.org) \\<@1> \\@everyone';
      const { message } = await world.moderator.submit(await world.moderator.slash('faq-edit add'), {
        title,
        text: 'x',
      });
      expect(message?.content).toBe(`${en.edit.saved(shownAs)}\n${world.messages.edit.noNames}`);
      const topic = String((await world.member.autocomplete('faq', 'topic', title))[0]?.value);
      const { message: question } = await world.moderator.slash('faq-edit remove', { topic });
      expect(question?.content).toBe(en.edit.askRemove(shownAs));
      await world.moderator.press(question, en.confirm.remove);
      expect(question?.content).toBe(world.messages.edit.removed(shownAs));
      expect((await world.moderator.slash('faq-edit undo', { topic })).message?.content).toBe(
        world.messages.edit.undone(shownAs),
      );
      expect(shown(await history(topic))).toMatchObject({ title: en.edit.history(shownAs) });
      expect(shown(await history(topic))?.description).toContain(`> ${shownAs}: x`);
    });

    it('saves once if Discord delivers the interaction twice', async () => {
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
      // Right after a restart a list may not have the server's own replies yet.
      const found = await until('the list has the reply', async () => {
        const list = await world.moderator.autocomplete('faq', 'topic', 'Delivered twice');
        return list.length > 0 ? list : undefined;
      });
      expect(found).toHaveLength(1);
      expect(await revisions(String(found[0]?.value))).toBe(1);
    });

    it('says what to do about an unknown topic', async () => {
      for (const subcommand of ['change', 'remove', 'history', 'undo'])
        for (const topic of ['r:zzzzzzzz', 'no#page', 'qqqq ⚡']) {
          const { message } = await world.moderator.slash(`faq-edit ${subcommand}`, { topic });
          expect(message, `${subcommand} ${topic}`).toMatchObject({ content: en.faq.noTopic(topic), flags: 64 });
        }
    });
  });

  describe('a draft with a problem', () => {
    const valid = { title: 'Invalid', text: 'A text\nof two lines', aliases: 'a, b' };
    const { problem } = en.edit;
    it.each([
      ['a title of spaces', { title: '  ' }, problem.empty(en.edit.title)],
      ['a title without visible characters', { title: '\u200B\u3164\u2800' }, problem.empty(en.edit.title)],
      ['a text of spaces', { text: ' \n ' }, problem.empty(en.edit.text)],
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
      const draft = { ...valid, ...wrong };
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
      expect((await world.moderator.autocomplete('faq', 'topic', 'Invalid')).map(({ name }) => name)).not.toContain(
        'Invalid',
      );
      await world.moderator.press(
        (await world.moderator.slash('faq-edit remove', { topic })).message,
        en.confirm.remove,
      );
    });

    it('with several problems lists all of them', async () => {
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

  it('makes no request that Discord refuses', () => {
    expect(world.discord.refusals.filter(({ code }) => code !== 40_060)).toEqual([]);
  });
});
