// What the tests of counters have in common.
import { StoreError } from '../../src/store/errors.ts';
import type { Store } from '../../src/store/store.ts';

export const NOON = Date.UTC(2026, 4, 17, 12);
export const TODAY = '2026-05-17';

/** A store that can be made to fail before a transaction, or in the middle of it. */
export function unreliable(store: Store) {
  const state = { fails: 'no' as 'no' | 'before' | 'midway', transactions: 0 };
  const fail = () => {
    throw new StoreError('unavailable', 'made to fail');
  };
  const transact: Store['transact'] = (work, options) => {
    state.transactions++;
    if (state.fails === 'before') return Promise.reject(new StoreError('unavailable', 'made to fail'));
    return store.transact(async (trx) => {
      const done = await work(trx);
      return state.fails === 'midway' ? fail() : done;
    }, options);
  };
  return { state, store: { ...store, transact } };
}

/** Reads what is stored of a guild. */
export const readersOf = (store: Store) => {
  const rowsOf = (guildId: string) =>
    store.run((db) =>
      db
        .selectFrom('counts')
        .select(['day', 'kind', 'subject', 'n'])
        .where('guild_id', '=', guildId)
        .orderBy('day')
        .orderBy('kind')
        .orderBy('subject')
        .execute(),
    );
  const questionsOf = (guildId: string) =>
    store.run((db) => db.selectFrom('questions').selectAll().where('guild_id', '=', guildId).execute());
  const totalOf = async (guildId: string) => (await rowsOf(guildId)).reduce((sum, { n }) => sum + n, 0);
  return { rowsOf, questionsOf, totalOf };
};
