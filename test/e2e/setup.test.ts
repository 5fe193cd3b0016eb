// /setup: what is set, who may set it, and who sees it when: people, replicas, restarts.
import { ChannelType, PermissionFlagsBits } from 'discord.js';
import { buttonsOf, type Channel, type Guild, type Message, menusOf, type Person } from 'fake-discord';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setupId } from '../../commands/setup/ids.ts';
import { INVITE_PERMISSIONS } from '../../src/discord/invite.ts';
import { en } from '../../src/i18n/en.ts';
import type { RunningBot } from '../../src/live.ts';
import { databases, useDatabase } from '../store/databases.ts';
import { startProcess } from './bot-process.ts';
import { createHeldClock } from './held-clock.ts';
import { chooseIn, openPanel, panelText, type SetupMenu, setUp } from './setup-panel.ts';
import { ADMIN, MEMBER, MODERATOR, until, useWorld, type World } from './world.ts';

const { setup } = en;
const MANAGE_SERVER = MEMBER | PermissionFlagsBits.ManageGuild;
const lacks = en.error.lacks('**Manage Server**');

interface Server {
  readonly guild: Guild;
  readonly general: Channel;
  readonly forum: Channel;
  readonly helpers: Channel;
  readonly admin: Person;
}

/** A server of its own with a forum, a channel for helpers and somebody with Manage Server. */
function addServer({ discord, newcomer }: Pick<World, 'discord' | 'newcomer'>, name: string, locale = 'en-US'): Server {
  const guild = discord.addGuild(name, { locale });
  const general = discord.addChannel(guild, 'general');
  const forum = discord.addChannel(guild, 'questions', { type: ChannelType.GuildForum });
  const helpers = discord.addChannel(guild, 'helpers');
  return { guild, general, forum, helpers, admin: newcomer('Ada', MANAGE_SERVER, general) };
}

/** What is chosen in a menu of the panel. */
const chosenIn = (panel: Message, menu: SetupMenu): readonly string[] => {
  const found = menusOf(panel).find(({ custom_id: id }) => id === setupId(menu)) ?? expect.fail(`a menu ${menu}`);
  if (found.type === 3) return found.options.flatMap((one) => (one.default ? [one.value] : []));
  return (found.default_values ?? []).map(({ id }) => id);
};

