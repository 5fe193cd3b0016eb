// The real router with any content of an interaction.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MODERATOR } from '../e2e/world.ts';
import { answerTo } from './judge.ts';
import { mutated, oddInteractions } from './mutations.ts';
import { payloads } from './payloads.ts';
import { runs, TIMEOUT_MS } from './runs.ts';
import { type FuzzWorld, openFuzzWorld } from './world.ts';

let world: FuzzWorld;
beforeAll(async () => {
  world = await openFuzzWorld();
});
afterAll(() => world.stop());

describe('the router', { timeout: TIMEOUT_MS }, () => {
  it('answers everything that Discord can send, without a bug', async () => {
    await fc.assert(
      fc.asyncProperty(payloads(world), async (payload) => {
        expect(await answerTo(payload, world.router, world.services)).not.toBe('failed');
        expect(world.refused).toEqual([]);
      }),
      runs(500),
    );
    expect(world.failures).toEqual([]);
  });

  it('answers payloads with parts missing, of another type, too long or swapped', async () => {
    await fc.assert(
      fc.asyncProperty(mutated(payloads(world)), async (payload) => {
        await answerTo(payload, world.router, world.services);
      }),
      runs(400),
    );
    expect(world.failures).toEqual([]);
  });

  const option = (name: string, type: number, value: unknown) => ({ name, type, value });
  const slash = (name: string, ...options: unknown[]) => ({ type: 2, data: { type: 1, name, options } });
  it.each<[string, object]>([
    ['a boolean for a server', { ...slash('faq-edit', { type: 1, name: 'export' }), guild_id: true }],
    ['options that are not a list', { type: 2, data: { type: 1, name: 'insights', options: {} } }],
    [
      'an object for a channel',
      { type: 3, data: { custom_id: 'a1:choose:1', values: ['support#write'] }, channel: { id: {} } },
    ],
    ['no channel', { type: 3, data: { custom_id: 'a1:choose:1', values: ['support#write'] }, channel: {} }],
    ['an endless custom_id', { type: 3, data: { custom_id: `a1:search:${'1'.repeat(10_000)}` } }],
    ['a text for a member', slash('faq', option('topic', 3, 'support#write'), option('member', 6, 'x'.repeat(3000)))],
    [
      'a text for a channel',
      slash('faq-pin', { type: 1, name: 'add', options: [option('channel', 7, 'x'.repeat(3000))] }),
    ],
  ])('answers %s', async (_, fields) => {
    const { people, guild, services, router } = world;
    const { user, channel } = people[0];
    const member = { user: { id: user.id }, permissions: String(MODERATOR) };
    const around = { id: '1', application_id: '1', token: 't', guild_id: guild.id, channel_id: channel.id, member };
    await answerTo({ ...around, app_permissions: '0', ...fields }, router, services);
    expect(world.failures).toEqual([]);
  });

  it('answers any JSON at all', async () => {
    await fc.assert(
      fc.asyncProperty(oddInteractions, async (payload) => {
        await answerTo(payload, world.router, world.services);
      }),
      runs(400),
    );
    expect(world.failures).toEqual([]);
  });
});
