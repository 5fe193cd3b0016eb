// Walks: the real bot, through the real discord.js, pressed button by button.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { en } from '../../src/i18n/en.ts';
import { buttonsOf } from '../../src/preview/person.ts';
import { shippedEdition } from '../shipped.ts';
import { openWorld, type World } from './world.ts';

type Message = Parameters<typeof buttonsOf>[0];

const edition = await shippedEdition();
const own: readonly string[] = Object.values(en.button);
let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.stop());

const COMMANDS = ['close-account', 'new-account', 'second-account'];
const titleOf = (message: Message | null) => message?.embeds[0]?.title;
/** What a member sees of a message. */
const seen = (message: Message | null) =>
  JSON.stringify([
    message?.content,
    message?.embeds,
    message && buttonsOf(message).map(({ label, style }) => [label, style]),
  ]);
const labels = (message: Message | null) => (message ? buttonsOf(message).map(({ label }) => label ?? '') : []);
const waysOn = (message: Message | null) =>
  message ? buttonsOf(message).flatMap(({ label, url }) => (label && !url && !own.includes(label) ? [label] : [])) : [];

async function open(command: string, options: Record<string, string | boolean> = {}) {
  const { message } = await world.member.slash(command, options);
  return message ?? expect.fail(`/${command} answered without a message`);
}

describe('a walk', () => {
  it.each(COMMANDS)('/%s opens privately with a question, without Back', async (command) => {
    const message = await open(command);
    expect(world.discord.messagesOf(world.general, world.other.user)).not.toContain(message);
    expect(titleOf(message)).toMatch(/\?$/);
    expect(labels(message)).not.toContain('Back');
    expect(labels(message)).not.toContain('Start over');
  });

  it('leads by every button of every page where it says, and Back leads to each page as it was', {
    timeout: 120_000,
  }, async () => {
    for (const page of edition.pages.values()) {
      const message = await open('close-account', { page: page.name });
      const before = seen(message);
      for (const link of page.links) {
        if (link.kind === 'web') continue;
        await world.member.press(message, link.label);
        expect(titleOf(message), `${page.name} › ${link.label}`).toBe(edition.pages.get(link.page)?.title);
        await world.member.press(message, 'Back');
        expect(seen(message), `Back after ${page.name} › ${link.label}`).toBe(before);
      }
    }
    expect(world.discord.refusals).toEqual([]);
  });

  it('comes back over 20 clicks and two restarts of the bot', { timeout: 60_000 }, async () => {
    const message = await open('close-account');
    const way = [seen(message)];
    for (let i = 0; i < 20; i++) {
      const ways = waysOn(message);
      await world.member.press(message, ways[i % ways.length] ?? expect.fail(`no way on from ${titleOf(message)}`));
      way.push(seen(message));
      if (i === 9) await world.restart();
    }
    await world.restart();
    for (const before of way.slice(0, -1).reverse()) {
      await world.member.press(message, 'Back');
      expect(seen(message)).toBe(before);
    }
  });

  it('starts over at the guide’s first page', async () => {
    const message = await open('new-account');
    const first = seen(message);
    await world.member.press(message, waysOn(message)[0] ?? '');
    await world.member.press(message, waysOn(message)[0] ?? '');
    await world.member.press(message, 'Start over');
    expect(seen(message)).toBe(first);
  });

  it('opens at a page that was chosen, and Back leads to the guide’s first page', async () => {
    const [choice] = await world.member.autocomplete('close-account', 'page', 'money');
    const message = await open('close-account', { page: String(choice?.value) });
    expect(titleOf(message)).toBe(choice?.name);
    await world.member.press(message, 'Back');
    expect(seen(message)).toBe(seen(await open('close-account')));
  });

  it('opens at a page that was typed by its words and not chosen', async () => {
    expect(titleOf(await open('close-account', { page: 'take all your money' }))).toMatch(/money/i);
  });

  it('says what to do where there is no such page', async () => {
    const message = await open('close-account', { page: 'zzzz ⚡' });
    expect(message.content).toBe(en.error.noPage('zzzz ⚡'));
    expect(message.flags & 64).toBe(64);
  });

  it('goes on after more than 15 minutes', async () => {
    const message = await open('second-account');
    world.discord.advance(16 * 60_000);
    await world.member.press(message, waysOn(message)[0] ?? '');
    expect(labels(message)).toContain('Back');
  });

  it('asks on outcomes whether it helped, and thanks or helps on', async () => {
    const outcome = [...edition.pages.values()].find((page) => page.outcome) ?? expect.fail('there are outcomes');
    for (const [answer, field] of [
      ['Yes, this helped', en.feedback.thanks],
      ['No', en.feedback.sorry],
    ] as const) {
      const message = await open('close-account', { page: outcome.name });
      const before = seen(message);
      expect(message.embeds[0]?.footer?.text).toContain(en.page.didThisHelp);
      await world.member.press(message, answer);
      expect(message.embeds[0]?.fields?.at(-1)).toMatchObject(field);
      await world.member.press(message, 'Back');
      expect(seen(message)).toBe(before);
    }
  });
});