describe.each(databases)('/setup on $name', { timeout: 60_000 }, (kind) => {
  const held = createHeldClock();
  /** Another process on the same database, to which interactions come over HTTP. */
  let http: RunningBot;
  const database = useDatabase(kind);
  const world = useWorld(() => ({ DATABASE_URL: database.url }), { clock: held.clock });
  beforeAll(async () => {
    http = await world.start({ TRANSPORT: 'http', DISCORD_PUBLIC_KEY: world.discord.publicKey, PORT: '0' });
  });
  afterAll(async () => {
    await http.stop();
  });

  const newServer = (name: string, locale?: string) => addServer(world, name, locale);
  const overHttp = async <T>(act: () => Promise<T>): Promise<T> => {
    world.discord.application.interactions_endpoint_url = `${http.url}/interactions`;
    try {
      return await act();
    } finally {
      world.discord.application.interactions_endpoint_url = null;
    }
  };
  const rowsOf = async (guild: Guild, table: 'settings' | 'posts' | 'open_questions' | 'servers') => {
    const store = database.open();
    const rows = await store.run((db) =>
      db.selectFrom(table).select('guild_id').where('guild_id', '=', guild.id).execute(),
    );
    return rows.length;
  };

  it('shows privately that nothing is set, with four menus and two buttons', async () => {
    const panel = await openPanel(newServer('Empty').admin);
    expect(panel.flags).toBe(64);
    expect(panel.components.length).toBeLessThanOrEqual(5);
    for (const line of [setup.noForums, setup.noRoles, setup.noPerson, 'English'])
      expect(panelText(panel)).toContain(line);
    expect(panelText(panel)).not.toContain('Last changed');
    expect(menusOf(panel).map(({ custom_id: id }) => id)).toEqual(
      (['forums', 'roles', 'person', 'language'] as const).map(setupId),
    );
    expect(buttonsOf(panel).map(({ label }) => label)).toEqual([setup.pinGuides, setup.tryIt]);
    expect(['forums', 'roles', 'person'].map((menu) => chosenIn(panel, menu as SetupMenu))).toEqual([[], [], []]);
  });

  it('shows each setting in place after it was chosen, who chose it, and that it was cleared', async () => {
    const { guild, forum, helpers, admin } = newServer('Chosen');
    const role = world.discord.addRole(guild, 'Helpers', { mentionable: true });
    const panel = await openPanel(admin);
    const steps = [
      ['forums', forum.id, `<#${forum.id}>`, setup.noForums],
      ['roles', role.id, `<@&${role.id}>`, setup.noRoles],
      ['person', helpers.id, `<#${helpers.id}>`, setup.noPerson],
    ] as const;
    for (const [menu, id, shown] of steps) {
      await chooseIn(admin, panel, menu, [id]);
      expect(panelText(panel), menu).toContain(shown);
      expect(chosenIn(panel, menu)).toEqual([id]);
    }
    expect(panelText(panel)).toContain(setup.rolesHint);
    expect(panelText(panel)).toMatch(new RegExp(`Last changed by <@${admin.user.id}> <t:\\d+:R>`));
    expect(panelText(panel)).not.toContain('I lack');
    const again = await openPanel(admin);
    expect(panelText(again)).toBe(panelText(panel));
    for (const [menu, id, , none] of steps) {
      await chooseIn(admin, again, menu, []);
      expect(panelText(again), menu).toContain(none);
      expect(panelText(again).includes(`${id}>`), menu).toBe(false);
    }
  });

  it('takes neither everyone nor roles of bots as helpers, says so, and keeps the others', async () => {
    const { guild, admin } = newServer('Roles');
    const [helpers, ofBot] = [
      world.discord.addRole(guild, 'Helpers', { mentionable: true }),
      world.discord.addRole(guild, 'A bot', { managed: true }),
    ];
    const panel = await openPanel(admin);
    await chooseIn(admin, panel, 'roles', [guild.id, helpers, ofBot]);
    expect(panel.content).toBe(setup.refused('`@everyone`, `A bot`'));
    expect(chosenIn(panel, 'roles')).toEqual([helpers.id]);
    expect(panelText(panel)).toContain(`<@&${helpers.id}>`);
    expect(panelText(panel)).not.toContain(ofBot.id);
  });

  it('names the permissions that the bot lacks, until it has them', async () => {
    const { guild, forum, helpers, admin } = newServer('Lacking');
    const { SendMessages, SendMessagesInThreads, ReadMessageHistory, ViewChannel } = PermissionFlagsBits;
    const role = world.discord.addRole(guild, 'Helpers', { mentionable: true });
    await setUp(admin, { forums: [forum], person: [helpers], roles: [role] });
    world.discord.setBotPermissions(forum, INVITE_PERMISSIONS & ~SendMessagesInThreads & ~ReadMessageHistory);
    world.discord.setBotPermissions(helpers, INVITE_PERMISSIONS & ~SendMessages);
    const threads = '**Send Messages in Threads**, **Read Message History**';
    const shown = async () => panelText(await openPanel(admin));
    expect(await shown()).toContain(setup.lacks(`<#${forum.id}>`, threads, setup.noPosts));
    expect(await shown()).toContain(setup.lacks(`<#${helpers.id}>`, '**Send Messages**', setup.noQuestions));
    for (const channel of [forum, helpers]) world.discord.setBotPermissions(channel, INVITE_PERMISSIONS & ~ViewChannel);
    expect(await shown()).toContain(setup.lacks(`<#${forum.id}>`, '**View Channel**', setup.noPosts));
    expect(await shown()).toContain(setup.lacks(`<#${helpers.id}>`, '**View Channel**', setup.noQuestions));
    for (const channel of [forum, helpers]) world.discord.setBotPermissions(channel, null);
    expect(await shown()).not.toContain('I lack');
  });

  it('says which channels and roles are gone, and that a role cannot be mentioned', async () => {
    const { guild, forum, helpers, admin } = newServer('Gone');
    const role = world.discord.addRole(guild, 'Quiet');
    await setUp(admin, { forums: [forum], person: [helpers], roles: [role] });
    const shown = async () => panelText(await openPanel(admin));
    expect(await shown()).toContain(setup.silentRole(role.id));
    world.discord.removeRole(guild, role);
    for (const channel of [forum, helpers]) world.discord.removeChannel(channel);
    const text = await shown();
    expect(text).toContain(setup.goneRoles(`<@&${role.id}>`));
    for (const { id } of [forum, helpers]) expect(text).toContain(setup.goneChannels(`<#${id}>`));
    const panel = await openPanel(admin);
    expect((['forums', 'roles', 'person'] as const).map((menu) => chosenIn(panel, menu))).toEqual([[], [], []]);
  });

  it('saves what was chosen, and names no permission, while Discord says nothing about channels', async () => {
    const { forum, admin } = newServer('Silent Discord');
    world.discord.fail({ match: /^GET \/guilds\/\d+\/(roles|members)/, status: 403, code: 50_001, times: 2 });
    const panel = await openPanel(admin);
    world.discord.fail({ match: new RegExp(`^GET /channels/${forum.id}$`), status: 403, code: 50_013, times: 1 });
    await chooseIn(admin, panel, 'forums', [forum]);
    expect(panelText(panel)).toContain(`<#${forum.id}>`);
    expect(panelText(panel)).not.toContain('I lack');
  });

  it('used by two people at the same time keeps what the later one chose, and loses nothing else', async () => {
    const { guild, general, forum, helpers, admin } = newServer('Two');
    const later = world.newcomer('Bea', MANAGE_SERVER, general);
    const second = world.discord.addChannel(guild, 'more', { type: ChannelType.GuildForum });
    const role = world.discord.addRole(guild, 'Helpers', { mentionable: true });
    const [first, other] = [await openPanel(admin), await openPanel(later)];
    await chooseIn(admin, first, 'forums', [forum]);
    await chooseIn(later, other, 'forums', [second]);
    expect(panelText(first)).toContain(forum.id);
    await chooseIn(admin, first, 'person', [helpers]);
    expect(panelText(first), 'the next click shows it').not.toContain(forum.id);
    expect(panelText(first)).toContain(second.id);
    await Promise.all([chooseIn(admin, first, 'roles', [role]), chooseIn(later, other, 'person', [general])]);
    const text = panelText(await openPanel(admin));
    for (const shown of [`<#${second.id}>`, `<@&${role.id}>`, `<#${general.id}>`]) expect(text).toContain(shown);
    expect(text).not.toContain(helpers.id);
  });

  it('shows a change to another process, and the other way round', async () => {
    const { forum, helpers, admin } = newServer('Replicas');
    await overHttp(() => openPanel(admin));
    const panel = await setUp(admin, { person: [helpers] });
    await until('the other process shows it', () =>
      overHttp(async () => panelText(await openPanel(admin)).includes(helpers.id)),
    );
    await overHttp(async () => chooseIn(admin, await openPanel(admin), 'forums', [forum]));
    await until('this process shows it', async () => {
      await chooseIn(admin, panel, 'person', [helpers]);
      return chosenIn(panel, 'forums').includes(forum.id);
    });
  });

  it('over HTTP says that answers in forums need the gateway', async () => {
    const { forum, admin } = newServer('By HTTP');
    const panel = await overHttp(() => setUp(admin, { forums: [forum] }));
    expect(panelText(panel)).toContain(setup.noGateway);
    expect(panelText(panel)).not.toContain(setup.forumsHint);
    expect(panelText(await openPanel(admin))).not.toContain(setup.noGateway);
  });

  it('shows a sample of what members see, in a forum if one is set, whose buttons do nothing', async () => {
    const { forum, admin } = newServer('Samples');
    const panel = await openPanel(admin);
    const press = async () => (await admin.press(panel, setup.tryIt)).message ?? expect.fail('a sample');
    // A busy machine may still be preparing the search.
    const sample = await until('the search', async () => {
      const message = await press();
      return message.content === setup.noSample ? undefined : message;
    });
    expect(sample.flags).toBe(64);
    expect(sample.content.split('”')[0]).toBe(setup.sample('”').split('”')[0] + sampleQuestion(sample));
    expect(sample.embeds).toHaveLength(1);
    await chooseIn(admin, panel, 'forums', [forum]);
    const inForum = await press();
    expect(inForum.embeds).toEqual([]);
    expect(inForum.content).toContain(en.forum.hint);
    expect((await admin.press(inForum, en.button.notThis)).message?.content).toBe(setup.sampleOnly);
    expect(inForum.isDeleted).toBe(false);
    expect(world.discord.messagesOf(admin.channel)).toEqual([]);
  });
  const sampleQuestion = (message: Message) => /“([^”]+)”/.exec(message.content)?.[1] ?? expect.fail('a question');

  it.each([
    ['a member', MEMBER, false],
    ['a moderator without Manage Server', MODERATOR, false],
    ['somebody with Manage Server', MANAGE_SERVER, true],
    ['an administrator', ADMIN, true],
  ])('is for people with Manage Server: %s', async (name, permissions, mayDo) => {
    const { general, forum, admin } = newServer(`For ${name}`);
    const person = world.newcomer(name, permissions, general);
    const { message } = await person.slash('setup');
    if (mayDo) expect(message?.embeds[0]?.title).toBe(setup.title);
    else expect(message).toMatchObject({ content: lacks, flags: 64, embeds: [] });
    const panel = await openPanel(admin);
    const resolved = { channels: { [forum.id]: { id: forum.id, type: 15 } } };
    const data = { component_type: 8, custom_id: setupId('forums'), values: [forum.id], resolved };
    await person.sendRaw({ type: 3, data }, panel);
    for (const custom_id of (['pin', 'try', 'resume'] as const).map(setupId)) {
      const answer = await person.sendRaw({ type: 3, data: { component_type: 2, custom_id } }, panel);
      if (!mayDo) expect(answer.message?.content, custom_id).toBe(lacks);
    }
    expect(panelText(await openPanel(admin)).includes(forum.id)).toBe(mayDo);
    expect(world.discord.messagesOf(general).length > 0).toBe(mayDo);
  });

  it('is for servers only', async () => {
    const { admin } = newServer('No DM');
    const { interaction } = await admin.slash('setup');
    const dm = world.discord.person(admin.user, world.discord.dmOf(admin.user));
    expect((await dm.sendRaw({ type: 2, data: interaction.payload.data })).message?.content).toBe(en.error.serverOnly);
  });

  it('keeps settings over a restart', async () => {
    const { forum, helpers, admin } = newServer('Restarted');
    const panel = await setUp(admin, { forums: [forum], person: [helpers] });
    await world.restart();
    expect(panelText(await openPanel(admin))).toBe(panelText(panel));
    await chooseIn(admin, panel, 'person', []);
    expect(panelText(panel), 'an older panel goes on working').toContain(setup.noPerson);
  });

  it('is mentioned once to somebody who may use it, in a server that was never set up', async () => {
    const hint = `-# ${world.messages.setup.notSetUp}`;
    const { general, admin } = newServer('Hinted');
    const moderator = world.newcomer('Mo', MODERATOR, general);
    const said = async (person: Person) => (await person.slash('help')).message?.content ?? '';
    expect(await said(moderator)).not.toContain(hint);
    expect(await said(admin)).toContain(hint);
    expect(await said(admin)).not.toContain(hint);
    await world.restart();
    expect(await said(world.newcomer('Cleo', ADMIN, general))).not.toContain(hint);
    const { admin: setUpAlready } = newServer('Not hinted');
    await openPanel(setUpAlready);
    expect(await said(setUpAlready)).not.toContain(hint);
  });

  it('is mentioned in private under an answer that everyone sees', async () => {
    const { general, admin } = newServer('Hinted in public');
    await admin.slash('faq', { topic: 'close-account#money' });
    const [answer, ...others] = world.discord.messagesOf(general);
    expect(others).toEqual([]);
    expect(answer?.content).not.toContain('/setup');
    const mine = await until('the hint', () =>
      world.discord
        .messagesOf(general, admin.user)
        .find(({ content }) => content.includes(world.messages.setup.notSetUp)),
    );
    expect(mine.viewer).toBe(admin.user);
  });

  it('is forgotten after the bot has left the server', async () => {
    const { guild, forum, helpers, admin } = newServer('Left');
    await setUp(admin, { forums: [forum], person: [helpers] });
    expect(await rowsOf(guild, 'settings')).toBe(4);
    world.discord.removeBotFrom(guild);
    held.runRareJobs();
    await until('the settings are forgotten', async () => (await rowsOf(guild, 'settings')) === 0);
    expect(await rowsOf(guild, 'open_questions')).toBe(0);
    world.discord.returnBotTo(guild);
    // Another process may have deleted them.
    await until('the panel is as new', async () => panelText(await openPanel(admin)).includes(setup.noForums));
    expect(panelText(await openPanel(admin))).not.toContain('Last changed');
  });

  it('makes no request that Discord refuses, but for what is gone or hidden', () => {
    const expected = [10_003, 10_004, 50_001, 50_013];
    expect(world.discord.refusals.filter(({ code }) => !expected.includes(code ?? 0))).toEqual([]);
  });
});

describe.each(databases)('/setup on $name after kill -9', { timeout: 90_000 }, (kind) => {
  const database = useDatabase(kind);
  const world = useWorld();

  it('has what it showed as chosen', async () => {
    const { discord } = world;
    const { admin, forum, helpers } = addServer(world, 'Killed');
    // The world's own bot, which has another database, is down meanwhile.
    await world.restart(async () => {
      const first = await startProcess(discord, database.url);
      const panel = await setUp(admin, { forums: [forum] });
      const choosing = chooseIn(admin, panel, 'person', [helpers]);
      await until('it is chosen', () => panelText(panel).includes(helpers.id));
      await first.kill();
      await choosing;
      const second = await startProcess(discord, database.url);
      expect(panelText(await openPanel(admin))).toBe(panelText(panel));
      await second.kill();
    });
  });
});
