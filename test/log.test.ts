// What is logged of errors: enough to find the fault, and nothing that must not be logged.
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DiscordAPIError, HTTPError, RateLimitError, REST } from 'discord.js';
import { type FakeDiscord, startFakeDiscord } from 'fake-discord';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { describeError, formErrors, openLog, openProgramLog, routeOf } from '../src/log.ts';

const SECRET = 'aW50ZXJhY3Rpb246MTIzNDU2Nzg5';
const TEXT = 'a private sentence of a moderator';

/** A whole log line of an error, as it is written. */
function lineOf(error: unknown): string {
  const lines: string[] = [];
  openLog('trace', { write: (line: string) => void lines.push(line) }).error({ err: error }, 'failed');
  return lines.join('');
}

describe('the log of a program', () => {
  const written = async (isTTY: boolean) => {
    const home = mkdtempSync(join(tmpdir(), 'guidepost-log-'));
    const fd = openSync(join(home, 'log'), 'a');
    const log = await openProgramLog('info', { fd, isTTY });
    log.warn({ err: new Error(`token ${SECRET}`), guild: '1' }, 'something failed');
    const text = readFileSync(join(home, 'log'), 'utf8');
    closeSync(fd);
    rmSync(home, { recursive: true });
    return text;
  };

  it('is JSON outside a terminal', async () => {
    expect(JSON.parse(await written(false))).toMatchObject({ level: 40, guild: '1', msg: 'something failed' });
  });

  it('is lines to read on a terminal, without what must not be logged', async () => {
    const text = await written(true);
    expect(text).toMatch(/^\[\d\d:\d\d:\d\d\] .*WARN.*something failed/);
    expect(text).toContain('"guild":"1"');
  });
});

describe('an error from Discord', () => {
  let discord: FakeDiscord;
  let rest: REST;
  beforeAll(async () => {
    discord = await startFakeDiscord();
    rest = new REST({ api: discord.apiUrl, version: '10', retries: 0 }).setToken(discord.token);
  });
  afterAll(() => discord.stop());

  const route = `/webhooks/1/${SECRET}/messages/@original` as const;
  const fails = async (fault: { status: number; code?: number }, files = false) => {
    discord.fail({ match: /PATCH/, ...fault });
    const data = files ? { files: [{ name: 'your-text.md', data: TEXT }] } : {};
    return rest.patch(route, { body: { content: TEXT }, ...data }).then(
      () => expect.fail('it fails'),
      (error: unknown) => error,
    );
  };

  it.each([
    ['400', { status: 400, code: 50035 }],
    ['413', { status: 413, code: 40005 }],
    ['500', { status: 500 }],
  ])('%s is logged with its code and route, without token, body and files', async (_, fault) => {
    for (const files of [false, true]) {
      const error = await fails(fault, files);
      expect(error instanceof DiscordAPIError || error instanceof HTTPError).toBe(true);
      expect(lineOf(error)).not.toMatch(new RegExp(`${SECRET}|${TEXT}|${discord.token}|requestBody`));
      expect(describeError(error)).toMatchObject({
        status: fault.status,
        method: 'PATCH',
        route: '/webhooks/:id/:token/messages/@original',
      });
    }
  });

  it('about a form is logged with fields and codes, without values', async () => {
    const channel = discord.addChannel(discord.addGuild('Harbour'), 'general');
    const error = await rest
      .post(`/channels/${channel.id}/messages`, { body: { embeds: [{ title: TEXT.repeat(20) }] } })
      .catch((refused: unknown) => refused);
    expect(describeError(error)).toMatchObject({
      code: 50035,
      route: '/channels/:id/messages',
      fields: [expect.stringMatching(/^embeds\.0\.title [A-Z_]+$/)],
    });
    expect(lineOf(error)).not.toContain(TEXT);
  });
});

