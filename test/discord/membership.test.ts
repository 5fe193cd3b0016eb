// Leaving servers: what is stored of a server is deleted after the bot has left it, and never otherwise.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { changeReply, removeReply } from '../../src/replies/repository.ts';
import { serverRecords } from '../../src/servers/repository.ts';
import { databases, openForAll } from '../store/databases.ts';
import { ALL, DAY, HOUR, LeavingWorld, LISTING, NOTHING, ONLY_REPLIES } from './leaving-world.ts';
import { refusal } from './rest-stub.ts';

describe.each(databases)('the check for left servers on $name', async ({ create }) => {
  const opened = await openForAll(create);
  let world: LeavingWorld;
  beforeEach(async () => {
    world = await LeavingWorld.start(opened);
  });
  afterEach(() => world.stop());

  test('deletes all but the replies of a server that it has left, and nothing of others', async () => {
    const [left, stays] = [await world.server(), await world.server()];
    await world.membership.check();
    left.hasBot = false;
    world.stats.count(left.id, 'seen', 'not yet written');
    await world.membership.check();
    expect(await world.storedOf(left)).toEqual(ONLY_REPLIES);
    expect(await world.recordOf(left)).toMatchObject({ leftAt: new Date(world.now) });
    expect(await world.storedOf(stays)).toEqual(ALL);
    expect(await world.recordOf(stays)).toMatchObject({ leftAt: undefined, listedAt: new Date(world.now) });
    expect(world.logged).toMatchObject([{ guild: left.id, msg: expect.stringContaining('has left') }]);
  });

  test('tells when it last checked all servers', async () => {
    await world.server();
    expect([world.membership.lastSuccess, world.membership.backlog()]).toEqual([undefined, undefined]);
    await world.membership.check();
    const first = world.now / 1000;
    expect(world.membership.lastSuccess).toBe(first);
    world.now += HOUR;
    world.answerNext(LISTING, () => refusal(500));
    await world.membership.check();
    expect(world.membership.lastSuccess).toBe(first);
    await world.membership.check();
    expect(world.membership.lastSuccess).toBe(world.now / 1000);
  });

  test('keeps the replies of a left server for 30 days, then deletes them too', async () => {
    const left = await world.server();
    await world.membership.check();
    left.hasBot = false;
    await world.membership.check();
    expect(await world.replyCache.repliesOf(left.id)).toHaveLength(1);
    world.now += 30 * DAY - HOUR;
    await world.membership.check();
    expect(await world.storedOf(left)).toEqual(ONLY_REPLIES);
    world.now += 2 * HOUR;
    await world.membership.check();
    expect(await world.storedOf(left)).toEqual(NOTHING);
    expect(await world.recordOf(left)).toBeUndefined();
    expect(await world.replyCache.repliesOf(left.id)).toEqual([]);
  });

  test('keeps the replies of a server to which it returns within 30 days', async () => {
    const guild = await world.server();
    await world.membership.check();
    guild.hasBot = false;
    await world.membership.check();
    world.now += 29 * DAY;
    guild.hasBot = true;
    await world.membership.check();
    expect(await world.recordOf(guild)).toMatchObject({ leftAt: undefined, listedAt: new Date(world.now) });
    world.now += 20 * DAY;
    await world.membership.check();
    expect(await world.storedOf(guild)).toEqual(ONLY_REPLIES);
    expect((await world.replyCache.repliesOf(guild.id))[0]).toMatchObject(world.draft);
    guild.hasBot = false;
    await world.membership.check();
    world.now += 29 * DAY;
    await world.membership.check();
    expect(await world.storedOf(guild)).toEqual(ONLY_REPLIES);
  });

  test('keeps everything of a server that added the bot for its commands only', async () => {
    const guild = await world.server();
    guild.hasBot = false;
    for (let i = 0; i < 3; i++) {
      await world.membership.check();
      world.now += 31 * DAY;
    }
    expect(await world.storedOf(guild)).toEqual(ALL);
    expect(await serverRecords(world.store)).toEqual([]);
  });

  test.each([
    [
      'writes replies',
      (id: string) => changeReply(world.store, { ...world.saving(id), topic: 'a#a', expected: 0 }, world.draft),
    ],
    [
      'asks and shows',
      async (id: string) => {
        world.now += 2 * DAY;
        world.stats.count(id, 'shown', 'a#a');
        world.now -= 2 * DAY;
        await world.stats.flush();
      },
    ],
  ])('keeps the replies of a left server that %s by commands only', async (_, use) => {
    const guild = await world.server();
    world.now -= 40 * DAY;
    await world.membership.check();
    guild.hasBot = false;
    await world.membership.check();
    await use(guild.id);
    world.now += 31 * DAY;
    await world.membership.check();
    expect((await world.storedOf(guild)).revisions).toBeGreaterThan(0);
    expect(await world.recordOf(guild)).toBeUndefined();
  });

  test('records no server of which nothing is stored', async () => {
    world.addGuild();
    const forgotten = world.addGuild();
    world.stats.count(forgotten.id, 'seen', 'a#a');
    await world.stats.flush();
    await world.membership.check();
    expect((await serverRecords(world.store)).map(({ guildId }) => guildId)).toEqual([forgotten.id]);
    forgotten.hasBot = false;
    await world.membership.check();
    await world.membership.check();
    expect(await world.storedOf(forgotten)).toEqual(NOTHING);
    expect(await serverRecords(world.store)).toEqual([]);
  });

  test('deletes removed replies with the others', async () => {
    const guild = world.addGuild();
    const topic = await world.fill(guild.id);
    await removeReply(world.store, { ...world.saving(guild.id), topic });
    await world.membership.check();
    guild.hasBot = false;
    await world.membership.check();
    expect(await world.replyCache.removedOf(guild.id)).toHaveLength(1);
    world.now += 31 * DAY;
    await world.membership.check();
    expect(await world.replyCache.removedOf(guild.id)).toEqual([]);
    expect(await world.storedOf(guild)).toEqual(NOTHING);
  });
});
