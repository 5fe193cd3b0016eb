// Leaving servers: what is stored of a server is deleted after the bot has left it, and never otherwise.
import { setTimeout as sleep } from 'node:timers/promises';
import { REST } from 'discord.js';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createMembership, type Membership } from '../../src/discord/membership.ts';
import { addPin } from '../../src/pins/repository.ts';
import { type FakeDiscord, startFakeDiscord } from '../../src/preview/fake-discord.ts';
import type { Guild } from '../../src/preview/model.ts';
import { ReplyCache } from '../../src/replies/cache.ts';
import { addReply, changeReply, removeReply } from '../../src/replies/repository.ts';
import { serverRecords } from '../../src/servers/repository.ts';
import { openStatsRecorder, type StatsRecorder } from '../../src/stats/recorder.ts';
import type { Store } from '../../src/store/store.ts';
import { systemClock } from '../../src/system-clock.ts';
import { databases, type TestDatabase } from '../store/databases.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NEVER = { firstMs: 2 ** 30, everyMs: 2 ** 30, perSecond: 1000 };
const LISTING = /^GET \/users\/@me\/guilds/;
const TABLES = ['counts', 'questions', 'pins', 'revisions'] as const;
const ALL = { counts: 1, questions: 1, pins: 1, revisions: 1 };
const REPLIES_ALONE = { counts: 0, questions: 0, pins: 0, revisions: 1 };
const NOTHING = { counts: 0, questions: 0, pins: 0, revisions: 0 };

