// /faq-edit change: two moderators who change the same reply at the same time.
import type { Message, Person } from 'fake-discord';
import { beforeAll, describe, expect, it } from 'vitest';
import { en } from '../../src/i18n/en.ts';
import { databases, useDatabase } from '../store/databases.ts';
import { attached, change, MANAGE_ONLY, typedIn, useWorld, write } from './world.ts';

const shown = (message: Message | null) => message?.embeds[0];

describe.each(databases)('two moderators at the same time on $name', (kind) => {
  let second: Person;
  const database = useDatabase(kind);
  const world = useWorld(() => ({ DATABASE_URL: database.url }));
  beforeAll(async () => {
    second = world.newcomer('Ovid', MANAGE_ONLY);
  });

  const faq = async (topic: string, person = world.member) => (await person.slash('faq', { topic })).message;
  const history = async (topic: string) => (await world.moderator.slash('faq-edit history', { topic })).message;
  const revisions = async (topic: string) => shown(await history(topic))?.description?.split('\n\n').length ?? 0;

  it('the second one sees both texts, and continues with the first one’s', async () => {
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

  it('the longest texts of both come back complete', async () => {
    const topic = await write(world.moderator, 'T'.repeat(256), 'old');
    const theirs = await second.slash('faq-edit change', { topic });
    await change(world.moderator, topic, { text: `1${'x'.repeat(3999)}` });
    const { message } = await second.submit(theirs, { title: 'S'.repeat(256), text: `2${'y'.repeat(3999)}` });
    expect(await attached(message, 'shown-now.md')).toContain(`1${'x'.repeat(3999)}`);
    expect(await attached(message, 'your-text.md')).toContain(`2${'y'.repeat(3999)}`);
  });

  it('of ten that submit at the same time one is saved', async () => {
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

  it('a reply removed during a change is not overwritten, and the text comes back', async () => {
    const topic = await write(world.moderator, 'Soon gone', 'old');
    const writing = await second.slash('faq-edit change', { topic });
    await world.moderator.press((await world.moderator.slash('faq-edit remove', { topic })).message, en.confirm.remove);
    const { message } = await second.submit(writing, { text: 'a long text\nthat took an hour' });
    expect(message?.content).toBe(en.edit.notSaved(en.edit.conflictGone));
    expect(message?.content.match(/Not saved/g)).toHaveLength(1);
    expect(shown(message)?.description).toBe('a long text\nthat took an hour');
    expect(await attached(message, 'your-text.md')).toContain('a long text\nthat took an hour');
    expect((await faq(topic))?.content).toBe(en.faq.noTopic(topic));
  });

  it('makes no request that Discord refuses', () => {
    expect(world.discord.refusals.filter(({ code }) => code !== 40_060)).toEqual([]);
  });
});