describe('other errors', () => {
  const url = `https://discord.com/api/v10/webhooks/1/${SECRET}/messages/@original`;
  const limit = new RateLimitError({
    global: false,
    hash: 'x',
    limit: 5,
    majorParameter: '1',
    method: 'PATCH',
    retryAfter: 1,
    route: '/webhooks/:id/:token/messages/@original',
    scope: 'user',
    sublimitTimeout: 0,
    timeToReset: 1,
    url,
  });
  const postgres = Object.assign(new pg.DatabaseError(`invalid input syntax for type integer: "${TEXT}"`, 1, 'error'), {
    severity: 'ERROR',
    code: '22P02',
    detail: `Key (text)=(${TEXT})`,
  });
  const json = (() => {
    try {
      return JSON.parse(TEXT);
    } catch (error) {
      return error;
    }
  })();
  it.each([
    ['a rate limit', limit],
    ['an address in a message', new Error(`fetch failed: ${url}`)],
    ['an error of PostgreSQL', postgres],
    ['an error of a parser', json],
    ['an error of a schema', z.object({ a: z.enum(['b']) }).safeParse({ a: TEXT }).error],
    ['a cause', new Error('failed', { cause: postgres })],
    ['an error of several errors', new AggregateError([json, postgres], 'all failed')],
    ['a thrown value that is not an error', { token: SECRET, text: TEXT }],
  ])('%s is logged without tokens and people’s text', (_, error) => {
    expect(lineOf(error)).not.toMatch(new RegExp(`${SECRET}|${TEXT}`));
  });

  it('are logged with name, code, message and stack frames', () => {
    const error = Object.assign(new TypeError('x is not a function'), { code: 'ERR_X' });
    expect(describeError(error)).toMatchObject({
      name: 'TypeError',
      code: 'ERR_X',
      message: 'x is not a function',
      stack: expect.stringMatching(/^\s+at .*log\.test\.ts/),
    });
    expect(describeError(new Error('a', { cause: error })).cause).toMatchObject({ name: 'TypeError' });
  });
});

describe('a log', () => {
  const linesAt = (level: string) => {
    const lines: string[] = [];
    const log = openLog(level, { write: (line: string) => void lines.push(line) });
    log.info({ guild: '1' }, 'informed');
    log.warn('warned');
    return lines.map((line) => JSON.parse(line));
  };

  it('has what is at its level or above, and nothing about process and machine', () => {
    expect(linesAt('info')).toEqual([
      { level: 30, time: expect.any(Number), guild: '1', msg: 'informed' },
      { level: 40, time: expect.any(Number), msg: 'warned' },
    ]);
    expect(linesAt('warn')).toHaveLength(1);
    expect(linesAt('silent')).toEqual([]);
  });
});

