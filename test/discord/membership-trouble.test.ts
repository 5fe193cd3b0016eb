// The check for left servers when Discord or the database fails, with many servers, and over time.
import { setTimeout as sleep } from 'node:timers/promises';
import { REST } from 'discord.js';
import type { Guild } from 'fake-discord';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { serverRecords } from '../../src/servers/repository.ts';
import { databases } from '../store/databases.ts';
import { ALL, LeavingWorld, LISTING, NOTHING, ONLY_REPLIES } from './leaving-world.ts';

describe.each(databases)('the check for left servers on $name', { timeout: 30_000 }, ({ create }) => {
  let world: LeavingWorld;
  beforeEach(async () => {
    world = await LeavingWorld.start(create);
  });
  afterEach(() => world.stop());

  describe('deletes nothing', () => {
    let guild: Guild;
    beforeEach(async () => {
      guild = await world.server('Still there');
      await world.membership.check();
      world.discord.removeBotFrom(guild);
    });

    test.each([
      ['fails', { status: 500 }],
      ['is forbidden', { status: 403, code: 0 }],
      ['takes too long', { delayMs: 1200 }],
      ['breaks off', { reset: 'before' as const }],
    ])('when the list of servers %s on its second page; it warns once and tries again', async (_, fault) => {
      for (let i = 0; i < 201; i++) world.discord.addGuild(`Crowd ${i}`);
      for (let i = 0; i < 2; i++) {
        // The first page arrives; the second one does not.
        world.discord.fail({ match: LISTING, delayMs: 1 });
        world.discord.fail({ match: LISTING, ...fault });
        await world.membership.check();
      }
      expect(await world.storedOf(guild)).toEqual(ALL);
      expect(await world.recordOf(guild)).toMatchObject({ leftAt: undefined });
      expect(world.logged.map(({ level }) => level)).toEqual([40]);
      await world.membership.check();
      expect(await world.storedOf(guild)).toEqual(ONLY_REPLIES);
    });

    test('unless Discord confirms that the bot has left', async () => {
      const match = new RegExp(`^GET /guilds/${guild.id}$`);
      for (const fault of [{ status: 500 }, { status: 503 }, { status: 403, code: 50_013 }, { status: 404, code: 0 }]) {
        world.discord.fail({ match, ...fault });
        await world.membership.check();
        expect(await world.storedOf(guild), JSON.stringify(fault)).toEqual(ALL);
      }
      // Not listed, but still there: as it could be in an outage.
      guild.hasBot = true;
      const rest = new REST({ version: '10', api: world.discord.apiUrl }).setToken(world.discord.token);
      const get: REST['get'] = async (route, options) =>
        route === '/users/@me/guilds' ? [] : REST.prototype.get.call(rest, route, options);
      const blind = world.open({ rest: Object.create(rest, { get: { value: get } }) });
      await blind.check();
      await blind.close(500);
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
  });

  test('waits for a rate limit of the list', async () => {
    const guild = await world.server('Too many requests');
    await world.membership.check();
    world.discord.removeBotFrom(guild);
    world.discord.fail({ match: LISTING, status: 429, retryAfter: 0.5 });
    await world.membership.check();
    expect(await world.storedOf(guild)).toEqual(ONLY_REPLIES);
    expect(world.logged.map(({ level }) => level)).toEqual([30]);
  });

  test('takes error 50001 for having left, too', async () => {
    const guild = await world.server('Missing access');
    await world.membership.check();
    world.discord.removeBotFrom(guild);
    world.discord.fail({ match: new RegExp(`^GET /guilds/${guild.id}$`), status: 403, code: 50_001 });
    await world.membership.check();
    expect(await world.storedOf(guild)).toEqual(ONLY_REPLIES);
  });

  test('reads every page of the list, and asks only about the server that is missing', async () => {
    const guilds: Guild[] = [];
    for (let i = 0; i < 450; i++) {
      const guild = world.discord.addGuild(`Many ${i}`);
      guilds.push(guild);
      world.stats.count(guild.id, 'seen', 'a#a');
    }
    await world.stats.flush();
    await world.membership.check();
    expect(await serverRecords(world.store)).toHaveLength(450);
    const [left] = guilds;
    if (!left) expect.fail('there are 450');
    world.discord.removeBotFrom(left);
    const from = world.discord.requests.length;
    await world.membership.check();
    expect(world.asked(from).filter((one) => one.startsWith('GET /guilds/'))).toEqual([`GET /guilds/${left.id}`]);
    expect(await world.storedOf(left)).toEqual(NOTHING);
    const counts = await world.store.run((db) => db.selectFrom('counts').select('guild_id').execute());
    expect(counts).toHaveLength(449);
  });

  test('checks after a while and then regularly, and logs nothing while nothing changes', async () => {
    const guild = await world.server('Watched');
    const timed = world.open({ timing: { firstMs: 100, everyMs: 600, perSecond: 1000 } });
    timed.start(new AbortController().signal);
    const from = world.discord.requests.length;
    expect(world.asked(from)).toEqual([]);
    await expect.poll(() => world.recordOf(guild), { timeout: 5000 }).toBeDefined();
    expect(world.logged).toEqual([]);
    world.discord.removeBotFrom(guild);
    await expect.poll(() => world.storedOf(guild), { timeout: 5000 }).toEqual(ONLY_REPLIES);
    await timed.close(500);
    const closedAt = world.discord.requests.length;
    await sleep(900);
    expect(world.asked(closedAt)).toEqual([]);
  });

  test('ends a running check when it is closed', async () => {
    const guild = await world.server('Slow');
    await world.membership.check();
    world.discord.removeBotFrom(guild);
    world.discord.fail({ match: LISTING, delayMs: 5000 });
    const checking = world.membership.check();
    await sleep(200);
    const began = performance.now();
    await world.membership.close(500);
    expect(performance.now() - began).toBeLessThan(4000);
    await checking;
    expect(await world.storedOf(guild)).toEqual(ALL);
    expect(world.logged).toEqual([]);
    await world.membership.check();
    expect(await world.storedOf(guild)).toEqual(ALL);
  });

  test('checks again after the database was down', async () => {
    const guild = await world.server('Database down');
    await world.membership.check();
    world.discord.removeBotFrom(guild);
    const dead = world.database.open();
    await dead.close();
    const cut = world.open({ store: dead });
    await cut.check();
    await cut.close(500);
    expect(world.logged.map(({ level }) => level)).toEqual([40]);
    await world.membership.check();
    expect(await world.storedOf(guild)).toEqual(ONLY_REPLIES);
  });
});
