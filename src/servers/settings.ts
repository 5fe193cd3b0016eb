// The settings of a server, which /setup changes. Each is a row of its own, with who changed it and when.
import { z } from 'zod';
import type { SettingRow } from '../store/schema.ts';
import type { Db, Store } from '../store/store.ts';
import { isoTime } from '../time.ts';

/** What /setup sets. A server that was never set up has the defaults: nothing. */
export interface Settings {
  /** The forums in which new posts are answered, by channel id. */
  readonly forums: readonly string[];
  /** The roles whose members are helpers. */
  readonly helperRoles: readonly string[];
  /** The channel to which questions for a person go; undefined if there is none. */
  readonly helpersChannel: string | undefined;
  /** The locale of public answers: as chosen, or the server's own; undefined if neither is known. */
  readonly language: string | undefined;
  /** Forums in which answers have stopped because members refused several. */
  readonly stoppedForums: readonly string[];
  /** When answers went on again in a forum, by channel id. */
  readonly resumedAt: ReadonlyMap<string, Date>;
  /** Whether somebody has used /setup. */
  readonly isSetUp: boolean;
  /** Whether the line about /setup was shown. */
  readonly isHinted: boolean;
  /** The latest change by a person. */
  readonly lastChange: { readonly by: string; readonly at: Date } | undefined;
}

export const NO_SETTINGS: Settings = {
  forums: [],
  helperRoles: [],
  helpersChannel: undefined,
  language: undefined,
  stoppedForums: [],
  resumedAt: new Map(),
  isSetUp: false,
  isHinted: false,
  lastChange: undefined,
};

/** The settings that a person chooses, with their values; undefined clears one. */
export interface SettingValues {
  readonly forums: readonly string[];
  readonly 'helper-roles': readonly string[];
  readonly 'helpers-channel': string | undefined;
  readonly language: string;
}

/** Written by the bot itself: that /setup was used, the server's own locale, and that the line about /setup was shown. */
const SET_UP = 'set-up';
const SERVER_LOCALE = 'server-locale';
const HINTED = 'hinted';
/** Followed by a forum's id. Its value says whether answers have stopped there. */
const STOPPED = 'stopped:';

const ids = z.array(z.string());

/** The settings of a server. @throws {StoreError} */
export async function readSettings(store: Store, guildId: string): Promise<Settings> {
  return toSettings(
    await store.run((db) => db.selectFrom('settings').selectAll().where('guild_id', '=', guildId).execute()),
  );
}

/** Changes one setting; of two changes the later one wins. @param by the user id of who changes it @throws {StoreError} */
export async function changeSetting<Name extends keyof SettingValues>(
  store: Store,
  guildId: string,
  { name, value, by }: { name: Name; value: SettingValues[Name]; by: string },
): Promise<void> {
  const row = rowOf(store, guildId, name, value ?? null, by);
  await store.transact((trx) => saveSetting(trx, row), { changedGuild: guildId });
}

/** Records that /setup is used, and the server's locale if none is known. @throws {StoreError} */
export async function recordSetup(store: Store, guildId: string, serverLocale: string): Promise<void> {
  await store.transact(
    async (trx) => {
      await addRow(trx, rowOf(store, guildId, SET_UP, true));
      if (serverLocale !== '') await addRow(trx, rowOf(store, guildId, SERVER_LOCALE, serverLocale));
    },
    { changedGuild: guildId },
  );
}

/** Records the server's locale, if none is known: a pin stays in the language in which it was posted. @throws {StoreError} */
export async function recordServerLocale(store: Store, guildId: string, serverLocale: string): Promise<void> {
  const row = rowOf(store, guildId, SERVER_LOCALE, serverLocale);
  await store.transact((trx) => addRow(trx, row), { changedGuild: guildId });
}

/** Records that the line about /setup is shown. @returns false if it was shown before @throws {StoreError} */
export async function recordHint(store: Store, guildId: string): Promise<boolean> {
  // No process has to hear of it: the row itself decides.
  return store.run((db) => addRow(db, rowOf(store, guildId, HINTED, true)));
}

/**
 * Stops answers in a forum, inside a transaction.
 * @returns false if they had stopped before
 */
