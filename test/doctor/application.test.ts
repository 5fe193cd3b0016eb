// Checks of the application in the developer portal: public key, endpoint, intents, invites.
import { ApplicationFlags as Flags } from 'discord.js';
import { type FakeDiscord, startFakeDiscord } from 'fake-discord';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectedTo, runDoctor } from './run-doctor.ts';

let discord: FakeDiscord;
beforeEach(async () => {
  discord = await startFakeDiscord();
});
afterEach(() => discord.stop());

const overGateway = (more: Readonly<Record<string, string>> = {}) => runDoctor({ ...connectedTo(discord), ...more });
const overHttp = (DISCORD_PUBLIC_KEY = discord.publicKey) => overGateway({ TRANSPORT: 'http', DISCORD_PUBLIC_KEY });
const page = (name: string) => `https://discord.com/developers/applications/${discord.applicationId}/${name}`;

describe('the public key', () => {
  it('is compared over HTTP, in any letter case', async () => {
    expect((await overHttp(discord.publicKey.toUpperCase())).output('public key')).toMatch(/^ok/);
    expect((await overGateway()).output('public key')).toBe('');
  });

  it('of another application is a problem that names the correct key', async () => {
    const { output } = await overHttp('ab'.repeat(32));
    expect(output('public key')).toMatch(/^problem public key DISCORD_PUBLIC_KEY is not the application’s/);
    expect(output('public key')).toContain(
      `→ Set DISCORD_PUBLIC_KEY=${discord.publicKey} (Public Key in ${page('information')}).`,
    );
  });
});

describe('the interactions endpoint', () => {
  it('is a problem over the gateway if it is set', async () => {
    discord.application.interactions_endpoint_url = 'https://old.example.org/interactions';
    const { output } = await overGateway();
    expect(output('endpoint')).toMatch(
      /^problem endpoint Discord sends every interaction to https:\/\/old\.example\.org\/interactions, and none over/,
    );
    expect(output('endpoint')).toContain(`→ Clear Interactions Endpoint URL in ${page('information')}.`);
  });

  it('may be unset over the gateway, and must be set over HTTP', async () => {
    expect((await overGateway()).output('endpoint')).toMatch(/^ok/);
    const { output } = await overHttp();
    expect(output('endpoint')).toMatch(/^problem endpoint Interactions Endpoint URL is not set/);
    expect(output('endpoint')).toContain(`set it in ${page('information')} to https:// + your address + /interactions`);
  });

  it('must end in /interactions', async () => {
    discord.application.interactions_endpoint_url = 'https://bot.example.org/interactions';
    expect((await overHttp()).output('endpoint')).toMatch(/^ok .*https:\/\/bot\.example\.org\/interactions$/);
    discord.application.interactions_endpoint_url = 'https://bot.example.org/';
    expect((await overHttp()).output('endpoint')).toMatch(/^hint .*the bot listens at \/interactions\n → Set/);
  });
});

describe('privileged intents', () => {
  it('are ok if none is on', async () => {
    discord.application.flags = Flags.ApplicationCommandBadge;
    expect((await overGateway()).output('intents')).toMatch(/^ok intents no privileged intent is on/);
  });

  it.each([
    ['Presence Intent', Flags.GatewayPresence, Flags.GatewayPresenceLimited],
    ['Server Members Intent', Flags.GatewayGuildMembers, Flags.GatewayGuildMembersLimited],
    ['Message Content Intent', Flags.GatewayMessageContent, Flags.GatewayMessageContentLimited],
  ])('%s is named if it is on, limited or not', async (name, ...flags) => {
    for (const flag of flags) {
      discord.application.flags = flag;
      const { output } = await overGateway();
      expect(output('intents')).toContain(`hint intents on, but not needed by the bot: ${name}\n`);
      expect(output('intents')).toContain(`→ Turn them off in ${page('bot')}`);
    }
  });
});

describe('invitations', () => {
  it('to a public bot are ok', async () => {
    expect((await overGateway()).output('invites')).toMatch(/^ok invites/);
  });

  it('to a private bot are a hint', async () => {
    discord.application.bot_public = false;
    const { output } = await overGateway();
    expect(output('invites')).toMatch(/^hint invites Public Bot is off: only the owner .* can add the bot/);
    expect(output('invites')).toContain(
      `→ If that is what you want, ignore this. Otherwise turn it on in ${page('bot')}`,
    );
  });

  it('that require a code grant are a hint', async () => {
    discord.application.bot_require_code_grant = true;
    const { output } = await overGateway();
    expect(output('invites')).toMatch(
      /^hint invites Requires OAuth2 Code Grant .* the invite link fails\n → Turn it off/,
    );
  });
});
