// Checks of the commands that are registered at Discord.
import { REST, Routes } from 'discord.js';
import type { Guild } from 'fake-discord';
import { type FakeDiscord, startFakeDiscord } from 'fake-discord';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { definitionsFor } from '../../commands/index.ts';
import { readConfig } from '../../src/config.ts';
import { registerCommands } from '../../src/discord/register.ts';
import { checkCommands } from '../../src/doctor/commands.ts';
import { createDiscordClient, type DiscordClient } from '../../src/doctor/discord-client.ts';
import { CheckError, type DoctorFinding } from '../../src/doctor/finding.ts';
import { formatDoctorFinding } from '../../src/doctor/report.ts';
import { load } from '../guide/sample.ts';
import { answering } from './answering.ts';
import { connectedTo } from './run-doctor.ts';

type Definitions = Parameters<typeof registerCommands>[2];

const content = load().content ?? expect.fail('the sample has errors');
const definitions: Definitions = definitionsFor(content);
let discord: FakeDiscord;
let guild: Guild;
beforeAll(async () => {
  discord = await startFakeDiscord();
});
afterAll(() => discord.stop());
beforeEach(async () => {
  guild = discord.addGuild('Harbour');
  await register([]);
});

const register = (commands: Definitions, guildId?: string) => {
  const rest = new REST({ api: discord.apiUrl }).setToken(discord.token);
  return registerCommands(rest, discord.applicationId, commands, guildId);
};
/** The checks of a bot in these servers, with DISCORD_GUILD_ID or without. */
const check = (client: DiscordClient, guildId: string, servers: readonly { id: string; name: string }[]) =>
  checkCommands(client, {
    config: readConfig({ ...connectedTo(discord), DISCORD_GUILD_ID: guildId }),
    content,
    applicationId: discord.applicationId,
    servers: servers.map((server) => ({ ...server, permissions: '0' })),
  });
const printed = (findings: readonly DoctorFinding[]) =>
  findings.map((finding) => formatDoctorFinding(finding, 10_000).replace(/ {2,}/g, ' ')).join('\n');
const look = async (guildId = '') => {
  const { apiUrl, token } = discord;
  const client = createDiscordClient({ apiUrl, token, redact: (text) => text, now: Date.now });
  return printed(await check(client, guildId, [guild]));
};

describe('commands', () => {
  it('that the bot registered globally are ok', async () => {
    await register(definitions);
    expect(await look()).toBe(`ok commands all ${definitions.length} are registered globally and up to date`);
  });

  it('that Discord created, such as an Entry Point, are ignored', async () => {
    await register(definitions);
    discord.addEntryPoint();
    expect(await look()).toMatch(/^ok commands all \d+ are registered/);
  });

  it('that the bot registered in one server are ok', async () => {
    await register(definitions, guild.id);
    expect(await look(guild.id)).toMatch(
      /^ok commands all \d+ are registered in the server DISCORD_GUILD_ID and up to date$/,
    );
  });

  it('that are missing, different or left over are named', async () => {
    const [first, second, ...others] = definitions;
    if (!first || !second) throw new Error('there are too few commands');
    await register([
      { name: first.name, description: 'Something else' },
      { name: 'old', description: 'Old' },
      ...others,
    ]);
    const text = await look();
    expect(text).toMatch(/^problem commands those registered globally do not match this version\n/);
    expect(text).toContain(`- missing: ${second.name}\n`);
    expect(text).toContain(`- different: ${first.name}\n`);
    expect(text).toContain('- left over: old\n');
    expect(text).toContain('→ "npm start" registers them.');
  });

  it('that are shown twice are a hint, with and without DISCORD_GUILD_ID', async () => {
    await register(definitions);
    await register(definitions, guild.id);
    const address = `${discord.apiUrl}/v10${Routes.applicationGuildCommands(discord.applicationId, guild.id)}`;
    for (const guildId of ['', guild.id]) {
      const text = await look(guildId);
      expect(text).toMatch(/^ok commands all/);
      expect(text).toContain(`hint commands ${definitions.length} commands shown twice in Harbour (${guild.id})`);
      expect(text).toContain(`(replace TOKEN with the bot’s token): curl -X PUT`);
      expect(text).toContain(`-d "[]" ${address}`);
      expect(text).not.toContain(discord.token);
    }
    expect(await look(guild.id)).toContain('→ Unset DISCORD_GUILD_ID and run "npm start" first. Remove');
  });

  it('of a server that the bot is not in are not checked', async () => {
    expect(await look('11111111111111111')).toBe('');
  });

  it('that the bot is not allowed to have are a problem with a link to add it again', async () => {
    discord.fail({ match: /guilds\/\d+\/commands$/, status: 403, code: 50001 });
    expect(await look(guild.id)).toMatch(
      /^problem commands the bot is not allowed to have commands in Harbour .*\n → Add the bot again, with commands: https:/,
    );
  });

  it('of another server that the bot may not have any in are not shown twice', async () => {
    await register(definitions);
    discord.fail({ match: /guilds\/\d+\/commands$/, status: 403, code: 50001 });
    expect(await look()).toMatch(/^ok commands all \d+ are registered globally and up to date$/);
  });

  it('that Discord does not list for another reason are an error of the check', async () => {
    discord.fail({ match: /guilds\/\d+\/commands$/, status: 403, code: 40001 });
    await expect(look()).rejects.toThrow(CheckError);
  });

  it('are asked for with their translations, and in five servers at most', async () => {
    const asked: string[] = [];
    const routes = (count: number) => ({
      [Routes.applicationCommands(discord.applicationId)]: (query: object) => {
        expect(query).toEqual({ with_localizations: 'true' });
        return [{ name: 'a', type: 1 }, { name: 'b' }];
      },
      ...Object.fromEntries(
        Array.from({ length: count }, (_, i) => [
          Routes.applicationGuildCommands(discord.applicationId, `${i}`),
          (query: object) => {
            expect(query).toEqual({ with_localizations: 'true' });
            asked.push(`${i}`);
            return i === 3 ? [{ name: 'b' }, { name: 'other' }] : [];
          },
        ]),
      ),
    });
    const servers = (count: number) => Array.from({ length: count }, (_, i) => ({ id: `${i}`, name: `S\n${i}` }));
    const [, ...duplicates] = await check(answering(routes(5)), '', servers(5));
    expect(asked).toEqual(['0', '1', '2', '3', '4']);
    expect(duplicates).toMatchObject([
      {
        level: 'hint',
        text: '1 command shown twice in S 3 (3): registered globally and in that server',
        advice: expect.stringMatching(/^Remove the server’s commands/),
      },
    ]);
    asked.length = 0;
    expect(await check(answering(routes(6)), '', servers(6))).toHaveLength(1);
    expect(asked).toEqual([]);
  });
});
