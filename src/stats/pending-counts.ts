// Counts in memory that are not yet written to the database.
import { getOrInsert } from '../get-or-insert.ts';
import type { CountRow } from '../store/schema.ts';

/** A row whose count still increases. */
type PendingRow = Omit<CountRow, 'n'> & { n: number };
type BySubject = Map<string, PendingRow>;
type ByKind = Map<string, BySubject>;
type ByGuild = Map<string, ByKind>;

/** Counts that wait to be written to the database, added up by guild, day, kind and subject. */
export class PendingCounts {
  readonly #maxRows: number;
  /** The oldest first. */
  #rows: PendingRow[] = [];
  /** The same rows by day, guild, kind and subject: joining these into one key costs more than all look-ups. */
  #index = new Map<string, ByGuild>();

  /** @param maxRows the most rows that are kept; further ones are dropped */
  constructor(maxRows: number) {
    this.#maxRows = maxRows;
  }

  /** How many rows would be written. */
  get size(): number {
    return this.#rows.length;
  }

  /** Adds a row to the count with the same guild, day, kind and subject. */
  add(row: CountRow): void {
    const bySubject = this.#rowsLike(row);
    const known = bySubject.get(row.subject);
    if (known) known.n += row.n;
    else if (this.#rows.length < this.#maxRows) {
      const added = { ...row };
      this.#rows.push(added);
      bySubject.set(row.subject, added);
    }
  }

  /** Removes and returns up to `limit` rows, the oldest first. */
  take(limit: number): CountRow[] {
    const taken = this.#rows.slice(0, limit);
    this.#replaceRows(this.#rows.slice(limit));
    return taken;
  }

  /** Drops the rows of a guild. */
  deleteGuild(guildId: string): void {
    this.#replaceRows(this.#rows.filter(({ guild_id }) => guild_id !== guildId));
  }

  /** The rows of the same day, guild and kind, by subject. */
  #rowsLike({ day, guild_id, kind }: CountRow): BySubject {
    const byGuild = getOrInsert(this.#index, day, (): ByGuild => new Map());
    const byKind = getOrInsert(byGuild, guild_id, (): ByKind => new Map());
    return getOrInsert(byKind, kind, (): BySubject => new Map());
  }

  #replaceRows(rows: PendingRow[]): void {
    this.#rows = rows;
    this.#index = new Map();
    for (const row of rows) this.#rowsLike(row).set(row.subject, row);
  }
}
