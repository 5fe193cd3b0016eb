// What Discord says before a gateway connection: how many shards, and how many starts are left today.
import { Routes } from 'discord.js';
import { z } from 'zod';
import type { Shards } from '../config.ts';
import { durationOf } from './clock.ts';
import type { Discord } from './discord.ts';
import { counted, type DoctorFinding, hint, pass, problem } from './finding.ts';

/** Fewer session starts than this are few, unless a start of the bot takes more. */
const FEW = 50;

/** `GET /gateway/bot` (Discord docs, Gateway, "Get Gateway Bot"). */
const GatewayBot = z.object({
  shards: z.number(),
  session_start_limit: z.object({ total: z.number(), remaining: z.number(), reset_after: z.number() }),
});

/** @throws {Unanswered} */
export async function checkGateway(discord: Discord, shards: Shards): Promise<DoctorFinding[]> {
  const { shards: recommended, session_start_limit: limit } = await discord.get(Routes.gatewayBot(), GatewayBot);
  const used = shards === 'auto' ? recommended : shards.ids.length;
  const { total, remaining } = limit;
  const left = `${remaining} of ${total} session starts left`;
  const reset = `they are ${total} again in ${durationOf(Math.ceil(limit.reset_after / 1000))}`;
  const todo = `Find out why the bot starts so often (its log), and start it seldom until then. Discord resets the token of a bot that uses them all up.`;
  const findings: DoctorFinding[] = [];
  if (remaining < used)
    findings.push(problem('gateway', `${left}, and a start takes ${used}: ${reset}`, `Wait until then. ${todo}`));
  else if (remaining < Math.max(FEW, 2 * used)) findings.push(hint('gateway', `${left}: ${reset}`, todo));
  if (shards !== 'auto' && shards.count < recommended) {
    findings.push(
      hint(
        'gateway',
        `SHARDS names ${shards.count} in all, and Discord recommends ${recommended}`,
        `Set SHARDS to parts of at least ${recommended}, the same number in all processes; a shard may have 2,500 servers at most.`,
      ),
    );
  }
  if (findings.length > 0) return findings;
  const set = shards === 'auto' ? 'SHARDS=auto takes that' : `this process has ${used} of ${shards.count}`;
  return [pass('gateway', `${counted(recommended, 'shard')} recommended, ${set}; ${left}`)];
}
