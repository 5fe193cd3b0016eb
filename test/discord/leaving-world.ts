// Discord's list of servers, a database, and the check for left servers, to be tried with servers that the bot leaves.
import { type Logger, pino } from 'pino';
import { createMembership, type Membership, type MembershipOptions } from '../../src/discord/membership.ts';
import { addPin } from '../../src/pins/repository.ts';
import { ReplyCache } from '../../src/replies/cache.ts';
import { addReply } from '../../src/replies/repository.ts';
import { type ServerRecord, serverRecords } from '../../src/servers/repository.ts';
import { openStatsRecorder, type StatsRecorder } from '../../src/stats/recorder.ts';
import type { Store } from '../../src/store/store.ts';
import { systemClock } from '../../src/system-clock.ts';
import type { TestDatabase } from '../store/databases.ts';
import { type Respond, type RestStub, refusal, type StubRequest, type StubResponse, stubRest } from './rest-stub.ts';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
const NEVER = { firstMs: 2 ** 30, everyMs: 2 ** 30, perSecond: Number.POSITIVE_INFINITY };
/** The request for the list of servers. */
export const LISTING = /^GET \/users\/@me\/guilds/;
const TABLES = ['counts', 'questions', 'pins', 'revisions'] as const;
/** Rows that are stored of a server, by table. */
export const ALL = { counts: 1, questions: 1, pins: 1, revisions: 1 };
export const ONLY_REPLIES = { counts: 0, questions: 0, pins: 0, revisions: 1 };
export const NOTHING = { counts: 0, questions: 0, pins: 0, revisions: 0 };

/** A server at Discord. */
export interface ListedGuild {
  readonly id: string;
  hasBot: boolean;
}

export class LeavingWorld {
  readonly discord: RestStub;
  readonly database: TestDatabase;
  readonly store: Store;
  readonly stats: StatsRecorder;
  readonly replyCache: ReplyCache;
  readonly membership: Membership;
  readonly logged: { level: number; msg: string; guild?: string }[] = [];
  readonly draft = { title: 'Ours', text: 'words', aliases: [] };
  readonly applicationId = '4242';
  /** The bot's time. Replies are saved at the machine's time. */
  now = Date.now() + HOUR;
  readonly #log: Logger;
  readonly #guilds: ListedGuild[] = [];
  readonly #faults: { match: RegExp; respond: Respond }[] = [];
  #ids = 0;

  constructor(database: TestDatabase, store: Store) {
    this.discord = stubRest((request) => this.#respond(request));
    this.database = database;
    this.store = store;
    this.#log = pino({ level: 'info' }, { write: (line: string) => void this.logged.push(JSON.parse(line)) });
    this.stats = openStatsRecorder(this.store, { log: this.#log, now: () => this.now });
    this.replyCache = new ReplyCache(this.store, { log: this.#log });
    this.membership = this.open();
  }

  /** Begins with an empty database. */
  static async start({ database, store }: { database: TestDatabase; store: Store }): Promise<LeavingWorld> {
    await store.run(async (db) => {
      for (const table of [...TABLES, 'servers'] as const) await db.deleteFrom(table).execute();
    });
    return new LeavingWorld(database, store);
  }

  async stop(): Promise<void> {
    await this.membership.close(500);
    await this.stats.close();
    this.replyCache.close();
  }

  /** Another check. It does not run by itself. @param timing null for the default */
  open(more: Partial<MembershipOptions> = {}, timing: MembershipOptions['timing'] | null = NEVER): Membership {
    return createMembership({
      rest: this.discord.rest,
      store: this.store,
      stats: this.stats,
      applicationId: this.applicationId,
      log: this.#log,
      ...(timing ? { timing } : {}),
      clock: { ...systemClock, now: () => this.now },
      ...more,
    });
  }

  /** Lets the next matching request be answered otherwise. @param match as `GET /path?query` */
  answerNext(match: RegExp, respond: Respond): void {
    this.#faults.push({ match, respond });
  }

  addGuild(): ListedGuild {
    const guild = { id: String(100_000_000_000_000_000n + BigInt(++this.#ids)), hasBot: true };
    this.#guilds.push(guild);
    return guild;
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
  async server(): Promise<ListedGuild> {
    const guild = this.addGuild();
    await this.fill(guild.id);
    return guild;
  }

  /** A server in which a check has seen the bot, and which it has left then. */
  async leftServer(): Promise<ListedGuild> {
    const guild = await this.server();
    await this.membership.check();
    guild.hasBot = false;
    return guild;
  }

  /** How many rows each table has of a server. */
  async storedOf({ id }: Pick<ListedGuild, 'id'>) {
    const rows = TABLES.map(async (table) => {
      const found = await this.store.run((db) =>
        db.selectFrom(table).select('guild_id').where('guild_id', '=', id).execute(),
      );
      return [table, found.length] as const;
    });
    return Object.fromEntries(await Promise.all(rows));
  }

  async recordOf({ id }: ListedGuild): Promise<ServerRecord | undefined> {
    return (await serverRecords(this.store)).find(({ guildId }) => guildId === id);
  }

  #respond(request: StubRequest): ReturnType<Respond> {
    const line = `${request.method} ${request.path}`;
    const index = this.#faults.findIndex(({ match }) => match.test(line));
    const [fault] = index < 0 ? [] : this.#faults.splice(index, 1);
    return fault ? fault.respond(request) : this.respond(request);
  }

  /** Answers as Discord does. */
  respond({ path }: StubRequest): StubResponse {
    const { pathname, searchParams } = new URL(path, 'http://discord.test');
    const present = this.#guilds.filter(({ hasBot }) => hasBot);
    if (pathname === '/users/@me/guilds') {
      const after = BigInt(searchParams.get('after') ?? 0);
      const later = present.filter(({ id }) => BigInt(id) > after);
      return { body: later.slice(0, Number(searchParams.get('limit'))).map(({ id }) => ({ id })) };
    }
    const id = pathname.slice('/guilds/'.length);
    return present.some((guild) => guild.id === id) ? { body: { id } } : refusal(404, 10_004);
  }
}
