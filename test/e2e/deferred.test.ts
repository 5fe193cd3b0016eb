// Deferred answers always get text, whatever fails.
import { beforeAll, describe, expect, it } from 'vitest';
import { en } from '../../src/i18n/en.ts';
import { until, useWorld } from './world.ts';

const PATCH = /^PATCH \/webhooks\//;
let url = '';
const world = useWorld({ PORT: '0' });
beforeAll(async () => {
  url = world.url() ?? '';
});

/** How often it was counted that this command ended so. */
const counted = async (command: string, outcome: string): Promise<number> => {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(new RegExp(`command="${command}",outcome="${outcome}"} (\\d+)`).exec(text)?.[1] ?? 0);
};

describe('a deferred answer', { timeout: 30_000 }, () => {
  it.each([
    ['a message that is invalid', { status: 400, code: 50035 }],
    ['a message that is too large', { status: 413, code: 40005 }],
    ['a word that AutoMod blocks', { status: 400, code: 200000 }],
    ['a permission', { status: 403, code: 50013 }],
  ])('that Discord refuses for %s becomes an error message, and is counted as failed', async (_, fault) => {
    const before = await counted('insights', 'failed');
    world.discord.fail({ match: PATCH, times: 1, ...fault });
    const { message } = await world.moderator.slash('insights');
    expect(message?.content).toBe(en.error.notShown);
    await expect.poll(() => counted('insights', 'failed')).toBe(before + 1);
  });

  it('whose error message is refused too gets it a moment later', async () => {
    world.discord.fail({ match: PATCH, times: 3, status: 400, code: 50035 });
    const { message } = await world.moderator.slash('insights');
    expect(message?.content).toBe(en.error.notShown);
  });

  it('arrives after Discord failed four times in a row', async () => {
    world.discord.fail({ match: PATCH, times: 4, status: 500 });
    const { message } = await world.moderator.slash('insights');
    expect(message?.embeds).toHaveLength(1);
  });

  it('arrives after the connection broke', async () => {
    world.discord.fail({ match: PATCH, times: 2, reset: 'before' });
    const { message } = await world.moderator.slash('insights');
    expect(message?.embeds).toHaveLength(1);
  });

  it('for an operation that fails is an error message, and is counted as failed or refused', async () => {
    const before = [await counted('faq-pin', 'failed'), await counted('faq-pin', 'refused')];
    world.discord.fail({ match: /^POST \/channels/, status: 403, code: 50013 });
    const { message } = await world.moderator.slash('faq-pin add', { topic: 'close-account#money' });
    expect(message?.content).toContain('Send Messages');
    await expect.poll(() => counted('faq-pin', 'refused')).toBe((before[1] ?? 0) + 1);
    expect(await counted('faq-pin', 'failed')).toBe(before[0]);
  });

  it('arrives if only the response to the deferral was lost', async () => {
    const before = [await counted('insights', 'answered'), await counted('insights', 'undelivered')];
    world.discord.fail({ match: /callback$/, times: 1000, reset: 'after' });
    const { message } = await world.moderator.slash('insights');
    await until('it arrives', () => message?.embeds.length === 1);
    await until('it is counted', async () => (await counted('insights', 'answered')) === (before[0] ?? 0) + 1);
    expect(await counted('insights', 'undelivered')).toBe(before[1]);
  });
});
