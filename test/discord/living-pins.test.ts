// Living pins: when pins are checked and edited, in which order, and what ends that.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createLivingPins, type LivingPins } from '../../src/discord/living-pins.ts';
import { digestOf, type PinUpdaterOptions } from '../../src/discord/pin-updater.ts';
import { renderTopic } from '../../src/discord/views/page.ts';
import type { Content } from '../../src/guide/model.ts';
import type { Pin } from '../../src/pins/repository.ts';
import { StoreError } from '../../src/store/errors.ts';
import type { PinRow } from '../../src/store/schema.ts';
import type { Store } from '../../src/store/store.ts';
import { notifyChange } from '../store/databases.ts';
import { front, LEVEL } from './parts.ts';
import { GUILD, PinWorld } from './pin-world.ts';
import { createGate, refusal, settle } from './rest-stub.ts';

const HOUR = 3_600_000;

let world: PinWorld;
let content: Content;
let jobs: LivingPins[];
beforeAll(async () => {
  world = await PinWorld.open();
  content = world.contexts.content;
});
afterAll(() => world.close());
beforeEach(async () => {
  jobs = [];
  await world.clear();
});
afterEach(async () => {
  const closing = Promise.all(jobs.map((job) => job.close(0)));
  await world.advance(1);
  await closing;
  world.contexts.replaceContent(content);
});

function open(more: Partial<PinUpdaterOptions> = {}) {
  const intervals = new Map<number, () => void>();
  const every: PinUpdaterOptions['clock']['every'] = (ms, act) => {
    intervals.set(ms, act);
    return world.clock.every(ms, act);
  };
  const job = createLivingPins({ ...world.options, clock: { ...world.clock, every }, ...more });
  jobs.push(job);
  const stopping = new AbortController();
  return { job, intervals, stopping, start: () => job.start(stopping.signal) };
}

/** The job after its first check, with nothing to do. */
async function openIdle() {
  const opened = open();
  opened.start();
  await world.until(() => isIdle(opened.job));
  return opened;
}

async function isIdle(job: LivingPins): Promise<boolean> {
  let isDone = false;
  void job.idle().then(() => {
    isDone = true;
  });
  await settle();
  return isDone;
}

async function bodyNow() {
  const context = await world.contexts.contextFor({ guild_id: GUILD });
  return renderTopic(context.topics.find(front.name) ?? expect.fail('it is a topic'), context);
}
const isEdited = (count: number) => () => world.edited().length === count;
const iso = (ms: number) => new Date(world.clock.now() + ms).toISOString();
const change = (messageId: string, row: Partial<PinRow>) =>
  world.store.run((db) => db.updateTable('pins').set(row).where('message_id', '=', messageId).execute());

describe('a change while a server’s pins are compared', () => {
  it('is followed, too', async () => {
    const pins = [await world.pin(), await world.pin()];
    let looks = 0;
    let onLook: (look: number) => Promise<void> = async () => undefined;
    const { settingsCache } = world.options;
    const { job, start } = open({
      settingsCache: {
        async settingsOf(guildId) {
          const settings = await settingsCache.settingsOf(guildId);
          await onLook(++looks);
          return settings;
        },
      },
    });
    start();
    await world.until(() => world.edited().length === 2);
    await world.until(() => isIdle(job));
    looks = 0;
    onLook = async (look) => {
      if (look !== 2) return;
      // The first pin was compared before.
      const [{ messageId }] = pins as [Pin, Pin];
      await world.store.run((db) =>
        db.updateTable('pins').set({ shown_hash: 'older' }).where('message_id', '=', messageId).execute(),
      );
      job.follow(GUILD);
    };
    job.follow(GUILD);
    await world.until(() => world.edited().length === 3);
    await world.until(() => isIdle(job));
  });
});

