// What the doctor says of the commands that Discord has, after the bot's own registration and without it.
import { REST, Routes } from 'discord.js';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { definitionsFor } from '../../commands/index.ts';
import { readContentFolder } from '../../src/content/files.ts';
import { registerCommands } from '../../src/discord/register.ts';
import { type FakeDiscord, startFakeDiscord } from '../../src/preview/fake-discord.ts';
import type { Guild } from '../../src/preview/model.ts';
import { connectedTo, visit } from './visit.ts';

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
  const found = await visit({ ...connectedTo(discord), CONTENT_DIR: 'content', DISCORD_GUILD_ID });
  return found.about('commands');
};

describe('commands', () => {
  it('that the bot registered are as they should be, everywhere and in one server', async () => {
    await register(definitions);
    expect(await look()).toBe(
      `ok commands all ${definitions.length} are registered as this version has them, everywhere`,
    );
  });

  it('that Discord made itself, such as an Entry Point, are not left over', async () => {
    await register(definitions);
    discord.addEntryPoint();
    expect(await look()).toMatch(/^ok commands all \d+ are registered/);
  });

  it('that one server has for itself are compared as the bot registers them there', async () => {
    await register(definitions, guild.id);
    expect(await look(guild.id)).toMatch(/^ok commands all \d+ are registered .*, in the server of DISCORD_GUILD_ID$/);
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
    expect(text).toMatch(/^problem commands not registered as this version has them, everywhere\n/);
    expect(text).toContain(`- missing: ${second.name}\n`);
    expect(text).toContain(`- registered otherwise: ${first.name}\n`);
    expect(text).toContain('- left over: old\n');
    expect(text).toContain('→ "npm start" registers them.');
  });

  it('that show twice are a hint, with and without DISCORD_GUILD_ID', async () => {
    await register(definitions);
    await register(definitions, guild.id);
    const address = `${discord.apiUrl}/v10${Routes.applicationGuildCommands(discord.applicationId, guild.id)}`;
    for (const guildId of ['', guild.id]) {
      const text = await look(guildId);
      expect(text).toMatch(/^ok commands all/);
      expect(text).toContain(`hint commands ${definitions.length} commands show twice in Harbour (${guild.id})`);
      expect(text).toContain(`with the token in place of TOKEN: curl -X PUT`);
      expect(text).toContain(`-d "[]" ${address}`);
      expect(text).not.toContain(discord.token);
    }
    expect(await look(guild.id)).toContain('→ Set DISCORD_GUILD_ID to nothing, run "npm start", then remove');
  });

  it('of a server where the bot is not are not asked for', async () => {
    expect(await look('11111111111111111')).toBe('');
  });

  it('that the bot may not have in its server say how to add it again', async () => {
    discord.fail({ match: /guilds\/\d+\/commands$/, status: 403, code: 50001 });
    expect(await look(guild.id)).toMatch(
      /^problem commands the bot may not have commands in Harbour .*\n → Add the bot once more, with commands: https:/,
    );
  });

  it('are skipped where the content has errors', async () => {
    const { about } = await visit({ ...connectedTo(discord), CONTENT_DIR: 'test/doctor' });
    expect(about('commands')).toMatch(/^skipped commands they are made from the content/);
  });
});
