// Deletes the data of servers that the bot has left. No event reports that, because the bot does not request the GUILDS
// intent, so it asks Discord every hour.
import { RESTJSONErrorCodes as Code, type REST } from 'discord.js';
import type { Logger } from 'pino';
import type { CancelTimer, Clock } from '../clock.ts';
import { type Job, withinTimeout } from '../jobs.ts';
import {
  deleteAllButReplies,
  deleteServerData,
  deleteServerRecords,
  isUsedSince,
  markPresent,
  REPLY_RETENTION_DAYS,
  type ServerRecord,
  serverRecords,
  serversWithData,
} from '../servers/repository.ts';
import type { StatsRecorder } from '../stats/recorder.ts';
import type { Store } from '../store/store.ts';
import { DAY_MS, HOUR_MS } from '../time.ts';
import { discordErrorCode } from './errors.ts';
import { getGuild, guildsAfter } from './requests.ts';
import { createThrottle } from './throttle.ts';

/**
 * A minute after the start, so that starts stay fast; then every hour. Discord allows a bot 50 requests a second in
 * total, and members' clicks and pins come first.
 */
const TIMING = { firstMs: 60_000, everyMs: HOUR_MS, perSecond: 5 };
/** The maximum (Discord docs, User resource, "Get Current User Guilds"). */
const PAGE_SIZE = 200;
/** How old `listed_at` may become: otherwise every check would write a row for every server. */
const LISTED_EVERY_MS = DAY_MS;

export interface Membership extends Job {
  /** Checks all servers now, unless a check is running already. Never rejects. */
  check(): Promise<void>;
}

export interface MembershipOptions {
  readonly rest: REST;
  readonly store: Store;
  readonly stats: StatsRecorder;
  /** Of the bot itself. */
  readonly applicationId: string;
  readonly log: Logger;
  readonly clock: Clock;
  /** When to check all servers, in ms after the start and then between two checks, and how many requests a second. */
  readonly timing?: typeof TIMING;
}

/** Creates the job that regularly checks whether the bot has left servers. One process at a time does it. */
export function createMembership(options: MembershipOptions): Membership {
  return new MembershipCheck(options);
}

class MembershipCheck implements Membership {
  readonly name = 'membership';
  readonly #options: MembershipOptions;
  readonly #timing: typeof TIMING;
  readonly #throttle: () => Promise<void>;
  readonly #closing = new AbortController();
  readonly #timers: CancelTimer[] = [];
  #running: Promise<void> | undefined;
  #isFailing = false;
  #lastSuccess: number | undefined;

  constructor(options: MembershipOptions) {
    this.#options = options;
    this.#timing = options.timing ?? TIMING;
    this.#throttle = createThrottle(options.clock, this.#timing.perSecond);
  }

