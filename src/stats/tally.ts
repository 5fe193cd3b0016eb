// Counts that wait to be written. Counting happens at every click: it makes no new text and, mostly, no new object.
import { getOrInsert } from '../get-or-insert.ts';
import type { CountRow } from '../store/schema.ts';

type Kind = CountRow['kind'];
type Subjects = Map<string, number>;
type Kinds = Map<Kind, Subjects>;
/** By guild, then by kind, then by subject. */
type Counts = Map<string, Kinds>;

export interface Tally {
  /** How many rows would be written. */
  readonly size: number;
  /** Adds to a count. A new one is left out where there are too many already. */
  add(guildId: string, day: string, kind: Kind, subject: string, n: number): void;
  /** Takes out about so many rows: whole guilds, the one that waits longest first. */
  take(most: number): CountRow[];
  /** Forgets a guild. */
  drop(guildId: string): void;
}

/** @param most rows that are kept at most */
export function createTally(most: number): Tally {
  // One day at a time, but for a moment after midnight.
  const days = new Map<string, Counts>();
  let size = 0;
  // A click counts two or three times, in one guild.
  let last: { readonly day: string; readonly guildId: string; readonly kinds: Kinds } | undefined;
  const kindsOf = (day: string, guildId: string): Kinds => {
    if (last?.guildId === guildId && last.day === day) return last.kinds;
    const counts = getOrInsert(days, day, (): Counts => new Map());
    const kinds = getOrInsert(counts, guildId, (): Kinds => new Map());
    last = { day, guildId, kinds };
    return kinds;
  };
  const remove = (day: string, counts: Counts, guildId: string): CountRow[] => {
    const rows: CountRow[] = [];
    for (const [kind, subjects] of counts.get(guildId) ?? [])
      for (const [subject, n] of subjects) rows.push({ guild_id: guildId, day, kind, subject, n });
    counts.delete(guildId);
    last = undefined;
    size -= rows.length;
    return rows;
  };
  return {
    get size() {
      return size;
    },
    add(guildId, day, kind, subject, n) {
      const subjects = getOrInsert(kindsOf(day, guildId), kind, (): Subjects => new Map());
      const known = subjects.get(subject);
      if (known === undefined && size >= most) return;
      if (known === undefined) size += 1;
      subjects.set(subject, (known ?? 0) + n);
    },
    take(wanted) {
      const rows: CountRow[] = [];
      for (const [day, counts] of days) {
        for (const guildId of counts.keys()) {
          if (rows.length >= wanted) return rows;
          rows.push(...remove(day, counts, guildId));
        }
        days.delete(day);
      }
      return rows;
    },
    drop(guildId) {
      for (const [day, counts] of days) remove(day, counts, guildId);
    },
  };
}