describe('a public message', () => {
  it('is not changed by clicks: each opens the clicker’s own walk', async () => {
    const shared = await open('close-account', { share: true });
    expect(world.discord.messagesOf(world.general, world.other.user)).toContain(shared);
    const before = seen(shared);
    for (const label of waysOn(shared)) {
      const { message } = await world.other.press(shared, label);
      expect(message?.flags).toBe(64);
      expect(titleOf(message)).not.toBe(titleOf(shared));
      await world.other.press(message, 'Back');
      expect(titleOf(message)).toBe(titleOf(shared));
    }
    expect(seen(shared)).toBe(before);
  });

  it('leads into its guide where its page is an end', async () => {
    const { message } = await world.member.slash('faq', {
      topic:
        'support#reach' in edition.pages
          ? 'support#reach'
          : ([...edition.pages.values()].find((page) => page.outcome)?.name ?? ''),
    });
    const opened = await world.other.press(message, 'Open the guide');
    expect(opened.message?.flags).toBe(64);
    expect(titleOf(opened.message)).toMatch(/\?$/);
  });
});

describe('/faq', () => {
  it('shows a page to everyone, and notifies the member who is named and nobody else', async () => {
    const { message } = await world.member.slash('faq', { topic: 'close-account#money', member: world.other.user });
    expect(message?.flags).toBe(0);
    expect(message?.content).toBe(`For <@${world.other.user.id}>:`);
    expect(message?.notifies).toEqual({ everyone: false, roles: [], users: [world.other.user.id] });
  });

  it('says privately what to do where it knows no such topic', async () => {
    const { message } = await world.member.slash('faq', { topic: 'qqqq' });
    expect(message?.content).toBe(en.faq.noTopic('qqqq'));
    expect(message?.flags).toBe(64);
  });
});

describe('my plan', () => {
  const withSteps = () => open('close-account', { page: 'close-account#before' });

  it('gathers the steps of the way in order, each once', async () => {
    const message = await withSteps();
    await world.member.press(message, 'My money first');
    await world.member.press(message, 'My plan');
    const steps = [
      ...new Set(
        ['close-account#before', 'close-account#money'].flatMap((name) => edition.pages.get(name)?.steps ?? []),
      ),
    ];
    expect(message.embeds[0]?.description?.split('\n').filter((line) => line.startsWith('☐'))).toEqual(
      steps.map((step) => `☐ ${step}`),
    );
    await world.member.press(message, 'Back');
    expect(titleOf(message)).toBe(edition.pages.get('close-account#money')?.title);
  });

  it('is sent to the member’s direct messages', async () => {
    const message = await withSteps();
    await world.member.press(message, 'My plan');
    await world.member.press(message, 'Send to my DMs');
    expect(message.content).toBe(en.plan.sent);
    const dms = world.discord.messagesOf(world.discord.dmOf(world.member.user), world.member.user);
    expect(titleOf(dms.at(-1) ?? null)).toBe('My plan');
    await world.member.press(message, 'Back');
    expect(labels(message)).toContain('Send to my DMs');
  });

  it('says what to do where direct messages are closed, and offers the button again', async () => {
    world.discord.closeDms(world.other.user, true);
    const { message } = await world.other.slash('close-account', { page: 'close-account#before' });
    await world.other.press(message, 'My plan');
    await world.other.press(message, 'Send to my DMs');
    expect(message?.content).toBe(en.plan.closed);
    expect(labels(message)).toContain('Send to my DMs');
    world.discord.refusals.length = 0;
  });

  it('says so where Discord fails', async () => {
    const message = await withSteps();
    await world.member.press(message, 'My plan');
    world.discord.fail({ match: /POST .*\/channels\/\d+\/messages$/, status: 403, code: 50001, times: 1 });
    await world.member.press(message, 'Send to my DMs');
    expect(message.content).toBe(en.plan.failed);
    world.discord.refusals.length = 0;
  });
});

