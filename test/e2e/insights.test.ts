// /insights: numbers, chart and unanswered questions of a server, for its moderators only.

import type { Message } from 'fake-discord';
import { buttonsOf } from 'fake-discord';
import { beforeAll, describe, expect, it } from 'vitest';
import { en } from '../../src/i18n/en.ts';
import { openStatsRecorder } from '../../src/stats/recorder.ts';
import type { Store } from '../../src/store/store.ts';
import { DAY_MS, dayOf } from '../../src/time.ts';
import { shippedEdition } from '../shipped.ts';
import { databases, log, useDatabase } from '../store/databases.ts';
import { MANAGE_ONLY, openWorld, PIN_ONLY, typedIn, until, useWorld } from './world.ts';

const edition = await shippedEdition();
const pages = [...edition.pages.values()];
const { insights: words } = en;
const embed = (message: Message | null) => message?.embeds[0];
const field = (message: Message | null, name: string) =>
  embed(message)?.fields?.find((one) => one.name === name)?.value;
const labels = (message: Message | null) => (message ? buttonsOf(message).map(({ label }) => label ?? '') : []);
const lacks = en.error.lacks('**Manage Messages**');

describe.each(databases)('/insights on $name', (kind) => {
  const database = useDatabase(kind);
  let store: Store;
  beforeAll(() => {
    store = database.open();
  });
  const world = useWorld(() => ({ DATABASE_URL: database.url }));

  const insights = async (person = world.moderator, days?: number) =>
    (await person.slash('insights', days === undefined ? {} : { days })).message;
  /** A server of its own with a moderator in it. */
  const elsewhere = (name: string) => {
    const guild = world.discord.addGuild(name);
    const channel = world.discord.addChannel(guild, 'general');
    return { guild, moderator: world.newcomer(`Mod of ${name}`, MANAGE_ONLY, channel) };
  };
  const counting = async (work: (stats: ReturnType<typeof openStatsRecorder>) => void, daysAgo = 0) => {
    const stats = openStatsRecorder(store, { log, now: () => Date.now() - daysAgo * DAY_MS });
    work(stats);
    await stats.close();
  };

  it('says privately what it will show, while nothing was counted', async () => {
    const { moderator } = elsewhere('Empty');
    const message = await insights(moderator);
    expect(message?.flags).toBe(64);
    expect(embed(message)).toMatchObject({ title: words.title('30'), description: words.empty('30') });
    expect(message?.attachments).toEqual([]);
    expect(labels(message)).toEqual([]);
  });

  it('counts what members do, without user data', async () => {
    const { message } = await world.member.slash('close-account');
    const start = embed(message)?.title ?? '';
    const way = pages.find(({ title }) => title === start)?.links.find((link) => link.kind === 'page');
    await world.member.press(message, way?.label ?? '');
    const second = embed(message)?.title ?? '';
    await world.member.slash('faq', { topic: 'close-account#money' });
    const shown = await until('the counts are written', async () => {
      const answer = await insights();
      const isComplete = embed(answer)?.description?.includes(words.shown('1', words.new));
      return isComplete && field(answer, words.stops)?.includes(second) ? answer : undefined;
    });
    expect(field(shown, words.read)).toContain(start.slice(0, 50));
    expect(embed(shown)?.description).toContain(words.pages('2', words.new));
    expect(embed(shown)?.description).toContain(words.shown('1', words.new));
    expect(embed(shown)?.description).toContain(words.walks('1', words.new));
    expect(embed(shown)?.description).toContain(words.followed('1', words.new));
    const rows = await store.run((db) => db.selectFrom('counts').selectAll().execute());
    expect(JSON.stringify(rows)).not.toContain(world.member.user.id);
  });

  it('shows where walks stop, what helped, what was asked, and a chart with the same numbers as text', async () => {
    const { guild, moderator } = elsewhere('Busy');
    const [page, outcome] = [pages.find((one) => !one.outcome), pages.find((one) => one.outcome)];
    if (!page || !outcome) throw new Error('there are pages and outcomes');
    await counting((stats) => {
      for (let i = 0; i < 3; i++) stats.count(guild.id, 'seen', page.name);
      stats.count(guild.id, 'left', page.name);
      for (let i = 0; i < 2; i++) stats.count(guild.id, 'seen', outcome.name);
      for (let i = 0; i < 3; i++) stats.count(guild.id, 'helped', outcome.name);
      stats.count(guild.id, 'not-helped', outcome.name);
      stats.count(guild.id, 'asked', 'unsure');
      for (let i = 0; i < 2; i++) stats.count(guild.id, 'refused', page.name);
      stats.count(guild.id, 'none', outcome.name);
    });
    await counting((stats) => {
      for (let i = 0; i < 4; i++) stats.count(guild.id, 'seen', page.name);
    }, 10);
    const message = await insights(moderator, 7);
    const title = (one: { title: string }) => [...one.title].slice(0, 50).join('');
    expect(embed(message)?.title).toBe(words.title('7'));
    expect(embed(message)?.description).toContain(words.pages('5', words.more('25')));
    expect(field(message, words.stops)).toContain(title(page));
    expect(field(message, words.stops)).toContain('ended here 2 (50 % of all walks), read 3');
    expect(field(message, words.stops)).not.toContain(title(outcome));
    expect(field(message, words.outcomes)).toContain(title(outcome));
    expect(field(message, words.helped)).toContain(words.judged('3', '1', '75'));
    const [ended, meant, notThis] = field(message, words.asked)?.split('\n') ?? [];
    expect([ended, meant]).toEqual([words.answers('0', '1', '0'), words.refused('2', '1')]);
    expect(notThis).toContain(title(page));
    expect(field(message, words.series)).toMatch(/: 0, 0, 0, 0, 0, 0, 5$/);
    expect(field(message, words.seriesBefore)).toMatch(/: 0, 0, 0, 4, 0, 0, 0$/);
    const [chart] = message?.attachments ?? [];
    expect(chart?.filename).toBe('insights.png');
    expect(chart?.description).toContain(words.chart('7', '5', '', '').split(', and')[0]);
    expect(embed(message)?.image?.url).toBe(chart?.url);
    const png = Buffer.from(await (await fetch(chart?.url ?? '')).arrayBuffer());
    expect(png.subarray(1, 4).toString()).toBe('PNG');
  });

  it('lists unanswered questions, opens the form filled in, and omits a question once it has a reply', async () => {
    const { guild, moderator } = elsewhere('Asking');
    const asked = 'Where, `exactly`, is my [money](https://example.com)?';
    await counting((stats) => {
      for (let i = 0; i < 3; i++) stats.question(guild.id, asked);
      for (let i = 0; i < 8; i++) stats.question(guild.id, `${'very '.repeat(30)}long question ${i}`);
    });
    const message = await insights(moderator);
    const list = field(message, words.questions)?.split('\n') ?? [];
    expect(list).toHaveLength(9);
    expect(list[0]).toBe(words.question('Where, \\`exactly\\`, is my \\[money](…', '3'));
    expect(labels(message)).toHaveLength(5);
    expect(labels(message)[0]).toBe('Write a reply: Where, `exactly`, is my [money](…');
    const opened = await moderator.press(message, /^Write a reply: Where/);
    expect(typedIn(opened)).toEqual({
      title: 'Where, `exactly`, is my [money](…',
      text: '',
      aliases: 'Where `exactly` is my [money](…',
      question: '',
    });
    const { message: saved } = await moderator.submit(opened, {
      title: 'Where your money is',
      text: 'In your account.',
    });
    expect(saved?.content).toBe(en.edit.saved('Where your money is'));
    expect(field(await insights(moderator), words.questions)).not.toContain('Where');
    const { message: found } = await moderator.slash('faq', { topic: 'where exactly is my money' });
    expect(embed(found)?.title).toBe('Where your money is');
  });

  it('shows nothing of other servers, and a question’s button works in its own server only', async () => {
    const [one, other] = [elsewhere('One'), elsewhere('Other')];
    await counting((stats) => {
      stats.question(one.guild.id, 'a question of one server');
      stats.count(one.guild.id, 'seen', 'close-account#money');
    });
    expect(embed(await insights(other.moderator))?.description).toBe(words.empty('30'));
    const [button] = buttonsOf((await insights(one.moderator)) ?? expect.fail('a message'));
    const message = await insights(other.moderator);
    expect((await other.moderator.pressId(message, button?.custom_id ?? '')).message?.content).toBe(
      world.messages.insights.gone,
    );
    for (const id of ['i1:write:', 'i1:write:x', `i1:write:${'x'.repeat(90)}`])
      expect((await one.moderator.pressId(await insights(one.moderator), id)).message?.content).toBe(
        world.messages.insights.gone,
      );
  });

  it('is for members who manage messages: command and button check each time', async () => {
    const pinner = world.newcomer('Pia', PIN_ONLY);
    const answer = (await world.moderator.slash('insights')).message;
    for (const person of [world.member, pinner]) {
      expect((await person.slash('insights')).message?.content).toBe(lacks);
      const forced = await person.sendRaw({
        type: 3,
        data: { component_type: 2, custom_id: 'i1:write:x' },
        message: { id: answer?.id, flags: 64 },
      });
      expect(forced.message?.content).toBe(lacks);
    }
  });

  it('stays within Discord’s limits for 90 days of a busy server with long titles and questions', async () => {
    const { guild, moderator } = elsewhere('Huge');
    const rows = Array.from({ length: 180 }, (_, daysAgo) => {
      const day = dayOf(Date.now() - daysAgo * DAY_MS);
      return pages.flatMap(({ name }) =>
        (['seen', 'helped', 'not-helped', 'shown', 'refused'] as const).map((what) => ({
          guild_id: guild.id,
          day,
          kind: what,
          subject: name,
          n: 9000 + daysAgo,
        })),
      );
    });
    for (const values of rows) await store.run((db) => db.insertInto('counts').values(values).execute());
    await counting((stats) => {
      for (let i = 0; i < 12; i++) stats.question(guild.id, `${i} ${'🙂 question '.repeat(40)}`);
      stats.count(guild.id, 'asked', 'answered');
    });
    for (const days of [1, 89, 90]) {
      const message = await insights(moderator, days);
      expect(embed(message)?.fields).toHaveLength(8);
      const numbers = field(message, words.series)
        ?.split('\n')
        .flatMap((line) => line.split(': ')[1]?.split(', ') ?? []);
      expect(numbers).toHaveLength(days);
    }
    expect(world.discord.refusals).toEqual([]);
  });
});

describe('/insights without a database', () => {
  it('says that the database is unreachable, and the guides keep working', async () => {
    const world = await openWorld({ DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' }, { isDatabaseUp: false });
    const { message } = await world.moderator.slash('insights');
    expect(message?.content).toBe(en.error.store.unavailable);
    expect((await world.member.slash('close-account')).message?.embeds).toHaveLength(1);
    await world.stop();
  });
});
