// What version 1.0.0 made goes on working: its database and its buttons, kept in test/fixtures/version-1.0.
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Channel, FakeDiscord, Message } from 'fake-discord';
import { buttonsOf, type InteractionResult, type Person } from 'fake-discord';
import Database from 'libsql';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { en } from '../../src/i18n/en.ts';
import { sqlitePath } from '../../src/store/sqlite.ts';
import { systemClock } from '../../src/system-clock.ts';
import { createForAll } from '../for-all.ts';
import { shippedEdition } from '../shipped.ts';
import { type DatabaseKind, databases, sqlite } from '../store/databases.ts';
import { execute, isSqlite, tablesOfVersion1 } from '../store/version-1.ts';
import { attached, change, openWorld, until, type WorldOptions } from './world.ts';

interface Button {
  readonly customId: string;
  /** The message that it was on. */
  readonly on: string;
  /** What a click showed. */
  readonly shows: string;
}

/** What version 1.0.0 showed of its database. */
interface Shown {
  readonly guildId: string;
  readonly now: string;
  readonly replies: Readonly<Record<string, { readonly title: string; readonly text: string }>>;
  readonly histories: Readonly<Record<string, readonly Revision[]>>;
  readonly pins: readonly Pin[];
  /** Forms that were open: of a new reply, and of the reply `Rain`. */
  readonly forms: readonly { readonly customId: string; readonly fields: readonly string[] }[];
  /** The numbers in the text of each part of /insights. */
  readonly insights: {
    readonly description: readonly string[];
    readonly fields: readonly (readonly string[])[];
    readonly questions: readonly string[];
  };
}

interface Revision {
  readonly number: number;
  readonly action: keyof typeof en.edit.action;
  readonly seconds: number;
  readonly text?: string;
}

interface Pin {
  readonly topic: string;
  readonly channel: string;
  readonly messageId: string;
  readonly state: keyof typeof en.pin.state;
}

const FOLDER = 'test/fixtures/version-1.0';
const read = (file: string): unknown => JSON.parse(readFileSync(join(FOLDER, file), 'utf8'));
const buttons = read('buttons.json') as readonly Button[]; // written by make.js in this form
const shown = read('shown.json') as Shown; // likewise
const edition = await shippedEdition();
const pageByTitle = new Map([...edition.pages.values()].map((page) => [page.title, page.name]));
const topicByTitle = new Map(Object.entries(shown.replies).map(([topic, { title }]) => [title, topic]));
const OVER = 'close-account#money';

const titleOf = (message: Message | null) => message?.embeds[0]?.title ?? '';
const textOf = (message: Message | null) => message?.embeds[0]?.description ?? '';
/** The server reply that has this title. */
const topicOf = (title: string) => topicByTitle.get(title) ?? expect.fail(`1.0 has a reply ${title}`);

/** Tables with data of servers. */
const TABLES = ['revisions', 'pins', 'counts', 'questions', 'servers'];

/** Writes what a SQLite file of version 1.0.0 holds into an empty PostgreSQL database, in its tables of 1.0.0. */
async function copyToPostgres(path: string, url: string): Promise<void> {
  await execute(url, [tablesOfVersion1('PostgreSQL')]);
  const database = new Database(path);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  for (const table of TABLES) {
    // Every column of a row is a string, a number or null.
    for (const row of database.prepare(`select * from ${table}`).all() as Record<string, string | number | null>[]) {
      const columns = Object.keys(row);
      const places = columns.map((_, i) => `$${i + 1}`);
      await client.query(`insert into ${table} (${columns}) values (${places})`, Object.values(row));
    }
  }
  await client.end();
  database.close();
}