  start(signal: AbortSignal): void {
    const { clock } = this.#options;
    signal.addEventListener('abort', () => this.#closing.abort(), { once: true });
    this.#timers.push(
      clock.after(this.#timing.firstMs, () => void this.check()),
      clock.every(this.#timing.everyMs, () => void this.check()),
    );
  }

  async close(timeoutMs: number): Promise<void> {
    this.#closing.abort();
    for (const cancel of this.#timers) cancel();
    await withinTimeout(this.#options.clock, this.#running, timeoutMs);
  }

  /** Only Discord knows which servers the bot has left. */
  backlog(): undefined {
    return undefined;
  }

  /** When this process last checked all servers. */
  get lastSuccess(): number | undefined {
    return this.#lastSuccess;
  }

  health(): undefined {
    return undefined;
  }

  async check(): Promise<void> {
    if (this.#closing.signal.aborted) return;
    this.#running ??= this.#checkOnce().finally(() => {
      this.#running = undefined;
    });
    await this.#running;
  }

  async #checkOnce(): Promise<void> {
    const { store, log } = this.#options;
    const { signal } = this.#closing;
    try {
      await store.withLock('membership', (lost) => this.#checkAll(AbortSignal.any([lost, signal])));
      this.#isFailing = false;
    } catch (error) {
      if (signal.aborted) return;
      // The same failure is logged as a warning once, not every hour.
      log[this.#isFailing ? 'debug' : 'warn']({ err: error }, 'check for left servers failed, trying again later');
      this.#isFailing = true;
    }
  }

  async #checkAll(signal: AbortSignal): Promise<void> {
    const { store, clock } = this.#options;
    const at = new Date(clock.now());
    const listed = await this.#listServers(signal);
    const stored = await serversWithData(store);
    const recorded = new Map((await serverRecords(store)).map((server) => [server.guildId, server]));
    signal.throwIfAborted();
    const present = [...stored].filter((id) => listed.has(id));
    await this.#recordPresent(present, recorded, at);
    // Nothing else is stored of these any more, so their record goes too.
    const empty = [...recorded.keys()].filter((id) => !stored.has(id));
    if (empty.length > 0) await deleteServerRecords(store, empty);
    for (const server of recorded.values()) {
      if (listed.has(server.guildId) || !stored.has(server.guildId)) continue;
      signal.throwIfAborted();
      await (server.leftAt ? this.#checkLeft(server, server.leftAt, at, signal) : this.#checkMissing(server, signal));
    }
    this.#lastSuccess = clock.now() / 1000;
  }

  /** Records that the bot is in these servers, unless that is recorded already. */
  async #recordPresent(
    present: readonly string[],
    recorded: ReadonlyMap<string, ServerRecord>,
    at: Date,
  ): Promise<void> {
    const { store, applicationId, log } = this.#options;
    const isRecorded = (server: ServerRecord | undefined) =>
      server?.leftAt === undefined &&
      server?.applicationId === applicationId &&
      at.getTime() - server.listedAt.getTime() < LISTED_EVERY_MS;
    const unrecorded = present.filter((id) => !isRecorded(recorded.get(id)));
    await markPresent(store, unrecorded, { applicationId, at });
    for (const id of unrecorded) {
      if (recorded.get(id)?.leftAt) log.info({ guild: id }, 'the bot is back in a server that it had left');
    }
  }

  /** Checks a server in which the bot was and which is no longer listed. */
  async #checkMissing({ guildId, applicationId }: ServerRecord, signal: AbortSignal): Promise<void> {
    const { store, stats, log, clock } = this.#options;
    if (applicationId !== this.#options.applicationId || !(await this.#isGone(guildId, signal))) return;
    // Not the time at which the check began: a reply that was saved since does not count as use after leaving.
    await deleteAllButReplies(store, stats, guildId, new Date(clock.now()));
    log.info(
      { guild: guildId },
      `the bot has left a server: its counts, questions and pins are deleted, its replies in ${REPLY_RETENTION_DAYS} days`,
    );
  }

  /** Checks a server that the bot had left at an earlier check: whether to delete its replies. */
  async #checkLeft({ guildId }: ServerRecord, leftAt: Date, at: Date, signal: AbortSignal): Promise<void> {
    const { store, stats, log } = this.#options;
    if (at.getTime() - leftAt.getTime() < REPLY_RETENTION_DAYS * DAY_MS) return;
    if (await isUsedSince(store, guildId, leftAt)) {
      await deleteServerRecords(store, [guildId]);
      log.info({ guild: guildId }, 'a server that the bot has left uses its commands; its replies are kept');
      return;
    }
    if (!(await this.#isGone(guildId, signal))) return;
    await deleteServerData(store, stats, guildId);
    log.info({ guild: guildId }, `the bot left a server ${REPLY_RETENTION_DAYS} days ago: its replies are deleted`);
  }

  /**
   * Whether Discord itself says that the bot is not in a server: 10004, or 50001 as it said until 2023 (issue 5840 of
   * discord-api-docs). After any other error it is not known, which counts as no.
   */
  async #isGone(guildId: string, signal: AbortSignal): Promise<boolean> {
    await this.#throttle();
    return getGuild(this.#options.rest, guildId, signal).then(
      () => false,
      (error) => discordErrorCode(error) === Code.UnknownGuild || discordErrorCode(error) === Code.MissingAccess,
    );
  }

  /** The ids of all servers that the bot is in. @throws if a request fails: an incomplete list proves nothing */
  async #listServers(signal: AbortSignal): Promise<Set<string>> {
    const listed = new Set<string>();
    for (let after = '0'; ; ) {
      await this.#throttle();
      const page = await guildsAfter(this.#options.rest, after, PAGE_SIZE, signal);
      const last = page.at(-1);
      const before = listed.size;
      for (const { id } of page) listed.add(id);
      // Discord does not say that a short page is the last one. A page without a new server is. What is missing in a list
      // that ended too early is asked for before anything is deleted.
      if (!last || listed.size === before) return listed;
      after = last.id;
    }
  }
}
