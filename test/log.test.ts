// What is logged of errors: enough to find the fault, and nothing that must not be logged.
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DiscordAPIError, HTTPError, RateLimitError, REST } from 'discord.js';
import { type FakeDiscord, startFakeDiscord } from 'fake-discord';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { describeError, openLog, openProgramLog, routeOf } from '../src/log.ts';

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

describe('a route', () => {
  it.each([
    ['https://discord.com/api/v10/channels/123456789012345678/messages/1234567?x=1', '/channels/:id/messages/:id'],
    [`http://proxy.local/discord/api/v10/interactions/123456/${SECRET}/callback`, '/interactions/:id/:token/callback'],
    [`/webhooks/123456/${SECRET}/messages/@original`, '/webhooks/:id/:token/messages/@original'],
    ['/gateway/bot', '/gateway/bot'],
  ])('of %s has names in place of ids and tokens', (url, route) => {
    expect(routeOf(url)).toBe(route);
  });
});
