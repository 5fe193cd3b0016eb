// Answers in forums, by two processes on one database: who is answered, once and when, and who is not.
import { setTimeout as sleep } from 'node:timers/promises';
import { ChannelType, PermissionFlagsBits } from 'discord.js';
import { buttonsOf, type Channel, type Message } from 'fake-discord';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Clock } from '../../src/clock.ts';
import { INVITE_PERMISSIONS } from '../../src/discord/invite.ts';
import { en } from '../../src/i18n/en.ts';
import type { RunningBot } from '../../src/live.ts';
import { POST_LIMITS } from '../../src/servers/posts.ts';
import { systemClock } from '../../src/system-clock.ts';
import { databases, useDatabase } from '../store/databases.ts';
import { answersIn, CLEAR, onlyAnswer, postClearly, UNCLEAR, untilAnswered } from './forum-world.ts';
import { addHelpDesk, answer, FORUM_MEMBER, type HelpDesk, openForm, send } from './help-desk.ts';
import { chooseIn, openPanel, setUp } from './setup-panel.ts';
import { MANAGE_ONLY, typedIn, useWorld, write } from './world.ts';

const { button } = en;
const { EmbedLinks, ReadMessageHistory, SendMessagesInThreads, ViewChannel } = PermissionFlagsBits;

