// Keeps the replies of servers in memory, and reads them again after they have changed.
import type { Logger } from 'pino';
import type { CancelTimer } from '../clock.ts';
import { StoreError } from '../store/errors.ts';
import type { Store } from '../store/store.ts';
import { latestRevisions } from './latest-revisions.ts';
import { type RemovedReply, type Reply, toReply } from './reply.ts';
import { isOwnTopic } from './topic-id.ts';

/** The maximum size of the cache. A character takes one or two bytes. */
const LIMITS = { guilds: 500, replies: 200_000, characters: 64_000_000 };
/** While the database is down, stale replies are returned, and the database is queried again after this time. */
const RETRY_INTERVAL_MS = 2000;
/** Stale replies that are not requested for this time are dropped: the bot may have left the server. */
const STALE_RETENTION_MS = 60_000;

interface ReplyCacheOptions {
  readonly log: Logger;
  /** In total for all guilds. The least recently used guild is dropped first. */
  readonly limits?: typeof LIMITS;
  readonly staleRetentionMs?: number;
}

interface CacheEntry {
  readonly replies: readonly Reply[];
  readonly byTopic: ReadonlyMap<string, Reply>;
  readonly removed: readonly RemovedReply[];
  readonly characters: number;
  isStale: boolean;
  /** When a stale entry may be loaded again, as `Clock.monotonic()`. 0: no load has failed since it became stale. */
  retryAt: number;
  /** A sequence number: the entry with the lowest one was used least recently. */
  usedAt: number;
}

interface Load {
  readonly entry: Promise<CacheEntry>;
  /** The replies changed after the load began: later callers must not get its result. */
  isOutdated: boolean;
}

/** The replies of the servers that were used last. Listens to the store's changes until it is closed. */
export class ReplyCache {
  readonly #store: Store;
  readonly #log: Logger;
  readonly #limits: typeof LIMITS;
  readonly #staleRetentionMs: number;
  readonly #entries = new Map<string, CacheEntry>();
  readonly #loads = new Map<string, Load>();
  readonly #stopListening: () => void;
  /** By server: what cancels the drop of its stale entry. */
  readonly #dropping = new Map<string, CancelTimer>();
  #uses = 0;

  constructor(store: Store, { log, limits = LIMITS, staleRetentionMs = STALE_RETENTION_MS }: ReplyCacheOptions) {
    this.#store = store;
    this.#log = log;
    this.#limits = limits;
    this.#staleRetentionMs = staleRetentionMs;
    this.#stopListening = store.onChange((guildId) => this.#invalidate(guildId));
  }

  /** All visible replies of a guild, sorted by title. Returns the same list until they change. @throws {StoreError} */
  async repliesOf(guildId: string): Promise<readonly Reply[]> {
    return (await this.#entryOf(guildId)).replies;
  }

  /** Like `repliesOf`, without the database: undefined if the replies are not cached, or are stale. */
  peek(guildId: string): readonly Reply[] | undefined {
    return this.#usable(guildId)?.replies;
  }

  /** The server's own replies that were removed, sorted by title. Returns the same list until they change. @throws {StoreError} */
  async removedOf(guildId: string): Promise<readonly RemovedReply[]> {
    return (await this.#entryOf(guildId)).removed;
  }

  /** The visible reply of a topic. @throws {StoreError} if the database is down and the guild is not cached */
  async find(guildId: string, topic: string): Promise<Reply | undefined> {
    return (await this.#entryOf(guildId)).byTopic.get(topic);
  }

  /** Whether a guild's replies may be outdated because the database could not be read since they changed. */
  isStale(guildId: string): boolean {
    return this.#entries.get(guildId)?.isStale ?? false;
  }

  close(): void {
    this.#stopListening();
    for (const cancel of this.#dropping.values()) cancel();
  }

  /** @param guildId undefined: all guilds */
  #invalidate(guildId: string | undefined): void {
    for (const [id, load] of this.#loads) {
      if (guildId !== undefined && id !== guildId) continue;
      load.isOutdated = true;
      this.#loads.delete(id);
    }
    for (const entry of guildId === undefined ? this.#entries.values() : [this.#entries.get(guildId)]) {
      if (!entry) continue;
      entry.isStale = true;
      entry.retryAt = 0;
    }
    const changed = guildId === undefined ? undefined : this.#entries.get(guildId);
    if (guildId !== undefined && changed) this.#dropLater(guildId, changed);
  }

  #dropLater(guildId: string, entry: CacheEntry): void {
    this.#dropping.get(guildId)?.();
    const cancel = this.#store.clock.after(this.#staleRetentionMs, () => {
      this.#dropping.delete(guildId);
      this.#dropUnused(guildId, entry);
    });
    this.#dropping.set(guildId, cancel);
  }

