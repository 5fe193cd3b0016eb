// Without a database the guides still work, and moderators lose no text.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { en } from '../../src/i18n/en.ts';
import { administer, databases, useDatabase } from '../store/databases.ts';
import { attached, until, useWorld, write } from './world.ts';

const folder = mkdtempSync(join(tmpdir(), 'guidepost-no-database-'));
writeFileSync(join(folder, 'taken'), '');
afterAll(() => rmSync(folder, { recursive: true }));
/** Discord waits for 3 seconds. */
const QUICK_MS = 3000;
const PAGE = 'close-account#money';

describe.concurrent.each([
  ['a file where the folder should be', `file:${folder}/taken/guidepost.db`],
  ['an unreachable PostgreSQL', 'postgres://nobody@127.0.0.1:1/nowhere'],
])('with %s', (_, DATABASE_URL) => {
  const world = useWorld({ DATABASE_URL }, { isDatabaseUp: false });

  it.each([
    ['close-account', {}],
    ['new-account', { share: true }],
    ['faq', { topic: PAGE }],
    ['help', {}],
  ])('/%s answers quickly', async (line, options) => {
    const { message, ms } = await world.member.slash(line, options);
    expect(message?.embeds).toHaveLength(1);
    expect(ms).toBeLessThan(QUICK_MS);
  });

  it('autocompletes with the pages of the guides', async () => {
    for (const line of ['faq', 'faq-edit change', 'faq-pin add'])
      expect((await world.moderator.autocomplete(line, 'topic', 'money')).length).toBeGreaterThan(0);
    expect(await world.moderator.autocomplete('faq-pin remove', 'topic', '')).toEqual([]);
  });

  it('/faq-edit returns the text and says what is wrong', async () => {
    const words = { title: 'An hour’s work', text: 'line one\nline two', aliases: 'a, b' };
    const opened = [
      await world.moderator.slash('faq-edit add'),
      await world.moderator.slash('faq-edit change', { topic: PAGE }),
    ];
    for (const { message, ms } of await Promise.all(opened.map((modal) => world.moderator.submit(modal, words)))) {
      expect(ms).toBeLessThan(QUICK_MS);
      expect(message?.content).toBe(en.edit.notSaved(en.error.store.unavailable));
      expect(message?.embeds[0]).toMatchObject({ title: words.title, description: words.text });
      expect(await attached(message, 'your-text.md')).toContain(words.text);
    }
  });

  it('commands that need the database say what is wrong, and do nothing', async () => {
    const moderator = world.moderator.in(world.discord.addChannel(world.guild, 'quiet'));
    const lines = ['history', 'undo', 'export', 'import'].map((name) => `faq-edit ${name}`);
    lines.push(...['add', 'remove', 'list'].map((name) => `faq-pin ${name}`));
    const file = world.discord.addFile('replies.md', '## A {#abc}\n\nb\n');
    const optionsOf = (line: string) =>
      /export|list/.test(line) ? {} : line.endsWith('import') ? { file } : { topic: PAGE };
    await Promise.all(
      lines.map(async (line) => {
        const { message } = await moderator.slash(line, optionsOf(line));
        expect(message, line).toMatchObject({ content: en.error.store.unavailable, flags: 64 });
      }),
    );
    expect(world.discord.messagesOf(moderator.channel)).toEqual([]);
  });

  it('answering a message with a page of the guides works', async () => {
    const channel = world.discord.addChannel(world.guild, 'asking');
    const target = (await world.member.in(channel).say('help')).message;
    const { message } = await world.moderator.in(channel).menu('Answer with FAQ', target);
    await world.moderator.choose(message, 0, ['close-account#before']);
    expect(world.discord.messagesOf(channel).at(-1)?.replyTo?.messageId).toBe(target.id);
  });
});

const postgres = databases.filter(({ name }) => name === 'PostgreSQL');

describe.each(postgres)('a $name that stops while the bot runs', (kind) => {
  const database = useDatabase(kind);
  const world = useWorld(() => ({ DATABASE_URL: database.url }));

  const name = () => new URL(database.url).pathname.slice(1);

  it('leaves replies and guides readable, returns texts, and is used again after it restarts', async () => {
    const topic = await write(world.moderator, 'Kept in memory', 'words');
    const shown = async () => (await world.member.slash('faq', { topic })).message?.embeds[0]?.description;
    expect(await shown()).toBe('words');
    const { message: modalLess } = await world.moderator.slash('faq-edit history', { topic });
    expect(modalLess?.embeds).toHaveLength(1);
    const opened = await world.moderator.slash('faq-edit change', { topic });
    await until('the database gone', async () => {
      await administer(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name()}'`);
      return administer(`alter database ${name()} rename to ${name()}_away`).then(
        () => true,
        () => false,
      );
    });
    expect(await shown()).toBe('words');
    const lost = await world.moderator.submit(opened, { text: 'new words' });
    expect(lost.message?.content).toBe(en.edit.notSaved(en.error.store.unavailable));
    expect(await attached(lost.message, 'your-text.md')).toContain('new words');
    expect(await shown()).toBe('words');
    await administer(`alter database ${name()}_away rename to ${name()}`);
    await until('saved again', async () => {
      const { message } = await world.moderator.submit(opened, { text: 'new words' });
      return message?.content === en.edit.saved('Kept in memory');
    });
    expect(await shown()).toBe('new words');
  });
});
