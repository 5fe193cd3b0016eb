// What replies and settings may be, by what was acknowledged.
import type { Town } from './town.ts';

/** An attempt to save a value. */
interface Write {
  /** The mark of a reply's text, or the ids of a setting; undefined for none. An undo brings back any earlier one. */
  readonly value: string | undefined | typeof EARLIER;
  readonly from: number;
  /** When it was acknowledged; Infinity if it never was. */
  to: number;
  isSaved: boolean;
}

/** The value of an undo: one that was saved before. */
export const EARLIER = Symbol('earlier');

interface Named {
  readonly town: Town;
  /** The title of a reply, or the name of a setting. */
  readonly name: string;
}

/** The values of all servers, as their moderators know them. */
export class KnownValues {
  readonly #writes = new Map<string, Named & { readonly writes: Write[] }>();

  namesIn(town: Town): string[] {
    return [...this.#writes.values()].flatMap((each) => (each.town === town ? [each.name] : []));
  }

  all(): (Named & { readonly possible: ReadonlySet<string | undefined> })[] {
    return [...this.#writes.values()].map(({ town, name, writes }) => ({ town, name, possible: possible(writes) }));
  }

  /** @param save resolves to whether the moderator was told that it is saved */
  async writing({ town, name }: Named, value: Write['value'], save: () => Promise<boolean>): Promise<void> {
    const key = `${town.number} ${name}`;
    const known = this.#writes.get(key) ?? { town, name, writes: [] };
    this.#writes.set(key, known);
    const write: Write = { value, from: Date.now(), to: Number.POSITIVE_INFINITY, isSaved: false };
    known.writes.push(write);
    // Without an acknowledgement it may have been saved, also later: the process may have stopped meanwhile.
    if (!(await save())) return;
    write.isSaved = true;
    write.to = Date.now();
  }
}

/** What may be there: what no later, acknowledged write has replaced. */
function possible(writes: readonly Write[]): ReadonlySet<string | undefined> {
  const first: Write = { value: undefined, from: -1, to: -1, isSaved: true };
  const all = [first, ...writes];
  const isReplaced = ({ to }: Write) => all.some((later) => later.isSaved && later.from > to);
  const valuesOf = ({ value, to }: Write) =>
    value === EARLIER
      ? all.flatMap((other) => (other.value !== EARLIER && other.from <= to ? [other.value] : []))
      : [value];
  return new Set(all.filter((write) => !isReplaced(write)).flatMap(valuesOf));
}
