// Leaving servers: what is stored of a server goes after the bot has left it. Found out by asking, since no event says it.
import { RESTJSONErrorCodes as Code, type REST } from 'discord.js';
import type { Logger } from 'pino';
import type { CancelTimer, Clock } from '../clock.ts';
import { type Job, withinTimeout } from '../jobs.ts';
import {
  deleteServer,
  isUsedSince,
  markLeft,
  markListed,
  REPLIES_KEPT_DAYS,
  recordedServers,
  type Server,
  serversWithData,
  unmark,
} from '../servers/repository.ts';
import type { StatsRecorder } from '../stats/recorder.ts';
import type { Store } from '../store/store.ts';
import { discordErrorCode } from './errors.ts';
import { createThrottle } from './pace.ts';
import { getGuild, guildsAfter } from './requests.ts';

/**
 * A minute after the start, so that starts stay fast; then every hour. Discord allows a bot 50 requests a second in all,
 * and members' clicks and pins come first.
 */
const TIMING = { firstMs: 60_000, everyMs: 3_600_000, perSecond: 5 };
const DAY_MS = 86_400_000;
/** Discord's page size at most (Discord docs, User resource, "Get Current User Guilds"). */
const PAGE_SIZE = 200;
/** `listed_at` is good enough to the day: else every sweep would write every server. */
const NOTED_EVERY_MS = DAY_MS;

export interface Membership extends Job {
  /** Goes through all servers now, unless that is going on already. Never rejects. */
  sweep(): Promise<void>;
}

interface MembershipDependencies {
  readonly rest: REST;
  readonly store: Store;
  readonly stats: StatsRecorder;
  /** The bot's own. */
  readonly applicationId: string;
  readonly log: Logger;
  /** When to go through all servers, in ms after the opening and then between two times, and how fast. */
  readonly timing?: typeof TIMING;
  readonly clock: Clock;
}

/** Looks, after a while and then regularly, whether the bot has left servers. Of several processes one does it. */
export function createMembership({
  rest,
  store,
  stats,
  applicationId,
  log,
  timing = TIMING,
  clock,
}: MembershipDependencies): Membership {
  const closing = new AbortController();
  const pace = createThrottle(clock, timing.perSecond);
  let running: Promise<void> | undefined;
  let isFailing = false;

  const goThrough = async (signal: AbortSignal) => {
    const at = new Date(clock.now());
    const listed = await listAll(rest, pace, signal);
    const stored = await serversWithData(store);
    const known = new Map((await recordedServers(store)).map((server) => [server.guildId, server]));
    signal.throwIfAborted();
    const present = [...stored].filter((id) => listed.has(id));
    await note(present, known, at);
    // Of these nothing is stored any more, so nothing is remembered of them either.
    const bare = [...known.keys()].filter((id) => !stored.has(id));
    if (bare.length > 0) await unmark(store, bare);
    for (const server of known.values()) {
      if (listed.has(server.guildId) || !stored.has(server.guildId)) continue;
      signal.throwIfAborted();
      await lookAfter(server, at, signal);
    }
  };

  /** Remembers that the bot is in these servers, where that is news. */
  const note = async (present: readonly string[], known: ReadonlyMap<string, Server>, at: Date) => {
    const isNoted = (server: Server | undefined) =>
      server?.leftAt === undefined &&
      server?.applicationId === applicationId &&
      at.getTime() - server.listedAt.getTime() < NOTED_EVERY_MS;
    const news = present.filter((id) => !isNoted(known.get(id)));
    await markListed(store, news, { applicationId, at });
    for (const id of news) {
      if (known.get(id)?.leftAt) log.info({ guild: id }, 'the bot is back in a server that it had left');
    }
  };

  /** A server that the bot was in and that is not listed any more. */
  const lookAfter = async ({ guildId, applicationId: seenAs, leftAt }: Server, at: Date, signal: AbortSignal) => {
    if (!leftAt) {
      if (seenAs !== applicationId || !(await isGone(guildId, signal))) return;
      // Not the time at which the list began: a reply that was saved since is no use after leaving.
      await markLeft(store, stats, guildId, new Date(clock.now()));
      log.info(
        { guild: guildId },
        `the bot has left a server: its counts, questions and pins are deleted, its replies in ${REPLIES_KEPT_DAYS} days`,
      );
      return;
    }
    if (at.getTime() - leftAt.getTime() < REPLIES_KEPT_DAYS * DAY_MS) return;
    if (await isUsedSince(store, guildId, leftAt)) {
      await unmark(store, [guildId]);
      log.info({ guild: guildId }, 'a server that the bot has left uses its commands; its replies are kept');
      return;
    }
    if (!(await isGone(guildId, signal))) return;
    await deleteServer(store, stats, guildId);
    log.info({ guild: guildId }, `the bot left a server ${REPLIES_KEPT_DAYS} days ago: its replies are deleted`);
  };

  /**
   * Whether Discord itself says that the bot is not in a server: 10004, or 50001 as it said until 2023 (issue 5840 of
   * discord-api-docs). Anything else, a failure too, means that nobody knows.
   */
  const isGone = async (guildId: string, signal: AbortSignal): Promise<boolean> => {
    await pace();
    return getGuild(rest, guildId, signal).then(
      () => false,
      (error) => discordErrorCode(error) === Code.UnknownGuild || discordErrorCode(error) === Code.MissingAccess,
    );
  };

  const sweepOnce = async () => {
    try {
      await store.withLock('membership', (lost) => goThrough(AbortSignal.any([lost, closing.signal])));
      isFailing = false;
    } catch (error) {
      if (closing.signal.aborted) return;
      // Hour after hour the same is no news.
      log[isFailing ? 'debug' : 'warn'](
        { err: error },
        'whether the bot has left servers is not known; tried again later',
      );
      isFailing = true;
    }
  };
  const sweep = (): Promise<void> => {
    if (closing.signal.aborted) return Promise.resolve();
    running ??= sweepOnce().finally(() => {
      running = undefined;
    });
    return running;
  };

  const timers: CancelTimer[] = [];
  return {
    sweep,
    start(signal) {
      signal.addEventListener('abort', () => closing.abort(), { once: true });
      timers.push(clock.after(timing.firstMs, () => void sweep()));
      timers.push(clock.every(timing.everyMs, () => void sweep()));
    },
    async close(timeoutMs) {
      closing.abort();
      for (const cancel of timers) cancel();
      await withinTimeout(clock, running, timeoutMs);
    },
    health: () => undefined,
  };
}

/** The ids of all servers that the bot is in. @throws whatever a page throws: half a list would be worse than none */
async function listAll(rest: REST, pace: () => Promise<void>, signal: AbortSignal): Promise<Set<string>> {
  const listed = new Set<string>();
  for (let after = '0'; ; ) {
    await pace();
    const page = await guildsAfter(rest, after, PAGE_SIZE, signal);
    const last = page.at(-1);
    // Nothing says that a short page is the last one.
    if (!last) return listed;
    const before = listed.size;
    for (const { id } of page) listed.add(id);
    if (listed.size === before) throw new Error('Discord lists the same servers again and again');
    after = last.id;
  }
}
