// The settings of servers in memory: when they are read again, and what is returned while the database is down.
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { changeSetting, NO_SETTINGS } from '../../src/servers/settings.ts';
import { SettingsCache } from '../../src/servers/settings-cache.ts';
import { StoreError } from '../../src/store/errors.ts';
import type { Store } from '../../src/store/store.ts';
import { createGate } from '../discord/rest-stub.ts';
import { newId } from '../new-id.ts';
import { down, observed, openInMemory } from '../replies/stores.ts';
import { notifyChange, sqlite } from '../store/databases.ts';
import { createVirtualClock } from '../virtual-clock.ts';

const clock = createVirtualClock(Date.UTC(2026, 10, 26));
const { store } = await openInMemory(sqlite, clock);
const setForums = (guildId: string, ...value: string[]) =>
  changeSetting(store, guildId, { name: 'forums', value, by: '70' });

function createCache(base: Store = store) {
  const lines: string[] = [];
  const seen = observed(base);
  const cache = new SettingsCache(seen.store, { log: pino({ base: null }, { write: (line) => lines.push(line) }) });
  return { cache, state: seen.state, lines };
}

describe('the settings of a server', () => {
  it('are read once for concurrent callers, and again only after a change', async () => {
    const guildId = newId();
    const { cache, state } = createCache();
    const all = await Promise.all(Array.from({ length: 20 }, () => cache.settingsOf(guildId)));
    expect(new Set(all).size).toBe(1);
    expect(all[0]).toEqual(NO_SETTINGS);
    await setForums(newId(), '1');
    expect(cache.peek(guildId)).toBe(all[0]);
    expect(state.reads).toBe(1);
    await setForums(guildId, '5');
    expect(cache.peek(guildId)).toBeUndefined();
    expect(await cache.settingsOf(guildId)).toMatchObject({ forums: ['5'] });
    expect(cache.peek(guildId)).toMatchObject({ forums: ['5'] });
    expect(state.reads).toBe(2);
  });

  it('are not read to peek', async () => {
    const { cache, state } = createCache();
    expect(cache.peek(newId())).toBeUndefined();
    expect(state.reads).toBe(0);
  });

  it('are read again if they change while they are read', async () => {
    const guildId = newId();
    const gate = createGate();
    let isFirst = true;
    const slow: Store = {
      ...store,
      async run(work) {
        const isLate = isFirst;
        isFirst = false;
        const result = await store.run(work);
        if (isLate) await gate.opened;
        return result;
      },
    };
    const { cache } = createCache(slow);
    const early = cache.settingsOf(guildId);
    await setForums(guildId, '5');
    expect(await cache.settingsOf(guildId)).toMatchObject({ forums: ['5'] });
    gate.open();
    expect(await early).toEqual(NO_SETTINGS);
    // The older ones came last, and do not stay.
    expect(cache.peek(guildId)).toBeUndefined();
    expect(await cache.settingsOf(guildId)).toMatchObject({ forums: ['5'] });
  });

  it('are all read again when every server may have changed', async () => {
    const guildId = newId();
    const listeners: ((guildId: string | undefined) => void)[] = [];
    const { cache, state } = createCache({
      ...store,
      onChange: (listener) => {
        listeners.push(listener);
        return () => undefined;
      },
    });
    await cache.settingsOf(guildId);
    for (const listener of listeners) listener(undefined);
    expect(cache.peek(guildId)).toBeUndefined();
    await cache.settingsOf(guildId);
    expect(state.reads).toBe(2);
  });

  it('are not watched any more after the cache is closed', async () => {
    const guildId = newId();
    const { cache } = createCache();
    const settings = await cache.settingsOf(guildId);
    cache.close();
    await setForums(guildId, '5');
    expect(cache.peek(guildId)).toBe(settings);
  });
});

describe('while the database is down', () => {
  it('older settings are returned, and the database is asked every two seconds', async () => {
    const guildId = newId();
    await setForums(guildId, '5');
    const { cache, state, lines } = createCache();
    const older = await cache.settingsOf(guildId);
    await setForums(guildId, '6');
    state.failure = down;
    expect(await cache.settingsOf(guildId)).toBe(older);
    expect(cache.peek(guildId)).toBe(older);
    expect(await cache.settingsOf(guildId)).toBe(older);
    expect([state.reads, lines.length]).toEqual([2, 1]);
    await clock.advance(1999);
    expect(await cache.settingsOf(guildId)).toBe(older);
    expect(state.reads).toBe(2);
    await clock.advance(1);
    expect(cache.peek(guildId)).toBeUndefined();
    expect(await cache.settingsOf(guildId)).toBe(older);
    expect(state.reads).toBe(3);
    delete state.failure;
    await clock.advance(2000);
    expect(await cache.settingsOf(guildId)).toMatchObject({ forums: ['6'] });
  });

  it('a change ends that wait', async () => {
    const guildId = newId();
    const { cache, state } = createCache();
    await cache.settingsOf(guildId);
    await setForums(guildId, '5');
    state.failure = down;
    await cache.settingsOf(guildId);
    delete state.failure;
    await notifyChange(store, guildId);
    expect(await cache.settingsOf(guildId)).toMatchObject({ forums: ['5'] });
  });

  it('settings that were not read before are an error, and are read as soon as it is back', async () => {
    const guildId = newId();
    const { cache, state } = createCache();
    state.failure = down;
    await expect(cache.settingsOf(guildId)).rejects.toThrow(StoreError);
    expect(cache.peek(guildId)).toBeUndefined();
    delete state.failure;
    expect(await cache.settingsOf(guildId)).toEqual(NO_SETTINGS);
  });

  it('a bug is not taken for it', async () => {
    const guildId = newId();
    const { cache, state } = createCache();
    await cache.settingsOf(guildId);
    await setForums(guildId, '5');
    state.failure = new RangeError('a bug');
    await expect(cache.settingsOf(guildId)).rejects.toThrow(RangeError);
  });
});
