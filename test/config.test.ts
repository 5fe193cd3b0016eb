// The environment: defaults, and one message that names everything that is wrong.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from '../src/config.ts';

function problems(environment: Record<string, string>): string {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return '';
}

const VARIABLES =
  'DISCORD_TOKEN DISCORD_API_URL DISCORD_GUILD_ID TRANSPORT DISCORD_PUBLIC_KEY HOST PORT DATABASE_URL CONTENT_DIR SHARDS LOG_LEVEL'.split(
    ' ',
  );

describe('the environment', () => {
  it('may be empty: then the preview runs', () => {
    expect(readConfig({})).toEqual({
      token: undefined,
      apiUrl: 'https://discord.com/api',
      guildId: undefined,
      transport: 'gateway',
      publicKey: undefined,
      host: '127.0.0.1',
      port: undefined,
      databaseUrl: 'file:data/guidepost.db',
      contentDir: 'content',
      shards: 'auto',
      logLevel: 'info',
    });
  });

  it('takes a variable that is set to nothing as not set', () => {
    expect(readConfig(Object.fromEntries(VARIABLES.map((name) => [name, ''])))).toEqual(readConfig({}));
  });

  it('names every problem at once', () => {
    const message = problems({
      TRANSPORT: 'pigeon',
      PORT: '99999',
      DATABASE_URL: 'mysql://x/y',
      CONTENT_DIR: '/no/such/folder',
      DISCORD_GUILD_ID: 'mine',
      LOG_LEVEL: 'loud',
      DISCORD_API_URL: 'ftp://x',
      DISCORD_PUBLIC_KEY: '12',
    });
    for (const name of [
      'TRANSPORT',
      'PORT',
      'DATABASE_URL',
      'CONTENT_DIR',
      'DISCORD_GUILD_ID',
      'LOG_LEVEL',
      'DISCORD_API_URL',
      'DISCORD_PUBLIC_KEY',
    ])
      expect(message).toContain(name);
  });

  it('asks for the public key where Discord calls the bot', () => {
    expect(problems({ DISCORD_TOKEN: 'x', TRANSPORT: 'http' })).toContain('DISCORD_PUBLIC_KEY is missing');
    expect(problems({ DISCORD_TOKEN: 'x', TRANSPORT: 'http', DISCORD_PUBLIC_KEY: 'ab'.repeat(32) })).toBe('');
  });

  it('refuses an address with a version, which the bot adds itself', () => {
    expect(problems({ DISCORD_API_URL: 'https://discord.com/api/v10/' })).toContain('DISCORD_API_URL must end before');
    expect(problems({ DISCORD_API_URL: 'https://discord.com/api/' })).toBe('');
  });

  it('reads shards as ranges and lists of a number in all', () => {
    expect(readConfig({ SHARDS: '0-2,5/16' }).shards).toEqual({ ids: [0, 1, 2, 5], count: 16 });
    for (const wrong of ['4', '0-3', '3-1/16', '16/16', '0,0/4', 'all', '0/0'])
      expect(problems({ SHARDS: wrong })).toContain('SHARDS');
  });

  it('never repeats a token', () => {
    expect(problems({ DISCORD_TOKEN: 'very-secret', TRANSPORT: 'x' })).not.toContain('very-secret');
  });

  it('is explained variable by variable in .env.example', () => {
    const names = [...readFileSync('.env.example', 'utf8').matchAll(/^# .+\.\n([A-Z_]+)=/gm)].map((match) => match[1]);
    expect(names).toEqual(VARIABLES);
  });
});
