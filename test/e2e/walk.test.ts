// Walks through the guides, button by button, with the real bot.

import { buttonsOf } from 'fake-discord';
import { describe, expect, it } from 'vitest';
import { en } from '../../src/i18n/en.ts';
import { shippedEdition } from '../shipped.ts';
import { useWorld } from './world.ts';

type Message = Parameters<typeof buttonsOf>[0];

const edition = await shippedEdition();
const own: readonly string[] = Object.values(en.button);
const world = useWorld();

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

  it('opens the right page by every button, and Back restores each page', {
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

  it('goes back 20 clicks, over two restarts of the bot', { timeout: 60_000 }, async () => {
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

  it('starts over from the guide’s first page', async () => {
    const message = await open('new-account');
    const first = seen(message);
    await world.member.press(message, waysOn(message)[0] ?? '');
    await world.member.press(message, waysOn(message)[0] ?? '');
    await world.member.press(message, 'Start over');
    expect(seen(message)).toBe(first);
  });

  it('opens at a chosen page, and Back leads to the guide’s first page', async () => {
    const [choice] = await world.member.autocomplete('close-account', 'page', 'money');
    const message = await open('close-account', { page: String(choice?.value) });
    expect(titleOf(message)).toBe(choice?.name);
    await world.member.press(message, 'Back');
    expect(seen(message)).toBe(seen(await open('close-account')));
  });

  it('opens at a page that was typed, not chosen', async () => {
    expect(titleOf(await open('close-account', { page: 'take all your money' }))).toMatch(/money/i);
  });

  it('says what to do about an unknown page', async () => {
    const message = await open('close-account', { page: 'zzzz ⚡' });
    expect(message.content).toBe(en.error.noPage('zzzz ⚡'));
    expect(message.flags & 64).toBe(64);
  });

  it('continues after more than 15 minutes', async () => {
    const message = await open('second-account');
    world.discord.advance(16 * 60_000);
    await world.member.press(message, waysOn(message)[0] ?? '');
    expect(labels(message)).toContain('Back');
  });

  it('asks on outcomes whether it helped, and thanks or offers more help', async () => {
    const outcome = [...edition.pages.values()].find((page) => page.outcome) ?? expect.fail('there are outcomes');
    for (const [answer, field] of [
      ['Yes, this helped', en.feedback.thanks],
      ['No', { ...en.feedback.sorry, value: en.feedback.sorry.value(edition.subject.support) }],
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
  it('is not changed by clicks: each opens a private walk', async () => {
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

  it('has a button to its guide, unless its page is the first of it', async () => {
    const shared = await open('close-account', { share: true });
    expect(labels(shared)).not.toContain('Open the guide');
    const outcome = [...edition.pages.values()].find((page) => page.outcome) ?? expect.fail('no page is an outcome');
    const { message } = await world.member.slash('faq', { topic: outcome.name });
    const opened = await world.other.press(message, 'Open the guide');
    expect(opened.message?.flags).toBe(64);
    expect(titleOf(opened.message)).toMatch(/\?$/);
  });
});

describe('unknown and outdated buttons', () => {
  const code = (name: string) => edition.pages.get(name)?.code ?? expect.fail(name);
  const forged = [
    'x',
    'w1:',
    'w1:p:',
    'w1:p:a',
    'w2:',
    'w2:en',
    'w2:en:p:',
    'w2:xx:p:???',
    'w0:p:abc',
    'w99:p:abcdef',
    '__proto__',
    '🙂'.repeat(25),
    'x'.repeat(100),
    'w1:p:??????',
  ];

  it.each(forged)('%s shows the guides with an explanation', async (customId) => {
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

  it('of a deleted page show the nearest existing page of the path', async () => {
    const message = await open('close-account');
    await world.member.pressId(message, `w1:p:${code('close-account#before')}${code('close-account#money')}???`);
    expect(message.content).toBe(en.page.moved);
    expect(titleOf(message)).toBe(edition.pages.get('close-account#money')?.title);
    await world.member.press(message, 'Back');
    expect(message.content).toBe('');
    expect(titleOf(message)).toBe(edition.pages.get('close-account#before')?.title);
  });
});
