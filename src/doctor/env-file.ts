// The file .env, taken into the environment as the bot itself does it, and what may surprise about it.
import { resolve } from 'node:path';
import { config as readDotenv } from 'dotenv';

export interface EnvFile {
  /** Where it is looked for: the folder in which the bot is started. */
  readonly path: string;
  readonly state: 'read' | 'missing' | 'unreadable';
  /** Names of variables that the file sets and that the environment had already, with another value: that one counts. */
  readonly overruled: readonly string[];
}

/** Reads .env into an environment, where what is set already stays. @param environment changed in place */
export function readEnvFile(environment: NodeJS.ProcessEnv): EnvFile {
  const path = resolve('.env');
  const before = { ...environment };
  const { parsed = {}, error } = readDotenv({ path, quiet: true, processEnv: environment });
  const overruled = Object.entries(parsed)
    .filter(([name, value]) => before[name] !== undefined && before[name] !== value)
    .map(([name]) => name);
  const state = error === undefined ? 'read' : error.code === 'ENOENT' ? 'missing' : 'unreadable';
  return { path, state, overruled };
}
