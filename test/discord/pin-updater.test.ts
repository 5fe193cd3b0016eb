// Updating one pin: what it should show, the edit, and what is recorded of it.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { messageBody } from '../../src/discord/answer.ts';
import { CLAIM_MS, createPinUpdater, digestOf, type PinUpdater, queueTimes } from '../../src/discord/pin-updater.ts';
import { renderTopic } from '../../src/discord/views/page.ts';
import { claimPin, enqueueUrgentPin } from '../../src/pins/queue.ts';
import type { Pin } from '../../src/pins/repository.ts';
import { addReply } from '../../src/replies/repository.ts';
import { notifyChange } from '../store/databases.ts';
import { front, LEVEL, start } from './parts.ts';
import { GUILD, PinWorld, START } from './pin-world.ts';
import { createGate, refusal, settle } from './rest-stub.ts';

let world: PinWorld;
let updater: PinUpdater;
beforeAll(async () => {
  world = await PinWorld.open();
  updater = createPinUpdater(world.options);
});
afterAll(() => world.close());
beforeEach(() => world.clear());

const context = () => world.contexts.contextFor({ guild_id: GUILD });
async function bodyOf(topic: string) {
  const its = await context();
  return renderTopic(its.topics.find(topic) ?? expect.fail('the topic exists'), its);
}
const never = () => new AbortController().signal;
const later = (ms: number) => new Date(world.clock.now() + ms);

/** Updates a pin, and returns what is stored of it then. */
async function update(pin: Pin): Promise<Pin> {
  await updater.update(pin, never());
  return world.stored(pin.messageId);
}

describe('a digest', () => {
  const body = messageBody({ content: 'a', embeds: [{ title: 'b' }] });

  it('is of what people see', () => {
    const button = { type: 1 as const, components: [] };
    const others = [
      { ...body, content: 'b' },
      { ...body, embeds: [] },
      { ...body, components: [button] },
    ];
    expect(digestOf(body)).toMatch(/^[0-9a-f]{16}$/);
    expect(digestOf({ ...body, allowed_mentions: { parse: [], users: ['1'] } })).toBe(digestOf(body));
    expect(new Set([body, ...others].map(digestOf)).size).toBe(4);
  });
});

it('the times of the queue allow for a claim of six seconds, and for a retry after six hours with its jitter', () => {
  expect(CLAIM_MS).toBe(6000);
  expect(queueTimes(START)).toEqual({
    now: new Date(START),
    latestClaim: new Date(START + 6000),
    latestRetry: new Date(START + 1.2 * 6 * 3_600_000),
  });
});

describe('a pin', () => {
  it('should show its topic, in English', async () => {
    expect(await updater.bodyOf({ guildId: GUILD, topic: front.name })).toEqual(await bodyOf(front.name));
    expect(await updater.bodyOf({ guildId: GUILD, topic: 'gone#gone' })).toBeUndefined();
  });

  it('should show what its server wrote', async () => {
    const draft = { title: 'Ours', text: 'words', aliases: [] };
    const { topic } = await addReply(world.store, { guildId: '8', authorId: '1', cause: 'c1' }, draft);
    expect(JSON.stringify(await updater.bodyOf({ guildId: '8', topic }))).toContain('Ours');
    expect(await updater.bodyOf({ guildId: GUILD, topic })).toBeUndefined();
  });

  it('is behind if it shows anything else', async () => {
    const pin = await world.pin();
    expect(await updater.isBehind(pin)).toBe(true);
    expect(await updater.isBehind({ ...pin, shownDigest: digestOf(await bodyOf(front.name)) })).toBe(false);
    expect(await updater.isBehind({ ...pin, topic: 'gone#gone' })).toBe(false);
  });

  it('has nothing to show while the replies of its server may be outdated', async () => {
    const dying = await PinWorld.open();
    const its = createPinUpdater(dying.options);
    expect(await its.bodyOf({ guildId: GUILD, topic: front.name })).toBeDefined();
    await notifyChange(dying.store, GUILD);
    await dying.store.close();
    await expect(its.bodyOf({ guildId: GUILD, topic: front.name })).rejects.toMatchObject({
      name: 'StoreError',
      kind: 'unavailable',
    });
    await dying.close();
  });
});

