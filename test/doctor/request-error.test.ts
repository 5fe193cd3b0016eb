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
    advice: 'Run this again after that. If the bot is running, find out why it sends so many requests.',
  });
});

it('an error of Discord’s servers says where its state is shown', () => {
  const error = new HTTPError(503, 'x', 'GET', URL, { body: undefined, files: undefined });
  expect(explain(error)).toMatchObject({
    message: 'Discord has a problem (HTTP 503)',
    advice: 'Check https://discordstatus.com and run this again later.',
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
      advice:
        'In https://discord.com/developers/applications choose your application, then Bot, then Reset Token, and put the new token after DISCORD_TOKEN=. The old token stops working.',
      cause: error,
    });
  });
});

it('another refusal has the request, Discord’s message without secrets, and the code', () => {
  const error = refusal(403, 40001);
  expect(explain(error)).toMatchObject({
    message: 'Discord refuses GET /api/v10/users/@me: no … (40001)',
    advice:
      'Run this again. If it happens again, look up the code in Discord’s documentation, "Opcodes and Status Codes".',
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

  const DIRECT = 'The bot does not use HTTPS_PROXY: it needs a direct connection, or a REST proxy in DISCORD_API_URL.';
  const NETWORK = `Check this machine’s network and firewalls. ${DIRECT}`;
  const NAME = `Check DISCORD_API_URL and this machine’s DNS. ${DIRECT}`;
  const PROXY =
    'A proxy between this machine and Discord decrypts the traffic. Set NODE_EXTRA_CA_CERTS to its certificate, also for the bot.';

  it.each([
    [named('AbortError'), 'no response within 5 s', NETWORK],
    [named('TimeoutError'), 'no response within 5 s', NETWORK],
    [coded('UND_ERR_CONNECT_TIMEOUT'), 'no response within 5 s', NETWORK],
    [coded('ETIMEDOUT'), 'no response within 5 s', NETWORK],
    [coded('ENOTFOUND'), 'unknown host name (ENOTFOUND)', NAME],
    [coded('EAI_AGAIN'), 'unknown host name (EAI_AGAIN)', NAME],
    [
      coded('CERT_HAS_EXPIRED'),
      'its certificate is not valid now (CERT_HAS_EXPIRED)',
      'Check this machine’s date and time.',
    ],
    [
      coded('CERT_NOT_YET_VALID'),
      'its certificate is not valid now (CERT_NOT_YET_VALID)',
      'Check this machine’s date and time.',
    ],
    [coded('SELF_SIGNED_CERT_IN_CHAIN'), 'its certificate is not trusted (SELF_SIGNED_CERT_IN_CHAIN)', PROXY],
    [coded('DEPTH_ZERO_SELF_SIGNED'), 'its certificate is not trusted (DEPTH_ZERO_SELF_SIGNED)', PROXY],
    [coded('UNABLE_TO_VERIFY_LEAF'), 'its certificate is not trusted (UNABLE_TO_VERIFY_LEAF)', PROXY],
    [coded('ERR_TLS_X'), 'its certificate is not trusted (ERR_TLS_X)', PROXY],
    [
      coded('ERR_SSL_WRONG_VERSION_NUMBER'),
      'wrong protocol (ERR_SSL_WRONG_VERSION_NUMBER)',
      'Check http:// or https:// in DISCORD_API_URL.',
    ],
    [coded('EPROTO'), 'wrong protocol (EPROTO)', 'Check http:// or https:// in DISCORD_API_URL.'],
    [
      coded('HPE_INVALID_CONSTANT'),
      'wrong protocol (HPE_INVALID_CONSTANT)',
      'Check http:// or https:// in DISCORD_API_URL.',
    ],
    [coded('ECONNREFUSED', 'secret'), 'ECONNREFUSED', NETWORK],
    [new Error('a secret'), 'a …', NETWORK],
    ['a secret', 'a …', NETWORK],
  ])('%s is explained', (error, reason, advice) => {
    expect(explain(error)).toMatchObject({
      message: `discord.com:8443 can’t be reached: ${reason}`,
      advice,
      cause: error,
    });
  });

  it('has the address as it is if it can’t be parsed, without secrets', () => {
    expect(explain(coded('EPROTO'), { apiUrl: 'a secret' }).message).toMatch(/^a … can’t be reached/);
  });
});