describe('odd buttons', () => {
  const code = (name: string) => edition.pages.get(name)?.code ?? expect.fail(name);
  const forged = [
    'x',
    'w1:',
    'w1:p:',
    'w1:p:a',
    'w0:p:abc',
    'w99:p:abcdef',
    '__proto__',
    '🙂'.repeat(25),
    'x'.repeat(100),
    'w1:p:??????',
  ];

  it.each(forged)('%s shows the guides with a word of explanation', async (customId) => {
    const message = await open('close-account');
    await world.member.pressId(message, customId);
    expect(message.content).toBe(en.help.lost);
    expect(waysOn(message)).toHaveLength(3);
  });

  it('on a public message are answered privately', async () => {
    const shared = await open('close-account', { share: true });
    const before = seen(shared);
    const { message } = await world.other.pressId(shared, 'w0:forged');
    expect(message?.flags).toBe(64);
    expect(message?.content).toBe(en.help.lost);
    expect(seen(shared)).toBe(before);
  });

  it('of a page that is gone show the nearest living page of the way', async () => {
    const message = await open('close-account');
    await world.member.pressId(message, `w1:p:${code('close-account#before')}${code('close-account#money')}???`);
    expect(message.content).toBe(en.page.moved);
    expect(titleOf(message)).toBe(edition.pages.get('close-account#money')?.title);
    await world.member.press(message, 'Back');
    expect(message.content).toBe('');
    expect(titleOf(message)).toBe(edition.pages.get('close-account#before')?.title);
  });
});

describe('/help', () => {
  it('names commands and sources and says what is stored, in a DM too', async () => {
    const newcomer = world.discord.addUser('Newcomer');
    const person = world.discord.person(newcomer, world.discord.dmOf(newcomer));
    const { message } = await person.slash('help');
    const commands = message?.embeds[0]?.fields?.find(({ name }) => name === 'Commands')?.value ?? '';
    const names = world.discord.commands.map(({ name }) => name);
    expect(names.length).toBeGreaterThan(8);
    for (const name of names) expect(commands).toContain(name);
    const text = JSON.stringify(message?.embeds);
    for (const word of ['/close-account', '/second-account', 'CareerCruise', 'Upwork', 'Nothing about who you are'])
      expect(text).toContain(word);
    await person.press(message, waysOn(message)[0] ?? '');
    expect(titleOf(message)).toMatch(/\?$/);
  });
});

describe('other places and languages', () => {
  it.each(['de', 'ja', 'ar', 'xx'])(
    'a member with the locale %s gets English where there is no other',
    async (locale) => {
      const person = world.discord.person(world.member.user, world.general, { locale });
      expect(titleOf((await person.slash('close-account')).message)).toBe(titleOf(await open('close-account')));
    },
  );

  it('works where the bot may not write at all', async () => {
    const silent = world.discord.addChannel(world.guild, 'silent', { botPermissions: 0n });
    const { message } = await world.member.in(silent).slash('close-account');
    await world.member.in(silent).press(message, waysOn(message)[0] ?? '');
    expect(labels(message)).toContain('Back');
  });
});

describe('completion', () => {
  const typed = [
    '',
    ' ',
    'a',
    'x'.repeat(6000),
    '.*+?^{}()|[]\\',
    '😀🔥',
    'שלום مرحبا',
    'é'.repeat(3000),
    '%_\\',
    "'; DROP TABLE x;--",
  ];
  it.each(COMMANDS)('/%s page takes anything that can be typed', async (command) => {
    for (const text of typed) {
      const choices = await world.member.autocomplete(command, 'page', text);
      expect(choices.length).toBeLessThanOrEqual(25);
      expect(new Set(choices.map(({ name }) => name)).size).toBe(choices.length);
    }
    expect((await world.member.autocomplete(command, 'page', '')).length).toBeGreaterThan(10);
  });

  it('finds every page of a guide by its title', async () => {
    for (const command of COMMANDS) {
      for (const { name, value } of await world.member.autocomplete(command, 'page', '')) {
        expect((await world.member.autocomplete(command, 'page', name)).map((choice) => choice.value)).toContain(value);
      }
    }
  });
});
