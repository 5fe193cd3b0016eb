// Keeps the settings of servers in memory, and reads them again after they have changed.
import type { Logger } from 'pino';
import QuickLRU from 'quick-lru';
import { StoreError } from '../store/errors.ts';
import type { Store } from '../store/store.ts';
import { readSettings, type Settings } from './settings.ts';

/** Servers; twice as many at most. A server's settings take less than a kilobyte. */
const MAX_GUILDS = 5000;
/** While the database is down, older settings are returned, and the database is queried again after this time. */
const RETRY_INTERVAL_MS = 2000;

interface CacheEntry {
  readonly settings: Settings;
  isStale: boolean;
  /** When a stale entry may be read again, as `Clock.monotonic()`. */
  retryAt: number;
}

interface Load {
  readonly settings: Promise<Settings>;
  /** The settings changed after the load began. */
  isOutdated: boolean;
}

/** The settings of the servers that were used last. Listens to the store's changes until it is closed. */
export class SettingsCache {
  readonly #store: Store;
  readonly #log: Logger;
  readonly #entries = new QuickLRU<string, CacheEntry>({ maxSize: MAX_GUILDS });
  readonly #loads = new Map<string, Load>();
  readonly #stopListening: () => void;

  constructor(store: Store, { log }: { log: Logger }) {
    this.#store = store;
    this.#log = log;
    this.#stopListening = store.onChange((guildId) => this.#invalidate(guildId));
  }

  /** A server's settings without the database: undefined if they are not cached, or have changed since. */
  peek(guildId: string): Settings | undefined {
    const entry = this.#entries.get(guildId);
    return entry && !this.#mayRead(entry) ? entry.settings : undefined;
  }

  /** A server's settings; older ones while the database is down. @throws {StoreError} if there are none either */
  async settingsOf(guildId: string): Promise<Settings> {
    const known = this.#entries.get(guildId);
    if (known && !this.#mayRead(known)) return known.settings;
    try {
      return await this.#load(guildId);
    } catch (error) {
      if (!known || !(error instanceof StoreError)) throw error;
      known.retryAt = this.#store.clock.monotonic() + RETRY_INTERVAL_MS;
      this.#log.warn({ kind: error.kind }, 'settings of a server not readable, older ones are used');
      return known.settings;
    }
  }

  close(): void {
    this.#stopListening();
  }

  #mayRead({ isStale, retryAt }: CacheEntry): boolean {
    return isStale && this.#store.clock.monotonic() >= retryAt;
  }

  /** @param guildId undefined: all servers */
  #invalidate(guildId: string | undefined): void {
    for (const [id, load] of this.#loads) {
      if (guildId !== undefined && id !== guildId) continue;
      load.isOutdated = true;
      this.#loads.delete(id);
    }
    const changed =
      guildId === undefined ? [...this.#entries].map(([, entry]) => entry) : [this.#entries.peek(guildId)];
    for (const entry of changed) {
      if (!entry) continue;
      entry.isStale = true;
      entry.retryAt = 0;
    }
  }

  #load(guildId: string): Promise<Settings> {
    const running = this.#loads.get(guildId);
    if (running) return running.settings;
    const load: Load = {
      isOutdated: false,
      settings: readSettings(this.#store, guildId)
        .then((settings) => {
          this.#entries.set(guildId, { settings, isStale: load.isOutdated, retryAt: 0 });
          return settings;
        })
        .finally(() => {
          if (this.#loads.get(guildId) === load) this.#loads.delete(guildId);
        }),
    };
    this.#loads.set(guildId, load);
    return load.settings;
  }
}
