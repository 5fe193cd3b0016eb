// Ask a person: from the button to the helpers' channel, and back to where the question was asked.
import { PermissionFlagsBits } from 'discord.js';
import { buttonsOf, type Channel, type Guild, type Message } from 'fake-discord';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { INVITE_PERMISSIONS } from '../../src/discord/invite.ts';
import { en } from '../../src/i18n/en.ts';
import type { RunningBot } from '../../src/live.ts';
import { shippedEdition } from '../shipped.ts';
import { databases, useDatabase } from '../store/databases.ts';
import { createHeldClock } from './held-clock.ts';
import {
  addHelpDesk,
  answer,
  askInVain,
  askPerson,
  DECLINED,
  FORUM_MEMBER,
  type HelpDesk,
  openForm,
  send,
} from './help-desk.ts';
import { chooseIn, openPanel, setUp } from './setup-panel.ts';
import { MANAGE_ONLY, typedIn, until, useWorld } from './world.ts';

const { person, button } = en;
const edition = await shippedEdition();
const { support } = edition.subject;
const pages = [...edition.pages.values()];
const ASK = button.askPerson;
const HOUR_MS = 3_600_000;
const UNSURE = 'how do i close my account';
const SURE = 'can i have a second account';
const NOBODY = { everyone: false, roles: [], users: [] };

const labels = (message: Message | null) => (message ? buttonsOf(message).map(({ label }) => label) : []);

