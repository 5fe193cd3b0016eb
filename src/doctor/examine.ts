// All checks in their order: what needs no network first, and nothing that a failed check makes pointless.
import { Routes } from 'discord.js';
import { z } from 'zod';
import type { Config } from '../config.ts';
import type { EnvFile } from '../env-file.ts';
import type { Content } from '../guide/model.ts';
import { Application, checkApplication } from './application.ts';
import { checkClock } from './clock.ts';
import { checkCommands } from './commands.ts';
import { checkContent } from './content.ts';
import { checkDatabase } from './database.ts';
import { type Discord, openDiscord } from './discord.ts';
import { checkEnvironment } from './environment.ts';
import { type DoctorFinding, pass, problem, type Subject, skipped, Unanswered } from './finding.ts';
import { createRedact, oneLine, passwordsIn, type Redact } from './foreign.ts';
import { checkGateway } from './gateway.ts';
import { checkNode } from './node.ts';
import { checkServers, listServers } from './servers.ts';

export interface Circumstances {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly envFile: EnvFile;
  /** Node's version, such as `20.19.1`. */
  readonly nodeVersion?: string;
  /** This machine's time, in ms since 1970. */
  now?(): number;
}

type Findings = AsyncGenerator<DoctorFinding, void, void>;

/** Checks everything, and yields each finding as soon as it is there. Never throws, and changes nothing anywhere. */
export async function* examine({
  environment,
  envFile,
  nodeVersion = process.versions.node,
  now = Date.now,
}: Circumstances): Findings {
  yield checkNode(nodeVersion);
  const { config, findings } = checkEnvironment(environment, envFile);
  yield* findings;
  if (!config) return yield skipped('content', 'and everything else: the environment must be right first');
  const conceal = createRedact([config.token, ...passwordsIn(config.databaseUrl), environment.PGPASSWORD]);
  const { content, finding } = await checkContent(config.contentDir);
  yield finding;
  yield* attempt('database', conceal, () => checkDatabase(config.databaseUrl, conceal));
  const { token, apiUrl } = config;
  if (token === undefined) return yield skipped('token', 'and everything else about Discord: DISCORD_TOKEN is not set');
  yield* examineDiscord(openDiscord({ apiUrl, token, conceal, now }), config, content, conceal);
}

async function* examineDiscord(
  discord: Discord,
  config: Config,
  content: Content | undefined,
  conceal: Redact,
): Findings {
  let application: Application | undefined;
  yield* attempt('token', conceal, async () => {
    const me = await discord.get(Routes.user(), z.object({ username: z.string() }));
    application = await discord.get(Routes.currentApplication(), Application);
    return [pass('token', `belongs to ${oneLine(me.username)} (application ${application.id})`)];
  });
  yield checkClock(discord.clockAhead(), config.transport);
  if (!application) return yield skipped('endpoint', 'and everything else about Discord: the token could not be used');
  const known = application;
  yield* checkApplication(known, config);
  let servers: Awaited<ReturnType<typeof listServers>> | undefined;
  yield* attempt('servers', conceal, async () => {
    servers = await listServers(discord);
    return checkServers(servers, known.id, config.guildId);
  });
  const there = servers;
  if (!content) yield skipped('commands', 'they are made from the content, which has errors');
  else if (!there) yield skipped('commands', 'the servers could not be read');
  else
    yield* attempt('commands', conceal, () =>
      checkCommands(discord, { config, content, applicationId: known.id, servers: there }),
    );
  if (config.transport === 'gateway') yield* attempt('gateway', conceal, () => checkGateway(discord, config.shards));
}

/** Runs a check; what it throws becomes a problem. */
async function* attempt(subject: Subject, conceal: Redact, check: () => Promise<readonly DoctorFinding[]>): Findings {
  try {
    yield* await check();
  } catch (error) {
    yield error instanceof Unanswered
      ? problem(subject, error.message, error.todo)
      : problem(subject, `this check failed itself: ${conceal(String(error))}`, 'Please report it as a bug.');
  }
}