/** A bot on a copy of the database, in a server with its channels and pinned messages. The time goes on from then. */
async function openVersion1(kind: DatabaseKind = sqlite) {
  const own = await kind.create();
  const home = mkdtempSync(join(tmpdir(), 'guidepost-version-1-'));
  const path = isSqlite(own.url) ? sqlitePath(own.url) : join(home, 'guidepost.db');
  const begun = Date.now();
  const now = () => Date.parse(shown.now) + Date.now() - begun;
  const pinned = new Map<Pin, Message>();
  let grove: Channel | undefined;
  const prepare: WorldOptions['prepare'] = async ({ discord, guild, general }) => {
    const left = discord.addGuild('Orchard');
    grove = discord.addChannel(left, 'grove');
    const channels = new Map<string, Channel>([['general', general]]);
    for (const name of ['answers', 'rules']) channels.set(name, discord.addChannel(guild, name));
    mkdirSync(dirname(path), { recursive: true });
    copyFileSync(join(FOLDER, 'guidepost.db'), path);
    // The fake Discord gives its own ids.
    const database = new Database(path);
    for (const table of TABLES)
      database.prepare(`update ${table} set guild_id = ? where guild_id = ?`).run(guild.id, shown.guildId);
    for (const table of ['revisions', 'servers'])
      database.prepare(`update ${table} set guild_id = ? where guild_id != ?`).run(left.id, guild.id);
    database.prepare('update servers set application_id = ?').run(discord.applicationId);
    const move = database.prepare('update pins set channel_id = ?, message_id = ? where message_id = ?');
    for (const pin of shown.pins) {
      const channel = channels.get(pin.channel) ?? expect.fail(`a channel ${pin.channel}`);
      // That of one pin was deleted.
      const message = pin.state === 'message' ? undefined : await post(discord, channel, `pinned by 1.0: ${pin.topic}`);
      if (message) pinned.set(pin, message);
      if (message && pin.state !== 'unpinned') discord.pin(message, discord.botUser);
      move.run(channel.id, message?.id ?? pin.messageId, pin.messageId);
    }
    database.close();
    if (!isSqlite(own.url)) await copyToPostgres(path, own.url);
  };
  const world = await openWorld({ DATABASE_URL: own.url }, { clock: { ...systemClock, now }, prepare });
  const stop = async () => {
    await world.stop();
    await own.close();
    rmSync(home, { recursive: true });
  };
  return { ...world, pinned, grove: grove ?? expect.fail('prepared'), stop };
}

/** Sends a message as the bot. */
async function post(discord: FakeDiscord, channel: Channel, content: string): Promise<Message> {
  const headers = { authorization: `Bot ${discord.token}`, 'content-type': 'application/json' };
  const url = `${discord.apiUrl}/v10/channels/${channel.id}/messages`;
  await fetch(url, { method: 'POST', headers, body: JSON.stringify({ content }) });
  return discord.messagesOf(channel).find((one) => one.content === content) ?? expect.fail(`not sent: ${content}`);
}

type Version1World = Awaited<ReturnType<typeof openVersion1>>;

const numbers = (text: string): readonly string[] => text.match(/\d+/g) ?? [];
async function historyOf({ moderator }: Version1World, topic: string): Promise<string[]> {
  const { message } = await moderator.slash('faq-edit history', { topic });
  const pages = [textOf(message)];
  while (message && buttonsOf(message).length > 0) {
    await moderator.press(message, /^e1:history:/);
    pages.push(textOf(message));
  }
  return pages.join('\n\n').split('\n\n');
}

describe.each(databases)('the counts of version 1.0.0 on $name', (kind) => {
  const world = createForAll(
    () => openVersion1(kind),
    (opened) => opened.stop(),
  );

  it('are the same in /insights', async () => {
    const { message } = await world.moderator.slash('insights', { days: 30 });
    expect(numbers(textOf(message))).toEqual(shown.insights.description);
    const fields = message?.embeds[0]?.fields ?? [];
    const now = fields.map(({ value }) => numbers(value));
    // The last two are the days, in which weeks without a read are words today.
    // Version 2 says them in another order.
    const inOrder = (all: readonly (readonly string[])[]) => all.slice(0, -2).map((one) => [...one].sort());
    expect(inOrder(now)).toEqual(inOrder(shown.insights.fields));
    expect(now).toHaveLength(shown.insights.fields.length);
    expect(buttonsOf(message ?? expect.fail('a message')).map((one) => one.custom_id)).toEqual(
      shown.insights.questions,
    );
  });
});

