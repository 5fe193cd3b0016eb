// All checks together: their order, and what is skipped after a failure.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FakeDiscord, startFakeDiscord } from 'fake-discord';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DoctorOptions } from '../../src/doctor/run-checks.ts';
import { files, writeFiles } from '../guide/sample.ts';
import { connectedTo, runDoctor } from './run-doctor.ts';

const content = mkdtempSync(join(tmpdir(), 'guidepost-doctor-'));
let discord: FakeDiscord;
beforeAll(async () => {
  writeFiles(content, files());
  discord = await startFakeDiscord();
  discord.addGuild('Harbour');
});
afterAll(async () => {
  await discord.stop();
  rmSync(content, { recursive: true });
});

/** The findings as `check level`. */
async function look(environment: Readonly<Record<string, string>>, more: Partial<DoctorOptions> = {}) {
  const { findings } = await runDoctor(environment, more);
  return findings.map(({ check, level }) => `${check} ${level}`);
}
const LOCAL = ['Node.js ok', 'environment ok', 'content problem', 'database ok'];

describe('all checks', () => {
  it('run in order, local ones first', async () => {
    const run = runDoctor({ ...connectedTo(discord), CONTENT_DIR: content });
    const { findings, output } = await run;
    expect(findings.map(({ check }) => check)).toEqual([
      'Node.js',
      'environment',
      'content',
      'database',
      'token',
      'clock',
      'endpoint',
      'intents',
      'invites',
      'servers',
      'permissions',
      'commands',
      'gateway',
    ]);
    expect(output('token')).toBe(
      `ok token belongs to ${discord.botUser.username} (application ${discord.applicationId})`,
    );
    expect(output('Node.js')).toContain(process.versions.node);
    expect(output('clock')).toBe('ok clock matches Discord’s');
    expect(output('commands')).toMatch(/^problem commands .*\n - missing: /);
  });

  it('of the gateway do not run over HTTP, and the public key is checked there', async () => {
    const http = { TRANSPORT: 'http', DISCORD_PUBLIC_KEY: discord.publicKey };
    const checks = await look({ ...connectedTo(discord), ...http });
    expect(checks).toContain('public key ok');
    expect(checks.at(-1)).toBe('commands skipped');
  });

  it('end if the environment is not valid', async () => {
    const { findings } = await runDoctor({ PORT: 'many' });
    expect(findings).toMatchObject([
      { check: 'Node.js' },
      { check: 'environment', level: 'problem' },
      { check: 'content', level: 'skipped', text: 'and everything else: fix the environment first' },
    ]);
  });

  it('of Discord are skipped without a token', async () => {
    const { findings } = await runDoctor({});
    expect(findings.map(({ check }) => check)).toEqual(['Node.js', 'environment', 'content', 'database', 'token']);
    expect(findings.at(-1)).toMatchObject({
      level: 'skipped',
      text: 'and all Discord checks: DISCORD_TOKEN is not set',
    });
  });

  it('of Discord end if the token does not work', async () => {
    const { findings } = await runDoctor({ ...connectedTo(discord), DISCORD_TOKEN: 'a.b.c' });
    expect(findings.slice(4)).toMatchObject([
      { check: 'token', level: 'problem' },
      { check: 'clock', level: 'ok' },
      {
        check: 'endpoint',
        level: 'skipped',
        text: 'and all other Discord checks: the token does not work',
      },
    ]);
  });

  it('of commands are skipped if the content has errors', async () => {
    const { findings } = await runDoctor(connectedTo(discord));
    expect(findings.slice(0, 4).map(({ check, level }) => `${check} ${level}`)).toEqual(LOCAL);
    expect(findings.find(({ check }) => check === 'commands')).toMatchObject({
      level: 'skipped',
      text: 'they depend on the content, which has errors',
    });
    expect(findings.at(-1)).toMatchObject({ check: 'gateway', level: 'ok' });
  });

  it('of commands are skipped if the servers cannot be listed', async () => {
    discord.fail({ match: /users\/@me\/guilds/, status: 500 });
    const { findings } = await runDoctor({ ...connectedTo(discord), CONTENT_DIR: content });
    expect(findings.slice(-3)).toMatchObject([
      { check: 'servers', level: 'problem', text: 'Discord has a problem (HTTP 500)' },
      { check: 'commands', level: 'skipped', text: 'the list of servers is not available' },
      { check: 'gateway', level: 'ok' },
    ]);
  });

  it('of the gateway and of commands that fail are problems', async () => {
    discord.fail({ match: /gateway\/bot$/, status: 500 });
    discord.fail({ match: /commands$/, status: 500 });
    const { findings } = await runDoctor({ ...connectedTo(discord), CONTENT_DIR: content });
    expect(findings.slice(-2)).toEqual(
      ['commands', 'gateway'].map((check) =>
        expect.objectContaining({ check, level: 'problem', text: 'Discord has a problem (HTTP 500)' }),
      ),
    );
  });

  it('of the database that fail do not end the others', async () => {
    const checks = await look({ ...connectedTo(discord), DATABASE_URL: 'postgres://bot@127.0.0.1:9/guide' });
    expect(checks.slice(3, 5)).toEqual(['database problem', 'token ok']);
  });

  it('that fail themselves are problems, without secrets', async () => {
    const fail = () => {
      throw new Error('a.b.c and hidden%21 and hidden! and third in the message');
    };
    const environment = {
      DISCORD_TOKEN: 'a.b.c',
      DATABASE_URL: 'postgres://bot:hidden%21@127.0.0.1:9/guide',
      PGPASSWORD: 'third',
    };
    const { findings } = await runDoctor(environment, { now: fail });
    expect(findings.find(({ check }) => check === 'token')).toMatchObject({
      level: 'problem',
      text: 'the check itself failed: Error: … and … and … and … in the message',
      advice: 'Please report it as a bug.',
    });
  });

  it('compare the clock that they are given, and Node’s version', async () => {
    const { output } = await runDoctor(connectedTo(discord), {
      now: () => Date.now() + 600_000,
      nodeVersion: '18.0.0',
    });
    expect(output('clock')).toMatch(/^hint clock 10 min ahead of Discord’s/);
    expect(output('Node.js')).toMatch(/^problem Node\.js 18\.0\.0 is too old/);
  });
});
