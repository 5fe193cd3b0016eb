// Checks the recommended number of shards, and the session starts left today.
import { Routes } from 'discord.js';
import { z } from 'zod';
import type { Shards } from '../config.ts';
import { formatDuration } from './clock.ts';
import type { DiscordClient } from './discord-client.ts';
import { type DoctorFinding, hint, pass, plural, problem } from './finding.ts';

/** With fewer session starts left than this, or than two starts of the bot take, the finding is a hint. */
const FEW_STARTS = 50;

/** `GET /gateway/bot` (Discord docs, Gateway, "Get Gateway Bot"). */
const GatewayBot = z.object({
  shards: z.number(),
  session_start_limit: z.object({ total: z.number(), remaining: z.number(), reset_after: z.number() }),
});

/** @throws {CheckError} */
export async function checkGateway(discord: DiscordClient, shards: Shards): Promise<DoctorFinding[]> {
  const { shards: recommended, session_start_limit: limit } = await discord.get(Routes.gatewayBot(), GatewayBot);
  const used = shards === 'auto' ? recommended : shards.ids.length;
  const { total, remaining } = limit;
  const left = `${remaining} of ${total} session starts left`;
  const reset = `back to ${total} in ${formatDuration(Math.ceil(limit.reset_after / 1000))}`;
  const advice = `Find out from the log why the bot restarts so often, and restart it rarely until then. Discord resets a bot’s token when it uses up its starts.`;
  const findings: DoctorFinding[] = [];
  if (remaining < used)
    findings.push(problem('gateway', `${left}, and a start needs ${used}: ${reset}`, `Wait until then. ${advice}`));
  else if (remaining < Math.max(FEW_STARTS, 2 * used)) findings.push(hint('gateway', `${left}: ${reset}`, advice));
  if (shards !== 'auto' && shards.count < recommended) {
    findings.push(
      hint(
        'gateway',
        `SHARDS has a total of ${shards.count}, but Discord recommends ${recommended}`,
        `Set the total in SHARDS to at least ${recommended}, the same in all processes. A shard can have up to 2,500 servers.`,
      ),
    );
  }
  if (findings.length > 0) return findings;
  const configured = shards === 'auto' ? 'SHARDS=auto uses that' : `this process runs ${used} of ${shards.count}`;
  return [pass('gateway', `${plural(recommended, 'shard')} recommended, ${configured}; ${left}`)];
}
