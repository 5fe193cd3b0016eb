// What failed requests to Discord mean, and what to do.
import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { explainRequestError, notDiscordApi } from '../../src/doctor/request-error.ts';

const URL = 'https://discord.com/api/v10/users/@me';
const context = {
  apiUrl: 'https://user:pass@discord.com:8443/api',
  token: 'a.b.c',
  redact: (text: string) => text.replaceAll('secret', '…'),
};
const explain = (error: unknown, more: Partial<typeof context> = {}) =>
  explainRequestError(error, { ...context, ...more });
const refusal = (status: number, code: number, message = 'no secret') =>
  new DiscordAPIError({ message, code }, code, status, 'GET', URL, { body: undefined, files: undefined });

it('a rate limit says when it ends', () => {
  const limit = { timeToReset: 40_001, limit: 1, method: 'GET', hash: '', url: URL, route: '', majorParameter: '' };
  const error = new RateLimitError({ ...limit, global: false, retryAfter: 1, sublimitTimeout: 0, scope: 'user' });
  expect(explain(error)).toMatchObject({
    message: 'Discord’s rate limit was reached; it ends in 41 s',
    advice: expect.stringContaining('Run this again after that.'),
  });
});

it('an error of Discord’s servers says where its state is shown', () => {
  const error = new HTTPError(503, 'x', 'GET', URL, { body: undefined, files: undefined });
  expect(explain(error)).toMatchObject({
    message: 'Discord has a problem (HTTP 503)',
    advice: expect.stringContaining('https://discordstatus.com'),
  });
});

describe('a refused token', () => {
  it.each([
    ['MTIz.GAbcde.xyz', ''],
    ['ab'.repeat(32), ': it looks like the public key'],
    ['AB'.repeat(32), ': it looks like the public key'],
    [`${'ab'.repeat(32)}c`, ': it does not look like a bot token; is it the client secret?'],
    ['1234', ': it looks like an id'],
    ['a.b', ': it does not look like a bot token; is it the client secret?'],
    ['a.b.c.d', ': it does not look like a bot token; is it the client secret?'],
  ])('%s gets the guess "%s"', (token, guess) => {
    const error = refusal(401, 0);
    expect(explain(error, { token })).toMatchObject({
      message: `Discord refuses DISCORD_TOKEN${guess}`,
      advice: expect.stringMatching(/^In https:\/\/discord\.com\/developers\/applications choose .* Reset Token/),
      cause: error,
    });
  });
});

it('another refusal has the request, Discord’s message without secrets, and the code', () => {
  const error = refusal(403, 40001);
  expect(explain(error)).toMatchObject({
    message: 'Discord refuses GET /api/v10/users/@me: no … (40001)',
    advice: expect.stringContaining('look up the code'),
    cause: error,
  });
});

it('a response without a code of Discord is not from its API', () => {
  expect(explain(refusal(404, 0)).message).toBe(notDiscordApi(context.apiUrl).message);
  expect(notDiscordApi(context.apiUrl)).toMatchObject({
    message: 'the server at https://discord.com:8443/api is not Discord’s REST API',
    advice: 'Remove DISCORD_API_URL, unless you run your own REST proxy.',
  });
});

describe('a network error', () => {
  const coded = (code: string, message = 'x') => Object.assign(new Error(message), { code });
  const named = (name: string) => Object.assign(new Error('x'), { name });

  it.each([
    [named('AbortError'), 'no response within 5 s', 'HTTPS_PROXY'],
    [named('TimeoutError'), 'no response within 5 s', 'network and firewalls'],
    [coded('UND_ERR_CONNECT_TIMEOUT'), 'no response within 5 s', 'HTTPS_PROXY'],
    [coded('ETIMEDOUT'), 'no response within 5 s', 'HTTPS_PROXY'],
    [coded('ENOTFOUND'), 'unknown host name (ENOTFOUND)', 'DNS. The bot does not use HTTPS_PROXY'],
    [coded('EAI_AGAIN'), 'unknown host name (EAI_AGAIN)', 'Check DISCORD_API_URL'],
    [coded('CERT_HAS_EXPIRED'), 'its certificate is not valid now (CERT_HAS_EXPIRED)', 'date and time'],
    [coded('CERT_NOT_YET_VALID'), 'its certificate is not valid now (CERT_NOT_YET_VALID)', 'date and time'],
    [coded('SELF_SIGNED_CERT_IN_CHAIN'), 'its certificate is not trusted (SELF_SIGNED_CERT_IN_CHAIN)', 'EXTRA_CA'],
    [coded('DEPTH_ZERO_SELF_SIGNED'), 'its certificate is not trusted (DEPTH_ZERO_SELF_SIGNED)', 'EXTRA_CA'],
    [coded('UNABLE_TO_VERIFY_LEAF'), 'its certificate is not trusted (UNABLE_TO_VERIFY_LEAF)', 'EXTRA_CA'],
    [coded('ERR_TLS_X'), 'its certificate is not trusted (ERR_TLS_X)', 'NODE_EXTRA_CA_CERTS'],
    [coded('ERR_SSL_WRONG_VERSION_NUMBER'), 'wrong protocol (ERR_SSL_WRONG_VERSION_NUMBER)', 'http:// or https://'],
    [coded('EPROTO'), 'wrong protocol (EPROTO)', 'http:// or https://'],
    [coded('HPE_INVALID_CONSTANT'), 'wrong protocol (HPE_INVALID_CONSTANT)', 'http:// or https://'],
    [coded('ECONNREFUSED', 'secret'), 'ECONNREFUSED', 'HTTPS_PROXY'],
    [new Error('a secret'), 'a …', 'network and firewalls'],
    ['a secret', 'a …', 'network and firewalls'],
  ])('%s is explained', (error, reason, advice) => {
    expect(explain(error)).toMatchObject({
      message: `discord.com:8443 can’t be reached: ${reason}`,
      advice: expect.stringContaining(advice),
      cause: error,
    });
  });

  it('has the address as it is if it can’t be parsed, without secrets', () => {
    expect(explain(coded('EPROTO'), { apiUrl: 'a secret' }).message).toMatch(/^a … can’t be reached/);
  });
});