describe.each(databases)('answers in forums on $name', { timeout: 60_000 }, (kind) => {
  const database = useDatabase(kind);
  const world = useWorld(() => ({ DATABASE_URL: database.url }));
  let second: RunningBot;
  let desk: HelpDesk;
  /** Posts that are answered, by their case. */
  const answered = new Map<string, Channel>();
  /** Posts that are not. */
  const silent = new Map<string, Channel>();
  /** A post in which somebody asks a person. */
  let escalated: Channel;
  const capped: Channel[] = [];
  /** What Node.js warns of, such as a leak. */
  const warnings: string[] = [];
  const onWarning = ({ name }: Error) => void warnings.push(name);

  beforeAll(async () => {
    process.on('warning', onWarning);
    world.discord.limitAllRequests(Number.POSITIVE_INFINITY);
    second = await world.start();
    desk = await addHelpDesk(world, 'Harbour');
    await prepareSilent();
    await prepareAnswered();
    const full = await addHelpDesk(world, 'Full');
    for (let i = 0; i < POST_LIMITS.answersPerHour + 3; i++) capped.push(await postClearly(full.asker, full.forum));
    escalated = await postClearly(desk.asker, desk.forum);
    await untilAnswered(world, [...answered.values(), escalated]);
  });
  afterAll(async () => {
    process.off('warning', onWarning);
    await second.stop();
  });

  const forumWith = (name: string, botPermissions: bigint) =>
    world.discord.addChannel(desk.guild, name, { type: ChannelType.GuildForum, botPermissions });

  async function prepareSilent(): Promise<void> {
    const { asker, helper, forum, admin } = desk;
    const { discord } = world;
    const forums = [ViewChannel, SendMessagesInThreads, ReadMessageHistory].map((one) =>
      forumWith(`without-${one}`, INVITE_PERMISSIONS & ~one),
    );
    const removed = forumWith('removed-later', INVITE_PERMISSIONS);
    const withoutEmbeds = forumWith('no-embeds', INVITE_PERMISSIONS & ~EmbedLinks);
    const panel = await openPanel(admin);
    await chooseIn(admin, panel, 'forums', [forum, ...forums, removed, withoutEmbeds]);
    for (const one of forums) silent.set(`the bot lacks a permission: ${one.name}`, await postClearly(asker, one));
    silent.set('the title is not clear', (await asker.post(forum, UNCLEAR, CLEAR)).thread);
    silent.set('it is about something else', (await asker.post(forum, 'Best pizza in town?', CLEAR)).thread);
    const other = discord.addChannel(desk.guild, 'others', { type: ChannelType.GuildForum });
    silent.set('the forum is not chosen', await postClearly(asker, other));
    silent.set('its author is a bot', discord.addPost(forum, discord.botUser, CLEAR, 'x').thread);
    silent.set('the forum is no longer chosen', await postClearly(asker, removed));
    await chooseIn(admin, panel, 'forums', [forum, ...forums, withoutEmbeds]);
    const thread = await postClearly(asker, forum);
    silent.set('somebody else has written', thread);
    await helper.in(thread).say('I know this.');
    const both = await postClearly(asker, forum);
    silent.set('somebody else has written before the asker did again', both);
    await helper.in(both).say('I know this.');
    await asker.in(both).say('Do you?');
    for (const [name, changes] of [
      ['it was locked', { locked: true }],
      ['it was archived', { archived: true }],
    ] as const) {
      const closed = await postClearly(asker, forum);
      silent.set(name, closed);
      discord.editThread(closed, changes);
    }
    const gone = await postClearly(asker, forum);
    silent.set('it was deleted', gone);
    discord.removeChannel(gone);
  }

  async function prepareAnswered(): Promise<void> {
    const { asker, forum, guild, admin } = desk;
    const { discord } = world;
    answered.set('clear', await postClearly(asker, forum));
    const again = await postClearly(asker, forum);
    answered.set('the asker has written again', again);
    await asker.in(again).say('Nobody?');
    const [noEmbeds] = guild.channels.filter(({ name }) => name === 'no-embeds');
    answered.set('the bot may not embed', await postClearly(asker, noEmbeds ?? expect.fail('a forum')));
    const late = await asker.post(forum, CLEAR, 'late', { firstMessageAfterMs: 800 });
    answered.set('the first message came later', late.thread);
    const mention = await asker.post(forum, 'A question', 'can i have a second account?', {
      mentions: [discord.botUser],
    });
    answered.set('the title says nothing, and the text mentions the bot', mention.thread);
    await write(admin, 'Wiki', 'It is at https://wiki.test', 'where is the wiki');
    const own = await asker.post(forum, 'Where is the wiki?', 'I cannot find it.');
    answered.set('a reply of the server', own.thread);
    const edited = await asker.post(forum, CLEAR, 'first');
    answered.set('its text was edited', edited.thread);
    asker.edit(edited.message, 'second');
    discord.dropConnections();
    answered.set('the connection broke before', await postClearly(asker, forum));
  }

  it('are given once, none before three seconds, and the first within five', () => {
    const waits = [...answered].map(([name, thread]) => {
      const [first] = world.discord.messagesOf(thread);
      return { name, ms: onlyAnswer(world, thread).createdAt - (first?.createdAt ?? 0) };
    });
    for (const { name, ms } of waits) expect(ms, name).toBeGreaterThanOrEqual(3000);
    console.info(`answered after ${waits.map(({ ms }) => ms).join(', ')} ms`);
    expect(Math.min(...waits.map(({ ms }) => ms))).toBeLessThan(5000);
  });

  it('are posted by one of the two processes: the other does not try', () => {
    for (const [name, { id }] of answered) {
      const posts = world.discord.requests.filter(
        ({ method, path }) => method === 'POST' && path === `/channels/${id}/messages`,
      );
      expect(posts, name).toHaveLength(1);
    }
  });

  it('are replies in plain text, with a source and buttons, and notify only who asked', () => {
    const thread = answered.get('clear') ?? expect.fail();
    const given = onlyAnswer(world, thread);
    expect(given.replyTo?.messageId).toBe(thread.id);
    expect(given.embeds).toEqual([]);
    expect(given.nonce).toBe(thread.id);
    expect(given.content).toMatch(/^\*\*.+\*\*\n.+[.!?](\[\d+\])*\n/);
    expect(given.content).toMatch(/\]\(<https:\/\/[^>]+>\)/);
    expect(given.content.length).toBeLessThan(1500);
    expect(given.notifies).toEqual({ everyone: false, roles: [], users: [desk.asker.user.id] });
    expect(buttonsOf(given).map(({ label }) => label)).toEqual([button.openPage, button.notThis, button.askPerson]);
  });

  it.each([
    'the asker has written again',
    'the bot may not embed',
    'the first message came later',
    'the title says nothing, and the text mentions the bot',
    'its text was edited',
    'the connection broke before',
  ])('are given once where %s', (name) => {
    expect(onlyAnswer(world, answered.get(name) ?? expect.fail(name)).content).toContain(en.forum.hint);
  });

  it('are the words of a reply that the server wrote', () => {
    const { content } = onlyAnswer(world, answered.get('a reply of the server') ?? expect.fail());
    expect(content).toContain('**Wiki**\nIt is at https://wiki.test');
    expect(content).toContain(en.faq.own);
  });

  it.each([
    'the title is not clear',
    'it is about something else',
    'the forum is not chosen',
    'the forum is no longer chosen',
    'its author is a bot',
    'somebody else has written',
    'somebody else has written before the asker did again',
    'it was locked',
    'it was archived',
    'it was deleted',
    `the bot lacks a permission: without-${ViewChannel}`,
    `the bot lacks a permission: without-${SendMessagesInThreads}`,
    `the bot lacks a permission: without-${ReadMessageHistory}`,
  ])('are not given if %s', (name) => {
    const thread = silent.get(name) ?? expect.fail(name);
    const said = answersIn(world, thread).filter(({ id }) => id !== thread.id);
    expect(said.map(({ content }) => content)).toEqual([]);
  });

  it('are given 20 times an hour in a server', () => {
    const counts = capped.map((thread) => answersIn(world, thread).length);
    expect(counts.filter((n) => n === 1)).toHaveLength(POST_LIMITS.answersPerHour);
    expect(counts.filter((n) => n > 1)).toEqual([]);
  });

  it('open the page in private, and stay as they are', async () => {
    const given = onlyAnswer(world, answered.get('clear') ?? expect.fail());
    const { message } = await world.newcomer('Nele', FORUM_MEMBER, given.channel).press(given, button.openPage);
    expect(message).toMatchObject({ flags: 64 });
    expect(message?.embeds[0]?.title).toBe(/\*\*(.+)\*\*/.exec(given.content)?.[1]);
    expect(given.revision).toBe(0);
  });

  it('have a button to ask a person, whose form holds the title, and whose answer comes in the post', async () => {
    const given = onlyAnswer(world, escalated);
    const asker = desk.asker.in(given.channel);
    const opened = await openForm(asker, given);
    expect(typedIn(opened)).toEqual({ question: CLEAR });
    expect(await send(asker, opened)).toBe(en.person.sent(given.channel.id));
    const [post] = world.discord.messagesOf(desk.helpers);
    await answer(desk.helper.in(desk.helpers), post ?? expect.fail('a question'), 'No.');
    const said = world.discord.messagesOf(given.channel).at(-1);
    expect(said?.content).toContain('No.');
    expect(said?.notifies.users).toEqual([asker.user.id]);
  });

  it('are not given a second time, whatever is written there later', async () => {
    const thread = answered.get('the asker has written again') ?? expect.fail();
    await desk.asker.in(thread).say(CLEAR);
    await desk.helper.in(thread).say(CLEAR);
    await sleep(5500);
    onlyAnswer(world, thread);
  });

  it('log no warning', () => {
    expect(warnings).toEqual([]);
    const warned = world.logged.filter((line) => JSON.parse(line).level > 30);
    // The connection that the test breaks.
    expect(warned.filter((line) => !line.includes('gateway'))).toEqual([]);
    expect(world.logged.join('\n')).not.toContain(CLEAR);
  });
});

