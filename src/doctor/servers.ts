// Checks the servers that the bot is in, and its permissions there.
import { PermissionsBitField, Routes } from 'discord.js';
import { z } from 'zod';
import { inviteLink, NEEDED_PERMISSIONS } from '../discord/invite.ts';
import type { DiscordClient } from './discord-client.ts';
import { type DoctorFinding, firstFew, hint, pass, plural, problem, skipped } from './finding.ts';
import { oneLine } from './redact.ts';

/** Discord docs, User resource, "Get Current User Guilds". */
const PAGE_SIZE = 200;
const MAX_LISTED = 10;

/** A server in Discord's list of the bot's servers. The permissions are server-wide, without channel overrides. */
const UserGuild = z.object({ id: z.string(), name: z.string(), permissions: z.string().regex(/^\d+$/) });
export type UserGuild = z.infer<typeof UserGuild>;
/** Discord's own schema allows null. */
const UserGuilds = z.array(UserGuild).nullable();

/** Reads the list of the bot's servers, page by page. @throws {CheckError} */
export async function listServers(discord: DiscordClient): Promise<UserGuild[]> {
  const found: UserGuild[] = [];
  for (let after = '0'; ; ) {
    const page = await discord.get(Routes.userGuilds(), UserGuilds, { after, limit: String(PAGE_SIZE) });
    const last = page?.at(-1);
    // A short page need not be the last one. A repeated one must not loop.
    if (!page || !last || last.id === after) return found;
    found.push(...page);
    after = last.id;
  }
}

/** @param guildId the value of DISCORD_GUILD_ID */
export function checkServers(
  servers: readonly UserGuild[],
  applicationId: string,
  guildId: string | undefined,
): DoctorFinding[] {
  return [checkMembership(servers, applicationId, guildId), checkPermissions(servers, applicationId)];
}

function checkMembership(
  servers: readonly UserGuild[],
  applicationId: string,
  guildId: string | undefined,
): DoctorFinding {
  const invite = inviteLink(applicationId);
  const count = plural(servers.length, 'server');
  if (guildId !== undefined) {
    const own = servers.find(({ id }) => id === guildId);
    if (own) return pass('servers', `in ${count}; DISCORD_GUILD_ID is ${nameAndId(own)}`);
    return problem(
      'servers',
      `in ${count}, but not in DISCORD_GUILD_ID=${guildId}`,
      `Fix DISCORD_GUILD_ID, or add the bot to that server: ${invite}`,
    );
  }
  if (servers.length > 0) return pass('servers', `in ${count}`);
  return hint('servers', 'the bot is not in a server yet', `Open this link and choose your server: ${invite}`);
}

function checkPermissions(servers: readonly UserGuild[], applicationId: string): DoctorFinding {
  if (servers.length === 0) return skipped('permissions', 'the bot is not in a server');
  const lacking = servers.flatMap((server) => {
    // With ADMINISTRATOR, `missing` returns an empty list.
    const missing = new PermissionsBitField(BigInt(server.permissions)).missing(NEEDED_PERMISSIONS);
    return missing.length > 0 ? [`${nameAndId(server)}: ${missing.map(permissionLabel).join(', ')}`] : [];
  });
  if (lacking.length === 0)
    return pass(
      'permissions',
      `all that the bot needs to post and pin, in ${plural(servers.length, 'server')}${withoutReactions(servers)}`,
    );
  return hint(
    'permissions',
    `in ${lacking.length} of ${plural(servers.length, 'server')} the bot lacks permissions to post or pin:`,
    `Someone with Manage Server opens this link and confirms again: ${inviteLink(applicationId)} Channels may allow more or less than the server.`,
    firstFew(lacking, MAX_LISTED),
  );
}

/** Add Reactions is not needed: it is mentioned, and nothing is wrong without it. */
function withoutReactions(servers: readonly UserGuild[]): string {
  const without = servers.filter((one) => !new PermissionsBitField(BigInt(one.permissions)).has('AddReactions'));
  return without.length > 0 ? `; without Add Reactions in ${without.length}, where thanks get no reaction` : '';
}

const nameAndId = ({ id, name }: UserGuild): string => `${oneLine(name)} (${id})`;

/** The name in Discord's English client: `SendMessagesInThreads` → `Send Messages in Threads`. */
const permissionLabel = (name: string): string => name.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').replace(' In ', ' in ');