describe('living pins', () => {
  it('are checked 50 ms after the start; those that are out of date are edited, one after the other', async () => {
    const [first, second] = [await world.pin(), await world.pin({ guild_id: '8' })];
    await world.pin({ shown_hash: digestOf(await bodyNow()) });
    await world.pin({ topic: 'gone#gone' });
    const { start, job } = open();
    start();
    await world.advance(49);
    expect(world.edited()).toEqual([]);
    await world.until(isEdited(2));
    await world.until(() => isIdle(job));
    expect(world.edited()).toEqual([first.messageId, second.messageId]);
    expect(await world.stored(first.messageId)).toMatchObject({ nextTryAt: undefined });
    await world.advance(5000, 500);
    expect(world.edited()).toHaveLength(2);
    expect(job.health()).toBeUndefined();
    expect(world.logged).toEqual([]);
  });

  it('that became unreachable are tried again', async () => {
    const pin = await world.pin({ state: 'gone', gone_reason: 'access' });
    open().start();
    await world.until(isEdited(1));
    await world.until(async () => (await world.stored(pin.messageId)).state === 'alive');
  });

  it('of a server are checked when its replies change; others are not', async () => {
    const [own, other] = [await world.pin(), await world.pin({ guild_id: '8' })];
    const { job } = await openIdle();
    expect(world.edited().splice(0)).toHaveLength(2);
    for (const { messageId } of [own, other]) await change(messageId, { shown_hash: 'older' });
    await notifyChange(world.store, GUILD);
    await world.until(() => isIdle(job));
    expect(world.edited().slice(2)).toEqual([own.messageId]);
  });

  it('of a server that changed come first', async () => {
    const others = [await world.pin({ guild_id: '8' }), await world.pin({ guild_id: '8' })];
    const own = await world.pin();
    const { start, job } = open();
    start();
    job.follow(GUILD);
    await world.until(isEdited(3));
    expect(world.edited()).toEqual([own, ...others].map(({ messageId }) => messageId));
  });

  it('are all checked when the content changes, every two seconds if any is due, and every six hours', async () => {
    const pin = await world.pin();
    const { job, intervals } = await openIdle();
    await change(pin.messageId, { shown_hash: 'older' });
    job.followAll();
    await world.until(isEdited(2));
    await world.until(() => isIdle(job));
    expect([...intervals.keys()]).toEqual([6 * HOUR, 2000]);
    await change(pin.messageId, { shown_hash: 'older' });
    await world.advance(2500, 100);
    expect(world.edited()).toHaveLength(2);
    intervals.get(6 * HOUR)?.();
    await world.until(isEdited(3));
  });

  it('that another process left in the queue are edited at the next look, two seconds later at most', async () => {
    const pin = await world.pin();
    const { job } = await openIdle();
    await change(pin.messageId, { shown_hash: 'older', next_try_at: iso(0) });
    await world.advance(2000, 100);
    await world.until(() => isIdle(job));
    expect(world.edited()).toHaveLength(2);
  });

  it('that change during their edit are edited again', async () => {
    await world.pin();
    const gate = createGate();
    world.respond = () => gate.opened.then(() => undefined);
    const { start, job } = open();
    start();
    await world.until(isEdited(1));
    const edition = content.editions.get('en') ?? expect.fail('there is English');
    const pages = new Map(edition.pages).set(front.name, { ...front, title: 'Changed' });
    world.contexts.replaceContent({ ...content, editions: new Map([['en', { ...edition, pages }]]) });
    job.followAll();
    await world.advance(500, 50);
    expect(world.edited()).toHaveLength(1);
    gate.open();
    await world.until(isEdited(2));
    expect(JSON.stringify(world.discord.requests[1]?.body)).toContain('Changed');
    await world.until(() => isIdle(job));
    expect(world.edited()).toHaveLength(2);
  });

  it('are edited 30 times a second at most', async () => {
    const times: number[] = [];
    world.respond = () => {
      times.push(world.clock.monotonic());
      return undefined;
    };
    for (let i = 0; i < 7; i++) await world.pin();
    open().start();
    await world.until(isEdited(7), 5);
    const took = Number(times.at(-1)) - Number(times[0]);
    expect(took).toBeGreaterThanOrEqual(6 * 33 - 5);
    expect(took).toBeLessThanOrEqual(6 * 34 + 15);
  });

  it('are edited four at a time', async () => {
    const gate = createGate();
    world.respond = () => gate.opened.then(() => undefined);
    for (let i = 0; i < 6; i++) await world.pin();
    const { start, job } = open();
    start();
    await world.until(isEdited(4));
    await world.advance(1000, 100);
    expect(world.edited()).toHaveLength(4);
    gate.open();
    await world.until(isEdited(6));
    await world.until(() => isIdle(job));
    expect(new Set(world.edited()).size).toBe(6);
  });

  it('are counted while they are in the queue and not gone', async () => {
    const { job } = open();
    await world.queued();
    await world.queued({ guild_id: '8' });
    await world.queued({ state: 'gone', gone_reason: 'access' });
    await world.pin();
    expect(await job.backlog()).toBe(2);
  });

  it('have no count while the database does not answer', async () => {
    const run = () => Promise.reject(new StoreError('unavailable', 'down'));
    const { job } = open({ store: { ...world.store, run } });
    expect(await job.backlog()).toBeUndefined();
  });

  it('tell when they were last up to date, also while there is nothing to do', async () => {
    expect(open().job.lastSuccess).toBeUndefined();
    const { job } = await openIdle();
    const first = job.lastSuccess ?? expect.fail('a time');
    expect(first).toBeLessThanOrEqual(world.clock.now() / 1000);
    await world.advance(2000);
    await world.until(() => (job.lastSuccess ?? 0) > first);
  });

  it('should show their topics', async () => {
    const { job } = open();
    expect(await job.bodyOf({ guildId: GUILD, topic: front.name })).toEqual(await bodyNow());
  });
});