  /** Drops an entry that became stale and has not been requested since. */
  #dropUnused(guildId: string, entry: CacheEntry): void {
    const wasRequested = entry.retryAt > 0;
    if (!wasRequested && this.#entries.get(guildId) === entry) this.#entries.delete(guildId);
  }

  async #entryOf(guildId: string): Promise<CacheEntry> {
    const usable = this.#usable(guildId);
    if (usable) return usable;
    const stale = this.#entries.get(guildId);
    try {
      return await this.#load(guildId);
    } catch (error) {
      if (!stale || !(error instanceof StoreError)) throw error;
      stale.retryAt = this.#store.clock.monotonic() + RETRY_INTERVAL_MS;
      this.#log.warn({ kind: error.kind }, 'replies of a server not readable, serving older ones');
      return stale;
    }
  }

  /** The entry if it may be returned now. Counts as a use. */
  #usable(guildId: string): CacheEntry | undefined {
    const entry = this.#entries.get(guildId);
    if (!entry) return undefined;
    entry.usedAt = ++this.#uses;
    return !entry.isStale || this.#store.clock.monotonic() < entry.retryAt ? entry : undefined;
  }

  #load(guildId: string): Promise<CacheEntry> {
    const running = this.#loads.get(guildId);
    if (running) return running.entry;
    const load: Load = {
      isOutdated: false,
      entry: readEntry(this.#store, guildId)
        .then((entry) => {
          // An outdated entry is better than none if the database goes down before the next load.
          if (load.isOutdated) entry.isStale = true;
          if (!load.isOutdated || !this.#entries.has(guildId)) this.#add(guildId, entry);
          return entry;
        })
        .finally(() => {
          if (this.#loads.get(guildId) === load) this.#loads.delete(guildId);
        }),
    };
    this.#loads.set(guildId, load);
    return load.entry;
  }

  /** Adds an entry, and drops others until the limits are met. */
  #add(guildId: string, entry: CacheEntry): void {
    entry.usedAt = ++this.#uses;
    this.#entries.set(guildId, entry);
    let replies = 0;
    let characters = 0;
    for (const each of this.#entries.values()) {
      replies += sizeOf(each);
      characters += each.characters;
    }
    const { guilds, replies: maxReplies, characters: maxCharacters } = this.#limits;
    while (this.#entries.size > guilds || replies > maxReplies || characters > maxCharacters) {
      const [id, oldest] = [...this.#entries].reduce((a, b) => (b[1].usedAt < a[1].usedAt ? b : a));
      if (id === guildId) break;
      this.#entries.delete(id);
      replies -= sizeOf(oldest);
      characters -= oldest.characters;
    }
  }
}

const titleCollator = new Intl.Collator('en', { numeric: true });

async function readEntry(store: Store, guildId: string): Promise<CacheEntry> {
  const replies: Reply[] = [];
  const removed: RemovedReply[] = [];
  let characters = 0;
  for await (const rows of latestRevisions(store, guildId)) {
    for (const row of rows) {
      const reply = toReply(row);
      const { topic, title, aliases } = reply;
      if (reply.state === 'shown') replies.push(reply);
      // A page without an override is a topic anyway.
      else if (isOwnTopic(topic)) removed.push({ topic, title, aliases });
      else continue;
      characters += title.length + row.aliases.length + (reply.state === 'shown' ? row.text.length : 0);
    }
  }
  replies.sort(compareTitles);
  removed.sort(compareTitles);
  const byTopic = new Map(replies.map((reply) => [reply.topic, reply]));
  return { replies, byTopic, removed, characters, isStale: false, retryAt: 0, usedAt: 0 };
}

function compareTitles(a: RemovedReply, b: RemovedReply): number {
  return titleCollator.compare(a.title, b.title) || (a.topic < b.topic ? -1 : 1);
}

function sizeOf({ replies, removed }: CacheEntry): number {
  return replies.length + removed.length;
}