describe('what is logged of an error', () => {
  const own = (fields: object) => describeError(Object.assign(new Error('x'), { stack: undefined }, fields));

  it('is its name and message only, if it has no more', () => {
    expect(own({})).toEqual({ name: 'Error', message: 'x' });
    expect(describeError(Object.assign(new Error(''), { stack: undefined }))).toEqual({ name: 'Error' });
  });

  it.each([null, undefined, 'text', 7])('is its type, if %j was thrown', (value) => {
    expect(describeError(value)).toEqual({ name: typeof value });
  });

  it('has a code and a status of the right type', () => {
    expect(own({ code: 'EX', status: 500 })).toMatchObject({ code: 'EX', status: 500 });
    expect(own({ code: 50035 })).toMatchObject({ code: 50035 });
    expect(own({ code: { secret: 1 }, status: '500' })).toEqual({ name: 'Error', message: 'x' });
  });

  it('has a route and no message only if it is about a request', () => {
    expect(own({ method: 'GET', url: 'https://discord.com/api/v10/gateway' })).toEqual({
      name: 'Error',
      method: 'GET',
      route: '/gateway',
    });
    expect(own({ method: 'GET' })).toEqual({ name: 'Error', message: 'x' });
    expect(own({ url: 'https://discord.com/api/v10/gateway' })).toEqual({ name: 'Error', message: 'x' });
  });

  it('has no message of errors that may quote people', () => {
    const unnamed = { stack: undefined };
    expect(describeError(Object.assign(new SyntaxError(TEXT), unnamed))).toEqual({ name: 'SyntaxError' });
    expect(own({ severity: 'ERROR' })).toEqual({ name: 'Error' });
    expect(own({ name: 'ZodError' })).toEqual({ name: 'ZodError' });
  });

  it('hides every token of a webhook or an interaction in the message, and cuts it at 500 characters', () => {
    const message = `a /webhooks/12/aA.~-_/x and interactions/3/bB end ${'y'.repeat(600)}`;
    const shown = own({ message }).message ?? '';
    expect(shown).toMatch(/^a \/webhooks\/12\/:token\/x and interactions\/3\/:token end y+$/);
    expect(shown).toHaveLength(500);
  });

  it('has the stack frames without the message', () => {
    expect(own({ stack: `Error: ${TEXT}\n  ${TEXT}\n    at a (b.ts:1)\n    at c (d.ts:2)` }).stack).toBe(
      '    at a (b.ts:1)\n    at c (d.ts:2)',
    );
    expect(own({ stack: `Error: ${TEXT}` })).not.toHaveProperty('stack');
  });

  it('has causes down to the fourth, and no cause that is not an error', () => {
    let chain = new Error('0');
    for (let i = 1; i <= 6; i++) chain = new Error(String(i), { cause: chain });
    const messages: (string | undefined)[] = [];
    for (let one: ReturnType<typeof describeError> | undefined = describeError(chain); one; one = one.cause)
      messages.push(one.message);
    expect(messages).toEqual(['6', '5', '4', '3', '2']);
    expect(own({ cause: TEXT })).not.toHaveProperty('cause');
  });

  it('has the errors of several, down to the fourth', () => {
    const several = new AggregateError([new Error('a'), new Error('b')], 'all');
    expect(describeError(several).errors?.map(({ message }) => message)).toEqual(['a', 'b']);
    expect(describeError(new AggregateError([], 'none'))).not.toHaveProperty('errors');
    let nested = new AggregateError([new Error('0')]);
    for (let i = 1; i <= 6; i++) nested = new AggregateError([nested]);
    let depth = 0;
    for (let one = describeError(nested); one.errors?.[0]; one = one.errors[0]) depth += 1;
    expect(depth).toBe(4);
  });

  it('has the first 20 of Discord’s form errors, and no empty list', () => {
    const errors = Object.fromEntries(Array.from({ length: 25 }, (_, i) => [`f${i}`, { _errors: [{ code: 'BAD' }] }]));
    expect(own({ rawError: { errors } }).fields).toEqual(Array.from({ length: 20 }, (_, i) => `f${i} BAD`));
    for (const rawError of [{ errors: {} }, { message: 'x' }, null, 'x'])
      expect(own({ rawError })).not.toHaveProperty('fields');
  });
});

describe('Discord’s form errors', () => {
  it('are paths and codes', () => {
    const tree = {
      embeds: { 0: { title: { _errors: [{ code: 'A', message: TEXT }, { code: 'B' }] }, _errors: [{ code: 'C' }] } },
      _errors: [{ code: 'D' }],
    };
    expect([...formErrors(tree, '')]).toEqual(['embeds.0.title A', 'embeds.0.title B', 'embeds.0 C', 'D']);
  });

  it('have no code where Discord sent none, and are empty for anything else', () => {
    expect([...formErrors({ a: { _errors: [{}, null] } }, '')]).toEqual(['a', 'a']);
    for (const tree of [null, undefined, 'x', { _errors: 'x' }, { a: TEXT }])
      expect([...formErrors(tree, '')]).toEqual([]);
  });
});

describe('a route', () => {
  it.each([
    ['https://discord.com/api/v10/channels/123456789012345678/messages/1234567?x=1', '/channels/:id/messages/:id'],
    [`http://proxy.local/discord/api/v10/interactions/123456/${SECRET}/callback`, '/interactions/:id/:token/callback'],
    [`/webhooks/123456/${SECRET}/messages/@original`, '/webhooks/:id/:token/messages/@original'],
    ['/gateway/bot', '/gateway/bot'],
    ['/channels/1234/pins', '/channels/1234/pins'],
    ['/channels/12345/pins#x', '/channels/:id/pins'],
    ['/guilds/12345678901234567890', '/guilds/:id'],
    ['/guilds/123456789012345678901', '/guilds/123456789012345678901'],
    [`/webhooks/123456/${SECRET}`, '/webhooks/:id/:token'],
  ])('of %s has names in place of ids and tokens', (url, route) => {
    expect(routeOf(url)).toBe(route);
  });
});
