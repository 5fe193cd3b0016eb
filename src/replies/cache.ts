// The replies that a server shows, kept in memory: read once, read again when they change.
import type { Logger } from 'pino';
import { StoreError } from '../store/errors.ts';
import type { Store } from '../store/store.ts';
import { latestRevisions } from './latest-revisions.ts';
import { type RemovedReply, type Reply, toReply } from './reply.ts';
import { isOwnTopic } from './topic-id.ts';

/** How much is kept. A character of text takes one or two bytes. */
const BOUNDS = { guilds: 500, replies: 200_000, characters: 64_000_000 };
/** While the database is down, what is kept is served at once, and the database asked again only so often. */
const RETRY_MS = 2000;
/** What has changed and nobody asks for again goes: it may be of a server that the bot has left. */
const UNASKED_MS = 60_000;

export interface ReplyCache {
  /** All shown replies of a guild, sorted by title. Always the same list until they change. @throws {StoreError} */
  repliesOf(guildId: string): Promise<readonly Reply[]>;
  /** The same where it is kept and up to date: without waiting. Undefined where it has to be read. */
  peek(guildId: string): readonly Reply[] | undefined;
  /** The names of the server's own replies that were removed, sorted by title. As for `repliesOf`. @throws {StoreError} */
  removedOf(guildId: string): Promise<readonly RemovedReply[]>;
  /** The shown reply of a topic. @throws {StoreError} where the database is down and nothing is kept */
  find(guildId: string, topic: string): Promise<Reply | undefined>;
  /** Whether what is served for a guild may be old, because the database could not be read since it changed. */
  isStale(guildId: string): boolean;
  close(): void;
}

interface Shelf {
  readonly list: readonly Reply[];
  readonly byTopic: ReadonlyMap<string, Reply>;
  readonly removed: readonly RemovedReply[];
  readonly characters: number;
  isStale: boolean;
  /** As `Clock.monotonic()`: the time of the machine may be set back. */
  retryAt: number;
  /** Counts uses of the book: the lowest number was used longest ago. */
  usedAt: number;
}

interface Loading {
  readonly shelf: Promise<Shelf>;
  /** The replies changed after the reading began: whoever asks later must not get it. */
  isOutdated: boolean;
}

/**
 * Opens the book of a store. It listens to the store's changes until it is closed.
 * @param bounds how much is kept at most, over all guilds; the guild that was asked for longest ago goes first
 * @param unaskedMs how long replies that have changed are kept while nobody asks for them
 */
export function openReplyCache(
  store: Store,
  { log, bounds = BOUNDS, unaskedMs = UNASKED_MS }: { log: Logger; bounds?: typeof BOUNDS; unaskedMs?: number },
): ReplyCache {
  const { clock } = store;
  let uses = 0;
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
    const changed = guildId === undefined ? undefined : shelves.get(guildId);
    if (guildId !== undefined && changed) clock.after(unaskedMs, () => dropUnasked(guildId, changed));
  });

  const dropUnasked = (guildId: string, shelf: Shelf) => {
    const isAskedFor = !shelf.isStale || shelf.retryAt > 0;
    if (!isAskedFor && shelves.get(guildId) === shelf) shelves.delete(guildId);
  };

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
    shelf.usedAt = ++uses;
    shelves.set(guildId, shelf);
    let replies = 0;
    let characters = 0;
    for (const each of shelves.values()) {
      replies += sizeOf(each);
      characters += each.characters;
    }
    const fits = () => shelves.size <= bounds.guilds && replies <= bounds.replies && characters <= bounds.characters;
    while (!fits()) {
      const [id, oldest] = [...shelves].reduce((a, b) => (b[1].usedAt < a[1].usedAt ? b : a));
      if (id === guildId) break;
      shelves.delete(id);
      replies -= sizeOf(oldest);
      characters -= oldest.characters;
    }
  };

  /** What is kept may be served; it counts as used. */
  const fresh = (guildId: string): Shelf | undefined => {
    const kept = shelves.get(guildId);
    if (!kept) return undefined;
    kept.usedAt = ++uses;
    return !kept.isStale || clock.monotonic() < kept.retryAt ? kept : undefined;
  };

  const shelfOf = async (guildId: string): Promise<Shelf> => {
    const served = fresh(guildId);
    if (served) return served;
    const kept = shelves.get(guildId);
    try {
      return await load(guildId);
    } catch (error) {
      if (!kept || !(error instanceof StoreError)) throw error;
      kept.retryAt = clock.monotonic() + RETRY_MS;
      log.warn({ kind: error.kind }, 'the replies of a server cannot be read; older ones are served');
      return kept;
    }
  };

  return {
    repliesOf: async (guildId) => (await shelfOf(guildId)).list,
    peek: (guildId) => fresh(guildId)?.list,
    removedOf: async (guildId) => (await shelfOf(guildId)).removed,
    find: async (guildId, topic) => (await shelfOf(guildId)).byTopic.get(topic),
    isStale: (guildId) => shelves.get(guildId)?.isStale ?? false,
    close: stop,
  };
}

const byTitle = new Intl.Collator('en', { numeric: true });

async function read(store: Store, guildId: string): Promise<Shelf> {
  const list: Reply[] = [];
  const removed: RemovedReply[] = [];
  let characters = 0;
  for await (const rows of latestRevisions(store, guildId)) {
    for (const row of rows) {
      const reply = toReply(row);
      const { topic, title, aliases } = reply;
      if (reply.state === 'shown') list.push(reply);
      // A page whose words were removed shows the guide's own, and is a topic by itself.
      else if (isOwnTopic(topic)) removed.push({ topic, title, aliases });
      else continue;
      characters += title.length + row.aliases.length + (reply.state === 'shown' ? row.text.length : 0);
    }
  }
  list.sort(compare);
  removed.sort(compare);
  const byTopic = new Map(list.map((reply) => [reply.topic, reply]));
  return { list, byTopic, removed, characters, isStale: false, retryAt: 0, usedAt: 0 };
}

function compare(a: RemovedReply, b: RemovedReply): number {
  return byTitle.compare(a.title, b.title) || (a.topic < b.topic ? -1 : 1);
}

function sizeOf({ list, removed }: Shelf): number {
  return list.length + removed.length;
}
