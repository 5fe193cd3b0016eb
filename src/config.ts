// The environment, read and checked once. Reports all problems together, by variable name.
import { existsSync, statSync } from 'node:fs';
import { isIPv6 } from 'node:net';
import { z } from 'zod';
import { databaseUrlProblem } from './database-url.ts';
import type { EnvFile } from './env-file.ts';
import { cleanToken, cleanValue, hasInvisible, type Variables } from './env-value.ts';
import { OperatorError } from './operator-error.ts';

const DEFAULT_API = 'https://discord.com/api';
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema);
const lowerCased = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (typeof value === 'string' ? value.toLowerCase() : value), schema);

/** Ranges or single shards, and after the slash how many there are in all processes together. */
const SHARDS = /^(auto|\d{1,5}(-\d{1,5})?(,\d{1,5}(-\d{1,5})?)*\/[1-9]\d{0,4})$/;

const Environment = z.object({
  DISCORD_TOKEN: optional(
    z
      .string()
      .regex(/^[\w.+/=~-]+$/, 'must be the bot’s token alone: no blanks, quotes or other text')
      .optional(),
  ),
  DISCORD_API_URL: optional(
    z
      .url({ protocol: /^https?$/, message: 'must be an http:// or https:// address' })
      .refine((url) => !/\/v\d+\/*$/.test(url), 'must end before the version: the bot adds /v10 itself')
      .default(DEFAULT_API),
  ),
  DISCORD_GUILD_ID: optional(
    z
      .string()
      .regex(/^\d{17,20}$/, 'must be a server id: 17 to 20 digits')
      .optional(),
  ),
  TRANSPORT: optional(lowerCased(z.enum(['gateway', 'http'], 'must be gateway or http').default('gateway'))),
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
        'must be an address or a host name, without http:// and port',
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
      .refine(
        (text) => SHARDS.test(text),
        'must be auto, or shards and their number in all, such as 0-3/16 or 0,4,8/16',
      )
      .pipe(z.string().transform(readShards))
      .default('auto'),
  ),
  LOG_LEVEL: optional(
    lowerCased(
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
  /** Undefined: the local preview runs. */
  readonly token: string | undefined;
  readonly apiUrl: string;
  readonly guildId: string | undefined;
  readonly transport: 'gateway' | 'http';
  readonly publicKey: string | undefined;
  readonly host: string;
  /** Undefined: nothing listens in gateway mode. */
  readonly port: number | undefined;
  readonly databaseUrl: string;
  readonly contentDir: string;
  /** The gateway shards of this process; `auto`: all that Discord recommends. */
  readonly shards: Shards;
  readonly logLevel: string;
}

export type Shards = 'auto' | { readonly ids: readonly number[]; readonly count: number };

/** Where the preview and the HTTP endpoint listen unless PORT says otherwise. */
export const DEFAULT_PORT = 8080;

/** The environment cannot be used. The message has a line for every problem. */
export class ConfigError extends OperatorError {
  override readonly name = 'ConfigError';
  /** Each begins with the variable's name, and never holds its value. */
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    const lines = problems.map((one) => `  ${one}`);
    super(['The environment cannot be used:', ...lines, '.env.example explains every variable.'].join('\n'));
    this.problems = problems;
  }
}

/**
 * Reads the environment. Blanks, line breaks and quotes around a value do not count.
 * @param file the .env that was read into the environment, if there is one
 * @throws {ConfigError} naming every variable that is wrong or missing
 */
export function readConfig(environment: Variables, file?: Pick<EnvFile, 'path' | 'state'>): Config {
  const { values, problems } = clean(environment);
  const parsed = Environment.safeParse(values);
  if (!parsed.success) problems.push(...parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`));
  const isTokenSet = values.DISCORD_TOKEN !== '';
  if (values.TRANSPORT?.toLowerCase() === 'http' && isTokenSet && values.DISCORD_PUBLIC_KEY === '')
    problems.push('DISCORD_PUBLIC_KEY is missing: TRANSPORT=http needs it');
  if (!values.CONTENT_DIR && !isFolder('content'))
    problems.push('CONTENT_DIR is not set, and there is no folder "content" here');
  // With the token from elsewhere, such as systemd, the file may be for other eyes.
  if (!isTokenSet && file?.state === 'unreadable')
    problems.push(`DISCORD_TOKEN is not set, and ${file.path} cannot be read: make it a file that this user may read`);
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

/** Whether a line break in it may be meant: names of files can hold any character. */
const isPath = (name: string, value: string): boolean =>
  name === 'CONTENT_DIR' || (name === 'DATABASE_URL' && value.startsWith('file:'));

/** The variables without what surrounds their values; those that hold invisible characters are left out. */
function clean(environment: Variables): { values: Record<string, string>; problems: string[] } {
  const values: Record<string, string> = {};
  const problems: string[] = [];
  for (const name of Object.keys(Environment.shape)) {
    const value = name === 'DISCORD_TOKEN' ? cleanToken(environment[name] ?? '') : cleanValue(environment[name] ?? '');
    if (hasInvisible(value) && !isPath(name, value))
      problems.push(`${name} contains a line break or an invisible character: type it again`);
    else values[name] = value;
  }
  return { values, problems };
}

function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}

function readShards(text: string, context: { addIssue(message: string): void }): Shards {
  if (text === 'auto') return 'auto';
  const [list = '', total = ''] = text.split('/');
  const count = Number(total);
  const ids = list.split(',').flatMap((part) => {
    const [from = 0, to = from] = part.split('-').map(Number);
    return Array.from({ length: Math.max(to - from + 1, 0) }, (_, i) => from + i);
  });
  if (ids.length === 0 || ids.some((id) => id >= count) || new Set(ids).size !== ids.length) {
    context.addIssue(`must name shards from 0 to ${count - 1}, each once`);
  }
  return { ids, count };
}
