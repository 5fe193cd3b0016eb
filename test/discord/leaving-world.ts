// A fake Discord, a database, and the check for left servers, to be tried with servers that the bot leaves.
import { REST } from 'discord.js';
import type { Guild } from 'fake-discord';
import { type FakeDiscord, startFakeDiscord } from 'fake-discord';
import { type Logger, pino } from 'pino';
import { createMembership, type Membership, type MembershipOptions } from '../../src/discord/membership.ts';
import { addPin } from '../../src/pins/repository.ts';
import { ReplyCache } from '../../src/replies/cache.ts';
import { addReply } from '../../src/replies/repository.ts';
import { serverRecords } from '../../src/servers/repository.ts';
import { openStatsRecorder, type StatsRecorder } from '../../src/stats/recorder.ts';
import type { Store } from '../../src/store/store.ts';
import { systemClock } from '../../src/system-clock.ts';
import type { TestDatabase } from '../store/databases.ts';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
const NEVER = { firstMs: 2 ** 30, everyMs: 2 ** 30, perSecond: 1000 };
/** The request for the list of servers. */
export const LISTING = /^GET \/users\/@me\/guilds/;
const TABLES = ['counts', 'questions', 'pins', 'revisions'] as const;
/** Rows that are stored of a server, by table. */
export const ALL = { counts: 1, questions: 1, pins: 1, revisions: 1 };
export const ONLY_REPLIES = { counts: 0, questions: 0, pins: 0, revisions: 1 };
export const NOTHING = { counts: 0, questions: 0, pins: 0, revisions: 0 };

export class LeavingWorld {
  readonly discord: FakeDiscord;
  readonly database: TestDatabase;
  readonly store: Store;
  readonly stats: StatsRecorder;
  readonly replyCache: ReplyCache;
  readonly membership: Membership;
  readonly logged: { level: number; msg: string; guild?: string }[] = [];
  readonly draft = { title: 'Ours', text: 'words', aliases: [] };
  /** The bot's time. Replies are saved at the machine's time. */
  now = Date.now() + HOUR;
  readonly #log: Logger;
  #ids = 0;

  constructor(discord: FakeDiscord, database: TestDatabase) {
    this.discord = discord;
    this.database = database;
    this.store = database.open();
    this.#log = pino({ level: 'info' }, { write: (line: string) => void this.logged.push(JSON.parse(line)) });
    this.stats = openStatsRecorder(this.store, { log: this.#log, now: () => this.now });
    this.replyCache = new ReplyCache(this.store, { log: this.#log });
    this.membership = this.open();
  }

  static async start(create: () => Promise<TestDatabase>): Promise<LeavingWorld> {
    return new LeavingWorld(await startFakeDiscord(), await create());
  }

  async stop(): Promise<void> {
    await this.membership.close(500);
    await this.stats.close();
    this.replyCache.close();
    await Promise.all([this.database.close(), this.discord.stop()]);
  }

  /** Another check. It does not run by itself. */
  open(more: Partial<MembershipOptions> = {}): Membership {
    const { apiUrl, token, applicationId } = this.discord;
    return createMembership({
      rest: new REST({ version: '10', api: apiUrl, retries: 0, timeout: 800 }).setToken(token),
      store: this.store,
      stats: this.stats,
      applicationId,
      log: this.#log,
      timing: NEVER,
      clock: { ...systemClock, now: () => this.now },
      ...more,
    });
  }

  saving(guildId: string) {
    return { guildId, authorId: '77', cause: `cause-${++this.#ids}` };
  }

  /** Stores something in every table. @returns the topic of the reply */
  async fill(guildId: string): Promise<string> {
    this.stats.count(guildId, 'seen', 'close-account#money');
    this.stats.question(guildId, 'where is my money');
    await this.stats.flush();
    const [channelId, messageId] = [`c${++this.#ids}`, `m${this.#ids}`];
    await addPin(this.store, { guildId, channelId, messageId, topic: 'a#a', shownDigest: 'x', pinnedBy: '77' });
    return (await addReply(this.store, this.saving(guildId), this.draft)).topic;
  }

  /** A server with the bot in it, of which something is stored. */
  async server(name: string): Promise<Guild> {
    const guild = this.discord.addGuild(name);
    await this.fill(guild.id);
    return guild;
  }

  /** How many rows each table has of a server. */
  async storedOf({ id }: Pick<Guild, 'id'>) {
    const rows = TABLES.map(async (table) => {
      const found = await this.store.run((db) =>
        db.selectFrom(table).select('guild_id').where('guild_id', '=', id).execute(),
      );
      return [table, found.length] as const;
    });
    return Object.fromEntries(await Promise.all(rows));
  }

  async recordOf({ id }: Guild) {
    return (await serverRecords(this.store)).find(({ guildId }) => guildId === id);
  }

  /** The requests to Discord since there were so many. */
  asked(from: number): string[] {
    return this.discord.requests.slice(from).map(({ method, path }) => `${method} ${path}`);
  }
}
