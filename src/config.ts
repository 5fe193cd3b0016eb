// Reads and validates the environment variables. Reports all problems together, by variable name.
import { existsSync, statSync } from 'node:fs';
import { isIPv6 } from 'node:net';
import { z } from 'zod';
import { databaseUrlProblem } from './database-url.ts';
import type { EnvFile } from './env-file.ts';
import { cleanToken, cleanValue, type EnvironmentVariables, hasInvisible } from './env-value.ts';
import { OperatorError } from './operator-error.ts';

const DEFAULT_API = 'https://discord.com/api';
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema);
const caseInsensitive = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (typeof value === 'string' ? value.toLowerCase() : value), schema);

/** Ranges or single shards, and after the slash the total number in all processes. */
const SHARDS = /^(auto|\d{1,5}(-\d{1,5})?(,\d{1,5}(-\d{1,5})?)*\/[1-9]\d{0,4})$/;

const Environment = z.object({
  DISCORD_TOKEN: optional(
    z
      .string()
      .regex(/^[\w.+/=~-]+$/, 'must be the bot’s token only, without spaces, quotes or other text')
      .optional(),
  ),
  DISCORD_API_URL: optional(
    z
      .url({ protocol: /^https?$/, message: 'must be an http:// or https:// address' })
      .refine((url) => !/\/v\d+\/*$/.test(url), 'must not contain the version: the bot adds /v10')
      .default(DEFAULT_API),
  ),
  DISCORD_GUILD_ID: optional(
    z
      .string()
      .regex(/^\d{17,20}$/, 'must be a server id: 17 to 20 digits')
      .optional(),
  ),
  TRANSPORT: optional(caseInsensitive(z.enum(['gateway', 'http'], 'must be gateway or http').default('gateway'))),
  DISCORD_PUBLIC_KEY: optional(
    z
      .string()
      .regex(/^[0-9a-f]{64}$/i, 'must be the 64 hexadecimal digits of the application’s public key')
      .optional(),
  ),
  HOST: optional(
    z
      .string()
      .transform((host) => host.replace(/^\[(.+)\]$/, '$1'))
      .refine(
        (host) => isIPv6(host) || /^[\w.-]+$/.test(host),
        'must be an IP address or a host name, without http:// and port',
      )
      .default('127.0.0.1'),
  ),
  PORT: optional(
    z
      .string()
      .regex(/^\d+$/, 'must be a number from 0 to 65535')
      .transform(Number)
      .refine((port) => port <= 65_535, 'must be a number from 0 to 65535')
      .optional(),
  ),
  DATABASE_URL: optional(
    z
      .string()
      .superRefine((url, context) => {
        const problem = databaseUrlProblem(url);
        if (problem !== undefined) context.addIssue(problem);
      })
      .default('file:data/guidepost.db'),
  ),
  CONTENT_DIR: optional(z.string().refine(isFolder, 'is not a folder').default('content')),
  SHARDS: optional(
    z
      .string()
      .transform((text) => text.toLowerCase().replace(/\s+/g, ''))
      .refine((text) => SHARDS.test(text), 'must be auto, or shards and their total number, such as 0-3/16 or 0,4,8/16')
      .pipe(z.string().transform(parseShards))
      .default('auto'),
  ),
  LOG_LEVEL: optional(
    caseInsensitive(
      z
        .enum(
          ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'],
          'must be trace, debug, info, warn, error, fatal or silent',
        )
        .default('info'),
    ),
  ),
});

export interface Config {
  /** Undefined: run the local preview. */
  readonly token: string | undefined;
  readonly apiUrl: string;
  readonly guildId: string | undefined;
  readonly transport: 'gateway' | 'http';
  readonly publicKey: string | undefined;
  readonly host: string;
  /** Undefined: don't listen in gateway mode. */
  readonly port: number | undefined;
  readonly databaseUrl: string;
  readonly contentDir: string;
  /** The gateway shards of this process; `auto`: as many as Discord recommends. */
  readonly shards: Shards;
  readonly logLevel: string;
}

export type Shards = 'auto' | { readonly ids: readonly number[]; readonly count: number };

/** The default port of the preview and the HTTP endpoint. */
export const DEFAULT_PORT = 8080;

/** The environment is not valid. The message has one line per problem. */
export class ConfigError extends OperatorError {
  override readonly name = 'ConfigError';
  /** Each begins with the variable's name, and never contains its value. */
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    const lines = problems.map((one) => `  ${one}`);
    super(['The environment is not valid:', ...lines, '.env.example explains every variable.'].join('\n'));
    this.problems = problems;
  }
}

/**
 * Reads the environment. Spaces, line breaks and quotes around a value are ignored.
 * @param file the .env file that was read into the environment
 * @throws {ConfigError} naming every invalid or missing variable
 */
export function readConfig(environment: EnvironmentVariables, file?: Pick<EnvFile, 'path' | 'state'>): Config {
  const { values, problems } = cleanVariables(environment);
  const parsed = Environment.safeParse(values);
  if (!parsed.success) problems.push(...parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`));
  const isTokenSet = values.DISCORD_TOKEN !== '';
  if (values.TRANSPORT?.toLowerCase() === 'http' && isTokenSet && values.DISCORD_PUBLIC_KEY === '')
    problems.push('DISCORD_PUBLIC_KEY is missing: TRANSPORT=http requires it');
  if (!values.CONTENT_DIR && !isFolder('content'))
    problems.push('CONTENT_DIR is not set, and there is no folder "content" in the current folder');
  // If the token is set elsewhere, such as in a systemd unit, the bot can start without the file.
  if (!isTokenSet && file?.state === 'unreadable')
    problems.push(`DISCORD_TOKEN is not set, and ${file.path} can’t be read: make it a file that this user can read`);
  if (problems.length > 0 || !parsed.success) {
    throw new ConfigError(problems);
  }
  const env = parsed.data;
  return {
    token: env.DISCORD_TOKEN,
    apiUrl: env.DISCORD_API_URL.replace(/\/+$/, ''),
    guildId: env.DISCORD_GUILD_ID,
    transport: env.TRANSPORT,
    publicKey: env.DISCORD_PUBLIC_KEY,
    host: env.HOST,
    port: env.PORT,
    databaseUrl: env.DATABASE_URL,
    contentDir: env.CONTENT_DIR,
    shards: env.SHARDS,
    logLevel: env.LOG_LEVEL,
  };
}

/** File names may contain any character, including line breaks. */
const isPath = (name: string, value: string): boolean =>
  name === 'CONTENT_DIR' || (name === 'DATABASE_URL' && value.startsWith('file:'));

/** Trims and unquotes all values. Variables with invisible characters become problems and are left out. */
function cleanVariables(environment: EnvironmentVariables): { values: Record<string, string>; problems: string[] } {
  const values: Record<string, string> = {};
  const problems: string[] = [];
  for (const name of Object.keys(Environment.shape)) {
    const value = name === 'DISCORD_TOKEN' ? cleanToken(environment[name] ?? '') : cleanValue(environment[name] ?? '');
    if (hasInvisible(value) && !isPath(name, value))
      problems.push(`${name} contains a line break or an invisible character: retype it`);
    else values[name] = value;
  }
  return { values, problems };
}

function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}

function parseShards(text: string, context: { addIssue(message: string): void }): Shards {
  if (text === 'auto') return 'auto';
  const [list = '', total = ''] = text.split('/');
  const count = Number(total);
  const ids = list.split(',').flatMap((part) => {
    const [from = 0, to = from] = part.split('-').map(Number);
    return Array.from({ length: Math.max(to - from + 1, 0) }, (_, i) => from + i);
  });
  if (ids.length === 0 || ids.some((id) => id >= count) || new Set(ids).size !== ids.length) {
    context.addIssue(`must name shards from 0 to ${count - 1}, each only once`);
  }
  return { ids, count };
}