describe.each(databases)('Ask a person on $name', { timeout: 60_000 }, (kind) => {
  const held = createHeldClock();
  const database = useDatabase(kind);
  const world = useWorld(() => ({ DATABASE_URL: database.url }), { clock: held.clock });
  beforeAll(async () => {
    await until('the search', async () => (await askInVain(world.member)).content !== en.ask.busy);
  });

  /** Lets time pass, for the bot and for Discord. */
  const pass = (ms: number) => {
    held.advance(ms);
    world.discord.advance(ms);
  };
  const newDesk = (name: string, options = {}) => addHelpDesk(world, name, options);
  const postsIn = ({ helpers }: HelpDesk) => world.discord.messagesOf(helpers);
  const onlyPost = (desk: HelpDesk) => {
    const [post, ...others] = postsIn(desk);
    expect(others).toEqual([]);
    return post ?? expect.fail('a post in the channel of the helpers');
  };
  const urlOf = ({ id }: Guild, message: Message) =>
    `https://discord.com/channels/${id}/${message.channel.id}/${message.id}`;
  const openCount = async ({ guild }: HelpDesk) => {
    const store = database.open();
    const rows = await store.run((db) =>
      db.selectFrom('open_questions').select('message_id').where('guild_id', '=', guild.id).execute(),
    );
    return rows.length;
  };

  describe('its button', () => {
    it('is under what was declined or is unsure, under “Not this”, and on urgent pages only', async () => {
      const { asker } = await newDesk('Buttons');
      expect(labels(await askInVain(asker))).toContain(ASK);
      expect(labels(await askInVain(asker, UNSURE))).toContain(ASK);
      const sure = await askInVain(asker, SURE);
      expect(labels(sure)).not.toContain(ASK);
      await asker.press(sure, button.notThis);
      expect(labels(sure)).toContain(ASK);
      for (const isUrgent of [true, false]) {
        const page = pages.find(({ urgent }) => urgent === isUrgent)?.name ?? '';
        const shown = (await asker.slash('new-account', { page })).message;
        expect(labels(shown).includes(ASK), page).toBe(isUrgent);
        const shared = (await asker.slash('faq', { topic: page })).message;
        expect(labels(shared).includes(ASK), `${page}, for all`).toBe(isUrgent);
      }
    });

    it('is nowhere without a channel for helpers, and nowhere in direct messages', async () => {
      const { asker } = await newDesk('No channel', { isSetUp: false });
      const dm = world.discord.person(asker.user, world.discord.dmOf(asker.user));
      for (const one of [asker, dm]) {
        for (const question of [DECLINED, UNSURE]) expect(labels(await askInVain(one, question))).not.toContain(ASK);
        const page = pages.find(({ urgent }) => urgent)?.name ?? '';
        expect(labels((await one.slash('new-account', { page })).message)).not.toContain(ASK);
      }
    });

    it('opens a form with the question, which says who sees it and where the answer comes', async () => {
      const { asker } = await newDesk('Form');
      for (const question of [DECLINED, UNSURE]) {
        const opened = await openForm(asker, await askInVain(asker, question));
        expect(typedIn(opened)).toEqual({ question });
        expect(JSON.stringify(opened.data)).toContain(person.questionHint);
      }
      const page = pages.find(({ urgent }) => urgent) ?? expect.fail('an urgent page');
      const { message } = await asker.slash('new-account', { page: page.name });
      expect(typedIn(await openForm(asker, message ?? undefined)).question).toBe(`${person.about(page.title)} `);
    });
  });

  it('posts the question once, with who asks and where, and notifies nobody but the role of helpers', async () => {
    const desk = await newDesk('Posted');
    const { asker, general, role } = desk;
    const words = 'my *account* [is](https://x.test) gone, @everyone <@1> <@&2>\nwhat now?';
    const { message, interaction } = await asker.submit(await openForm(asker), { question: words });
    expect(message).toMatchObject({ content: person.sent(general.id), flags: 64 });
    const post = onlyPost(desk);
    expect(post.nonce).toBe(interaction.id);
    expect(post.content).toContain(`<@${asker.user.id}> asks in <#${general.id}>`);
    expect(post.content.split('\n')).toHaveLength(4);
    expect(post.content).toContain(
      'my \\*account\\* \\[is](https\\://x.test) gone, \\@everyone \\<@1> \\<@&2> what now?',
    );
    expect(post.notifies).toEqual({ everyone: false, roles: [role.id], users: [] });
    expect(labels(post)).toEqual([button.answered]);
    const request = world.discord.requests.filter(({ path }) => path === `/channels/${desk.helpers.id}/messages`);
    expect(request).toHaveLength(1);
    expect(await openCount(desk)).toBe(1);
  });

  it('says “sent” only after Discord has accepted the question', async () => {
    const desk = await newDesk('Slow');
    const opened = await openForm(desk.asker);
    world.discord.fail({ match: new RegExp(`POST /channels/${desk.helpers.id}/messages$`), delayMs: 600 });
    let isTold = false;
    const told = send(desk.asker, opened).then((text) => {
      isTold = true;
      return text;
    });
    for (let i = 0; i < 10; i++) {
      await new Promise((resolve) => setTimeout(resolve, 40));
      if (postsIn(desk).length === 0) expect(isTold).toBe(false);
    }
    expect(await told).toBe(person.sent(desk.general.id));
    onlyPost(desk);
  });

  it('mentions the role of helpers once in ten minutes', async () => {
    const desk = await newDesk('Mentions');
    const mentioned = () => postsIn(desk).map(({ notifies }) => notifies.roles.length);
    const someone = (i: number) => world.newcomer(`Asker ${i}`, FORUM_MEMBER, desk.general);
    for (let i = 0; i < 3; i++) await askPerson(someone(i));
    expect(mentioned()).toEqual([1, 0, 0]);
    pass(HOUR_MS / 6 - 20_000);
    await askPerson(someone(3));
    pass(25_000);
    await askPerson(someone(4));
    expect(mentioned()).toEqual([1, 0, 0, 0, 1]);
  });

  describe('Answered', () => {
    it.each(['helper', 'moderator', 'asker'] as const)('by the %s posts the answer where it was asked', async (who) => {
      const desk = await newDesk(`By the ${who}`);
      const { guild, general, helpers, asker } = desk;
      const people = { helper: desk.helper, moderator: world.newcomer('Mo', MANAGE_ONLY, helpers), asker };
      const by = people[who].in(helpers);
      await askPerson(asker, 'where do I *find* it?');
      const post = onlyPost(desk);
      const told = await answer(by, post, 'Look at https://x.test/a_b_c @everyone');
      const [given, ...others] = world.discord.messagesOf(general);
      expect(others).toEqual([]);
      expect(told).toBe(person.posted(urlOf(guild, given ?? expect.fail('an answer'))));
      expect(given?.notifies).toEqual({ ...NOBODY, users: [asker.user.id] });
      expect(given?.content).toContain(`<@${asker.user.id}>`);
      expect(given?.content.includes('<https://x.test/a_b_c>')).toBe(who !== 'asker');
      // It was asked in private.
      expect(given?.content).not.toContain('where do I');
      expect(post.content).toContain(person.closed(by.user.id));
      expect(post.content).not.toContain(person.postHint);
      expect(labels(post)).toEqual([]);
      expect(post.notifies.users).toEqual([]);
      expect(await openCount(desk)).toBe(0);
      if (who === 'asker') expect((await openForm(asker)).message?.content).toBe(person.recent);
      else expect(await askPerson(asker), 'the asker may ask again').toBe(person.sent(general.id));
    });

    it('by a stranger does nothing, also with a form that somebody else opened', async () => {
      const desk = await newDesk('Stranger');
      await askPerson(desk.asker);
      const post = onlyPost(desk);
      const stranger = world.newcomer('Sven', FORUM_MEMBER, desk.helpers);
      expect(await answer(stranger, post, 'mine')).toBe(person.notYours);
      const opened = await desk.helper.in(desk.helpers).press(post, button.answered);
      expect((await stranger.submit(opened, { answer: 'mine' })).message?.content).toBe(person.notYours);
      expect(world.discord.messagesOf(desk.general)).toEqual([]);
      expect(labels(post)).toEqual([button.answered]);
    });

    it('without words posts nothing', async () => {
      const desk = await newDesk('Blank answer');
      await askPerson(desk.asker);
      expect(await answer(desk.helper.in(desk.helpers), onlyPost(desk), ' \n ')).toBe(person.answerBlank);
      expect(world.discord.messagesOf(desk.general)).toEqual([]);
    });

    it('works after a restart, and so does the form of a question that was open', async () => {
      const desk = await newDesk('Restart');
      await askPerson(desk.asker);
      const other = world.newcomer('Nele', FORUM_MEMBER, desk.general);
      const opened = await openForm(other);
      await world.restart();
      expect(await send(other, opened)).toBe(person.sent(desk.general.id));
      for (const post of postsIn(desk))
        expect(await answer(desk.helper.in(desk.helpers), post, 'here')).toContain('Posted');
      expect(world.discord.messagesOf(desk.general)).toHaveLength(2);
    });

    it.each([
      ['is gone', (channel: Channel) => world.discord.removeChannel(channel)],
      [
        'is closed to the bot',
        (channel: Channel) =>
          world.discord.setBotPermissions(channel, INVITE_PERMISSIONS & ~PermissionFlagsBits.SendMessages),
      ],
      [
        'is hidden from the bot',
        (channel: Channel) =>
          world.discord.setBotPermissions(channel, INVITE_PERMISSIONS & ~PermissionFlagsBits.ViewChannel),
      ],
    ])('says so and leaves the question open if the channel of the question %s', async (name, act) => {
      const desk = await newDesk(`Answer: ${name}`);
      await askPerson(desk.asker);
      act(desk.general);
      const post = onlyPost(desk);
      expect(await answer(desk.helper.in(desk.helpers), post, 'here')).toBe(
        `${person.notPosted(desk.general.id)}\n> here`,
      );
      expect(labels(post)).toEqual([button.answered]);
      expect(await openCount(desk)).toBe(1);
    });
  });

  describe('limits', () => {
    it('one open question a person, with a link to it, until a day is over', async () => {
      const desk = await newDesk('One open');
      const { asker, guild, general } = desk;
      const waiting = await openForm(asker);
      await askPerson(asker);
      const open = person.open(urlOf(guild, onlyPost(desk)));
      expect(await send(asker, waiting), 'a form that was open').toBe(open);
      expect((await openForm(asker)).message?.content).toBe(open);
      onlyPost(desk);
      pass(24 * HOUR_MS + 1000);
      expect(await askPerson(asker)).toBe(person.sent(general.id));
    });

    it('of two submissions at the same moment one is posted', async () => {
      const desk = await newDesk('Twice');
      const [first, second] = [await openForm(desk.asker), await openForm(desk.asker)];
      const told = await Promise.all([send(desk.asker, first, 'one'), send(desk.asker, second, 'two')]);
      expect(told.sort()).toEqual([person.sending, person.sent(desk.general.id)].sort());
      onlyPost(desk);
    });

    it('10 questions an hour in a server, and none of another server', async () => {
      const desk = await newDesk('Ten');
      const elsewhere = await newDesk('Elsewhere');
      const askers = Array.from({ length: 11 }, (_, i) => world.newcomer(`A${i}`, FORUM_MEMBER, desk.general));
      const [last, ...first] = askers;
      for (const one of first) expect(await askPerson(one)).toBe(person.sent(desk.general.id));
      expect((await openForm(last ?? expect.fail())).message?.content).toBe(person.full(support));
      expect(postsIn(desk)).toHaveLength(10);
      expect(await askPerson(elsewhere.asker)).toBe(person.sent(elsewhere.general.id));
      pass(HOUR_MS + 1000);
      expect(await askPerson(last ?? expect.fail())).toBe(person.sent(desk.general.id));
    });
  });

  describe('a failure is reported to who asked, with a place to ask instead', () => {
    const refused = person.failed(support);
    it.each([
      ['no permission', { status: 403, code: 50_013 }],
      ['no access', { status: 403, code: 50_001 }],
      ['AutoMod', { status: 400, code: 200_000 }],
      ['an error of Discord', { status: 500 }],
      ['a lost connection', { reset: 'before' }],
    ] as const)('%s', async (name, fault) => {
      const desk = await newDesk(`Fault: ${name}`);
      const match = new RegExp(`POST /channels/${desk.helpers.id}/messages$`);
      const opened = await openForm(desk.asker);
      world.discord.fail({ match, ...fault, times: 4 });
      expect(await send(desk.asker, opened)).toBe(refused);
      expect(postsIn(desk)).toEqual([]);
      expect(await openCount(desk)).toBe(0);
      // What is left of the fault is used up.
      await until('another try works', async () => {
        const told = await askPerson(desk.asker);
        return told === person.sent(desk.general.id);
      });
      onlyPost(desk);
    });

    it('a channel that is gone', async () => {
      const desk = await newDesk('Gone channel');
      const opened = await openForm(desk.asker);
      world.discord.removeChannel(desk.helpers);
      expect(await send(desk.asker, opened)).toBe(refused);
    });

    it('a channel that is no longer set', async () => {
      const desk = await newDesk('Unset');
      const [shown, opened] = [await askInVain(desk.asker), await openForm(desk.asker)];
      await chooseIn(desk.admin, await openPanel(desk.admin), 'person', []);
      expect(await send(desk.asker, opened)).toBe(person.off(support));
      expect((await openForm(desk.asker, shown)).message?.content).toBe(person.off(support));
      expect(postsIn(desk)).toEqual([]);
    });

    it('no words', async () => {
      const desk = await newDesk('Blank question');
      expect(await send(desk.asker, await openForm(desk.asker), ' \u200b\n')).toBe(person.blank);
      expect(postsIn(desk)).toEqual([]);
      expect(await askPerson(desk.asker)).toBe(person.sent(desk.general.id));
    });

    it('and what Discord accepts in the end is posted once', async () => {
      const desk = await newDesk('Recovered');
      const match = new RegExp(`POST /channels/${desk.helpers.id}/messages$`);
      const opened = await openForm(desk.asker);
      world.discord.fail({ match, reset: 'after' });
      world.discord.fail({ match, status: 502 });
      world.discord.fail({ match, status: 429, retryAfter: 0.05 });
      expect(await send(desk.asker, opened)).toBe(person.sent(desk.general.id));
      onlyPost(desk);
    });
  });

  describe('what waits', () => {
    it('is in /insights with its age and a link, until it is answered', async () => {
      const desk = await newDesk('Insights');
      await askPerson(desk.asker);
      const post = onlyPost(desk);
      const waiting = async () => {
        const { message } = await desk.helper.slash('insights');
        return message?.embeds[0]?.fields?.find(({ name }) => name === en.insights.waiting)?.value;
      };
      const shown = await waiting();
      expect(shown).toMatch(/<t:\d+:R>/);
      expect(shown).toContain(urlOf(desk.guild, post));
      await answer(desk.helper.in(desk.helpers), post, 'here');
      expect(await waiting()).toBeUndefined();
    });

    it('is listed for the helpers once a day after a day, without a mention', async () => {
      const desk = await newDesk('Reminded');
      const other = await newDesk('Reminded later');
      for (const { asker } of [desk, other]) await askPerson(asker);
      const [post, otherPost] = [onlyPost(desk), onlyPost(other)];
      await setUp(other.admin, { person: [] });
      /** Checks again and again: while one check runs, no other begins. */
      const untilReminded = (isReminded: () => boolean) =>
        until('a reminder', () => {
          held.runRareJobs();
          return isReminded();
        });
      const reminders = (of = desk, question = post) => postsIn(of).filter(({ id }) => id !== question.id);
      held.runRareJobs();
      pass(24 * HOUR_MS + 1000);
      await untilReminded(() => reminders().length > 0);
      const [first] = reminders();
      expect(first?.content).toContain(urlOf(desk.guild, post));
      expect(first?.notifies).toEqual(NOBODY);
      // Servers are reminded in the order of their questions, so that the first one would have been again.
      await setUp(other.admin, { person: [other.helpers] });
      await untilReminded(() => reminders(other, otherPost).length > 0);
      expect(reminders()).toHaveLength(1);
      // Discord itself would refuse a second one, by its nonce.
      const sent = world.discord.requests.filter(
        ({ method, path }) => `${method} ${path}` === `POST /channels/${desk.helpers.id}/messages`,
      );
      expect(sent).toHaveLength(2);
      pass(24 * HOUR_MS);
      await untilReminded(() => reminders().length === 2);
    });
  });

  it('stores neither who asked nor the words', async () => {
    const desk = await newDesk('Stored');
    await askPerson(desk.asker, 'xyzzy plugh');
    const store = database.open();
    for (const table of ['open_questions', 'settings', 'counts', 'questions', 'posts', 'servers'] as const) {
      const rows = await store.run((db) => db.selectFrom(table).selectAll().execute());
      expect(JSON.stringify(rows), table).not.toMatch(new RegExp(`xyzzy|${desk.asker.user.id}`));
    }
    expect(world.logged.join('\n')).not.toMatch(/xyzzy/);
  });
});

