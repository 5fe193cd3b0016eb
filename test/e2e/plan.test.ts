// The plan: the steps of a walk, also as a direct message.

import { buttonsOf } from 'fake-discord';
import { describe, expect, it } from 'vitest';
import { en } from '../../src/i18n/en.ts';
import { shippedEdition } from '../shipped.ts';
import { useWorld } from './world.ts';

type Message = Parameters<typeof buttonsOf>[0];

const edition = await shippedEdition();
const world = useWorld();
const titleOf = (message: Message | null) => message?.embeds[0]?.title;
const labels = (message: Message | null) => (message ? buttonsOf(message).map(({ label }) => label ?? '') : []);

async function open(command: string, options: Record<string, string | boolean> = {}) {
  const { message } = await world.member.slash(command, options);
  return message ?? expect.fail(`/${command} answered without a message`);
}

describe('my plan', () => {
  const withSteps = () => open('close-account', { page: 'close-account#before' });

  it('lists the steps of the visited pages in order, each once', async () => {
    const message = await withSteps();
    const before = edition.pages.get('close-account#before');
    const toMoney = before?.links.find((link) => link.kind === 'page' && link.page === 'close-account#money');
    await world.member.press(message, toMoney?.label ?? expect.fail('no button leads to the money'));
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

  it('says what to do if direct messages are closed, and offers the button again', async () => {
    world.discord.closeDms(world.other.user, true);
    const { message } = await world.other.slash('close-account', { page: 'close-account#before' });
    await world.other.press(message, 'My plan');
    await world.other.press(message, 'Send to my DMs');
    expect(message?.content).toBe(en.plan.closed);
    expect(labels(message)).toContain('Send to my DMs');
    world.discord.refusals.length = 0;
  });

  it('says so if Discord fails', async () => {
    const message = await withSteps();
    await world.member.press(message, 'My plan');
    world.discord.fail({ match: /POST .*\/channels\/\d+\/messages$/, status: 403, code: 50001, times: 1 });
    await world.member.press(message, 'Send to my DMs');
    expect(message.content).toBe(en.plan.failed);
    world.discord.refusals.length = 0;
  });
});
