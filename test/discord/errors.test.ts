// Errors from Discord: what they mean, and what an operator reads.
import { HTTPError } from 'discord.js';
import { describe, expect, it } from 'vitest';
import {
  discordErrorCode,
  failureReason,
  GatewayClosedError,
  GuildAccessError,
  isClosedForGood,
  isDmClosed,
  isLostConnection,
  isUnauthorized,
  methodOf,
  replyErrorOf,
  TokenError,
  UnexpectedAnswerError,
} from '../../src/discord/errors.ts';
import { OperatorError } from '../../src/operator-error.ts';
import { apiError } from './parts.ts';

const lost = new Error('socket hang up');
const outage = new HTTPError(503, 'Service Unavailable', 'GET', 'http://discord.test', { files: [], body: {} });

describe('an error of Discord', () => {
  it('has a code and a method; others have none', () => {
    const error = apiError(404, 10_008, {}, 'DELETE');
    expect([discordErrorCode(error), methodOf(error)]).toEqual([10_008, 'DELETE']);
    for (const other of [outage, lost, { code: 10_008, method: 'GET' }, undefined])
      expect([discordErrorCode(other), methodOf(other)]).toEqual([undefined, undefined]);
  });

  it('may mean that a person accepts no direct messages', () => {
    expect(isDmClosed(apiError(403, 50_007))).toBe(true);
    expect(isDmClosed(apiError(403, 50_001))).toBe(false);
    expect(isDmClosed(lost)).toBe(false);
  });

  it.each([
    [10_008, 'message'],
    [10_003, 'channel'],
    [10_004, 'access'],
    [50_001, 'access'],
    [50_013, 'permission'],
    [160_002, 'history'],
    [30_003, 'full'],
    [50_083, 'archived'],
    [160_005, 'archived'],
    [200_000, 'blocked'],
    [240_000, 'blocked'],
    [50_035, 'failed'],
    [0, 'failed'],
  ])('with code %i has the reason %s', (code, reason) => expect(failureReason(apiError(403, code))).toBe(reason));

  it('without a code may be gone at the next try', () => {
    expect(failureReason(outage)).toBe('failed');
    expect(failureReason(lost)).toBe('failed');
  });

  it('is a lost connection only if Discord did not answer', () => {
    expect(isLostConnection(lost)).toBe(true);
    expect(isLostConnection(outage)).toBe(false);
    expect(isLostConnection(apiError(404, 10_008))).toBe(false);
  });

  it('refuses the token with 401 only', () => {
    expect(isUnauthorized(apiError(401, 0))).toBe(true);
    expect(isUnauthorized(apiError(403, 401))).toBe(false);
    expect(isUnauthorized({ status: 401 })).toBe(false);
  });
});

describe('a refused reply', () => {
  const errors = {
    content: { _errors: [{ code: 'BASE_TYPE_MAX_LENGTH', message: '' }] },
    message_reference: { _errors: [{ code: 'REPLIES_UNKNOWN_MESSAGE', message: '' }] },
  };

  it('has the code of the error in its reference', () => {
    expect(replyErrorOf(apiError(400, 50_035, { errors }))).toBe('REPLIES_UNKNOWN_MESSAGE');
  });

  it.each([
    ['another code', apiError(400, 50_013, { errors })],
    ['other errors only', apiError(400, 50_035, { errors: { content: errors.content } })],
    ['no errors', apiError(400, 50_035)],
    ['no answer', lost],
  ])('with %s has none', (_, error) => expect(replyErrorOf(error)).toBeUndefined());
});

describe('a close code', () => {
  it.each([4004, 4010, 4011, 4012, 4013, 4014])('%i is for good', (code) => expect(isClosedForGood(code)).toBe(true));
  it.each([1000, 1006, 4000, 4003, 4005, 4009, 4015])('%i is not', (code) => expect(isClosedForGood(code)).toBe(false));
});

describe('what an operator reads', () => {
  it.each([
    [4010, 'SHARDS'],
    [4011, 'SHARDS'],
    [4012, 'update Guidepost'],
    [4013, 'intents'],
    [4014, 'Privileged Gateway Intents'],
    [4999, 'developer portal'],
  ])('after close code %i names it, and says %s', (code, advice) => {
    const error = new GatewayClosedError(code);
    expect(error).toBeInstanceOf(OperatorError);
    expect(error.name).toBe('GatewayClosedError');
    expect(error.message).toContain(String(code));
    expect(error.message).toContain(advice);
  });

  it('after a refused token names DISCORD_TOKEN', () => {
    const error = new TokenError(lost);
    expect(error).toBeInstanceOf(OperatorError);
    expect([error.name, error.cause]).toEqual(['TokenError', lost]);
    expect(error.message).toContain('DISCORD_TOKEN');
    expect('cause' in new TokenError()).toBe(false);
  });

  it('outside the server of DISCORD_GUILD_ID names the server', () => {
    const error = new GuildAccessError('4711', lost);
    expect(error).toBeInstanceOf(OperatorError);
    expect([error.name, error.cause]).toEqual(['GuildAccessError', lost]);
    expect(error.message).toMatch(/4711.*DISCORD_GUILD_ID/);
  });

  it('after an answer that is not Discord’s names the request', () => {
    const error = new UnexpectedAnswerError('GET /gateway/bot');
    expect(error.name).toBe('UnexpectedAnswerError');
    expect(error.message).toMatch(/GET \/gateway\/bot.*DISCORD_API_URL/);
  });
});
