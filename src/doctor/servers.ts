// The servers that the bot is in, and what it may do there.
import { PermissionsBitField, Routes } from 'discord.js';
import { z } from 'zod';
import { INVITE_PERMISSIONS, inviteLink } from '../discord/invite.ts';
import type { Discord } from './discord.ts';
import { counted, type DoctorFinding, firstOf, hint, pass, problem, skipped } from './finding.ts';
import { oneLine } from './foreign.ts';

/** Discord docs, User resource, "Get Current User Guilds". */
const PAGE_SIZE = 200;
const NAMED = 10;

/** A server as Discord lists it for the bot; the permissions are those that hold in the whole server. */
const UserGuild = z.object({ id: z.string(), name: z.string(), permissions: z.string().regex(/^\d+$/) });
export type UserGuild = z.infer<typeof UserGuild>;
/** Discord's own schema allows null. */
const Page = z.array(UserGuild).nullable();

/** All servers, page by page. @throws {Unanswered} */
export async function listServers(discord: Discord): Promise<UserGuild[]> {
  const found: UserGuild[] = [];
  for (let after = '0'; ; ) {
    const page = await discord.get(Routes.userGuilds(), Page, { after, limit: String(PAGE_SIZE) });
    const last = page?.at(-1);
    // A page may be short and not be the last one; one that leads nowhere ends it too.
    if (!page || !last || last.id === after) return found;
    found.push(...page);
    after = last.id;
  }
}

/** @param guildId DISCORD_GUILD_ID */
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
  const count = counted(servers.length, 'server');
  if (guildId !== undefined) {
    const own = servers.find(({ id }) => id === guildId);
    if (own) return pass('servers', `in ${count}; DISCORD_GUILD_ID is ${nameOf(own)}`);
    return problem(
      'servers',
      `in ${count}, and none of them is DISCORD_GUILD_ID=${guildId}`,
      `Correct DISCORD_GUILD_ID, or add the bot to that server: ${invite}`,
    );
  }
  if (servers.length > 0) return pass('servers', `in ${count}`);
  return hint('servers', 'the bot is in no server yet', `Open this address and choose your server: ${invite}`);
}

function checkPermissions(servers: readonly UserGuild[], applicationId: string): DoctorFinding {
  if (servers.length === 0) return skipped('permissions', 'the bot is in no server');
  const lacking = servers.flatMap((server) => {
    // ADMINISTRATOR holds all: `missing` knows that.
    const missing = new PermissionsBitField(BigInt(server.permissions)).missing(INVITE_PERMISSIONS);
    return missing.length > 0 ? [`${nameOf(server)}: ${missing.map(shownName).join(', ')}`] : [];
  });
  if (lacking.length === 0)
    return pass('permissions', `all that pinned answers need, in ${counted(servers.length, 'server')}`);
  return hint(
    'permissions',
    `in ${lacking.length} of ${counted(servers.length, 'server')} the bot lacks what pinned answers need:`,
    `Somebody who may manage the server opens this address and agrees again: ${inviteLink(applicationId)} Single channels may allow more or less than the server.`,
    firstOf(lacking, NAMED),
  );
}

const nameOf = ({ id, name }: UserGuild): string => `${oneLine(name)} (${id})`;

/** As Discord shows it in English: `SendMessagesInThreads` → `Send Messages in Threads`. */
const shownName = (name: string): string => name.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').replace(' In ', ' in ');
