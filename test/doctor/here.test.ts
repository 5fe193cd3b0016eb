// What the doctor says of this machine: Node, the environment, the file .env, the content.
import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { checkNode } from '../../src/doctor/node.ts';
import { readEnvFile } from '../../src/env-file.ts';
import { visit } from './visit.ts';

const home = mkdtempSync(join(tmpdir(), 'guidepost-doctor-'));
afterAll(() => rmSync(home, { recursive: true }));

describe('Node.js', () => {
  it.each(['18.20.4', '20.18.9', '20.9.0'])('%s is too old', (version) => {
    expect(checkNode(version)).toMatchObject({
      level: 'problem',
      text: `${version} is too old: the bot needs 20.19 or newer`,
      todo: expect.stringContaining('Install a newer Node.js'),
    });
  });

  it.each(['20.19.0', '20.20.1', '22.0.0', '24.1.0-nightly'])('%s is new enough', (version) => {
    expect(checkNode(version).level).toBe('ok');
  });
});

describe('the environment', () => {
  it('has a problem for each variable that the bot would refuse, and nothing else is checked', async () => {
    const { about, findings } = await visit({ TRANSPORT: 'pigeon', PORT: 'many', DATABASE_URL: 'mysql://x/y' });
    expect(about('environment').match(/^problem environment/gm)).toHaveLength(3);
    expect(about('environment')).toContain(
      'DATABASE_URL must be file:path or postgres://…\n → Correct DATABASE_URL in .env',
    );
    expect(findings.at(-1)).toMatchObject({ level: 'skipped' });
  });

  it('asks for the public key where Discord calls the bot', async () => {
    const { about } = await visit({ DISCORD_TOKEN: 'x', TRANSPORT: 'http' });
    expect(about('environment')).toContain('DISCORD_PUBLIC_KEY is missing');
  });

  it('has a problem where the token has another name', async () => {
    const { about } = await visit({ DISCORD_BOT_TOKEN: 'MTA.se.cret' });
    expect(about('environment')).toMatch(
      /^problem environment DISCORD_TOKEN is not set, but DISCORD_BOT_TOKEN is: .*\n → Rename DISCORD_BOT_TOKEN/,
    );
    expect(about('environment')).not.toContain('MTA.se.cret');
  });

  it('without a token says that the preview would run, and checks what it can', async () => {
    const { about } = await visit({ CONTENT_DIR: 'content' });
    expect(about('environment')).toMatch(/^hint .*DISCORD_TOKEN is not set: "npm start" runs the local preview/);
    expect(about('environment')).toContain('→ To go live, put the bot’s token behind DISCORD_TOKEN= in /srv/bot/.env');
    expect(about('content')).toMatch(/^(ok|hint) content \d\d pages/);
    expect(about('database')).toMatch(/^ok database .* does not exist yet: it will be made at the first start/);
    expect(about('token')).toMatch(/^skipped token and everything else about Discord/);
  });
});

describe('the file .env', () => {
  const back = process.cwd();
  const read = (environment: NodeJS.ProcessEnv) => {
    process.chdir(home);
    try {
      return readEnvFile(environment);
    } finally {
      process.chdir(back);
    }
  };

  it('is taken over, except for what is set already; that is said', async () => {
    writeFileSync(join(home, '.env'), 'DISCORD_GUILD_ID=11111111111111111\nTRANSPORT=gateway\nLOG_LEVEL=warn\n');
    const environment = { DISCORD_GUILD_ID: '22222222222222222', TRANSPORT: 'gateway' };
    const envFile = read(environment);
    expect(environment).toMatchObject({ DISCORD_GUILD_ID: '22222222222222222', LOG_LEVEL: 'warn' });
    const { about } = await visit(environment, { envFile });
    expect(about('environment')).toMatch(
      /^hint environment DISCORD_GUILD_ID in .*\.env does not count: the environment sets another value\n → Change it/,
    );
  });

  it('that has a # right behind a value is a hint: the value ends there', async () => {
    writeFileSync(join(home, '.env'), 'CONTENT_DIR=/srv/a#b\n');
    const { about } = await visit({}, { envFile: read({}) });
    expect(about('environment')).toMatch(
      /^hint environment the value of CONTENT_DIR in .*\.env ends at a #, where a comment begins\n → If the # belongs/,
    );
  });

  it('that everybody can read is a hint, and one for its user alone is not', async () => {
    const file = join(home, '.env');
    writeFileSync(file, 'LOG_LEVEL=info\n');
    chmodSync(file, 0o644);
    const { about } = await visit({}, { envFile: read({}) });
    expect(about('environment')).toMatch(/^hint environment every user of this machine can read .*\n → .*chmod 600/);
    chmodSync(file, 0o600);
    expect(read({})).toMatchObject({ isPublic: false });
  });

  it('in UTF-16 is read', () => {
    const environment: NodeJS.ProcessEnv = {};
    writeFileSync(join(home, '.env'), Buffer.from('\ufeffDISCORD_TOKEN=MTA.abc.def\r\n', 'utf16le'));
    expect(read(environment)).toMatchObject({ state: 'read' });
    expect(environment.DISCORD_TOKEN).toBe('MTA.abc.def');
  });

  it('that is missing is no problem', () => {
    rmSync(join(home, '.env'));
    expect(read({})).toMatchObject({ state: 'missing' });
  });

  it('that cannot be read is one', async () => {
    cpSync('content/en', join(home, '.env'), { recursive: true }); // a folder of that name
    const { about } = await visit({}, { envFile: read({}) });
    expect(about('environment')).toMatch(/^problem environment .*\.env cannot be read\n → Make it a file/);
    const withToken = await visit({ DISCORD_TOKEN: 'x' }, { envFile: read({}) });
    expect(withToken.about('environment')).toMatch(/^hint environment .*\.env cannot be read\n/);
  });
});

describe('the content', () => {
  const copy = (change: (folder: string) => void): string => {
    const folder = mkdtempSync(join(home, 'content-'));
    cpSync('content', folder, { recursive: true });
    change(folder);
    return folder;
  };

  it('with errors is a problem with the first of them, and how to see all', async () => {
    const CONTENT_DIR = copy((folder) => writeFileSync(join(folder, 'sources.yaml'), 'sources: ['));
    const { about } = await visit({ CONTENT_DIR });
    expect(about('content')).toMatch(/^problem content .* has 1 error and 0 warnings: the bot does not start with it/);
    expect(about('content')).toMatch(/- .*sources\.yaml:\d+:\d+ G030/);
    expect(about('content')).toContain('→ Correct the files; "npm run content" lists everything');
  });

  it('with warnings is a hint', async () => {
    const CONTENT_DIR = copy((folder) => {
      const file = join(folder, 'sources.yaml');
      writeFileSync(file, readFileSync(file, 'utf8').replace(/reviewed: "20\d\d/g, 'reviewed: "2019'));
    });
    const { about } = await visit({ CONTENT_DIR });
    expect(about('content')).toMatch(/^hint content \d\d pages in .*, \d+ warnings/);
    expect(about('content')).toMatch(/G026[\s\S]*- … and \d+ more\n → The bot serves it all the same/);
  });
});
