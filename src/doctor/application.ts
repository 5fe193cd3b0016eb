// Compares the application's settings in the developer portal with the configuration.
import { ApplicationFlags } from 'discord.js';
import { z } from 'zod';
import type { Config } from '../config.ts';
import { type DoctorFinding, hint, pass, problem } from './finding.ts';
import { portalPage } from './portal.ts';
import { oneLine } from './redact.ts';

/** The fields of `GET /applications/@me` that are checked (Discord docs, Application resource). */
export const ApplicationSettings = z.object({
  id: z.string(),
  verify_key: z.string(),
  flags: z.number().default(0),
  interactions_endpoint_url: z.string().nullish(),
  bot_public: z.boolean(),
  bot_require_code_grant: z.boolean(),
});
export type ApplicationSettings = z.infer<typeof ApplicationSettings>;

/** Each has two flags: for bots in fewer than 100 servers, and for bots that Discord has approved. */
const PRIVILEGED_INTENTS = [
  ['Presence Intent', ApplicationFlags.GatewayPresence | ApplicationFlags.GatewayPresenceLimited],
  ['Server Members Intent', ApplicationFlags.GatewayGuildMembers | ApplicationFlags.GatewayGuildMembersLimited],
  ['Message Content Intent', ApplicationFlags.GatewayMessageContent | ApplicationFlags.GatewayMessageContentLimited],
] as const;

/** Public key, interactions endpoint, intents, invitations. */
export function checkApplication(application: ApplicationSettings, config: Config): DoctorFinding[] {
  return [
    ...(config.transport === 'http' ? [checkPublicKey(application, config.publicKey ?? '')] : []),
    checkEndpoint(application, config),
    checkIntents(application),
    checkInvites(application),
  ];
}

function checkPublicKey({ id, verify_key }: ApplicationSettings, publicKey: string): DoctorFinding {
  if (verify_key.toLowerCase() === publicKey.toLowerCase())
    return pass('public key', 'DISCORD_PUBLIC_KEY is the application’s key');
  return problem(
    'public key',
    'DISCORD_PUBLIC_KEY is not the application’s: the bot refuses all requests from Discord',
    `Set DISCORD_PUBLIC_KEY=${verify_key} (Public Key in ${portalPage(id, 'information')}).`,
  );
}

function checkEndpoint({ id, interactions_endpoint_url }: ApplicationSettings, { transport }: Config): DoctorFinding {
  const where = portalPage(id, 'information');
  const endpoint = oneLine(interactions_endpoint_url ?? '');
  if (transport === 'gateway') {
    if (endpoint === '') return pass('endpoint', 'not set: interactions come over the gateway');
    return problem(
      'endpoint',
      `Discord sends every interaction to ${endpoint}, and none over the gateway`,
      `Clear Interactions Endpoint URL in ${where}. Or set TRANSPORT=http if that address is this bot’s.`,
    );
  }
  if (endpoint === '') {
    return problem(
      'endpoint',
      'Interactions Endpoint URL is not set: with TRANSPORT=http the bot gets no interactions',
      `Start the bot, then set it in ${where} to https:// + your address + /interactions. Discord checks it when you save.`,
    );
  }
  if (URL.canParse(endpoint) && new URL(endpoint).pathname === '/interactions')
    return pass('endpoint', `Discord sends interactions to ${endpoint}`);
  return hint(
    'endpoint',
    `Discord sends interactions to ${endpoint}; the bot listens at /interactions`,
    `Set Interactions Endpoint URL in ${where} to an address that ends in /interactions, unless your proxy changes the path.`,
  );
}

function checkIntents({ id, flags }: ApplicationSettings): DoctorFinding {
  const enabled = PRIVILEGED_INTENTS.filter(([, flag]) => (flags & flag) !== 0).map(([name]) => name);
  if (enabled.length === 0) return pass('intents', 'no privileged intent is on, and the bot needs none');
  return hint(
    'intents',
    `on, but not needed by the bot: ${enabled.join(', ')}`,
    `Turn them off in ${portalPage(id, 'bot')}, Privileged Gateway Intents. Then the bot needs no approval for them.`,
  );
}

function checkInvites({ id, bot_public, bot_require_code_grant }: ApplicationSettings): DoctorFinding {
  const where = portalPage(id, 'bot');
  if (bot_require_code_grant) {
    return hint('invites', 'Requires OAuth2 Code Grant is on: the invite link fails', `Turn it off in ${where}.`);
  }
  if (bot_public) return pass('invites', 'anyone with the invite link can add the bot to their server');
  return hint(
    'invites',
    'Public Bot is off: only the owner of the application can add the bot to servers',
    `If that is what you want, ignore this. Otherwise turn it on in ${where}.`,
  );
}
