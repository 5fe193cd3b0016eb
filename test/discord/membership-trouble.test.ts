// The check for left servers when Discord or the database fails, with many servers, and over time.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { serverRecords } from '../../src/servers/repository.ts';
import { databases, openForAll } from '../store/databases.ts';
import { createVirtualClock } from '../virtual-clock.ts';
import { ALL, DAY, HOUR, LeavingWorld, LISTING, type ListedGuild, NOTHING, ONLY_REPLIES } from './leaving-world.ts';
import { LEVEL } from './parts.ts';
import { createGate, type Respond, refusal, settle } from './rest-stub.ts';

const FIRST_PAGE = /guilds\?after=0&/;
const LATER_PAGE = /guilds\?after=[1-9]/;

/** Only here: a virtual clock and a server that takes real time would race. `membership.test.ts` runs on both. */
const sqlite = databases.filter(({ name }) => name === 'SQLite');

describe.each(sqlite)('the check for left servers on $name', async ({ create }) => {
  const opened = await openForAll(create);
  let world: LeavingWorld;
  beforeEach(async () => {
    world = await LeavingWorld.start(opened);
  });
  afterEach(() => world.stop());

  const levels = () => world.logged.map(({ level }) => level);

  describe('deletes nothing', () => {
    let guild: ListedGuild;
    beforeEach(async () => {
      guild = await world.leftServer();
    });
    const lose: Respond = () => {
      throw new Error('socket hang up');
    };

    test.each<[string, Respond]>([
      ['fails', () => refusal(500)],
      ['is forbidden', () => refusal(403)],
      ['breaks off', lose],
    ])('when the list of servers %s on its second page; it warns once and tries again', async (_, respond) => {
      for (let i = 0; i < 200; i++) world.addGuild();
      for (let i = 0; i < 2; i++) {
        world.answerNext(LATER_PAGE, respond);
        await world.membership.check();
      }
      expect(await world.storedOf(guild)).toEqual(ALL);
      expect(await world.recordOf(guild)).toMatchObject({ leftAt: undefined });
      expect(levels()).toEqual([LEVEL.warn]);
      await world.membership.check();
      expect(await world.storedOf(guild)).toEqual(ONLY_REPLIES);
      world.logged.length = 0;
      world.answerNext(FIRST_PAGE, respond);
      world.answerNext(LATER_PAGE, lose);
      await world.membership.check();
      expect(levels()).toEqual([LEVEL.warn]);
    });

    test('unless Discord confirms that the bot has left', async () => {
      const match = new RegExp(`^GET /guilds/${guild.id}$`);
      for (const response of [refusal(500), refusal(503), refusal(403, 50_013), refusal(404)]) {
        world.answerNext(match, () => response);
        await world.membership.check();
        expect(await world.storedOf(guild), JSON.stringify(response)).toEqual(ALL);
      }
      // Not listed, but still there: as it could be in an outage.
      guild.hasBot = true;
      world.answerNext(FIRST_PAGE, () => ({ body: [] }));
      await world.membership.check();
      expect(await world.storedOf(guild)).toEqual(ALL);
      expect(await world.recordOf(guild)).toMatchObject({ leftAt: undefined });
      expect(world.logged).toEqual([]);
    });

    test('of servers in which another application was: a new token does not mean that the bot has left', async () => {
      const other = world.open({ applicationId: '4711' });
      await other.check();
      await other.close(500);
      expect(await world.storedOf(guild)).toEqual(ALL);
    });

    test('while another process checks', async () => {
      await world.store.withLock('membership', async () => {
        await world.membership.check();
        expect(await world.storedOf(guild)).toEqual(ALL);
        return true;
      });
      await world.membership.check();
      expect(await world.storedOf(guild)).toEqual(ONLY_REPLIES);
    });

    test('when it is closed during the check, and afterwards', async () => {
      world.answerNext(LISTING, () => new Promise(() => undefined));
      const checking = world.membership.check();
      await expect.poll(() => world.discord.requests.length, { interval: 1 }).toBeGreaterThan(2);
      await world.membership.close(500);
      await checking;
      const requests = world.discord.requests.length;
      await world.membership.check();
      expect(world.discord.requests).toHaveLength(requests);
      expect(await world.storedOf(guild)).toEqual(ALL);
      expect(world.logged).toEqual([]);
    });

    test('when it is closed after the list was read', async () => {
      const stopping = new AbortController();
      const check = world.open();
      check.start(stopping.signal);
      world.answerNext(LATER_PAGE, (request) => {
        stopping.abort();
        return world.respond(request);
      });
      const fresh = await world.server();
      await check.check();
      expect(await world.storedOf(guild)).toEqual(ALL);
      // Nothing is recorded either.
      expect(await world.recordOf(fresh)).toBeUndefined();
      await check.close(500);
    });
  });

  test('waits for a rate limit of the list', async () => {
    const guild = await world.leftServer();
    // discord.js adds 50 ms.
    world.answerNext(LISTING, () => ({ ...refusal(429), headers: { 'retry-after': '0.001' } }));
    await world.membership.check();
    expect(await world.storedOf(guild)).toEqual(ONLY_REPLIES);
    expect(levels()).toEqual([LEVEL.info]);
  });

  test('takes error 50001 for having left, too', async () => {
    const guild = await world.leftServer();
    world.answerNext(new RegExp(`^GET /guilds/${guild.id}$`), () => refusal(403, 50_001));
    await world.membership.check();
    expect(await world.storedOf(guild)).toEqual(ONLY_REPLIES);
  });

  test('reads every page of the list, and asks only about the server that is missing', async () => {
    const guilds = Array.from({ length: 201 }, () => world.addGuild());
    for (const { id } of guilds) world.stats.count(id, 'seen', 'a#a');
    await world.stats.flush();
    await world.membership.check();
    expect(world.discord.lines()).toEqual(
      [undefined, guilds[199], guilds[200]].map((last) => `GET /users/@me/guilds?after=${last?.id ?? 0}&limit=200`),
    );
    expect(await serverRecords(world.store)).toHaveLength(201);
    const left = guilds[0] ?? expect.fail('there are 201');
    left.hasBot = false;
    world.discord.requests.length = 0;
    await world.membership.check();
    expect(world.discord.lines().filter((line) => !LISTING.test(line))).toEqual([`GET /guilds/${left.id}`]);
    expect(await world.storedOf(left)).toEqual(NOTHING);
    const counts = await world.store.run((db) => db.selectFrom('counts').select('guild_id').execute());
    expect(counts).toHaveLength(200);
  });

  test('records once a day that the bot is still there, and immediately if its application has changed', async () => {
    const guild = await world.server();
    await world.membership.check();
    const first = world.now;
    world.now = first + DAY - 1;
    await world.membership.check();
    expect(await world.recordOf(guild)).toMatchObject({ listedAt: new Date(first), applicationId: '4242' });
    world.now = first + DAY;
    await world.membership.check();
    expect(await world.recordOf(guild)).toMatchObject({ listedAt: new Date(world.now) });
    world.now += 1;
    const other = world.open({ applicationId: '4711' });
    await other.check();
    await other.close(500);
    expect(await world.recordOf(guild)).toMatchObject({ listedAt: new Date(world.now), applicationId: '4711' });
    expect(world.logged).toEqual([]);
  });

  test('says when the bot is back in a server that it had left', async () => {
    const guild = await world.leftServer();
    await world.membership.check();
    guild.hasBot = true;
    world.logged.length = 0;
    await world.membership.check();
    await world.membership.check();
    expect(world.logged).toMatchObject([
      { level: LEVEL.info, guild: guild.id, msg: expect.stringContaining('is back') },
    ]);
  });

  test('deletes the replies only if Discord confirms again that the bot has left', async () => {
    const guild = await world.leftServer();
    await world.membership.check();
    world.now += 31 * DAY;
    world.answerNext(/^GET \/guilds\//, () => refusal(500));
    await world.membership.check();
    expect(await world.storedOf(guild)).toEqual(ONLY_REPLIES);
    await world.membership.check();
    expect(await world.storedOf(guild)).toEqual(NOTHING);
  });

  test('keeps the replies for exactly 30 days', async () => {
    const guild = await world.leftServer();
    await world.membership.check();
    const leftAt = world.now;
    world.now = leftAt + 30 * DAY - 1;
    await world.membership.check();
    expect(await world.storedOf(guild)).toEqual(ONLY_REPLIES);
    world.now = leftAt + 30 * DAY;
    await world.membership.check();
    expect(await world.storedOf(guild)).toEqual(NOTHING);
  });

  test('runs a minute after the start and then every hour, with five requests a second', async () => {
    const guild = await world.leftServer();
    const clock = createVirtualClock(world.now);
    const times: number[] = [];
    const timed = world.open({ clock }, null);
    const answer: Respond = (request) => {
      times.push(clock.monotonic());
      return world.respond(request);
    };
    for (let i = 0; i < 6; i++) world.answerNext(/./, answer);
    timed.start(new AbortController().signal);
    expect(timed.health()).toBeUndefined();
    const until = async (count: number) => {
      for (let i = 0; i < 50 && times.length < count; i++) {
        await settle();
        await clock.advance(50);
      }
    };
    await clock.advance(59_999);
    await settle();
    expect(times).toEqual([]);
    // The list, which is empty, and the server that is missing in it.
    await until(2);
    expect(times).toEqual([60_000, 60_200]);
    await expect.poll(() => world.storedOf(guild), { interval: 1 }).toEqual(ONLY_REPLIES);
    await clock.advance(HOUR - clock.monotonic() - 1);
    await settle();
    expect(times).toHaveLength(2);
    await until(3);
    expect(times[2]).toBe(HOUR);
    await timed.close(500);
    expect(clock.pending()).toBe(0);
  });

  test('runs once at a time', async () => {
    await world.server();
    const gate = createGate();
    world.answerNext(LISTING, async (request) => {
      await gate.opened;
      return world.respond(request);
    });
    const both = [world.membership.check(), world.membership.check()];
    await expect.poll(() => world.discord.requests.length, { interval: 1 }).toBe(1);
    gate.open();
    await Promise.all(both);
    expect(world.discord.requests).toHaveLength(2);
  });

  test('checks again after the database was down', async () => {
    const guild = await world.leftServer();
    const dead = world.database.open();
    await dead.close();
    const cut = world.open({ store: dead });
    await cut.check();
    await cut.close(500);
    expect(levels()).toEqual([LEVEL.warn]);
    await world.membership.check();
    expect(await world.storedOf(guild)).toEqual(ONLY_REPLIES);
  });
});