export async function stopForum(trx: Db, store: Store, guildId: string, forumId: string): Promise<boolean> {
  const row = rowOf(store, guildId, `${STOPPED}${forumId}`, true);
  const { numInsertedOrUpdatedRows = 0n } = await trx
    .insertInto('settings')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .columns(['guild_id', 'name'])
        .doUpdateSet({ value: row.value, changed_by: null, changed_at: row.changed_at })
        .where('settings.value', '<>', row.value),
    )
    .executeTakeFirst();
  return numInsertedOrUpdatedRows > 0n;
}

/** Lets answers go on in every forum in which they have stopped. @param by a user id @throws {StoreError} */
export async function resumeForums(store: Store, guildId: string, by: string): Promise<void> {
  const { value, changed_by, changed_at } = rowOf(store, guildId, STOPPED, false, by);
  await store.transact(
    (trx) =>
      trx
        .updateTable('settings')
        .set({ value, changed_by, changed_at })
        .where('guild_id', '=', guildId)
        .where('name', 'like', `${STOPPED}%`)
        .where('value', '<>', value)
        .execute(),
    { changedGuild: guildId },
  );
}

/** Holds other transactions about this server's forums back until this one ends. On SQLite every transaction does. */
export async function lockForums(trx: Db, store: Store, guildId: string): Promise<void> {
  if (store.kind === 'sqlite') return;
  await trx
    .selectFrom('settings')
    .select('name')
    .where('guild_id', '=', guildId)
    .where('name', '=', 'forums')
    .forUpdate()
    .execute();
}

/** @returns whether it was added: false if the server has that setting already */
async function addRow(db: Db, row: SettingRow): Promise<boolean> {
  const { numInsertedOrUpdatedRows = 0n } = await db
    .insertInto('settings')
    .values(row)
    .onConflict((conflict) => conflict.columns(['guild_id', 'name']).doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows > 0n;
}

async function saveSetting(trx: Db, row: SettingRow): Promise<void> {
  const { value, changed_by, changed_at } = row;
  await trx
    .insertInto('settings')
    .values(row)
    .onConflict((conflict) => conflict.columns(['guild_id', 'name']).doUpdateSet({ value, changed_by, changed_at }))
    .execute();
}

function rowOf(store: Store, guildId: string, name: string, value: unknown, by?: string): SettingRow {
  return {
    guild_id: guildId,
    name,
    value: JSON.stringify(value),
    changed_by: by ?? null,
    changed_at: isoTime(store.clock.now()),
  };
}

/** A row that somebody damaged by hand counts as not set. */
function toSettings(rows: readonly SettingRow[]): Settings {
  if (rows.length === 0) return NO_SETTINGS;
  const values = new Map(rows.map(({ name, value }) => [name, parsed(value)]));
  const listOf = (name: keyof SettingValues) => ids.catch([]).parse(values.get(name));
  const textOf = (name: string) => z.string().min(1).optional().catch(undefined).parse(values.get(name));
  const brakes = rows.filter(({ name }) => name.startsWith(STOPPED));
  const forumOf = ({ name }: SettingRow) => name.slice(STOPPED.length);
  const isStopped = ({ name }: SettingRow) => values.get(name) === true;
  return {
    forums: listOf('forums'),
    helperRoles: listOf('helper-roles'),
    helpersChannel: textOf('helpers-channel'),
    language: textOf('language') ?? textOf(SERVER_LOCALE),
    stoppedForums: brakes.filter(isStopped).map(forumOf),
    resumedAt: new Map(brakes.filter((row) => !isStopped(row)).map((row) => [forumOf(row), new Date(row.changed_at)])),
    isSetUp: values.has(SET_UP),
    isHinted: values.has(HINTED),
    lastChange: lastChangeIn(rows),
  };
}

function lastChangeIn(rows: readonly SettingRow[]): Settings['lastChange'] {
  const byPeople = rows.flatMap(({ changed_by: by, changed_at: at }) => (by === null ? [] : [{ by, at }]));
  const [latest] = byPeople.sort((a, b) => (a.at < b.at ? 1 : -1));
  return latest && { by: latest.by, at: new Date(latest.at) };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
