// /faq-edit remove, undo and history.

import type { Message } from 'fake-discord';
import { buttonsOf, type Person } from 'fake-discord';
import { beforeAll, describe, expect, it } from 'vitest';
import { en } from '../../src/i18n/en.ts';
import { databases, useDatabase } from '../store/databases.ts';
import { change, MANAGE_ONLY, until, useWorld, write } from './world.ts';

const labels = (message: Message | null) => (message ? buttonsOf(message).map(({ label }) => label ?? '') : []);
const shown = (message: Message | null) => message?.embeds[0];

describe.each(databases)('/faq-edit remove, undo and history on $name', (kind) => {
  let second: Person;
  const database = useDatabase(kind);
  const world = useWorld(() => ({ DATABASE_URL: database.url }));
  beforeAll(async () => {
    second = world.newcomer('Ovid', MANAGE_ONLY);
  });

  const faq = async (topic: string, person = world.member) => (await person.slash('faq', { topic })).message;
  const history = async (topic: string) => (await world.moderator.slash('faq-edit history', { topic })).message;
  const revisions = async (topic: string) => shown(await history(topic))?.description?.split('\n\n').length ?? 0;

  describe('removing', () => {
    it('asks for confirmation, and Cancel changes nothing', async () => {
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

    it('does nothing if the reply changed after the question, nor the second time', async () => {
      const topic = await write(world.moderator, 'Moving', 'one');
      const { message: question } = await world.moderator.slash('faq-edit remove', { topic });
      await change(second, topic, { text: 'two' });
      await world.moderator.press(question, en.confirm.remove);
      expect(question?.content).toBe(world.messages.edit.changedMeanwhile);
      expect(shown(await faq(topic))?.description).toBe('two');
      const questions = await Promise.all([1, 2].map(() => world.moderator.slash('faq-edit remove', { topic })));
      for (const { message } of questions) await world.moderator.press(message, en.confirm.remove);
      expect(questions.map(({ message }) => message?.content).sort()).toEqual(
        [world.messages.edit.removed('Moving'), world.messages.edit.changedMeanwhile].sort(),
      );
      expect((await faq(topic))?.content).toBe(en.faq.noTopic(topic));
    });

    it('of a guide page without the server’s own text says that there is nothing to remove or undo', async () => {
      for (const subcommand of ['remove', 'undo']) {
        const { message } = await world.moderator.slash(`faq-edit ${subcommand}`, { topic: 'close-account#before' });
        expect(message?.content).toBe(world.messages.edit.notOwn);
      }
      expect((await history('close-account#before'))?.content).toBe(en.edit.noHistory);
    });
  });

  describe('undo', () => {
    const undo = async (topic: string) => (await world.moderator.slash('faq-edit undo', { topic })).message;

    it('restores the previous text, and undone again the later one', async () => {
      const topic = await write(world.moderator, 'Swinging', 'one');
      await change(world.moderator, topic, { title: 'Swung', text: 'two' });
      const message = await undo(topic);
      expect(message?.content).toBe(world.messages.edit.undone('Swinging'));
      expect(shown(message)).toMatchObject({ title: 'Swinging', description: 'one', footer: { text: en.faq.own } });
      expect(shown(await faq(topic))?.description).toBe('one');
      expect((await undo(topic))?.content).toBe(world.messages.edit.undone('Swung'));
      expect(shown(await faq(topic))?.description).toBe('two');
      expect(await revisions(topic)).toBe(4);
    });

    it('restores a removed reply', async () => {
      const topic = await write(world.moderator, 'Brought back', 'words', 'an alias');
      await world.moderator.press(
        (await world.moderator.slash('faq-edit remove', { topic })).message,
        en.confirm.remove,
      );
      expect((await undo(topic))?.content).toBe(world.messages.edit.undone('Brought back'));
      expect(shown(await faq('an alias'))?.description).toBe('words');
    });

    it('of the first revision hides the reply, and a second undo restores it', async () => {
      const topic = await write(world.moderator, 'Only one', 'words');
      expect((await undo(topic))?.content).toBe(world.messages.edit.undoneToNothing('Only one'));
      expect((await faq(topic))?.content).toBe(en.faq.noTopic(topic));
      expect((await undo(topic))?.content).toBe(world.messages.edit.undone('Only one'));
      expect(shown(await faq(topic))?.description).toBe('words');
    });
  });

  describe('history', () => {
    it('shows who did what, newest first, ten per page', async () => {
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
      await world.moderator.press(message, en.page.next);
      expect(numbers().map(([, number]) => Number(number))).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3]);
      await world.moderator.press(message, en.page.next);
      expect(numbers().map(([, number, action]) => [Number(number), action])).toEqual([
        [2, en.edit.action.change],
        [1, en.edit.action.add],
      ]);
      expect(shown(message)?.description).toContain('Much changed: text 1');
      expect(labels(message)).toEqual([]);
    });

    it('and the replies survive a restart', async () => {
      const topic = await write(world.moderator, 'Lasting', 'words');
      const { message } = await world.moderator.slash('faq-edit remove', { topic });
      await world.restart();
      // Until the database is open, the bot answers without the server's own replies.
      await until('the reply', async () => shown(await faq(topic))?.description === 'words');
      expect(await revisions(topic)).toBe(1);
      await world.moderator.press(message, en.confirm.remove);
      expect(message?.content).toBe(world.messages.edit.removed('Lasting'));
    });
  });

  it('makes no request that Discord refuses', () => {
    expect(world.discord.refusals.filter(({ code }) => code !== 40_060)).toEqual([]);
  });
});
