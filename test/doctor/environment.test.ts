// Checks of the environment and the file .env.
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { checkEnvironment } from '../../src/doctor/environment.ts';
import { readEnvFile } from '../../src/env-file.ts';
import { runDoctor } from './run-doctor.ts';

const NO_FILE = { path: '.env', state: 'missing', overridden: [], truncated: [], isPublic: false } as const;

const home = mkdtempSync(join(tmpdir(), 'guidepost-doctor-'));
afterAll(() => rmSync(home, { recursive: true }));

describe('the environment', () => {
  it('has a problem for each invalid variable, and nothing else is checked', async () => {
    const { output, findings } = await runDoctor({ TRANSPORT: 'pigeon', PORT: 'many', DATABASE_URL: 'mysql://x/y' });
    expect(output('environment').match(/^problem environment/gm)).toHaveLength(3);
    expect(output('environment')).toContain(
      'DATABASE_URL must be file:path or postgres://…\n → Fix DATABASE_URL in .env',
    );
    expect(findings.at(-1)).toMatchObject({ level: 'skipped' });
  });

  it('needs the public key over HTTP', async () => {
    const { output } = await runDoctor({ DISCORD_TOKEN: 'x', TRANSPORT: 'http' });
    expect(output('environment')).toContain('DISCORD_PUBLIC_KEY is missing');
  });

  it('has a problem if the token’s variable has another name', async () => {
    const { output } = await runDoctor({ DISCORD_BOT_TOKEN: 'MTA.se.cret' });
    expect(output('environment')).toMatch(
      /^problem environment DISCORD_TOKEN is not set, but DISCORD_BOT_TOKEN is: .*\n → Rename DISCORD_BOT_TOKEN/,
    );
    expect(output('environment')).not.toContain('MTA.se.cret');
  });

  it('without a token is a hint', async () => {
    const { output } = await runDoctor({});
    expect(output('environment')).toMatch(/^hint .*DISCORD_TOKEN is not set: "npm start" runs the local preview/);
    expect(output('environment')).toContain('→ To go live, put the bot’s token after DISCORD_TOKEN= in /srv/bot/.env');
  });

  it('without a token is a problem in production, where there is no preview', async () => {
    const { output } = await runDoctor({ NODE_ENV: 'production' });
    expect(output('environment')).toMatch(/^problem environment DISCORD_TOKEN is not set: the bot does not start/);
    expect(output('environment')).toContain('→ To go live, put the bot’s token after DISCORD_TOKEN= in /srv/bot/.env');
  });

  it('that is valid says where it comes from', () => {
    const check = (state: 'read' | 'missing') =>
      checkEnvironment({ DISCORD_TOKEN: 'a.b.c' }, { ...NO_FILE, path: '/srv/.env', state });
    expect(check('read')).toMatchObject({
      config: { token: 'a.b.c' },
      findings: [{ level: 'ok', check: 'environment', text: 'valid; /srv/.env was read' }],
    });
    expect(check('missing').findings).toEqual([
      { level: 'ok', check: 'environment', text: 'valid; there is no /srv/.env, which is fine' },
    ]);
  });

  it('has the findings about the file together with its own', () => {
    const file = { ...NO_FILE, overridden: ['A', 'B'], truncated: ['C', 'D'], isPublic: true };
    const levels = (environment: Record<string, string>) =>
      checkEnvironment(environment, file).findings.map(({ level, text }) => `${level} ${text}`);
    const found = [
      'hint A, B in .env has no effect: the environment sets another value',
      'hint the value of C, D in .env ends at a #, which starts a comment',
      'hint all users of this machine can read .env',
    ];
    expect(levels({ DISCORD_TOKEN: 'a.b.c' })).toEqual(found);
    expect(levels({})).toEqual([...found, expect.stringContaining('DISCORD_TOKEN is not set')]);
    expect(levels({ PORT: 'many' })).toEqual([...found, 'problem PORT must be a number from 0 to 65535']);
    expect(checkEnvironment({ PORT: 'many' }, file).config).toBeUndefined();
  });
});

describe('the file .env', () => {
  beforeEach(() => rmSync(join(home, '.env'), { recursive: true, force: true }));
  const back = process.cwd();
  const read = (environment: NodeJS.ProcessEnv) => {
    process.chdir(home);
    try {
      return readEnvFile(environment);
    } finally {
      process.chdir(back);
    }
  };

  it('sets variables that are not set, and is a hint for others', async () => {
    writeFileSync(join(home, '.env'), 'DISCORD_GUILD_ID=11111111111111111\nTRANSPORT=gateway\nLOG_LEVEL=warn\n');
    const environment = { DISCORD_GUILD_ID: '22222222222222222', TRANSPORT: 'gateway' };
    const envFile = read(environment);
    expect(environment).toMatchObject({ DISCORD_GUILD_ID: '22222222222222222', LOG_LEVEL: 'warn' });
    const { output } = await runDoctor(environment, { envFile });
    expect(output('environment')).toMatch(
      /^hint environment DISCORD_GUILD_ID in .*\.env has no effect: the environment sets another value\n → Change it/,
    );
  });

  it('with a # directly after a value is a hint', async () => {
    writeFileSync(join(home, '.env'), 'CONTENT_DIR=/srv/a#b\n');
    const { output } = await runDoctor({}, { envFile: read({}) });
    expect(output('environment')).toMatch(
      /^hint environment the value of CONTENT_DIR in .*\.env ends at a #, which starts a comment\n → If the # belongs/,
    );
  });

  it('that all users can read is a hint', async () => {
    const file = join(home, '.env');
    writeFileSync(file, 'LOG_LEVEL=info\n');
    chmodSync(file, 0o644);
    const { output } = await runDoctor({}, { envFile: read({}) });
    expect(output('environment')).toMatch(/^hint environment all users of this machine can read .*\n → .*chmod 600/);
    chmodSync(file, 0o600);
    expect(read({})).toMatchObject({ isPublic: false });
  });

  it('in UTF-16 is read', () => {
    const environment: NodeJS.ProcessEnv = {};
    writeFileSync(join(home, '.env'), Buffer.from('\ufeffDISCORD_TOKEN=MTA.abc.def\r\n', 'utf16le'));
    expect(read(environment)).toMatchObject({ state: 'read' });
    expect(environment.DISCORD_TOKEN).toBe('MTA.abc.def');
  });

  it('may be missing', () => {
    expect(read({})).toMatchObject({ state: 'missing' });
  });

  it('that can’t be read is a problem, or a hint if the token is set elsewhere', async () => {
    mkdirSync(join(home, '.env')); // a folder of that name
    const { output } = await runDoctor({}, { envFile: read({}) });
    expect(output('environment')).toMatch(/^problem environment .*\.env cannot be read\n → Make it a file/);
    const withToken = await runDoctor({ DISCORD_TOKEN: 'x' }, { envFile: read({}) });
    expect(withToken.output('environment')).toMatch(/^hint environment .*\.env cannot be read\n/);
  });
});