describe.each(databases)('leaving servers on $name', { timeout: 30_000 }, ({ create }) => {
  let discord: FakeDiscord;
  let database: TestDatabase;
  let store: Store;
  let stats: StatsRecorder;
  let replyCache: ReplyCache;
  let membership: Membership;
  let now: number;
  let logged: { level: number; msg: string; guild?: string }[];
  let ids = 0;

  beforeEach(async () => {
    discord = await startFakeDiscord();
    database = await create();
    store = database.open();
    // Replies are saved by the real time.
    now = Date.now() + HOUR;
    logged = [];
    stats = openStatsRecorder(store, { log, now: () => now });
    replyCache = new ReplyCache(store, { log });
    membership = open();
  });
  afterEach(async () => {
    await membership.close(500);
    await stats.close();
    replyCache.close();
    await Promise.all([database.close(), discord.stop()]);
  });

  const log = pino({ level: 'info' }, { write: (line: string) => void logged.push(JSON.parse(line)) });
  const open = (more: Partial<Parameters<typeof createMembership>[0]> = {}) => {
    const rest = new REST({ version: '10', api: discord.apiUrl, retries: 0, timeout: 800 }).setToken(discord.token);
    const { applicationId } = discord;
    return createMembership({
      rest,
      store,
      stats,
      applicationId,
      log,
      timing: NEVER,
      clock: { ...systemClock, now: () => now },
      ...more,
    });
  };
  const saving = (guildId: string) => ({ guildId, authorId: '77', cause: `cause-${++ids}` });
  const draft = { title: 'Ours', text: 'words', aliases: [] };

  /** Stores something in every table. @returns the topic of the reply */
  const fill = async (guildId: string): Promise<string> => {
    stats.count(guildId, 'seen', 'close-account#money');
    stats.question(guildId, 'where is my money');
    await stats.flush();
    const pin = { guildId, channelId: `c${++ids}`, messageId: `m${ids}`, topic: 'a#a', shownHash: 'x', pinnedBy: '77' };
    await addPin(store, pin);
    return (await addReply(store, saving(guildId), draft)).topic;
  };
  /** A server with the bot in it, of which something is stored. */
  const server = async (name: string): Promise<Guild> => {
    const guild = discord.addGuild(name);
    await fill(guild.id);
    return guild;
  };
  /** How many rows each table has of a server. */
  const storedOf = async ({ id }: Pick<Guild, 'id'>) => {
    const rows = TABLES.map(async (table) => {
      const found = await store.run((db) =>
        db.selectFrom(table).select('guild_id').where('guild_id', '=', id).execute(),
      );
      return [table, found.length] as const;
    });
    return Object.fromEntries(await Promise.all(rows));
  };
  const recordOf = async ({ id }: Guild) => (await serverRecords(store)).find(({ guildId }) => guildId === id);
  const asked = (from: number) => discord.requests.slice(from).map(({ method, path }) => `${method} ${path}`);

  test('deletes all but the replies of a server that it has left, and nothing of others', async () => {
    const [left, stays] = [await server('Left'), await server('Stays')];
    await membership.check();
    discord.removeBotFrom(left);
    stats.count(left.id, 'seen', 'not yet written');
    await membership.check();
    expect(await storedOf(left)).toEqual(REPLIES_ALONE);
    expect(await recordOf(left)).toMatchObject({ leftAt: new Date(now) });
    expect(await storedOf(stays)).toEqual(ALL);
    expect(await recordOf(stays)).toMatchObject({ leftAt: undefined, listedAt: new Date(now) });
    expect(logged).toMatchObject([{ guild: left.id, msg: expect.stringContaining('has left') }]);
  });

  test('keeps the replies of a left server for 30 days, then deletes them too', async () => {
    const left = await server('Left for good');
    await membership.check();
    discord.removeBotFrom(left);
    await membership.check();
    expect(await replyCache.repliesOf(left.id)).toHaveLength(1);
    now += 30 * DAY - HOUR;
    await membership.check();
    expect(await storedOf(left)).toEqual(REPLIES_ALONE);
    now += 2 * HOUR;
    await membership.check();
    expect(await storedOf(left)).toEqual(NOTHING);
    expect(await recordOf(left)).toBeUndefined();
    expect(await replyCache.repliesOf(left.id)).toEqual([]);
  });

  test('keeps the replies of a server to which it returns within 30 days', async () => {
    const guild = await server('Left by accident');
    await membership.check();
    discord.removeBotFrom(guild);
    await membership.check();
    now += 29 * DAY;
    discord.returnBotTo(guild);
    await membership.check();
    expect(await recordOf(guild)).toMatchObject({ leftAt: undefined, listedAt: new Date(now) });
    now += 20 * DAY;
    await membership.check();
    expect(await storedOf(guild)).toEqual(REPLIES_ALONE);
    expect((await replyCache.repliesOf(guild.id))[0]).toMatchObject(draft);
    discord.removeBotFrom(guild);
    await membership.check();
    now += 29 * DAY;
    await membership.check();
    expect(await storedOf(guild)).toEqual(REPLIES_ALONE);
  });

  test('keeps everything of a server that added the bot for its commands only', async () => {
    const guild = await server('Commands alone');
    discord.removeBotFrom(guild);
    for (let i = 0; i < 3; i++) {
      await membership.check();
      now += 31 * DAY;
    }
    expect(await storedOf(guild)).toEqual(ALL);
    expect(await serverRecords(store)).toEqual([]);
  });

  test.each([
    ['writes replies', (id: string) => changeReply(store, { ...saving(id), topic: 'a#a', expected: 0 }, draft)],
    [
      'asks and shows',
      async (id: string) => {
        now += 2 * DAY;
        stats.count(id, 'shown', 'a#a');
        now -= 2 * DAY;
        await stats.flush();
      },
    ],
  ])('keeps the replies of a left server that %s by commands only', async (_, use) => {
    const guild = await server('Commands alone now');
    now -= 40 * DAY;
    await membership.check();
    discord.removeBotFrom(guild);
    await membership.check();
    await use(guild.id);
    now += 31 * DAY;
    await membership.check();
    expect((await storedOf(guild)).revisions).toBeGreaterThan(0);
    expect(await recordOf(guild)).toBeUndefined();
  });

  test('records no server of which nothing is stored', async () => {
    discord.addGuild('Silent');
    const forgotten = discord.addGuild('Forgotten');
    stats.count(forgotten.id, 'seen', 'a#a');
    await stats.flush();
    await membership.check();
    expect((await serverRecords(store)).map(({ guildId }) => guildId)).toEqual([forgotten.id]);
    discord.removeBotFrom(forgotten);
    await membership.check();
    await membership.check();
    expect(await storedOf(forgotten)).toEqual(NOTHING);
    expect(await serverRecords(store)).toEqual([]);
  });

  describe('deletes nothing', () => {
    let guild: Guild;
    beforeEach(async () => {
      guild = await server('Still there');
      await membership.check();
      discord.removeBotFrom(guild);
    });

    test.each([
      ['fails', { status: 500 }],
      ['is forbidden', { status: 403, code: 0 }],
      ['takes too long', { delayMs: 1200 }],
      ['breaks off', { reset: 'before' as const }],
    ])('when the list of servers %s on its second page; it warns once and tries again', async (_, fault) => {
      for (let i = 0; i < 201; i++) discord.addGuild(`Crowd ${i}`);
      for (let i = 0; i < 2; i++) {
        // The first page arrives; the second one does not.
        discord.fail({ match: LISTING, delayMs: 1 });
        discord.fail({ match: LISTING, ...fault });
        await membership.check();
      }
      expect(await storedOf(guild)).toEqual(ALL);
      expect(await recordOf(guild)).toMatchObject({ leftAt: undefined });
      expect(logged.map(({ level }) => level)).toEqual([40]);
      await membership.check();
      expect(await storedOf(guild)).toEqual(REPLIES_ALONE);
    });

    test('unless Discord confirms that the bot has left', async () => {
      const match = new RegExp(`^GET /guilds/${guild.id}$`);
      for (const fault of [{ status: 500 }, { status: 503 }, { status: 403, code: 50_013 }, { status: 404, code: 0 }]) {
        discord.fail({ match, ...fault });
        await membership.check();
        expect(await storedOf(guild), JSON.stringify(fault)).toEqual(ALL);
      }
      // Not listed, but still there: as it could be in an outage.
      guild.hasBot = true;
      const rest = new REST({ version: '10', api: discord.apiUrl }).setToken(discord.token);
      const get: REST['get'] = async (route, options) =>
        route === '/users/@me/guilds' ? [] : REST.prototype.get.call(rest, route, options);
      const blind = open({ rest: Object.create(rest, { get: { value: get } }) });
      await blind.check();
      await blind.close(500);
      expect(await storedOf(guild)).toEqual(ALL);
      expect(await recordOf(guild)).toMatchObject({ leftAt: undefined });
      expect(logged).toEqual([]);
    });

    test('of servers in which another application was: a new token does not mean that the bot has left', async () => {
      const other = open({ applicationId: '4711' });
      await other.check();
      await other.close(500);
      expect(await storedOf(guild)).toEqual(ALL);
    });

    test('while another process checks', async () => {
      await store.withLock('membership', async () => {
        await membership.check();
        expect(await storedOf(guild)).toEqual(ALL);
        return true;
      });
      await membership.check();
      expect(await storedOf(guild)).toEqual(REPLIES_ALONE);
    });
  });

  test('waits for a rate limit of the list', async () => {
    const guild = await server('Too many requests');
    await membership.check();
    discord.removeBotFrom(guild);
    discord.fail({ match: LISTING, status: 429, retryAfter: 0.5 });
    await membership.check();
    expect(await storedOf(guild)).toEqual(REPLIES_ALONE);
    expect(logged.map(({ level }) => level)).toEqual([30]);
  });

  test('takes error 50001 for having left, too', async () => {
    const guild = await server('Missing access');
    await membership.check();
    discord.removeBotFrom(guild);
    discord.fail({ match: new RegExp(`^GET /guilds/${guild.id}$`), status: 403, code: 50_001 });
    await membership.check();
    expect(await storedOf(guild)).toEqual(REPLIES_ALONE);
  });

  test('reads every page of the list, and asks only about the server that is missing', async () => {
    const guilds: Guild[] = [];
    for (let i = 0; i < 450; i++) {
      const guild = discord.addGuild(`Many ${i}`);
      guilds.push(guild);
      stats.count(guild.id, 'seen', 'a#a');
    }
    await stats.flush();
    await membership.check();
    expect(await serverRecords(store)).toHaveLength(450);
    const [left] = guilds;
    if (!left) expect.fail('there are 450');
    discord.removeBotFrom(left);
    const from = discord.requests.length;
    await membership.check();
    expect(asked(from).filter((one) => one.startsWith('GET /guilds/'))).toEqual([`GET /guilds/${left.id}`]);
    expect(await storedOf(left)).toEqual(NOTHING);
    const counts = await store.run((db) => db.selectFrom('counts').select('guild_id').execute());
    expect(counts).toHaveLength(449);
  });

  test('checks after a while and then regularly, and logs nothing while nothing changes', async () => {
    const guild = await server('Watched');
    const timed = open({ timing: { firstMs: 100, everyMs: 600, perSecond: 1000 } });
    timed.start(new AbortController().signal);
    const from = discord.requests.length;
    expect(asked(from)).toEqual([]);
    await expect.poll(() => recordOf(guild), { timeout: 5000 }).toBeDefined();
    expect(logged).toEqual([]);
    discord.removeBotFrom(guild);
    await expect.poll(() => storedOf(guild), { timeout: 5000 }).toEqual(REPLIES_ALONE);
    await timed.close(500);
    const closedAt = discord.requests.length;
    await sleep(900);
    expect(asked(closedAt)).toEqual([]);
  });

  test('ends a running check when it is closed', async () => {
    const guild = await server('Slow');
    await membership.check();
    discord.removeBotFrom(guild);
    discord.fail({ match: LISTING, delayMs: 700 });
    const checking = membership.check();
    await sleep(200);
    const began = performance.now();
    await membership.close(500);
    expect(performance.now() - began).toBeLessThan(600);
    await checking;
    expect(await storedOf(guild)).toEqual(ALL);
    expect(logged).toEqual([]);
    await membership.check();
    expect(await storedOf(guild)).toEqual(ALL);
  });

  test('checks again after the database was down', async () => {
    const guild = await server('Database down');
    await membership.check();
    discord.removeBotFrom(guild);
    const dead = database.open();
    await dead.close();
    const cut = open({ store: dead });
    await cut.check();
    await cut.close(500);
    expect(logged.map(({ level }) => level)).toEqual([40]);
    await membership.check();
    expect(await storedOf(guild)).toEqual(REPLIES_ALONE);
  });

  test('deletes removed replies with the others', async () => {
    const guild = discord.addGuild('Removed');
    const topic = await fill(guild.id);
    await removeReply(store, { ...saving(guild.id), topic });
    await membership.check();
    discord.removeBotFrom(guild);
    await membership.check();
    expect(await replyCache.removedOf(guild.id)).toHaveLength(1);
    now += 31 * DAY;
    await membership.check();
    expect(await replyCache.removedOf(guild.id)).toEqual([]);
    expect(await storedOf(guild)).toEqual(NOTHING);
  });
});