describe('an edit that failed', () => {
  it('is tried again when its time has come', async () => {
    world.respond = () => refusal(403, 50_013);
    await world.pin();
    const { start } = open();
    start();
    await world.until(isEdited(1));
    const from = world.clock.now();
    world.respond = () => undefined;
    await world.until(isEdited(2));
    expect(world.clock.now() - from).toBeGreaterThanOrEqual(5900);
    expect(world.clock.now() - from).toBeLessThanOrEqual(8200);
  });

  it.each([
    [60_001, 1],
    [60_000, 0],
  ])('%i ms ago is tried %i times after a moderator’s change', async (agoMs, edits) => {
    const { job } = await openIdle();
    const failed = { problem: 'permission', failures: 5, next_try_at: iso(HOUR) };
    // The change is handled 50 ms later.
    await world.pin({ ...failed, checked_at: iso(50 - agoMs) });
    job.follow(GUILD);
    await world.advance(50);
    await world.until(() => isIdle(job));
    expect(world.edited()).toHaveLength(edits);
  });
});

describe('while the database fails', () => {
  /** A store that works except for queries while it is down. */
  function breakable() {
    let isDown = false;
    const run: Store['run'] = (work) =>
      isDown ? Promise.reject(new StoreError('unavailable', 'down')) : world.store.run(work);
    const set = (next: boolean) => {
      isDown = next;
    };
    return { store: { ...world.store, run }, set };
  }
  const FAILED = { level: LEVEL.warn, msg: 'pin updates failed, trying again', err: { name: 'StoreError' } };

  it('the check is tried again after five seconds', async () => {
    await world.pin();
    const { store, set } = breakable();
    set(true);
    open({ store }).start();
    await world.until(() => world.logged.length > 0, 1);
    expect(world.logged).toMatchObject([FAILED]);
    set(false);
    // Not yet after the pause alone: changes are gathered first.
    await world.advance(4999, 1000);
    expect(world.edited()).toEqual([]);
    await world.until(isEdited(1));
    expect(world.logged).toHaveLength(1);
  });

  it('after an edit, running edits end before the next try', async () => {
    for (let i = 0; i < 2; i++) await world.pin();
    const { store, set } = breakable();
    world.respond = () => {
      set(true);
      return undefined;
    };
    open({ store }).start();
    await world.until(() => world.logged.length > 0);
    expect(world.logged).toMatchObject([FAILED]);
    world.respond = () => undefined;
    set(false);
    const edits = world.edited().length;
    await world.until(() => world.edited().length > edits);
  });

  it('nothing is logged or tried again once the bot stops', async () => {
    await world.pin();
    const { store, set } = breakable();
    const { start, stopping, job } = open({ store });
    world.respond = () => {
      set(true);
      stopping.abort();
      return undefined;
    };
    start();
    await world.until(isEdited(1));
    await world.until(() => isIdle(job));
    await world.advance(6000, 1000);
    expect(world.edited()).toHaveLength(1);
    expect(world.logged).toEqual([]);
  });

  it('a look for due pins finds none', async () => {
    const { store, set } = breakable();
    const { start, job } = open({ store });
    start();
    await world.until(() => isIdle(job));
    set(true);
    await world.advance(2500, 500);
    expect(await isIdle(job)).toBe(true);
    expect(world.logged).toEqual([]);
  });
});

