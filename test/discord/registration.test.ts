// The job that registers the commands: when it tries, what it reports, and what ends it.
import { describe, expect, it } from 'vitest';
import { createRegistration } from '../../src/discord/registration.ts';
import type { CommandIds } from '../../src/i18n/command-mentions.ts';
import type { OperatorError } from '../../src/operator-error.ts';
import { createVirtualClock } from '../virtual-clock.ts';
import { LEVEL, recordingLog } from './parts.ts';
import { createGate, type Respond, refusal, settle, stubRest } from './rest-stub.ts';

const DEGRADED = { status: 'degraded', problem: 'commands not registered' };
const LIST = 'GET /applications/1/commands?with_localizations=true';

function open(respond: Respond, { guildId }: { guildId?: string } = {}) {
  const stub = stubRest(respond);
  const clock = createVirtualClock(0);
  const { log, lines: logged } = recordingLog();
  const fatal: OperatorError[] = [];
  const registered: CommandIds[] = [];
  let names = ['ask'];
  const job = createRegistration({
    rest: stub.rest,
    applicationId: '1',
    guildId,
    definitions: () => names.map((name) => ({ name, description: 'd' })),
    log,
    clock,
    onRegistered: (ids) => void registered.push(ids),
    onFatal: (error) => void fatal.push(error),
  });
  const stopping = new AbortController();
  const start = async () => {
    job.start(stopping.signal);
    await settle();
  };
  const rename = (next: string[]) => {
    names = next;
  };
  return { ...stub, clock, logged, fatal, registered, job, start, rename, stopping };
}

/** Answers as an application that keeps its commands. */
function keeping(): Respond {
  let kept: unknown = [];
  return ({ method, body }) => {
    if (method === 'PUT') kept = body;
    return { body: kept };
  };
}
const isSettled = async (promise: Promise<void>) => {
  let isDone = false;
  void promise.then(() => {
    isDone = true;
  });
  await settle();
  return isDone;
};

