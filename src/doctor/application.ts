// What the developer portal sets for the application, against the configuration.
import { ApplicationFlags } from 'discord.js';
import { z } from 'zod';
import type { Config } from '../config.ts';
import { type DoctorFinding, hint, pass, problem } from './finding.ts';
import { oneLine } from './foreign.ts';
import { portalPage } from './portal.ts';

/** `GET /applications/@me`, as far as it is looked at (Discord docs, Application resource). */
export const Application = z.object({
  id: z.string(),
  verify_key: z.string(),
  flags: z.number().default(0),
  interactions_endpoint_url: z.string().nullish(),
  bot_public: z.boolean(),
  bot_require_code_grant: z.boolean(),
});
export type Application = z.infer<typeof Application>;

/** Each has two flags: for bots in fewer than 100 servers, and for those that Discord has let have it. */
const PRIVILEGED = [
  ['Presence Intent', ApplicationFlags.GatewayPresence | ApplicationFlags.GatewayPresenceLimited],
  ['Server Members Intent', ApplicationFlags.GatewayGuildMembers | ApplicationFlags.GatewayGuildMembersLimited],
  ['Message Content Intent', ApplicationFlags.GatewayMessageContent | ApplicationFlags.GatewayMessageContentLimited],
] as const;

/** Public key, interactions endpoint, intents, invitations. */
export function checkApplication(application: Application, config: Config): DoctorFinding[] {
  return [
    ...(config.transport === 'http' ? [checkKey(application, config.publicKey ?? '')] : []),
    checkEndpoint(application, config),
    checkIntents(application),
    checkInvites(application),
  ];
}

function checkKey({ id, verify_key }: Application, publicKey: string): DoctorFinding {
  if (verify_key.toLowerCase() === publicKey.toLowerCase())
    return pass('public key', 'DISCORD_PUBLIC_KEY is the application’s');
  return problem(
    'public key',
    'DISCORD_PUBLIC_KEY is not the application’s: the bot refuses every request of Discord’s',
    `Set DISCORD_PUBLIC_KEY=${verify_key} (Public Key in ${portalPage(id, 'information')}).`,
  );
}

function checkEndpoint({ id, interactions_endpoint_url }: Application, { transport }: Config): DoctorFinding {
  const where = portalPage(id, 'information');
  const endpoint = oneLine(interactions_endpoint_url ?? '');
  if (transport === 'gateway') {
    if (endpoint === '') return pass('endpoint', 'none is set: interactions come over the gateway');
    return problem(
      'endpoint',
      `Discord sends every interaction to ${endpoint}, and none over the gateway`,
      `Clear Interactions Endpoint URL in ${where}. Or set TRANSPORT=http if that address is this bot’s.`,
    );
  }
  if (endpoint === '') {
    return problem(
      'endpoint',
      'no Interactions Endpoint URL is set: with TRANSPORT=http no interaction comes',
      `Start the bot, then set it in ${where} to https:// + your address + /interactions. Discord checks it at once.`,
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

function checkIntents({ id, flags }: Application): DoctorFinding {
  const on = PRIVILEGED.filter(([, flag]) => (flags & flag) !== 0).map(([name]) => name);
  if (on.length === 0) return pass('intents', 'no privileged intent is switched on, and the bot needs none');
  return hint(
    'intents',
    `switched on, and the bot needs none: ${on.join(', ')}`,
    `Switch them off in ${portalPage(id, 'bot')}, Privileged Gateway Intents. Discord then has nothing to approve.`,
  );
}

function checkInvites({ id, bot_public, bot_require_code_grant }: Application): DoctorFinding {
  const where = portalPage(id, 'bot');
  if (bot_require_code_grant) {
    return hint(
      'invites',
      'Requires OAuth2 Code Grant is switched on: the invite link fails',
      `Switch it off in ${where}.`,
    );
  }
  if (bot_public) return pass('invites', 'whoever has the link may add the bot to a server of theirs');
  return hint(
    'invites',
    'Public Bot is switched off: only the owner of the application can add the bot to servers',
    `If that is what you want, leave it. Otherwise switch it on in ${where}.`,
  );
}
