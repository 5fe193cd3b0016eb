// Checks of the commands that are registered at Discord.
import { REST, Routes } from 'discord.js';
import type { Guild } from 'fake-discord';
import { type FakeDiscord, startFakeDiscord } from 'fake-discord';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { definitionsFor } from '../../commands/index.ts';
import { readContentFolder } from '../../src/content/files.ts';
import { registerCommands } from '../../src/discord/register.ts';
import { connectedTo, runDoctor } from './run-doctor.ts';

type Definitions = Parameters<typeof registerCommands>[2];

let definitions: Definitions;
let discord: FakeDiscord;
let guild: Guild;
beforeAll(async () => {
  const { content } = await readContentFolder('content');
  if (!content) throw new Error('the content has errors');
  definitions = definitionsFor(content);
});
beforeEach(async () => {
  discord = await startFakeDiscord();
  guild = discord.addGuild('Harbour');
});
afterEach(() => discord.stop());

const register = (commands: Definitions, guildId?: string) => {
  const rest = new REST({ api: discord.apiUrl }).setToken(discord.token);
  return registerCommands(rest, discord.applicationId, commands, guildId);
};
const look = async (DISCORD_GUILD_ID = '') => {
  const found = await runDoctor({ ...connectedTo(discord), CONTENT_DIR: 'content', DISCORD_GUILD_ID });
  return found.output('commands');
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

  it('are skipped if the content has errors', async () => {
    const { output } = await runDoctor({ ...connectedTo(discord), CONTENT_DIR: 'test/doctor' });
    expect(output('commands')).toMatch(/^skipped commands they depend on the content/);
  });
});
