// Settings of servers: their defaults, changes, and what damaged rows count as.
import { describe, expect, test } from 'vitest';
import {
  changeSetting,
  NO_SETTINGS,
  readSettings,
  recordHint,
  recordServerLocale,
  recordSetup,
  resumeForums,
  stopForum,
} from '../../src/servers/settings.ts';
import type { Store } from '../../src/store/store.ts';
import { newId } from '../new-id.ts';
import { databases, openForAll } from '../store/databases.ts';
import { createDatedClock } from './dated-clock.ts';

const NOW = Date.UTC(2026, 10, 26, 12);

const stop = (store: Store, guildId: string, forumId: string) =>
  store.transact((trx) => stopForum(trx, store, guildId, forumId));

describe.each(databases)('settings on $name', async ({ create }) => {
  const { database } = await openForAll(create);
  const clock = createDatedClock(NOW);
  const store = database.open(clock);
  const other = database.open(clock);

  test('of a server that was never set up are the defaults', async () => {
    expect(await readSettings(store, newId())).toEqual(NO_SETTINGS);
  });

  test('are changed one by one, with who did it last and when', async () => {
    const guildId = newId();
    await changeSetting(store, guildId, { name: 'forums', value: ['1', '2'], by: '70' });
    await changeSetting(store, guildId, { name: 'helper-roles', value: ['3'], by: '70' });
    clock.move(1000);
    await changeSetting(store, guildId, { name: 'helpers-channel', value: '4', by: '71' });
    await changeSetting(store, guildId, { name: 'language', value: 'de', by: '71' });
    expect(await readSettings(store, guildId)).toEqual({
      ...NO_SETTINGS,
      forums: ['1', '2'],
      helperRoles: ['3'],
      helpersChannel: '4',
      language: 'de',
      lastChange: { by: '71', at: new Date(clock.now()) },
    });
  });

  test('can be cleared', async () => {
    const guildId = newId();
    await changeSetting(store, guildId, { name: 'forums', value: ['1'], by: '70' });
    await changeSetting(store, guildId, { name: 'helpers-channel', value: '4', by: '70' });
    await changeSetting(store, guildId, { name: 'forums', value: [], by: '70' });
    await changeSetting(store, guildId, { name: 'helpers-channel', value: undefined, by: '70' });
    expect(await readSettings(store, guildId)).toMatchObject({ forums: [], helpersChannel: undefined });
  });

  test('that two processes change: the later one wins, and nothing else is lost', async () => {
    const guildId = newId();
    await changeSetting(store, guildId, { name: 'forums', value: ['1'], by: '70' });
    await changeSetting(other, guildId, { name: 'forums', value: ['2'], by: '71' });
    await Promise.all([
      changeSetting(store, guildId, { name: 'helper-roles', value: ['3'], by: '70' }),
      changeSetting(other, guildId, { name: 'helpers-channel', value: '4', by: '71' }),
    ]);
    const expected = { forums: ['2'], helperRoles: ['3'], helpersChannel: '4' };
    expect(await readSettings(store, guildId)).toMatchObject(expected);
    expect(await readSettings(other, guildId)).toMatchObject(expected);
  });

  test('belong to one server', async () => {
    const [guildId, another] = [newId(), newId()];
    await changeSetting(store, guildId, { name: 'forums', value: ['1'], by: '70' });
    await stop(store, guildId, '1');
    await stop(store, another, '1');
    await resumeForums(store, another, '70');
    expect(await readSettings(store, another)).toMatchObject({ forums: [], stoppedForums: [] });
    expect(await readSettings(store, guildId)).toMatchObject({ stoppedForums: ['1'] });
  });

  test('have the server’s locale of the first use as their language, until one is chosen', async () => {
    const guildId = newId();
    await recordSetup(store, guildId, 'de');
    await recordSetup(store, guildId, 'fr');
    expect(await readSettings(store, guildId)).toEqual({ ...NO_SETTINGS, isSetUp: true, language: 'de' });
    await changeSetting(store, guildId, { name: 'language', value: 'en', by: '70' });
    expect(await readSettings(store, guildId)).toMatchObject({ language: 'en' });
  });

  test('have the server’s locale in which a topic was pinned, until one is chosen, and are not set up by that', async () => {
    const guildId = newId();
    await recordServerLocale(store, guildId, 'es-ES');
    await recordServerLocale(other, guildId, 'fr');
    expect(await readSettings(store, guildId)).toEqual({ ...NO_SETTINGS, language: 'es-ES' });
    await recordSetup(store, guildId, 'de');
    expect(await readSettings(store, guildId)).toEqual({ ...NO_SETTINGS, isSetUp: true, language: 'es-ES' });
    await changeSetting(store, guildId, { name: 'language', value: 'en', by: '70' });
    await recordServerLocale(store, guildId, 'fr');
    expect(await readSettings(store, guildId)).toMatchObject({ language: 'en' });
  });

  test('are set up from the first use of /setup on, whatever was chosen before', async () => {
    const guildId = newId();
    await changeSetting(store, guildId, { name: 'language', value: 'en', by: '70' });
    expect(await readSettings(store, guildId)).toMatchObject({ isSetUp: false });
    await recordSetup(store, guildId, 'de');
    expect(await readSettings(store, guildId)).toMatchObject({ isSetUp: true, language: 'en' });
  });

  test('have no language if Discord did not send the server’s locale', async () => {
    const guildId = newId();
    await recordSetup(store, guildId, '');
    expect(await readSettings(store, guildId)).toEqual({ ...NO_SETTINGS, isSetUp: true });
  });

  test('record the hint about /setup once, in any process', async () => {
    const guildId = newId();
    const recorded = await Promise.all([recordHint(store, guildId), recordHint(other, guildId)]);
    expect(recorded.sort()).toEqual([false, true]);
    expect(await recordHint(store, guildId)).toBe(false);
    expect(await readSettings(store, guildId)).toEqual({ ...NO_SETTINGS, isHinted: true });
  });

  test('record once that answers stop in a forum, and again after they went on', async () => {
    const guildId = newId();
    expect([await stop(store, guildId, '1'), await stop(other, guildId, '1')]).toEqual([true, false]);
    expect(await stop(store, guildId, '2')).toBe(true);
    expect([...(await readSettings(store, guildId)).stoppedForums].sort()).toEqual(['1', '2']);
    clock.move(1000);
    const at = new Date(clock.now());
    await resumeForums(store, guildId, '70');
    expect(await readSettings(store, guildId)).toMatchObject({
      stoppedForums: [],
      resumedAt: new Map([
        ['1', at],
        ['2', at],
      ]),
      lastChange: { by: '70', at },
    });
    expect(await stop(store, guildId, '1')).toBe(true);
    const again = await readSettings(store, guildId);
    expect(again).toMatchObject({ stoppedForums: ['1'], resumedAt: new Map([['2', at]]) });
  });

  test('keep the time at which answers went on if nothing has stopped since', async () => {
    const guildId = newId();
    await stop(store, guildId, '1');
    await resumeForums(store, guildId, '70');
    const { resumedAt } = await readSettings(store, guildId);
    clock.move(1000);
    await resumeForums(store, guildId, '71');
    expect(await readSettings(store, guildId)).toMatchObject({ resumedAt, lastChange: { by: '70' } });
  });

  test('tell other parts of the process that they changed', async () => {
    const guildId = newId();
    const changed: (string | undefined)[] = [];
    const end = store.onChange((id) => void changed.push(id));
    await changeSetting(store, guildId, { name: 'forums', value: ['1'], by: '70' });
    await recordSetup(store, guildId, 'en');
    await recordServerLocale(store, guildId, 'en');
    await resumeForums(store, guildId, '70');
    end();
    // PostgreSQL tells a process of its own changes, too.
    expect(changed.filter((id) => id === guildId).length).toBeGreaterThanOrEqual(4);
  });

  test.each([
    ['that is not JSON', '{'],
    ['of another type', '5'],
    ['that is null', 'null'],
    ['with other types in it', '[1, {}]'],
    ['that is an object', '{"a": "b"}'],
    ['that is empty', '""'],
  ])('in a damaged row, %s, count as not set', async (_, value) => {
    const guildId = newId();
    const names = ['forums', 'helper-roles', 'helpers-channel', 'language', 'stopped:1'];
    const rows = names.map((name) => ({ guild_id: guildId, name, value, changed_by: null, changed_at: '2026-01-01' }));
    await store.run((db) => db.insertInto('settings').values(rows).execute());
    const { resumedAt, ...settings } = await readSettings(store, guildId);
    expect({ ...settings, resumedAt: new Map() }).toEqual(NO_SETTINGS);
    expect([...resumedAt.keys()]).toEqual(['1']);
  });

  test('take the server’s locale later if it was not known when /setup was first used', async () => {
    const guildId = newId();
    await recordSetup(store, guildId, '');
    await recordServerLocale(store, guildId, 'de');
    expect(await readSettings(store, guildId)).toMatchObject({ isSetUp: true, language: 'de' });
  });
});