describe('an update', () => {
  it('edits the message, and records what it shows', async () => {
    const pin = await world.queued({ problem: 'failed', failures: 2 });
    const after = await update(pin);
    const body = await bodyOf(front.name);
    expect(world.discord.requests).toHaveLength(1);
    expect(world.discord.requests[0]).toMatchObject({
      method: 'PATCH',
      path: `/channels/${pin.channelId}/messages/${pin.messageId}`,
      body,
    });
    expect(after).toMatchObject({ shownDigest: digestOf(body), nextTryAt: undefined, failures: 0, problem: undefined });
    expect(world.logged).toEqual([]);
  });

  it.each([
    ['is not in the queue', async () => world.pin()],
    [
      'is being edited by another process',
      async () => {
        const pin = await world.queued();
        await claimPin(world.store, pin, later(6000));
        return pin;
      },
    ],
  ])('does nothing with a pin that %s', async (_, create) => {
    const pin = await create();
    await update(pin);
    expect(world.discord.requests).toEqual([]);
  });

  it('claims the pin meanwhile, so that no other process edits it', async () => {
    const gate = createGate();
    world.respond = () => gate.opened.then(() => undefined);
    const pin = await world.queued();
    await settle();
    const timers = world.clock.pending();
    const updating = update(pin);
    await settle();
    expect(await world.stored(pin.messageId)).toMatchObject({ nextTryAt: later(6000), shownDigest: '' });
    gate.open();
    expect(await updating).toMatchObject({ nextTryAt: undefined });
    expect(world.clock.pending()).toBe(timers);
  });

  it('edits again after a process died during an edit, although the pin should show what it did before', async () => {
    const body = await bodyOf(front.name);
    const pin = await world.queued({ shown_hash: digestOf(body) });
    await claimPin(world.store, pin, later(-1));
    await update(await world.stored(pin.messageId));
    expect(world.discord.requests).toMatchObject([{ method: 'PATCH', body }]);
    expect((await world.stored(pin.messageId)).shownDigest).toBe(digestOf(body));
  });

  it('leaves a pin in the queue that was put there meanwhile', async () => {
    const pin = await world.queued();
    world.respond = async () => {
      await enqueueUrgentPin(world.store, pin, later(6000));
      return undefined;
    };
    expect(await update(pin)).toMatchObject({
      nextTryAt: new Date(0),
      shownDigest: digestOf(await bodyOf(front.name)),
    });
  });

  it.each([
    ['whose topic no longer exists', 'gone#gone', 'old'],
    ['that is up to date', start.name, undefined],
  ])('edits no pin %s, and takes it from the queue', async (_, topic, digest) => {
    const shown = digest ?? digestOf(await bodyOf(topic));
    const after = await update(await world.queued({ topic, shown_hash: shown, failures: 1, problem: 'failed' }));
    expect(world.discord.requests).toEqual([]);
    expect(after).toMatchObject({ nextTryAt: undefined, shownDigest: shown, failures: 0, problem: undefined });
  });

  it('finds a pin again that was gone, even if it is up to date', async () => {
    const shown = digestOf(await bodyOf(front.name));
    const after = await update(await world.queued({ state: 'gone', gone_reason: 'access', shown_hash: shown }));
    expect(world.discord.requests).toHaveLength(1);
    expect(after).toMatchObject({ state: 'alive', goneReason: undefined, nextTryAt: undefined, shownDigest: shown });
  });

  it('leaves a pin gone if its topic was pinned again in the channel', async () => {
    const pin = await world.queued({ state: 'gone', gone_reason: 'access' });
    const copy = await world.pin();
    const { channelId } = pin;
    await world.store.run((db) =>
      db.updateTable('pins').set({ channel_id: channelId }).where('message_id', '=', copy.messageId).execute(),
    );
    expect(await update(pin)).toMatchObject({ state: 'gone', goneReason: 'message', shownDigest: '' });
    expect(await world.stored(copy.messageId)).toMatchObject({ state: 'alive' });
  });

  it('reports a database that fails', async () => {
    const dying = await PinWorld.open();
    const pin = await dying.queued();
    await dying.store.close();
    await expect(createPinUpdater(dying.options).update(pin, never())).rejects.toMatchObject({ name: 'StoreError' });
    await dying.close();
  });
});