describe.each(databases)('Ask a person over HTTP on $name', { timeout: 60_000 }, (kind) => {
  let http: RunningBot;
  const database = useDatabase(kind);
  const world = useWorld(() => ({ DATABASE_URL: database.url }));
  beforeAll(async () => {
    http = await world.start({ TRANSPORT: 'http', DISCORD_PUBLIC_KEY: world.discord.publicKey, PORT: '0' });
  });
  afterAll(async () => {
    await http.stop();
  });

  it('is answered by another process on the same database', async () => {
    const desk = await addHelpDesk(world, 'By HTTP');
    const { application } = world.discord;
    application.interactions_endpoint_url = `${http.url}/interactions`;
    // The button is there once the other process has read the settings, and its search is ready.
    const shown = await until('the button', async () => {
      const message = await askInVain(desk.asker);
      return labels(message).includes(ASK) ? message : undefined;
    });
    expect(await send(desk.asker, await openForm(desk.asker, shown))).toBe(person.sent(desk.general.id));
    application.interactions_endpoint_url = null;
    const [post] = world.discord.messagesOf(desk.helpers);
    expect(await answer(desk.helper.in(desk.helpers), post ?? expect.fail('a post'), 'here')).toContain('Posted');
    expect(world.discord.messagesOf(desk.general)).toHaveLength(1);
    expect(labels(post ?? null)).toEqual([]);
  });
});
