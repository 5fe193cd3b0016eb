// Runs all checks: local ones first, and none that depends on a failed one.
import { Routes } from 'discord.js';
import { z } from 'zod';
import type { Config } from '../config.ts';
import type { EnvFile } from '../env-file.ts';
import type { Content } from '../guide/model.ts';
import { ApplicationSettings, checkApplication } from './application.ts';
import { checkClock } from './clock.ts';
import { checkCommands } from './commands.ts';
import { checkContent } from './content.ts';
import { checkDatabase } from './database.ts';
import { createDiscordClient, type DiscordClient } from './discord-client.ts';
import { checkEnvironment } from './environment.ts';
import { CheckError, type CheckName, type DoctorFinding, pass, problem, skipped } from './finding.ts';
import { checkGateway } from './gateway.ts';
import { checkNode } from './node.ts';
import { createRedact, databasePasswords, oneLine, type Redact } from './redact.ts';
import { checkServers, listServers } from './servers.ts';

export interface DoctorOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly envFile: EnvFile;
  /** Node's version, such as `20.19.1`. */
  readonly nodeVersion?: string;
  /** This machine's time, in ms since 1970. */
  now?(): number;
}

type Findings = AsyncGenerator<DoctorFinding, void, void>;

/**
 * Yields the findings one by one, and changes no data. A check of the database or of Discord that fails is a finding.
 */
export async function* runChecks({
  environment,
  envFile,
  nodeVersion = process.versions.node,
  now = Date.now,
}: DoctorOptions): Findings {
  yield checkNode(nodeVersion);
  const { config, findings } = checkEnvironment(environment, envFile);
  yield* findings;
  if (!config) return yield skipped('content', 'and everything else: fix the environment first');
  const redact = createRedact([config.token, ...databasePasswords(config.databaseUrl), environment.PGPASSWORD]);
  const { content, finding } = await checkContent(config.contentDir);
  yield finding;
  yield* runCheck('database', redact, () => checkDatabase(config.databaseUrl, redact));
  const { token, apiUrl } = config;
  if (token === undefined) return yield skipped('token', 'and all Discord checks: DISCORD_TOKEN is not set');
  yield* checkDiscord(createDiscordClient({ apiUrl, token, redact, now }), config, content, redact);
}

async function* checkDiscord(
  discord: DiscordClient,
  config: Config,
  content: Content | undefined,
  redact: Redact,
): Findings {
  let application: ApplicationSettings | undefined;
  yield* runCheck('token', redact, async () => {
    const me = await discord.get(Routes.user(), z.object({ username: z.string() }));
    application = await discord.get(Routes.currentApplication(), ApplicationSettings);
    return [pass('token', `belongs to ${oneLine(me.username)} (application ${application.id})`)];
  });
  yield checkClock(discord.clockAheadMs(), config.transport);
  if (!application) return yield skipped('endpoint', 'and all other Discord checks: the token does not work');
  yield* checkApplication(application, config);
  const applicationId = application.id;
  let servers: Awaited<ReturnType<typeof listServers>> | undefined;
  yield* runCheck('servers', redact, async () => {
    servers = await listServers(discord);
    return checkServers(servers, applicationId, config.guildId);
  });
  if (!content) yield skipped('commands', 'they depend on the content, which has errors');
  else if (!servers) yield skipped('commands', 'the list of servers is not available');
  else {
    const options = { config, content, applicationId, servers };
    yield* runCheck('commands', redact, () => checkCommands(discord, options));
  }
  if (config.transport === 'gateway') yield* runCheck('gateway', redact, () => checkGateway(discord, config.shards));
}

/** Runs a check. An error becomes a problem. */
async function* runCheck(name: CheckName, redact: Redact, run: () => Promise<readonly DoctorFinding[]>): Findings {
  try {
    yield* await run();
  } catch (error) {
    yield error instanceof CheckError
      ? problem(name, error.message, error.advice)
      : problem(name, `the check itself failed: ${redact(String(error))}`, 'Please report it as a bug.');
  }
}
