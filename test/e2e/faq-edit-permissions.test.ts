// /faq-edit: who may use it, and that forged buttons and other people’s buttons do nothing.

import type { Message } from 'fake-discord';
import { buttonsOf } from 'fake-discord';
import { beforeAll, describe, expect, it } from 'vitest';
import { en } from '../../src/i18n/en.ts';
import { databases, useDatabase } from '../store/databases.ts';
import { ADMIN, change, MANAGE_ONLY, MEMBER, PIN_ONLY, useWorld, write } from './world.ts';

const shown = (message: Message | null) => message?.embeds[0];
const lacks = en.error.lacks('**Manage Messages**');

describe.each(databases)('permissions for /faq-edit on $name', (kind) => {
  let topic = '';
  const database = useDatabase(kind);
  const world = useWorld(() => ({ DATABASE_URL: database.url }));
  beforeAll(async () => {
    topic = await write(world.moderator, 'Guarded', 'one');
    await change(world.moderator, topic, { text: 'two' });
  });

  const faq = async (topic: string, person = world.member) => (await person.slash('faq', { topic })).message;

  const SUBCOMMANDS = ['add', 'change', 'remove', 'history', 'undo', 'export', 'import'] as const;
  const optionsFor = (subcommand: string, topic: string) =>
    subcommand === 'import'
      ? { file: world.discord.addFile('faq.md', '## A {#abc}\n\nb\n') }
      : subcommand === 'add' || subcommand === 'export'
        ? {}
        : { topic };
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

  it('in a DM every subcommand says that it needs a server', async () => {
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

  it('a button pressed by somebody else does nothing', async () => {
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

  it('a forged custom_id does nothing and shows the guides', async () => {
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

  it('makes no request that Discord refuses', () => {
    expect(world.discord.refusals.filter(({ code }) => code !== 40_060)).toEqual([]);
  });
});