describe('one process at a time', () => {
  it('edits: the others look again after a second', async () => {
    await world.pin();
    const release = createGate();
    const holding = world.store.withLock('living-pins', () => release.opened.then(() => true));
    await settle();
    const from = world.clock.now();
    open().start();
    await world.advance(500, 50);
    release.open();
    await holding;
    expect(world.edited()).toEqual([]);
    await world.until(isEdited(1));
    expect(world.clock.now() - from).toBeGreaterThanOrEqual(1050);
    expect(world.clock.now() - from).toBeLessThanOrEqual(1250);
  });

  it('edits nothing more after it lost its lock, and goes on once it has it again', async () => {
    for (let i = 0; i < 6; i++) await world.pin();
    world.respond = () => new Promise(() => undefined);
    open().start();
    await world.until(isEdited(4));
    // As if another process had taken it: this one notices when it renews.
    await world.store.run((db) => db.updateTable('locks').set({ owner: 'another' }).execute());
    await world.until(() => world.logged.length > 0);
    expect(world.logged).toMatchObject([
      { msg: 'pin updates failed, trying again', err: { message: expect.stringContaining('was lost') } },
    ]);
    expect(world.edited()).toHaveLength(4);
    world.respond = () => undefined;
    await world.store.run((db) => db.deleteFrom('locks').execute());
    await world.until(isEdited(10));
    expect(new Set(world.edited()).size).toBe(6);
  });
});

describe('a stop', () => {
  /** The job with one edit that runs until the gate opens. */
  async function openEditing() {
    const pins = [await world.pin()];
    for (let i = 0; i < 8; i++) pins.push(await world.pin());
    const gate = createGate();
    world.respond = () => gate.opened.then(() => undefined);
    await settle();
    const timers = world.clock.pending();
    const opened = open();
    opened.start();
    await world.until(isEdited(4));
    return { ...opened, gate, timers, first: pins[0]?.messageId ?? '' };
  }

  it('lets running edits finish, and starts no other', async () => {
    const { job, gate, first, timers } = await openEditing();
    let isClosed = false;
    const closing = job.close(1000).then(() => {
      isClosed = true;
    });
    await world.advance(699);
    expect(isClosed).toBe(false);
    gate.open();
    await settle();
    await closing;
    expect(world.edited()).toHaveLength(4);
    expect(await world.stored(first)).toMatchObject({ shownDigest: digestOf(await bodyNow()), nextTryAt: undefined });
    await world.advance(3000, 1000);
    expect(world.clock.pending()).toBe(timers);
    job.follow(GUILD);
    job.followAll();
    await notifyChange(world.store, GUILD);
    await world.advance(3000, 1000);
    expect(world.edited()).toHaveLength(4);
    expect(world.logged).toEqual([]);
  });

  it('cancels edits after 70 % of its time, and puts their pins back into the queue', async () => {
    const { job, first } = await openEditing();
    const closing = job.close(1000);
    await world.advance(699);
    expect(await world.stored(first)).toMatchObject({ nextTryAt: expect.any(Date) });
    expect((await world.stored(first)).nextTryAt?.getTime()).not.toBe(0);
    await world.advance(1);
    await closing;
    expect(await world.stored(first)).toMatchObject({ nextTryAt: new Date(0), failures: 0, shownDigest: '' });
  });

  it('that must be immediate cancels edits without waiting', async () => {
    const { job, stopping, first } = await openEditing();
    stopping.abort();
    await world.until(() => isIdle(job));
    expect(await world.stored(first)).toMatchObject({ nextTryAt: new Date(0), failures: 0 });
    expect(world.logged).toEqual([]);
  });
});
