// Questions in plain words: by /ask, by a mention, in direct messages.

import { buttonsOf } from 'fake-discord';
import { beforeAll, describe, expect, it } from 'vitest';
import { INVITE_PERMISSIONS, NEEDED_PERMISSIONS } from '../../src/discord/invite.ts';
import { en } from '../../src/i18n/en.ts';
import { shippedEdition } from '../shipped.ts';
import { until, useWorld, type World } from './world.ts';

type Message = Parameters<typeof buttonsOf>[0];

const edition = await shippedEdition();
const world = useWorld();
beforeAll(async () => {
  await searchReady();
});

const titleOf = (message: Message | null | undefined) => message?.embeds[0]?.title;
const labels = (message: Message | null | undefined) =>
  message ? buttonsOf(message).map(({ label }) => label ?? '') : [];
const seen = (message: Message | null) => JSON.stringify([message?.content, message?.embeds, labels(message)]);
const pageTitle = (name: string) => edition.pages.get(name)?.title ?? expect.fail(name);
const WELCOME = en.ask.courtesy(edition.subject.scope);
const SURE = 'can i have two accounts at the same time';

async function ask(question: string, options: { share?: boolean } = {}): Promise<Message> {
  return (await world.member.slash('ask', { question, ...options })).message ?? expect.fail('no message');
}
/** Waits until the search is trained. @param question in the language that is asked in */
const searchReady = (question = 'how do i close my account') =>
  until('the search', async () => (await ask(question)).content !== en.ask.busy, 45_000);
/** A newcomer in a channel of their own, so that no cool-down is shared. */
function fresh(name = 'newcomer') {
  const user = world.discord.addUser(name);
  world.discord.join(world.guild, user);
  const channel = world.discord.addChannel(world.guild, name);
  return { person: world.discord.person(user, channel), channel, user };
}
const answersIn = (channel: Parameters<World['discord']['messagesOf']>[0]) =>
  world.discord.messagesOf(channel).filter(({ author }) => author.id === world.discord.botUser.id);