describe.each(databases)('posts that two processes would answer at the same moment on $name', (kind) => {
  /** All waits of posts end at once. */
  const sleepAlike: Clock['sleep'] = (ms, options) => systemClock.sleep(ms >= 3000 && ms <= 4000 ? 3500 : ms, options);
  let second: RunningBot;
  const database = useDatabase(kind);
  const world = useWorld(() => ({ DATABASE_URL: database.url }), { clock: { ...systemClock, sleep: sleepAlike } });
  beforeAll(async () => {
    second = await world.start();
  });
  afterAll(async () => {
    await second.stop();
  });

  it('are sent one answer each', async () => {
    const { asker, forum } = await addHelpDesk(world, 'Harbour');
    const threads: Channel[] = [];
    for (let i = 0; i < 12; i++) threads.push(await postClearly(asker, forum));
    await untilAnswered(world, threads);
    const sent = world.discord.requests.filter(({ method, path }) => method === 'POST' && /^\/channels\//.test(path));
    expect(sent).toHaveLength(threads.length);
    for (const thread of threads) onlyAnswer(world, thread);
  });
});

describe.each(databases)('Not this on $name', { timeout: 90_000 }, (kind) => {
  /** A server for each test, with so many answered posts. */
  const POSTS = { removed: 3, twice: 2, question: 1, insights: 4, kept: 1, stopped: 4, other: 0 } as const;
  type Server = keyof typeof POSTS;
  const database = useDatabase(kind);
  const world = useWorld(() => ({ DATABASE_URL: database.url }));
  const servers = new Map<Server, { desk: HelpDesk; threads: Channel[] }>();
  beforeAll(async () => {
    for (const [name, posts] of Object.entries(POSTS) as [Server, number][]) {
      const desk = await addHelpDesk(world, name);
      const threads: Channel[] = [];
      for (let i = 0; i < posts; i++) threads.push(await postClearly(desk.asker, desk.forum));
      servers.set(name, { desk, threads });
    }
    await untilAnswered(
      world,
      [...servers.values()].flatMap(({ threads }) => threads),
    );
  });

  const serverOf = (name: Server) => servers.get(name) ?? expect.fail(name);
  const deskOf = (name: Server) => serverOf(name).desk;
  const answerOf = (name: Server, i = 0): Message =>
    onlyAnswer(world, serverOf(name).threads[i] ?? expect.fail('a post'));
  const postField = async ({ admin }: HelpDesk) => {
    const { message } = await admin.slash('insights');
    return message?.embeds[0]?.fields?.find(({ name }) => name === en.insights.posts)?.value ?? '';
  };
  const saidIn = ({ helpers }: HelpDesk) => world.discord.messagesOf(helpers).map(({ content }) => content);

  it('removes the answer if who asked, a moderator or a helper presses it, and nobody else', async () => {
    const { asker, helper } = deskOf('removed');
    const given = answerOf('removed');
    const stranger = world.newcomer('Sven', FORUM_MEMBER, given.channel);
    expect((await stranger.press(given, button.notThis)).message?.content).toBe(world.messages.forum.notYours);
    expect(given.isDeleted).toBe(false);
    const { message } = await asker.in(given.channel).press(given, button.notThis);
    expect(message).toMatchObject({ content: en.forum.removed, flags: 64 });
    expect(given.isDeleted).toBe(true);
    const [second, third] = [answerOf('removed', 1), answerOf('removed', 2)];
    await world.newcomer('Mo', MANAGE_ONLY, second.channel).press(second, button.notThis);
    expect(second.isDeleted).toBe(true);
    await helper.in(third.channel).press(third, button.notThis);
    expect(third.isDeleted).toBe(true);
  });

  it('pressed twice is one refusal: answers go on after two of them', async () => {
    const desk = deskOf('twice');
    for (const given of [answerOf('twice', 0), answerOf('twice', 1)]) {
      const helper = desk.helper.in(given.channel);
      const told = await Promise.all([helper.press(given, button.notThis), helper.press(given, button.notThis)]);
      for (const one of told) expect(one.message?.content).toBe(en.forum.removed);
      expect(given.isDeleted).toBe(true);
    }
    expect(saidIn(desk)).toEqual([]);
    const thread = await postClearly(desk.asker, desk.forum);
    await untilAnswered(world, [thread]);
  });

  it('offers to ask a person, with the title of the post', async () => {
    const given = answerOf('question');
    const asker = deskOf('question').asker.in(given.channel);
    const { message } = await asker.press(given, button.notThis);
    expect(typedIn(await openForm(asker, message ?? expect.fail('an answer')))).toEqual({ question: CLEAR });
  });

  it('is counted in /insights, with what was read, answered and left silent', async () => {
    const desk = deskOf('insights');
    const { thread } = await desk.asker.post(desk.forum, UNCLEAR, 'something');
    const given = answerOf('insights', 3);
    await desk.asker.in(given.channel).press(given, button.notThis);
    const shown = await expect
      .poll(() => postField(desk), { timeout: 20_000 })
      .toContain(en.insights.postCounts('5', '4', '1', '1'))
      .then(() => postField(desk));
    expect(shown).toContain(thread.id);
    expect(shown).toContain(UNCLEAR);
  });

  it('says so if Discord does not remove the answer, and counts nothing', async () => {
    const desk = deskOf('kept');
    const given = answerOf('kept');
    world.discord.fail({ match: new RegExp(`^DELETE /channels/${given.channel.id}/`), status: 403, code: 50_013 });
    const { message } = await desk.asker.in(given.channel).press(given, button.notThis);
    expect(message?.content).toBe(en.forum.notRemoved);
    expect(given.isDeleted).toBe(false);
    expect(await postField(desk)).toContain(en.insights.postCounts('1', '1', '0', '0'));
  });

  it('three times in a forum stops answers there, tells the helpers once, and Go on lets them go on', async () => {
    const desk = deskOf('stopped');
    const { asker, admin, forum, guild } = desk;
    const refuse = async (given: Message) => asker.in(given.channel).press(given, button.notThis);
    const other = world.discord.addChannel(guild, 'other', { type: ChannelType.GuildForum });
    await setUp(admin, { forums: [forum, other] });
    for (const i of [0, 1]) await refuse(answerOf('stopped', i));
    expect(saidIn(desk)).toEqual([]);
    await refuse(answerOf('stopped', 2));
    expect(saidIn(desk)).toEqual([world.messages.forum.stopped(forum.id)]);
    await refuse(answerOf('stopped', 3));
    expect(saidIn(desk)).toHaveLength(1);
    const panel = await openPanel(admin);
    expect(panel.embeds[0]?.description).toContain(en.setup.stopped(`<#${forum.id}>`));
    const [stopped, elsewhere] = [await postClearly(asker, forum), await postClearly(asker, other)];
    const inOtherServer = await postClearly(deskOf('other').asker, deskOf('other').forum);
    await untilAnswered(world, [elsewhere, inOtherServer]);
    expect(answersIn(world, stopped)).toEqual([]);
    await admin.press(panel, button.goOn);
    expect(panel.embeds[0]?.description).not.toContain(en.setup.stopped(`<#${forum.id}>`));
    expect(buttonsOf(panel).map(({ label }) => label)).not.toContain(button.goOn);
    const resumed = await postClearly(asker, forum);
    await untilAnswered(world, [resumed]);
    const given = onlyAnswer(world, resumed);
    const [first] = world.discord.messagesOf(resumed);
    expect(given.createdAt - (first?.createdAt ?? 0)).toBeGreaterThanOrEqual(3000);
    await refuse(given);
    expect(saidIn(desk), 'those before Go on do not count').toHaveLength(1);
  });
});
