// The replies that a server shows, kept in memory: read once, read again when they change.
import type { Logger } from 'pino';
import { StoreError } from '../store/errors.ts';
import type { Store } from '../store/store.ts';
import { newestRevisions } from './newest.ts';
import { type Reply, toReply } from './reply.ts';

/** How much is kept. A character of text takes one or two bytes. */
const BOUNDS = { guilds: 500, replies: 200_000, characters: 64_000_000 };
/** While the database is down, what is kept is served at once, and the database asked again only so often. */
const RETRY_MS = 2000;

export interface ReplyBook {
  /** All shown replies of a guild, sorted by title. Always the same list until they change. @throws {StoreError} */
  repliesOf(guildId: string): Promise<readonly Reply[]>;
  /** The shown reply of a topic. @throws {StoreError} where the database is down and nothing is kept */
  find(guildId: string, topic: string): Promise<Reply | undefined>;
  /** Whether what is served for a guild may be old, because the database could not be read since it changed. */
  isStale(guildId: string): boolean;
  close(): void;
}

interface Shelf {
  readonly list: readonly Reply[];
  readonly byTopic: ReadonlyMap<string, Reply>;
  readonly characters: number;
  isStale: boolean;
  retryAt: number;
}

interface Loading {
  readonly shelf: Promise<Shelf>;
  /** The replies changed after the reading began: whoever asks later must not get it. */
  isOutdated: boolean;
}

/**
 * Opens the book of a store. It listens to the store's changes until it is closed.
 * @param bounds how much is kept at most, over all guilds; the guild that was asked for longest ago goes first
 */
export function openReplyBook(
  store: Store,
  { log, bounds = BOUNDS }: { log: Logger; bounds?: typeof BOUNDS },
): ReplyBook {
  // In the order of use, oldest first.
  const shelves = new Map<string, Shelf>();
  const loadings = new Map<string, Loading>();

  const stop = store.onChange((guildId) => {
    for (const [id, loading] of loadings) {
      if (guildId !== undefined && id !== guildId) continue;
      loading.isOutdated = true;
      loadings.delete(id);
    }
    for (const shelf of guildId === undefined ? shelves.values() : [shelves.get(guildId)]) {
      if (shelf) {
        shelf.isStale = true;
        shelf.retryAt = 0;
      }
    }
  });

  const load = (guildId: string): Promise<Shelf> => {
    const running = loadings.get(guildId);
    if (running) return running.shelf;
    const loading: Loading = {
      isOutdated: false,
      shelf: read(store, guildId)
        .then((shelf) => {
          // Better than nothing, should the database go down before the next reading.
          if (loading.isOutdated) shelf.isStale = true;
          if (!loading.isOutdated || !shelves.has(guildId)) keep(guildId, shelf);
          return shelf;
        })
        .finally(() => {
          if (loadings.get(guildId) === loading) loadings.delete(guildId);
        }),
    };
    loadings.set(guildId, loading);
    return loading.shelf;
  };

  const keep = (guildId: string, shelf: Shelf) => {
    shelves.delete(guildId);
    shelves.set(guildId, shelf);
    let replies = 0;
    let characters = 0;
    for (const each of shelves.values()) {
      replies += each.list.length;
      characters += each.characters;
    }
    for (const [id, oldest] of shelves) {
      const fits = shelves.size <= bounds.guilds && replies <= bounds.replies && characters <= bounds.characters;
      if (fits || id === guildId) break;
      shelves.delete(id);
      replies -= oldest.list.length;
      characters -= oldest.characters;
    }
  };

  const shelfOf = async (guildId: string): Promise<Shelf> => {
    const kept = shelves.get(guildId);
    if (kept) {
      shelves.delete(guildId);
      shelves.set(guildId, kept);
      if (!kept.isStale || Date.now() < kept.retryAt) return kept;
    }
    try {
      return await load(guildId);
    } catch (error) {
      if (!kept || !(error instanceof StoreError)) throw error;
      kept.retryAt = Date.now() + RETRY_MS;
      log.warn({ kind: error.kind }, 'the replies of a server cannot be read; older ones are served');
      return kept;
    }
  };

  return {
    repliesOf: async (guildId) => (await shelfOf(guildId)).list,
    find: async (guildId, topic) => (await shelfOf(guildId)).byTopic.get(topic),
    isStale: (guildId) => shelves.get(guildId)?.isStale ?? false,
    close: stop,
  };
}

const byTitle = new Intl.Collator('en', { numeric: true });

async function read(store: Store, guildId: string): Promise<Shelf> {
  const list: Reply[] = [];
  let characters = 0;
  for await (const rows of newestRevisions(store, guildId)) {
    for (const row of rows) {
      if (row.state !== 'shown') continue;
      list.push(toReply(row));
      characters += row.title.length + row.text.length + row.aliases.length;
    }
  }
  list.sort((a, b) => byTitle.compare(a.title, b.title) || (a.topic < b.topic ? -1 : 1));
  return { list, byTopic: new Map(list.map((reply) => [reply.topic, reply])), characters, isStale: false, retryAt: 0 };
}