describe.each(databases)('a database of version 1.0.0 on $name', (kind) => {
  const world = createForAll(
    () => openVersion1(kind),
    (opened) => opened.stop(),
  );

  it('shows every reply', async () => {
    for (const [topic, reply] of Object.entries(shown.replies)) {
      const { message } = await world.member.slash('faq', { topic });
      // 1.0 saved titles without visible characters. Such a reply has its id for a title now.
      const title = reply.title === '\u200b' ? topic.slice(2) : reply.title;
      expect({ title: titleOf(message), text: textOf(message) }).toEqual({ title, text: reply.text });
    }
  });

  it('offers every server reply while a topic is typed', async () => {
    const choices = await world.member.autocomplete('faq', 'topic', '');
    const own = Object.keys(shown.replies).filter((topic) => topic.startsWith('r:'));
    expect(choices.map(({ value }) => value)).toEqual(expect.arrayContaining(own));
  });

  it('exports every reply', async () => {
    const { message } = await world.moderator.slash('faq-edit export');
    const file = await attached(message, 'replies.md');
    for (const { text } of Object.values(shown.replies)) expect(file).toContain(text);
  });

  it('finds nothing new in the file that 1.0 exported from it', async () => {
    const exported = readFileSync(join(FOLDER, 'replies.md'), 'utf8');
    const importing = async (text: string) => {
      const file = world.discord.addFile('replies.md', text);
      return (await world.moderator.slash('faq-edit import', { file })).message?.content;
    };
    // Titles without visible characters are refused, with their line.
    expect(await importing(exported)).toMatch(/^- replies\.md:5:1 F009 .*$/m);
    const titled = exported.replace(/^## \u200b \{#(\w+)\}$/m, '## $1 {#$1}');
    expect(await importing(titled)).toBe(en.exchange.allSame);
  });

  it('has every revision of every topic', async () => {
    for (const [topic, revisions] of Object.entries(shown.histories)) {
      const lines = (await historyOf(world, topic)).map((line) => line.replace(/<@\d+>/, '<@1>'));
      const heads = revisions.map(({ number, action, seconds }) =>
        en.edit.revision(number, en.edit.action[action], '1', seconds),
      );
      expect(lines.map((line) => line.split('\n')[0])).toEqual(heads);
    }
    const [hours] = Object.values(shown.histories);
    const lines = await historyOf(world, topicOf('Opening hours'));
    for (const [i, { text }] of (hours ?? []).entries()) expect(lines[i]).toContain(text);
  });

  it('has the replies of a server that the bot had left, now that it is back', async () => {
    const { message } = await world.member.in(world.grove).slash('faq', { topic: 'Apples' });
    expect(textOf(message)).toBe('In autumn.');
  });

  it('lists every pin, and what became of it', async () => {
    const lines = await until('all pins are up to date', async () => {
      const { message } = await world.moderator.slash('faq-pin list');
      const pages = [textOf(message)];
      await world.moderator.press(message, /^n1:list:1/);
      pages.push(textOf(message));
      const text = pages.join('\n\n');
      return text.includes(en.pin.state.due) ? undefined : text.split('\n\n');
    });
    expect(lines).toHaveLength(shown.pins.length);
    for (const pin of shown.pins) {
      const id = world.pinned.get(pin)?.id ?? pin.messageId;
      expect(lines.find((line) => line.endsWith(`/${id}`))).toContain(en.pin.state[pin.state]);
    }
  });
});

describe.each(databases)('a database of version 1.0.0 on $name that is changed', (kind) => {
  let world: Version1World;
  beforeEach(async () => {
    world = await openVersion1(kind);
  });
  afterEach(() => world.stop());

  const undo = async (topic: string) => (await world.moderator.slash('faq-edit undo', { topic })).message;

  it('keeps pinned messages up to date', async () => {
    const topic = topicOf('Opening hours');
    const [, message] = [...world.pinned].find(([pin]) => pin.topic === topic) ?? expect.fail('it is pinned');
    await change(world.moderator, topic, { text: 'Closed.' });
    await until('the pin follows', () => textOf(message) === 'Closed.');
    await undo(topic);
    await until('the pin follows', () => textOf(message) === shown.replies[topic]?.text);
  });

  it('saves what a form of 1.0 is submitted with', async () => {
    expect(shown.forms.map(({ fields }) => fields)).toEqual(Array(2).fill(['title', 'text', 'aliases']));
    const values: Readonly<Record<string, string>> = { title: 'Submitted', text: 'Late.', aliases: '' };
    for (const { customId, fields } of shown.forms) {
      const input = (field: string) => ({ type: 4, id: 1, custom_id: field, value: values[field] });
      const components = fields.map((field) => ({ type: 18, id: 1, component: input(field) }));
      const { message } = await world.moderator.sendRaw({ type: 5, data: { custom_id: customId, components } });
      expect(message?.content).toContain(en.edit.saved('Submitted'));
    }
    expect(textOf((await world.member.slash('faq', { topic: topicOf('Rain') })).message)).toBe('Late.');
  });

  it('can undo a change, a removal and a text in place of a page', async () => {
    const [hours, meeting] = [topicOf('Opening hours'), topicOf('Meeting point')];
    expect(textOf(await undo(meeting)), 'an undo is undone').toBe('At the gate.');
    await change(world.moderator, hours, { text: 'Closed.' });
    expect(textOf(await undo(hours))).toBe(shown.replies[hours]?.text);
    expect((await undo(OVER))?.content).toBe(world.messages.edit.undoneToGuide(edition.pages.get(OVER)?.title ?? ''));
    expect(titleOf((await world.member.slash('faq', { topic: OVER })).message)).toBe(edition.pages.get(OVER)?.title);
    const removed = Object.keys(shown.histories).filter((topic) => !(topic in shown.replies));
    expect(removed).toHaveLength(3);
    for (const topic of removed) {
      const message = await undo(topic);
      const [, before] = shown.histories[topic] ?? [];
      expect(`${titleOf(message)}: ${textOf(message)}`).toBe(before?.text);
    }
  });
});

describe('buttons of version 1.0.0', () => {
  let world: Version1World;
  beforeEach(async () => {
    world = await openVersion1();
    await until('the search', async () => (await ask()).content !== en.ask.busy);
  });
  afterEach(() => world.stop());

  const NOT_THIS = /^w1:q:\^[^.^]+\^$/;
  const ask = async () =>
    (await world.member.slash('ask', { question: 'canteen' })).message ?? expect.fail('no message');
  const isWalk = ({ customId }: Button) => customId.startsWith('w1:');
  const isPublic = ({ on }: Button) => on.endsWith(', public');
  const help = async (person: Person) => (await person.slash('help')).message;

  /** What an answer shows, in the words of the list. */
  const shownBy = ({ type, message }: InteractionResult): string => {
    if (type === 9) return 'form';
    const title = titleOf(message);
    const content = message?.content ?? '';
    const fields = message?.embeds[0]?.fields?.map(({ name }) => name) ?? [];
    if (content === en.help.lost) return 'lost';
    if (title === en.plan.title) return content === en.plan.sent ? 'plan, sent' : 'plan';
    if (title === en.ask.unsure) return 'topics';
    if (title === en.ask.unknown) return 'unknown';
    if (title === en.pin.list) return 'pins';
    if (title === en.edit.history('Opening hours')) return 'history';
    if (content === en.confirm.cancelled) return 'cancelled';
    if (content === world.messages.edit.removed('Lunch')) return 'removed';
    if (content === world.messages.edit.overrideRemoved(edition.pages.get(OVER)?.title ?? '')) return 'removed';
    if (content === en.exchange.imported(2)) return 'imported';
    if (content.startsWith(en.menu.sent(''))) return 'sent';
    const name = topicByTitle.get(title) ?? pageByTitle.get(title) ?? `unknown message: ${title} ${content}`;
    if (fields.includes(en.feedback.thanks.name)) return `${name}, thanks`;
    return fields.includes(en.feedback.sorry.name) ? `${name}, sorry` : name;
  };
  /** Presses each, and expects what it showed in 1.0. */
  const expectSame = async (list: readonly Button[], press: (button: Button) => Promise<InteractionResult>) => {
    const answers: Button[] = [];
    for (const button of list) answers.push({ ...button, shows: shownBy(await press(button)) });
    expect(answers.length).toBeGreaterThan(0);
    expect(answers.filter((one, i) => one.shows !== list[i]?.shows)).toEqual([]);
  };

  it('on private messages show what they showed', async () => {
    const message = await help(world.member);
    // "Not this" under the only topic that was found offered it again in 1.0.
    const list = buttons
      .filter(isWalk)
      .map((one) => (NOT_THIS.test(one.customId) ? { ...one, shows: 'unknown' } : one));
    await expectSame(list, ({ customId }) => world.member.pressId(message, customId));
  });

  it('on public messages show it privately', async () => {
    const { message } = await world.member.slash('faq', { topic: 'close-account#kind' });
    const list = buttons.filter(isWalk).filter(isPublic);
    await expectSame(list, async ({ customId }) => {
      const answer = await world.other.pressId(message, customId);
      expect(answer.message?.viewer).toBe(world.other.user);
      return answer;
    });
  });

  it('on messages for moderators do what they did', async () => {
    const { discord, member, moderator } = world;
    const { message: target } = await member.say('where is it');
    const replies = '## Rain {#wet-days}\n\nBring nothing.\n\n## Sun {#sunshine}\n\nBring water.\n';
    await expectSame(
      buttons.filter((button) => !isWalk(button)),
      async ({ customId }) => {
        // This message is another one than in 1.0.
        const id = customId.replace(/^(a1:\w+:)\d+$/, `$1${target.id}`);
        if (id.startsWith('e1:import:')) {
          const file = discord.addFile('replies.md', replies);
          return moderator.pressId((await moderator.slash('faq-edit import', { file })).message, id);
        }
        const message = await help(moderator);
        if (!id.startsWith('a1:choose:')) return moderator.pressId(message, id);
        const data = { component_type: 3, custom_id: id, values: [topicOf('Parking')], id: 2 };
        return moderator.sendRaw({ type: 3, data }, message);
      },
    );
  });
});