describe('/ask', () => {
  it('opens the best page, says that it is a guess, and offers Not this', async () => {
    const message = await ask(SURE);
    expect(message.content).toBe(en.ask.guess);
    expect(message.flags & 64).toBe(64);
    expect(labels(message)).toContain('Not this');
    expect(message.embeds[0]?.fields?.some(({ name }) => name.startsWith('Sources'))).toBe(true);
  });

  it('leads by Not this to other topics, and from each of them back', async () => {
    const message = await ask(SURE);
    const guessed = titleOf(message);
    await world.member.press(message, 'Not this');
    expect(titleOf(message)).toBe(en.ask.unsure);
    const offers = seen(message);
    const topics = labels(message).filter((label) => label !== 'None of these');
    expect(topics.length).toBeGreaterThanOrEqual(2);
    expect(topics).not.toContain(guessed);
    for (const topic of topics) {
      await world.member.press(message, topic);
      expect(titleOf(message)).toBe(topic);
      expect(message.content).toBe('');
      await world.member.press(message, 'Back');
      expect(seen(message)).toBe(offers);
    }
    await world.member.press(message, 'None of these');
    expect(titleOf(message)).toBe(en.ask.unknown);
  });

  it('continues as a walk, and Back returns to the guessed page, also after a restart', async () => {
    const message = await ask(SURE);
    const guessed = seen(message);
    const walk = async () => {
      const own: readonly string[] = Object.values(en.button);
      const next = buttonsOf(message).find(({ label, url }) => label && !url && !own.includes(label));
      await world.member.press(message, next?.label ?? '');
    };
    for (let i = 0; i < 6; i++) await walk();
    await world.restart();
    await searchReady();
    for (let i = 0; i < 6; i++) await world.member.press(message, 'Back');
    expect(seen(message)).toBe(guessed);
  });

  it('says that it does not know, and what it can help with', async () => {
    for (const question of ['what is the weather in lisbon today', 'best pizza dough recipe']) {
      const message = await ask(question);
      expect(titleOf(message)).toBe(en.ask.unknown);
      expect(labels(message)).toHaveLength(3);
    }
  });

  it('shares a question and its answer with everyone; Not this opens the clicker’s own choice', async () => {
    const message = await ask(`${SURE} @everyone <@${world.other.user.id}>`, { share: true });
    expect(message.flags & 64).toBe(0);
    expect(message.content).toContain('Asked:');
    expect(message.notifies).toEqual({ everyone: false, roles: [], users: [] });
    const before = seen(message);
    const opened = (await world.other.press(message, 'Not this')).message;
    expect(titleOf(opened)).toBe(en.ask.unsure);
    expect((opened?.flags ?? 0) & 64).toBe(64);
    expect(seen(message)).toBe(before);
  });

  it('has a friendly word for a message without words', async () => {
    const message = await ask('🙂🙂🙂', { share: true });
    expect(message.content).toBe(WELCOME);
    expect(message.flags & 64).toBe(64);
  });

  it('does not share that it does not know', async () => {
    const message = await ask('best pizza dough recipe', { share: true });
    expect(titleOf(message)).toBe(en.ask.unknown);
    expect(message.flags & 64).toBe(64);
  });

  it('answers a question in a language without guides, under a sentence in that language', async () => {
    const { questions, sentences } = edition.search.languages.get('ru') ?? expect.fail('Russian is understood');
    const [[page, examples] = expect.fail('it has questions')] = [...questions];
    const [question = ''] = [...examples].sort((a, b) => b.length - a.length);
    await searchReady(question);
    const message = await ask(question);
    expect(message.content.split('\n')[0]).toBe(sentences?.answered);
    expect([titleOf(message), ...labels(message)]).toContain(pageTitle(page));
  });

  it.each([
    ['6,000 characters', 'x'.repeat(6000)],
    ['zero-width characters', '\u200b\u200d\ufeff'.repeat(100)],
    ['right to left', 'שלום مرحبا \u202e evil'],
    ['a bomb for regular expressions', `${'a'.repeat(3000)}!(((a+)+)+)+$`],
    ['SQL', "'; DROP TABLE revisions; --"],
    ['mentions', '<@123> <@&456> <#789> @everyone'],
  ])('answers or declines %s', async (_, question) => {
    const message = await ask(question);
    // What is taken for another language may have to wait until that one is trained.
    expect([WELCOME, en.ask.busy].includes(message.content) || titleOf(message)).toBeTruthy();
  });

  it('finds a server’s own reply by its title, and only in that server', async () => {
    const opened = await world.moderator.slash('faq-edit add');
    await world.moderator.submit(opened, { title: 'Zebra stripes policy', text: 'Stripes are fine.' });
    const message = await ask('zebra stripes policy');
    expect(message.embeds[0]?.description).toBe('Stripes are fine.');
    expect(message.content).toBe(en.ask.guessReply);
    await world.member.press(message, 'Not this');
    expect(labels(message)).not.toContain('Zebra stripes policy');
    const elsewhere = world.discord.addGuild('Elsewhere');
    world.discord.join(elsewhere, world.member.user);
    const there = await world.member
      .in(world.discord.addChannel(elsewhere, 'general'))
      .slash('ask', { question: 'zebra stripes policy' });
    expect(JSON.stringify(there.message?.embeds)).not.toContain('Stripes');
  });

  it('offers a page once, also if the server has replaced its text', async () => {
    const topic = 'close-account#kind';
    await world.moderator.submit(await world.moderator.slash('faq-edit change', { topic }), {
      title: 'What we close',
      text: 'Every kind of account.',
    });
    const offered = labels(await ask('account kind'));
    expect(offered).toContain('What we close');
    expect([...new Set(offered)]).toEqual(offered);
    await world.moderator.slash('faq-edit undo', { topic });
  });
});

