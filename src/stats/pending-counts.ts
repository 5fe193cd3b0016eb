// Counts in memory that are not yet written to the database.
import type { CountRow } from '../store/schema.ts';

/** A row whose count still increases. */
type PendingRow = Omit<CountRow, 'n'> & { n: number };

/** Counts that wait to be written to the database, added up by guild, day, kind and subject. */
export class PendingCounts {
  readonly #maxRows: number;
  #rows = new Map<string, PendingRow>();

  /** @param maxRows the most rows that are kept; further ones are dropped */
  constructor(maxRows: number) {
    this.#maxRows = maxRows;
  }

  /** How many rows would be written. */
  get size(): number {
    return this.#rows.size;
  }

  /** Adds a row to the count with the same guild, day, kind and subject. */
  add(row: CountRow): void {
    const key = `${row.guild_id} ${row.day} ${row.kind} ${row.subject}`;
    const known = this.#rows.get(key);
    if (known) known.n += row.n;
    else if (this.#rows.size < this.#maxRows) this.#rows.set(key, { ...row });
  }

  /** Removes and returns up to `limit` rows, the oldest first. */
  take(limit: number): CountRow[] {
    const taken = [...this.#rows.entries()].slice(0, limit);
    for (const [key] of taken) this.#rows.delete(key);
    return taken.map(([, row]) => row);
  }

  /** Drops the rows of a guild. */
  deleteGuild(guildId: string): void {
    this.#rows = new Map([...this.#rows].filter(([, row]) => row.guild_id !== guildId));
  }
}
