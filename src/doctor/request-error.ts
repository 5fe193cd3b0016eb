// Explains a failed request to Discord: a sentence, and what to do.
import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';
import { CheckError } from './finding.ts';
import { PORTAL } from './portal.ts';
import { type Redact, withoutCredentials } from './redact.ts';

interface RequestContext {
  readonly apiUrl: string;
  readonly token: string;
  readonly redact: Redact;
}

/** @param error an error of discord.js's REST client */
export function explainRequestError(error: unknown, { apiUrl, token, redact }: RequestContext): CheckError {
  if (error instanceof RateLimitError) {
    const seconds = Math.ceil(error.timeToReset / 1000);
    return new CheckError(
      `Discord’s rate limit was reached; it ends in ${seconds} s`,
      'Run this again after that. If the bot is running, find out why it sends so many requests.',
    );
  }
  if (error instanceof HTTPError) {
    return new CheckError(
      `Discord has a problem (HTTP ${error.status})`,
      'Check https://discordstatus.com and run this again later.',
    );
  }
  if (error instanceof DiscordAPIError) return explainRefusal(error, { apiUrl, token, redact });
  return explainNetworkError(error, apiUrl, redact);
}

/** Returns the error for a response that is not from Discord's API. */
export function notDiscordApi(apiUrl: string): CheckError {
  return new CheckError(
    `the server at ${withoutCredentials(apiUrl)} is not Discord’s REST API`,
    'Remove DISCORD_API_URL, unless you run your own REST proxy.',
  );
}

function explainRefusal(error: DiscordAPIError, { apiUrl, token, redact }: RequestContext): CheckError {
  if (error.status === 401) {
    return new CheckError(
      `Discord refuses DISCORD_TOKEN${guessTokenMistake(token)}`,
      `In ${PORTAL} choose your application, then Bot, then Reset Token, and put the new token after DISCORD_TOKEN=. The old token stops working.`,
      error,
    );
  }
  // Discord's own errors have a code; 0 means an unknown route (Discord docs, Opcodes and Status Codes).
  if (!error.code) return notDiscordApi(apiUrl);
  return new CheckError(
    `Discord refuses ${error.method} ${new URL(error.url).pathname}: ${redact(error.message)} (${error.code})`,
    'Run this again. If it happens again, look up the code in Discord’s documentation, "Opcodes and Status Codes".',
    error,
  );
}

/** A bot token has three parts separated by dots. */
function guessTokenMistake(token: string): string {
  if (/^[0-9a-f]{64}$/i.test(token)) return ': it looks like the public key';
  if (/^\d+$/.test(token)) return ': it looks like an id';
  if (token.split('.').length !== 3) return ': it does not look like a bot token; is it the client secret?';
  return '';
}

function explainNetworkError(error: unknown, apiUrl: string, redact: Redact): CheckError {
  const host = URL.canParse(apiUrl) ? new URL(apiUrl).host : apiUrl;
  const { name = '', message = String(error) } = error instanceof Error ? error : {};
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const unreachable = (reason: string, advice: string) =>
    new CheckError(`${redact(host)} can’t be reached: ${reason}`, advice, error);
  const proxy = 'The bot does not use HTTPS_PROXY: it needs a direct connection, or a REST proxy in DISCORD_API_URL.';
  if (name === 'AbortError' || name === 'TimeoutError' || /TIMEOUT|TIMEDOUT/.test(code))
    return unreachable('no response within 5 s', `Check this machine’s network and firewalls. ${proxy}`);
  if (/^(ENOTFOUND|EAI_AGAIN)$/.test(code))
    return unreachable(`unknown host name (${code})`, `Check DISCORD_API_URL and this machine’s DNS. ${proxy}`);
  if (/CERT_NOT_YET_VALID|CERT_HAS_EXPIRED/.test(code))
    return unreachable(`its certificate is not valid now (${code})`, 'Check this machine’s date and time.');
  if (/CERT|SIGNED|UNABLE_TO_VERIFY|ERR_TLS/.test(code)) {
    const advice =
      'A proxy between this machine and Discord decrypts the traffic. Set NODE_EXTRA_CA_CERTS to its certificate, also for the bot.';
    return unreachable(`its certificate is not trusted (${code})`, advice);
  }
  if (/SSL|EPROTO|HPE_/.test(code))
    return unreachable(`wrong protocol (${code})`, 'Check http:// or https:// in DISCORD_API_URL.');
  return unreachable(code || redact(message), `Check this machine’s network and firewalls. ${proxy}`);
}
