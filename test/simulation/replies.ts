// What the servers' own replies may say, by what was acknowledged.
import type { Town } from './town.ts';

/** An attempt to save a reply. */
interface Write {
  /** The mark in its text; undefined if it removes the reply. */
  readonly mark: string | undefined;
  readonly from: number;
  /** When it was acknowledged; Infinity if it never was. */
  to: number;
  isSaved: boolean;
}

/** How the answers to a save begin. */
interface Acknowledgements {
  isSaved(words: string): boolean;
}

/** The replies of all servers, as their moderators know them. */
export class KnownReplies {
  readonly #writes = new Map<string, { readonly town: Town; readonly title: string; readonly writes: Write[] }>();
  readonly #acknowledgements: Acknowledgements;

  constructor(acknowledgements: Acknowledgements) {
    this.#acknowledgements = acknowledgements;
  }

  titlesOf(town: Town): string[] {
    return this.all().flatMap((each) => (each.town === town ? [each.title] : []));
  }

  all(): { readonly town: Town; readonly title: string; readonly possible: ReadonlySet<string | undefined> }[] {
    return [...this.#writes.values()].map(({ town, title, writes }) => ({ town, title, possible: possible(writes) }));
  }

  /** @param answer what the moderator reads; undefined if nothing came */
  async writing(
    town: Town,
    title: string,
    mark: string | undefined,
    answer: () => Promise<string | undefined>,
  ): Promise<void> {
    const key = `${town.number} ${title}`;
    const known = this.#writes.get(key) ?? { town, title, writes: [] };
    this.#writes.set(key, known);
    const write: Write = { mark, from: Date.now(), to: Number.POSITIVE_INFINITY, isSaved: false };
    known.writes.push(write);
    const words = await answer();
    // Without an acknowledgement it may have been saved, also later: the process may have stopped meanwhile.
    if (words === undefined || !this.#acknowledgements.isSaved(words)) return;
    write.isSaved = true;
    write.to = Date.now();
  }
}

/** What may be shown: what no later, acknowledged write has replaced. */
function possible(writes: readonly Write[]): ReadonlySet<string | undefined> {
  const first: Write = { mark: undefined, from: -1, to: -1, isSaved: true };
  const all = [first, ...writes];
  const isReplaced = ({ to }: Write) => all.some((later) => later.isSaved && later.from > to);
  return new Set(all.filter((write) => !isReplaced(write)).map(({ mark }) => mark));
}
