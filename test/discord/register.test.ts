// Registering: commands are written only where something differs, and other commands stay.
import { REST } from 'discord.js';
import { type FakeDiscord, startFakeDiscord } from 'fake-discord';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandDifferences, registerCommands } from '../../src/discord/register.ts';

type Definitions = Parameters<typeof registerCommands>[2];

let discord: FakeDiscord;
let rest: REST;
beforeAll(async () => {
  discord = await startFakeDiscord();
  rest = new REST({ api: discord.apiUrl, version: '10' }).setToken(discord.token);
});
afterAll(() => discord.stop());

const register = (definitions: Definitions) => registerCommands(rest, discord.applicationId, definitions);
const inFrench = (messages: string): Definitions => [
  { name: 'ask', description: 'Ask', description_localizations: { fr: messages } },
];

describe('commands', () => {
  it('are written once, and again when a localization changes', async () => {
    expect(await register(inFrench('Demander'))).toBe(true);
    expect(await register(inFrench('Demander'))).toBe(false);
    expect(await register(inFrench('Poser une question'))).toBe(true);
    expect(await register([{ name: 'ask', description: 'Ask' }])).toBe(true);
    expect(await register([{ name: 'ask', description: 'Ask', description_localizations: null }])).toBe(false);
  });

  it('keep an Entry Point command that Discord made, and a second start writes nothing', async () => {
    discord.addEntryPoint();
    expect(await register(inFrench('Demander'))).toBe(true);
    expect(discord.commands.map(({ name }) => name).sort()).toEqual(['ask', 'launch']);
    expect(await register(inFrench('Demander'))).toBe(false);
    expect(discord.refusals).toEqual([]);
  });

  it('of other types do not count as left over', () => {
    const found = commandDifferences([{ name: 'launch', type: 4 }, { name: 'old' }], []);
    expect(found).toEqual({ missing: [], different: [], leftOver: ['old'] });
  });
});