describe('a mention', () => {
  const mention = (text: string) => `<@${world.discord.botUser.id}> ${text}`;

  it('gets one public reply with a page and its buttons, and notifies only the asker', async () => {
    const { person, channel, user } = fresh('asker');
    await person.say(mention(SURE));
    const [answer, ...more] = await until('an answer', () =>
      answersIn(channel).length > 0 ? answersIn(channel) : undefined,
    );
    expect(more).toEqual([]);
    expect(answer?.notifies).toEqual({ everyone: false, roles: [], users: [user.id] });
    expect(answer?.replyTo).not.toBeNull();
    const clicked = await world.other.in(channel).press(answer ?? null, 'Not this');
    expect((clicked.message?.flags ?? 0) & 64).toBe(64);
  });

  it('of others, of an unknown user, or of everyone is ignored', async () => {
    const { person, channel } = fresh('quiet');
    await person.say('how do i close my account');
    await person.say('@everyone how do i close my account');
    await person.say(`<@${world.other.user.id}> how do i close my account`);
    await new Promise((done) => setTimeout(done, 300));
    expect(answersIn(channel)).toEqual([]);
  });

  it('without text says how to ask', async () => {
    const { person, channel } = fresh('wordless');
    await person.say(mention(''));
    const answer = await until('an answer', () => answersIn(channel)[0]);
    expect(answer.content).toBe(world.messages.ask.onlyMine);
  });

  it('that an edit adds is answered once; later edits are not', async () => {
    const { person, channel } = fresh('forgetful');
    const { message } = await person.say(SURE);
    person.edit(message, mention(SURE));
    await until('an answer', () => answersIn(channel)[0]);
    person.edit(message, mention(`${SURE}, please`));
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(answersIn(channel)).toHaveLength(1);
  });

  it('is answered once in 30 seconds, and then gets a reaction', async () => {
    const { person, channel } = fresh('eager');
    world.discord.setBotPermissions(channel, INVITE_PERMISSIONS);
    const said: Message[] = [];
    for (let i = 0; i < 4; i++) said.push((await person.say(mention(`${SURE} ${i}`))).message);
    await until('the reactions', () => said.slice(1).every(({ reactions }) => reactions.has('⏳')));
    expect(answersIn(channel)).toHaveLength(1);
  });

  it('that only thanks gets a reaction where the bot may react, and nothing elsewhere', async () => {
    const courtesies = edition.search.courtesies.filter((one) => !one.includes('…'));
    const [thanks = ''] = courtesies.sort((a, b) => b.length - a.length);
    const [open, closed] = [fresh('polite'), fresh('also polite')];
    world.discord.setBotPermissions(open.channel, INVITE_PERMISSIONS);
    world.discord.setBotPermissions(closed.channel, NEEDED_PERMISSIONS);
    const unseen = (await closed.person.say(mention(thanks))).message;
    const { message } = await open.person.say(mention(thanks));
    await until('a reaction', () => message.reactions.has('👋'));
    await until('the other try', () => world.discord.refusals.some(({ code }) => code === 50_013));
    expect(unseen.reactions.size).toBe(0);
    expect([...answersIn(open.channel), ...answersIn(closed.channel)]).toEqual([]);
  });

  it("in a channel where the bot can't write logs no failure", async () => {
    const { person, channel } = fresh('closed');
    world.discord.setBotPermissions(channel, 0n);
    await person.say(mention(SURE));
    await new Promise((done) => setTimeout(done, 300));
    expect(answersIn(channel)).toEqual([]);
    expect((await world.member.slash('help')).message?.embeds).toHaveLength(1);
  });
});

describe('a direct message', () => {
  it('is a question without any mention, and its buttons change the answer in place', async () => {
    const user = world.discord.addUser('Direct');
    const dm = world.discord.dmOf(user);
    const person = world.discord.person(user, dm);
    await person.say('i forgot my password and cannot log in');
    const answer = await until('an answer', () => answersIn(dm)[0]);
    expect(titleOf(answer)).toBeTruthy();
    expect([pageTitle('new-account#login'), en.ask.unsure]).toContain(titleOf(answer));
    const way = buttonsOf(answer).find(({ url }) => !url)?.label ?? '';
    const { message } = await person.press(answer, way);
    expect(message).toBe(answer);
  });

  const direct = (name: string) => {
    const user = world.discord.addUser(name);
    const dm = world.discord.dmOf(user);
    return { person: world.discord.person(user, dm), dm };
  };
  const picture = () => ({ attachments: [world.discord.addFile('screen.png', 'x', 'image/png')] });
  const voice = () => ({ attachments: [world.discord.addFile('voice-message.ogg', 'x', 'audio/ogg')] });
  const sticker = () => ({ stickers: [{ id: '1', name: 'Wave', format_type: 1 }] });
  const forwarding = (message: Message) => ({ forwarded: message });

  it.each([
    ['a picture', picture],
    ['a voice message', voice],
    ['a sticker', sticker],
  ])('of %s alone asks for text', async (_, enclosed) => {
    const { person, dm } = direct('Wordless');
    await person.say('', enclosed());
    expect((await until('an answer', () => answersIn(dm)[0])).content).toBe(en.ask.onlyText);
    await person.say('i forgot my password and cannot log in', enclosed());
    expect(titleOf(await until('an answer', () => answersIn(dm)[1]))).toBeTruthy();
  });

  it('that forwards a question is answered as that question', async () => {
    const { person, dm } = direct('Forwarder');
    const asked = (await fresh('first').person.say(SURE)).message;
    await person.say('', forwarding(asked));
    const answer = await until('an answer', () => answersIn(dm)[0]);
    expect(answer.content).toBe(en.ask.guess);
    expect(titleOf(answer)).toBe(titleOf(await ask(SURE)));
  });

  it('that forwards a picture asks for text', async () => {
    const { person, dm } = direct('Picture forwarder');
    const { message } = await fresh('painter').person.say('', picture());
    await person.say('', forwarding(message));
    expect((await until('an answer', () => answersIn(dm)[0])).content).toBe(en.ask.onlyText);
  });
});