describe('the registration', () => {
  it('does nothing before it starts', async () => {
    const { job, requests } = open(keeping());
    expect(await isSettled(job.firstTry)).toBe(false);
    expect(requests).toEqual([]);
    expect(job.health()).toEqual(DEGRADED);
  });

  it('registers at the start, and says so', async () => {
    const { job, start, lines, logged } = open(keeping());
    await start();
    expect(await isSettled(job.firstTry)).toBe(true);
    expect(lines()).toEqual([LIST, 'PUT /applications/1/commands']);
    expect(logged).toMatchObject([{ level: LEVEL.info, commands: 1, msg: 'commands registered' }]);
    expect(job.health()).toBeUndefined();
  });

  it('has a backlog until it is done, and tells when it last was', async () => {
    const { job, start, clock, stopping } = open(keeping());
    expect([job.backlog(), job.lastSuccess]).toEqual([1, undefined]);
    await clock.advance(2000);
    await start();
    expect([job.backlog(), job.lastSuccess]).toEqual([0, 2]);
    job.register();
    expect(job.backlog()).toBe(1);
    stopping.abort();
  });

  it('has a backlog and no new time while Discord refuses', async () => {
    const { job, start } = open(() => refusal(500));
    await start();
    expect([job.backlog(), job.lastSuccess]).toEqual([1, undefined]);
  });

  it.each([1, 2, 3, 4, 5, 6])('registers again when it is asked %i microtasks after it has ended', async (count) => {
    const { job, start, lines } = open(keeping());
    const asking = (async () => {
      for (let i = 0; i < count; i++) await (i === 0 ? job.firstTry : undefined);
      job.register();
    })();
    await start();
    await asking;
    await settle();
    expect(lines().filter((line) => line === LIST)).toHaveLength(2);
  });

  it('writes nothing the second time if nothing has changed', async () => {
    const { job, start, lines, logged } = open(keeping());
    await start();
    job.register();
    await settle();
    expect(lines().slice(2)).toEqual([LIST]);
    expect(logged.at(-1)).toMatchObject({ level: LEVEL.info, msg: 'commands already registered' });
  });

  it('reports the ids of the commands each time that they are registered', async () => {
    let ids = ['5'];
    const { job, start, registered } = open(() => ({ body: ids.map((id) => ({ id, name: 'ask', description: 'd' })) }));
    await start();
    ids = ['6'];
    job.register();
    await settle();
    expect(registered).toEqual([new Map([['ask', '5']]), new Map([['ask', '6']])]);
  });

  it('reports no ids while Discord fails', async () => {
    const { start, registered } = open(() => refusal(500));
    await start();
    expect(registered).toEqual([]);
  });

  it('registers in one server only, if one is given', async () => {
    const { start, lines } = open(keeping(), { guildId: '7' });
    await start();
    expect(lines()).toEqual([
      'GET /applications/1/guilds/7/commands?with_localizations=true',
      'PUT /applications/1/guilds/7/commands',
    ]);
  });

  it('registers again what changes meanwhile', async () => {
    const gate = createGate();
    const respond = keeping();
    const { job, start, rename, requests } = open(async (request) => {
      await gate.opened;
      return respond(request);
    });
    await start();
    rename(['ask', 'help']);
    job.register();
    job.register();
    await settle();
    expect(requests).toHaveLength(1);
    gate.open();
    await settle();
    const names = requests.filter(({ method }) => method === 'PUT').map(({ body }) => JSON.stringify(body));
    expect(names).toEqual([expect.not.stringContaining('help'), expect.stringContaining('help')]);
    expect(requests).toHaveLength(4);
  });

  it('tries again after a second, and reports the problem meanwhile', async () => {
    let isDown = true;
    const respond = keeping();
    const { job, start, clock, logged, lines, fatal } = open((request) => (isDown ? refusal(500) : respond(request)));
    await start();
    expect(await isSettled(job.firstTry)).toBe(true);
    expect(job.health()).toEqual(DEGRADED);
    expect(logged).toMatchObject([
      { level: LEVEL.warn, msg: 'commands not registered, trying again', err: { status: 500 } },
    ]);
    expect(logged[0]?.pauseMs).toBeGreaterThanOrEqual(900);
    expect(logged[0]?.pauseMs).toBeLessThanOrEqual(1100);
    isDown = false;
    await clock.advance(1100);
    await settle();
    expect(job.health()).toBeUndefined();
    expect(lines()).toHaveLength(3);
    expect(fatal).toEqual([]);
  });

  it('waits up to half an hour between two tries', async () => {
    const { job, start, clock, logged, stopping } = open(() => refusal(500));
    await start();
    for (let i = 0; i < 13; i++) {
      await clock.advance(33 * 60_000);
      await settle();
    }
    expect(logged.at(-1)?.pauseMs).toBeGreaterThanOrEqual(27 * 60_000);
    expect(logged.at(-1)?.pauseMs).toBeLessThanOrEqual(33 * 60_000);
    stopping.abort();
    await job.close(0);
  });

  it('reports a problem again when a later registration fails', async () => {
    let isDown = false;
    const respond = keeping();
    const { job, start, stopping } = open((request) => (isDown ? refusal(500) : respond(request)));
    await start();
    isDown = true;
    job.register();
    await settle();
    expect(job.health()).toEqual(DEGRADED);
    stopping.abort();
  });

  it('gives up once Discord refuses the token', async () => {
    const { job, start, clock, fatal, lines } = open(() => refusal(401));
    await start();
    expect(fatal).toMatchObject([{ name: 'TokenError', cause: { status: 401 } }]);
    expect(await isSettled(job.firstTry)).toBe(true);
    expect(clock.pending()).toBe(0);
    expect(lines()).toHaveLength(1);
  });

  it.each([50_001, 10_004])('gives up if the bot is not in the given server (%i)', async (code) => {
    const { start, fatal, clock } = open(() => refusal(403, code), { guildId: '7' });
    await start();
    expect(fatal).toMatchObject([{ name: 'GuildAccessError', message: expect.stringContaining('7') }]);
    expect(clock.pending()).toBe(0);
  });

  it.each([
    ['of another kind', 50_013, { guildId: '7' }],
    ['without a given server', 50_001, {}],
  ])('goes on after a refusal %s', async (_, code, options) => {
    const { start, fatal, clock, stopping } = open(() => refusal(403, code), options);
    await start();
    expect(fatal).toEqual([]);
    expect(clock.pending()).toBe(1);
    stopping.abort();
  });

  it.each([
    ['closed', (job: ReturnType<typeof open>['job']) => job.close(500)],
    ['stopped', undefined],
  ])('tries no more once it is %s', async (_, close) => {
    const { job, start, clock, lines, fatal, stopping } = open(() => refusal(500));
    await start();
    if (close) await close(job);
    else stopping.abort();
    await settle();
    expect(clock.pending()).toBe(0);
    job.register();
    await settle();
    expect(lines()).toHaveLength(1);
    expect(fatal).toEqual([]);
  });

  it('lets a running request finish when it is closed, but not for longer than it may', async () => {
    const gate = createGate();
    const { job, start, clock } = open(() => gate.opened.then(() => undefined));
    await start();
    const closing = job.close(500);
    expect(await isSettled(closing)).toBe(false);
    await clock.advance(499);
    expect(await isSettled(closing)).toBe(false);
    await clock.advance(1);
    expect(await isSettled(closing)).toBe(true);
    gate.open();
  });
});
