// The environment: defaults, and one message that lists all problems.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { type Config, ConfigError, readConfig } from '../src/config.ts';
import { misnamedToken } from '../src/env-value.ts';

function problems(environment: Record<string, string>): string {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return '';
}

/** The error of an environment that must not be accepted. */
function refused(...given: Parameters<typeof readConfig>): ConfigError {
  try {
    readConfig(...given);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  return expect.fail('it was accepted');
}

const VARIABLES =
  'DISCORD_TOKEN DISCORD_API_URL DISCORD_GUILD_ID TRANSPORT DISCORD_PUBLIC_KEY HOST PORT DATABASE_URL CONTENT_DIR SHARDS LOG_LEVEL'.split(
    ' ',
  );

describe('the environment', () => {
  it('may be empty', () => {
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

  it('treats empty variables as unset', () => {
    expect(readConfig(Object.fromEntries(VARIABLES.map((name) => [name, ''])))).toEqual(readConfig({}));
  });

  it('reports all problems together', () => {
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

  it('needs the public key over HTTP', () => {
    expect(problems({ DISCORD_TOKEN: 'x', TRANSPORT: 'http' })).toContain('DISCORD_PUBLIC_KEY is missing');
    expect(problems({ DISCORD_TOKEN: 'x', TRANSPORT: 'http', DISCORD_PUBLIC_KEY: 'ab'.repeat(32) })).toBe('');
  });

  it('rejects an API URL with a version', () => {
    expect(problems({ DISCORD_API_URL: 'https://discord.com/api/v10/' })).toContain(
      'DISCORD_API_URL must not contain the version',
    );
    expect(problems({ DISCORD_API_URL: 'https://discord.com/api/' })).toBe('');
  });

  it('reads shards as ranges and lists of a total', () => {
    expect(readConfig({ SHARDS: '0-2,5/16' }).shards).toEqual({ ids: [0, 1, 2, 5], count: 16 });
    for (const wrong of ['4', '0-3', '3-1/16', '16/16', '0,0/4', 'all', '0/0'])
      expect(problems({ SHARDS: wrong })).toContain('SHARDS');
  });

  it.each([
    ['a line break after it', (value: string) => `${value}\n`],
    ['spaces around it', (value: string) => `  ${value}\t`],
    ['no-break and zero-width spaces around it', (value: string) => `\u00a0\u200b${value}\u200b\ufeff`],
    ['straight quotes', (value: string) => `"${value}"`],
    ['single quotes and a line break', (value: string) => `'${value}'\r\n`],
    ['curly quotes', (value: string) => `“${value}”`],
    ['quotes in quotes', (value: string) => `'"${value} "'`],
  ])('accepts every value with %s', (_, write) => {
    const plain = {
      DISCORD_TOKEN: 'MTA.abc-_.def',
      DISCORD_API_URL: 'https://proxy.example/api',
      DISCORD_GUILD_ID: '123456789012345678',
      TRANSPORT: 'http',
      DISCORD_PUBLIC_KEY: 'ab'.repeat(32),
      HOST: '0.0.0.0',
      PORT: '8080',
      DATABASE_URL: 'postgres://bot:p%20w@db:5432/guide',
      CONTENT_DIR: 'test',
      SHARDS: '0-3/16',
      LOG_LEVEL: 'warn',
    };
    const written = Object.fromEntries(Object.entries(plain).map(([name, value]) => [name, write(value)]));
    expect(readConfig(written)).toEqual(readConfig(plain));
  });

  it('treats variables with only spaces or quotes as unset', () => {
    for (const nothing of [' ', '\n', '""', '“ ”', '\u200b'])
      expect(readConfig(Object.fromEntries(VARIABLES.map((name) => [name, nothing])))).toEqual(readConfig({}));
    expect(problems({ DISCORD_TOKEN: 'x', TRANSPORT: 'http', DISCORD_PUBLIC_KEY: ' ' })).toContain(
      'PUBLIC_KEY is missing',
    );
  });

  it.each(['Bot MTA.abc.def', 'bot  MTA.abc.def\n', '"Bot MTA.abc.def"', 'Bot "MTA.abc.def"'])(
    'extracts the token from %j',
    (DISCORD_TOKEN) => {
      expect(readConfig({ DISCORD_TOKEN }).token).toBe('MTA.abc.def');
    },
  );

  it.each([
    'MTA.se cret.def',
    'MTA.se\ncret.def',
    'MTA.se\u200bcret.def',
    '"MTA.secret.def',
    '<MTA.secret.def>',
    'MTA.ßecret.x',
  ])('rejects the token %j without printing it', (DISCORD_TOKEN) => {
    expect(problems({ DISCORD_TOKEN })).toContain('DISCORD_TOKEN ');
    expect(problems({ DISCORD_TOKEN })).not.toMatch(/cret/);
  });

  it('rejects a line break or an invisible character inside any value', () => {
    const inside = ['DISCORD_GUILD_ID', 'TRANSPORT', 'HOST', 'PORT', 'DATABASE_URL', 'SHARDS', 'LOG_LEVEL'];
    const message = problems(Object.fromEntries(inside.map((name) => [name, 'postgres://a\nb'])));
    for (const name of inside) expect(message).toContain(`${name} contains a line break or an invisible character`);
  });

  it.each(['0x50', '1e3', '80.5', '-1', '65536', '80 81', 'eighty'])('rejects PORT=%s', (PORT) => {
    expect(problems({ PORT })).toContain('PORT must be a number from 0 to 65535');
  });

  it('accepts words in any case, and shards with spaces', () => {
    expect(readConfig({ TRANSPORT: 'Gateway', LOG_LEVEL: 'INFO', SHARDS: ' 0-2, 5 / 16 ' })).toMatchObject({
      transport: 'gateway',
      logLevel: 'info',
      shards: { ids: [0, 1, 2, 5], count: 16 },
    });
  });

  it('accepts an IPv6 address with or without brackets, and rejects a port or scheme in HOST', () => {
    expect(readConfig({ HOST: '[::1]' }).host).toBe('::1');
    expect(readConfig({ HOST: '::' }).host).toBe('::');
    expect(readConfig({ HOST: 'bot.internal' }).host).toBe('bot.internal');
    for (const HOST of ['http://0.0.0.0', '127.0.0.1:8080', '[::1]:80', 'a b'])
      expect(problems({ HOST })).toContain('HOST must be an IP address or a host name');
  });

  it.each([
    'postgres://bot:p#w@db/guide',
    'postgres://bot:12#w@db/guide',
    'postgres://bot:p/w@db/guide',
    'postgres://bot:12/w@db/guide',
    'postgres://bot:12?w@db/guide',
    'postgres://bot:pw@db:port/guide',
    'postgres://bot:%ff@db/guide',
    'postgres://bot:pw@',
    'postgres://',
    'mysql://bot:pw@db/guide',
    'data/guidepost.db',
    'file:',
    'file:data/',
    'file://data/guidepost.db',
    'file:///a%2Fb',
    'file:guidepost.db?mode=rwc',
    'file:~/guidepost.db',
    'file:test/store',
    pathToFileURL('test/store').href,
  ])('rejects DATABASE_URL=%s without printing its value', (DATABASE_URL) => {
    expect(problems({ DATABASE_URL })).toContain('DATABASE_URL must ');
    expect(problems({ DATABASE_URL })).not.toMatch(/bot:(p|12)|pw@|guidepost\.db/);
  });

  it.each([
    'postgres://bot:p@ss@db/guide',
    'postgres://bot:50%@db/guide',
    'postgres://bot:a%23b%3Fc%2Fd%25e%40f@[::1]:5432/guide',
    'postgresql://bot:secret@/guide?host=%2Frun%2Fpostgresql&port=5433',
    'postgres:///guide?host=/run/postgresql',
    'postgres://%2Frun%2Fpostgresql/guide',
    'postgres://db/guide?user=bot@server&password=x',
    'postgres://db/guide?sslmode=disable',
    'file:data/guidepost.db',
    'file:/srv/guidepost.db',
    'file:///srv/guidepost.db',
    'file:C:/guidepost.db',
  ])('accepts DATABASE_URL=%s', (DATABASE_URL) => {
    expect(readConfig({ DATABASE_URL }).databaseUrl).toBe(DATABASE_URL);
  });

  it('accepts a database that an earlier version created with options in its name', () => {
    const folder = mkdtempSync(join(tmpdir(), 'guidepost-config-'));
    const path = join(folder, 'guide.db?mode=rwc');
    expect(problems({ DATABASE_URL: `file:${path}` })).toContain('options after ?');
    writeFileSync(path, '');
    expect(readConfig({ DATABASE_URL: `file:${path}` }).databaseUrl).toBe(`file:${path}`);
    rmSync(folder, { recursive: true });
  });

  it('finds a token under another name, only if DISCORD_TOKEN is not set', () => {
    const token = 'MTA.abc.def';
    for (const name of ['DISCORD_BOT_TOKEN', 'BOT_TOKEN', 'TOKEN', 'discord_token', 'Discord-Token'])
      expect(misnamedToken({ [name]: `"${token}"`, DISCORD_TOKEN: ' ' })).toBe(name);
    expect(misnamedToken({ DISCORD_BOT_TOKEN: token, DISCORD_TOKEN: token })).toBeUndefined();
    expect(misnamedToken({ TOKEN: 'of-something-else', GITHUB_TOKEN: token })).toBeUndefined();
  });

  it('needs a readable .env only if the token is not set elsewhere', () => {
    const file = { path: '/srv/.env', state: 'unreadable' } as const;
    expect(() => readConfig({}, file)).toThrow('DISCORD_TOKEN is not set, and /srv/.env can’t be read');
    expect(readConfig({ DISCORD_TOKEN: 'x' }, file).token).toBe('x');
  });

  it('never prints a token', () => {
    expect(problems({ DISCORD_TOKEN: 'very-secret', TRANSPORT: 'x' })).not.toContain('very-secret');
  });

  it.each([
    ['DISCORD_TOKEN', 'a,b', 'must be the bot’s token only, without spaces, quotes or other text'],
    ['DISCORD_API_URL', 'ftp://discord.com/api', 'must be an http:// or https:// address'],
    ['DISCORD_API_URL', 'xhttp://discord.com/api', 'must be an http:// or https:// address'],
    ['DISCORD_API_URL', 'discord.com', 'must be an http:// or https:// address'],
    ['DISCORD_API_URL', 'https://discord.com/api/v10', 'must not contain the version: the bot adds /v10'],
    ['DISCORD_API_URL', 'https://discord.com/api/v9//', 'must not contain the version: the bot adds /v10'],
    ['DISCORD_GUILD_ID', '1'.repeat(16), 'must be a server id: 17 to 20 digits'],
    ['DISCORD_GUILD_ID', '1'.repeat(21), 'must be a server id: 17 to 20 digits'],
    ['DISCORD_GUILD_ID', `x${'1'.repeat(17)}`, 'must be a server id: 17 to 20 digits'],
    ['TRANSPORT', 'https', 'must be gateway or http'],
    ['DISCORD_PUBLIC_KEY', 'a'.repeat(63), 'must be the 64 hexadecimal digits of the application’s public key'],
    ['DISCORD_PUBLIC_KEY', 'a'.repeat(65), 'must be the 64 hexadecimal digits of the application’s public key'],
    ['DISCORD_PUBLIC_KEY', 'g'.repeat(64), 'must be the 64 hexadecimal digits of the application’s public key'],
    ['HOST', 'a:b', 'must be an IP address or a host name, without http:// and port'],
    ['HOST', '[a b]', 'must be an IP address or a host name, without http:// and port'],
    ['PORT', '65536', 'must be a number from 0 to 65535'],
    ['PORT', '8o', 'must be a number from 0 to 65535'],
    ['DATABASE_URL', 'file:data/', 'must name a file, not a folder'],
    ['CONTENT_DIR', '/no/such/folder', 'is not a folder'],
    ['CONTENT_DIR', 'package.json', 'is not a folder'],
    ['SHARDS', 'all', 'must be auto, or shards and their total number, such as 0-3/16 or 0,4,8/16'],
    ['SHARDS', '0/0', 'must be auto, or shards and their total number, such as 0-3/16 or 0,4,8/16'],
    ['SHARDS', '0/100000', 'must be auto, or shards and their total number, such as 0-3/16 or 0,4,8/16'],
    ['SHARDS', '16/16', 'must name shards from 0 to 15, each only once'],
    ['SHARDS', '0-2,2/16', 'must name shards from 0 to 15, each only once'],
    ['SHARDS', '3-1/16', 'must name shards from 0 to 15, each only once'],
    ['LOG_LEVEL', 'loud', 'must be trace, debug, info, warn, error, fatal or silent'],
  ])('says what is wrong with %s=%s', (name, value, problem) => {
    const error = refused({ [name]: value });
    expect(error.problems).toEqual([`${name} ${problem}`]);
    expect(error).toMatchObject({ name: 'ConfigError', message: expect.stringContaining(`\n  ${name} ${problem}\n`) });
  });

  it.each<[string, string, Partial<Config>]>([
    ['DISCORD_TOKEN', 'aZ09_.+/=~-', { token: 'aZ09_.+/=~-' }],
    ['DISCORD_API_URL', 'http://127.0.0.1:80/api///', { apiUrl: 'http://127.0.0.1:80/api' }],
    ['DISCORD_API_URL', 'https://proxy.example/v10/api', { apiUrl: 'https://proxy.example/v10/api' }],
    ['DISCORD_GUILD_ID', '1'.repeat(17), { guildId: '1'.repeat(17) }],
    ['DISCORD_GUILD_ID', '1'.repeat(20), { guildId: '1'.repeat(20) }],
    ['TRANSPORT', 'HTTP', { transport: 'http' }],
    ['DISCORD_PUBLIC_KEY', 'aF'.repeat(32), { publicKey: 'aF'.repeat(32) }],
    ['HOST', 'my_host-1.example', { host: 'my_host-1.example' }],
    ['HOST', '[::1]', { host: '::1' }],
    ['PORT', '0', { port: 0 }],
    ['PORT', '65535', { port: 65_535 }],
    ['CONTENT_DIR', 'src', { contentDir: 'src' }],
    ['SHARDS', 'AUTO', { shards: 'auto' }],
    ['SHARDS', '3/16', { shards: { ids: [3], count: 16 } }],
    ['SHARDS', '14-15/16', { shards: { ids: [14, 15], count: 16 } }],
    ['SHARDS', '99998/99999', { shards: { ids: [99_998], count: 99_999 } }],
    ...['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'].map(
      (level): [string, string, Partial<Config>] => ['LOG_LEVEL', level, { logLevel: level }],
    ),
  ])('accepts %s=%s', (name, value, expected) => {
    expect(readConfig({ [name]: value })).toEqual({ ...readConfig({}), ...expected });
  });

  it('reports each variable that cannot be read besides those with other problems', () => {
    const { problems: all } = refused({ PORT: '1\n2', TRANSPORT: 'pigeon' });
    expect(all).toEqual([
      'PORT contains a line break or an invisible character: retype it',
      'TRANSPORT must be gateway or http',
    ]);
  });

  it('allows any character in the names of files, but not in a PostgreSQL URL', () => {
    expect(refused({ CONTENT_DIR: 'a\nb' }).problems).toEqual(['CONTENT_DIR is not a folder']);
    expect(readConfig({ DATABASE_URL: 'file:a\nb' }).databaseUrl).toBe('file:a\nb');
    expect(refused({ DATABASE_URL: 'postgres://db/a\nb' }).problems).toHaveLength(1);
  });

  it('lists the problems one a line, and names the file that explains the variables', () => {
    const { message, problems: all } = refused({ PORT: 'x', LOG_LEVEL: 'x' });
    expect(all).toHaveLength(2);
    expect(message.split('\n')).toEqual([
      'The environment is not valid:',
      ...all.map((one) => `  ${one}`),
      '.env.example explains every variable.',
    ]);
  });

  it('needs the public key over HTTP only for a bot with a token', () => {
    expect(refused({ DISCORD_TOKEN: 'x', TRANSPORT: ' HTTP' }).problems).toEqual([
      'DISCORD_PUBLIC_KEY is missing: TRANSPORT=http requires it',
    ]);
    expect(readConfig({ TRANSPORT: 'http' }).transport).toBe('http');
    expect(readConfig({ DISCORD_TOKEN: 'x' }).transport).toBe('gateway');
  });

  it('says what to do about an unreadable .env, and nothing about a missing one', () => {
    expect(refused({}, { path: '/srv/.env', state: 'unreadable' }).problems).toEqual([
      'DISCORD_TOKEN is not set, and /srv/.env can’t be read: make it a file that this user can read',
    ]);
    for (const state of ['missing', 'read'] as const)
      expect(readConfig({}, { path: '/srv/.env', state })).toEqual(readConfig({}));
  });

  describe('in a folder without content', () => {
    const folder = mkdtempSync(join(tmpdir(), 'guidepost-config-'));
    afterAll(() => rmSync(folder, { recursive: true }));
    const inFolder = <T>(act: () => T): T => {
      const back = process.cwd();
      process.chdir(folder);
      try {
        return act();
      } finally {
        process.chdir(back);
      }
    };

    it('needs CONTENT_DIR', () => {
      expect(inFolder(() => refused({})).problems).toEqual([
        'CONTENT_DIR is not set, and there is no folder "content" in the current folder',
      ]);
      expect(inFolder(() => readConfig({ CONTENT_DIR: folder })).contentDir).toBe(folder);
    });

    it('does not take a file for the folder', () => {
      writeFileSync(join(folder, 'content'), '');
      expect(inFolder(() => refused({})).problems).toHaveLength(1);
    });
  });

  it('is explained variable by variable in .env.example', () => {
    const names = [...readFileSync('.env.example', 'utf8').matchAll(/^# .+\.\n([A-Z_]+)=/gm)].map((match) => match[1]);
    expect(names).toEqual(VARIABLES);
  });
});
