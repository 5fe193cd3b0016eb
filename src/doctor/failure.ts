// Why Discord did not answer as it should, as a sentence and what to do.
import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';
import { Unanswered } from './finding.ts';
import { type Redact, withoutCredentials } from './foreign.ts';
import { PORTAL } from './portal.ts';

interface Circumstances {
  readonly apiUrl: string;
  readonly token: string;
  readonly conceal: Redact;
}

/** @param error what discord.js throws for a request */
export function explainFailure(error: unknown, { apiUrl, token, conceal }: Circumstances): Unanswered {
  if (error instanceof RateLimitError) {
    const seconds = Math.ceil(error.timeToReset / 1000);
    return new Unanswered(
      `Discord asks to wait: too many requests, for another ${seconds} s`,
      'Run this again after that. If the bot is running: look for what makes it ask so often.',
    );
  }
  if (error instanceof HTTPError) {
    return new Unanswered(
      `Discord has a failure of its own (HTTP ${error.status})`,
      'Look at https://discordstatus.com and run this again later.',
    );
  }
  if (error instanceof DiscordAPIError) return explainRefusal(error, { apiUrl, token, conceal });
  return explainNetwork(error, apiUrl, conceal);
}

/** What answers is not Discord's REST API. */
export function notDiscord(apiUrl: string): Unanswered {
  return new Unanswered(
    `what answers at ${withoutCredentials(apiUrl)} is not Discord’s REST API`,
    'Remove DISCORD_API_URL, unless you have a REST proxy of your own.',
  );
}

function explainRefusal(error: DiscordAPIError, { apiUrl, token, conceal }: Circumstances): Unanswered {
  if (error.status === 401) {
    return new Unanswered(
      `Discord refuses DISCORD_TOKEN${oddityOf(token)}`,
      `In ${PORTAL} choose your application, then Bot, then Reset Token, and put the new token behind DISCORD_TOKEN=. The old one stops working.`,
      error,
    );
  }
  // Discord's own refusals have a code; 0 is a route that it does not know (Discord docs, Opcodes and Status Codes).
  if (!error.code) return notDiscord(apiUrl);
  return new Unanswered(
    `Discord refuses ${error.method} ${new URL(error.url).pathname}: ${conceal(error.message)} (${error.code})`,
    'Run this again; if it stays, search for the number in Discord’s documentation, "Opcodes and Status Codes".',
    error,
  );
}

/** A bot's token has three parts with dots between. */
function oddityOf(token: string): string {
  if (/^[0-9a-f]{64}$/i.test(token)) return ': it looks like the public key';
  if (/^\d+$/.test(token)) return ': it looks like an id';
  if (token.split('.').length !== 3) return ': it does not look like a bot’s token, perhaps it is the client secret';
  return '';
}

function explainNetwork(error: unknown, apiUrl: string, conceal: Redact): Unanswered {
  const host = URL.canParse(apiUrl) ? new URL(apiUrl).host : apiUrl;
  const { name = '', message = String(error) } = error instanceof Error ? error : {};
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const unreached = (why: string, todo: string) =>
    new Unanswered(`${conceal(host)} is not reached: ${why}`, todo, error);
  const proxy =
    'The bot does not use HTTPS_PROXY: it must reach the address directly, or DISCORD_API_URL names a REST proxy.';
  if (name === 'AbortError' || name === 'TimeoutError' || /TIMEOUT|TIMEDOUT/.test(code))
    return unreached('no answer within 5 s', `Check the network and firewalls of this machine. ${proxy}`);
  if (/^(ENOTFOUND|EAI_AGAIN)$/.test(code))
    return unreached(`its name is not known (${code})`, `Check DISCORD_API_URL, and the DNS of this machine. ${proxy}`);
  if (/CERT_NOT_YET_VALID|CERT_HAS_EXPIRED/.test(code))
    return unreached(`its certificate is not valid now (${code})`, 'Check the date and time of this machine.');
  if (/CERT|SIGNED|UNABLE_TO_VERIFY|ERR_TLS/.test(code)) {
    const todo =
      'Something between here and Discord reads along. Give its certificate with NODE_EXTRA_CA_CERTS, also to the bot.';
    return unreached(`its certificate is not trusted (${code})`, todo);
  }
  if (/SSL|EPROTO|HPE_/.test(code))
    return unreached(
      `it does not speak what the address says (${code})`,
      'Check http:// or https:// in DISCORD_API_URL.',
    );
  return unreached(code || conceal(message), `Check the network and firewalls of this machine. ${proxy}`);
}