describe('an edit that fails', () => {
  it.each([
    [10_008, 'message'],
    [10_003, 'channel'],
  ])('with code %i means that the message is gone', async (code, reason) => {
    world.respond = () => refusal(404, code);
    const pin = await world.queued();
    expect(await update(pin)).toMatchObject({ state: 'gone', goneReason: reason, nextTryAt: undefined });
    expect(world.logged).toMatchObject([
      {
        level: LEVEL.info,
        guild: GUILD,
        channel: pin.channelId,
        message: pin.messageId,
        reason,
        msg: 'pin update failed',
      },
    ]);
  });

  it('because the bot is no longer in the server is tried again, and the pin is gone until then', async () => {
    world.respond = () => refusal(403, 50_001);
    expect(await update(await world.queued())).toMatchObject({
      state: 'gone',
      goneReason: 'access',
      problem: 'access',
      failures: 1,
      nextTryAt: later(6000),
    });
  });

  it('is tried again when the claim ends, then later and later, up to six hours', async () => {
    world.respond = () => refusal(403, 50_013);
    const failed = { problem: 'permission', state: 'alive', shownDigest: 'old' };
    expect(await update(await world.queued())).toMatchObject({ ...failed, failures: 1, nextTryAt: later(6000) });
    for (const [failures, pauseMs] of [
      [1, 10_000],
      [2, 20_000],
      [40, 6 * 3_600_000],
    ] as const) {
      const after = await update(await world.queued({ failures }));
      expect(after).toMatchObject({ ...failed, failures: failures + 1 });
      const waits = Number(after.nextTryAt) - world.clock.now();
      expect(waits).toBeGreaterThanOrEqual(0.9 * pauseMs);
      expect(waits).toBeLessThanOrEqual(1.1 * pauseMs);
    }
  });

  it('is tried again immediately if the text has changed meanwhile', async () => {
    const { content } = world.contexts;
    const edition = content.editions.get('en') ?? expect.fail('there is English');
    world.respond = () => {
      const pages = new Map(edition.pages).set(front.name, { ...front, title: 'Shorter' });
      world.contexts.replaceContent({ ...content, editions: new Map([['en', { ...edition, pages }]]) });
      return refusal(400, 50_035);
    };
    expect(await update(await world.queued({ failures: 9 }))).toMatchObject({ failures: 10, nextTryAt: later(0) });
    world.contexts.replaceContent(content);
  });

  it('is tried later if its topic is gone meanwhile', async () => {
    const { content } = world.contexts;
    const edition = content.editions.get('en') ?? expect.fail('there is English');
    world.respond = () => {
      const without = { ...edition, guides: [], pages: new Map() };
      world.contexts.replaceContent({ ...content, editions: new Map([['en', without]]) });
      return refusal(400, 50_035);
    };
    expect(await update(await world.queued())).toMatchObject({ failures: 1, nextTryAt: later(6000) });
    world.contexts.replaceContent(content);
  });

  it('because it takes longer than five seconds is given up', async () => {
    world.respond = () => new Promise(() => undefined);
    const pin = await world.queued();
    let isOver = false;
    const updating = updater.update(pin, never()).then(() => {
      isOver = true;
    });
    await world.advance(4999);
    expect(isOver).toBe(false);
    await world.advance(1);
    await updating;
    expect(await world.stored(pin.messageId)).toMatchObject({ problem: 'failed', failures: 1 });
  });

  it('because the bot stops puts the pin back into the queue, as if it had not been tried', async () => {
    world.respond = () => new Promise(() => undefined);
    const pin = await world.queued({ failures: 3, problem: 'permission' });
    const stopping = new AbortController();
    const updating = updater.update(pin, stopping.signal);
    await settle();
    stopping.abort();
    await updating;
    expect(await world.stored(pin.messageId)).toMatchObject({ nextTryAt: new Date(0), failures: 3, state: 'alive' });
    expect(world.logged).toEqual([]);
  });

  it('does not begin if the bot stops or has lost the lock before, and leaves the pin in the queue', async () => {
    const pin = await world.queued();
    await updater.update(pin, AbortSignal.abort());
    expect(world.edited()).toEqual([]);
    expect(await world.stored(pin.messageId)).toMatchObject({ nextTryAt: new Date(0), failures: 0, state: 'alive' });
  });
});
