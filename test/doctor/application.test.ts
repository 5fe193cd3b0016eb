// What the doctor says of the application in the developer portal: key, endpoint, intents, invitations; and of the gateway.
import { ApplicationFlags as Flags } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeDiscord, startFakeDiscord } from '../../src/preview/fake-discord.ts';
import { connectedTo, visit } from './visit.ts';

let discord: FakeDiscord;
beforeEach(async () => {
  discord = await startFakeDiscord();
});
afterEach(() => discord.stop());

const overGateway = (more: Readonly<Record<string, string>> = {}) => visit({ ...connectedTo(discord), ...more });
const overHttp = (DISCORD_PUBLIC_KEY = discord.publicKey) => overGateway({ TRANSPORT: 'http', DISCORD_PUBLIC_KEY });
const page = (name: string) => `https://discord.com/developers/applications/${discord.applicationId}/${name}`;

describe('the public key', () => {
  it('is compared where Discord calls the bot, whatever its letters’ case', async () => {
    expect((await overHttp(discord.publicKey.toUpperCase())).about('public key')).toMatch(/^ok/);
    expect((await overGateway()).about('public key')).toBe('');
  });

  it('of another application is a problem that names the right one', async () => {
    const { about } = await overHttp('ab'.repeat(32));
    expect(about('public key')).toMatch(/^problem public key DISCORD_PUBLIC_KEY is not the application’s/);
    expect(about('public key')).toContain(
      `→ Set DISCORD_PUBLIC_KEY=${discord.publicKey} (Public Key in ${page('information')}).`,
    );
  });
});

describe('the interactions endpoint', () => {
  it('that is set keeps interactions from the gateway', async () => {
    discord.application.interactions_endpoint_url = 'https://old.example.org/interactions';
    const { about } = await overGateway();
    expect(about('endpoint')).toMatch(
      /^problem endpoint Discord sends every interaction to https:\/\/old\.example\.org\/interactions, and none over/,
    );
    expect(about('endpoint')).toContain(`→ Clear Interactions Endpoint URL in ${page('information')}.`);
  });

  it('that is not set leaves the gateway as it should be, and HTTP without interactions', async () => {
    expect((await overGateway()).about('endpoint')).toMatch(/^ok/);
    const { about } = await overHttp();
    expect(about('endpoint')).toMatch(/^problem endpoint no Interactions Endpoint URL is set/);
    expect(about('endpoint')).toContain(`set it in ${page('information')} to https:// + your address + /interactions`);
  });

  it('is right at /interactions, and looks wrong elsewhere', async () => {
    discord.application.interactions_endpoint_url = 'https://bot.example.org/interactions';
    expect((await overHttp()).about('endpoint')).toMatch(/^ok .*https:\/\/bot\.example\.org\/interactions$/);
    discord.application.interactions_endpoint_url = 'https://bot.example.org/';
    expect((await overHttp()).about('endpoint')).toMatch(/^hint .*the bot listens at \/interactions\n → Set/);
  });
});

describe('privileged intents', () => {
  it('that are off are as they should be', async () => {
    discord.application.flags = Flags.ApplicationCommandBadge;
    expect((await overGateway()).about('intents')).toMatch(/^ok intents no privileged intent is switched on/);
  });

  it.each([
    ['Presence Intent', Flags.GatewayPresence, Flags.GatewayPresenceLimited],
    ['Server Members Intent', Flags.GatewayGuildMembers, Flags.GatewayGuildMembersLimited],
    ['Message Content Intent', Flags.GatewayMessageContent, Flags.GatewayMessageContentLimited],
  ])('%s is named when it is on, limited or not', async (name, ...flags) => {
    for (const flag of flags) {
      discord.application.flags = flag;
      const { about } = await overGateway();
      expect(about('intents')).toContain(`hint intents switched on, and the bot needs none: ${name}\n`);
      expect(about('intents')).toContain(`→ Switch them off in ${page('bot')}`);
    }
  });
});

describe('invitations', () => {
  it('that anybody can follow are ok', async () => {
    expect((await overGateway()).about('invites')).toMatch(/^ok invites/);
  });

  it('to a private bot are a hint', async () => {
    discord.application.bot_public = false;
    const { about } = await overGateway();
    expect(about('invites')).toMatch(/^hint invites Public Bot is switched off: only the owner .* can add the bot/);
    expect(about('invites')).toContain(
      `→ If that is what you want, leave it. Otherwise switch it on in ${page('bot')}`,
    );
  });

  it('that need a code grant do not work', async () => {
    discord.application.bot_require_code_grant = true;
    const { about } = await overGateway();
    expect(about('invites')).toMatch(
      /^hint invites Requires OAuth2 Code Grant .* the invite link fails\n → Switch it off/,
    );
  });
});

describe('the gateway', () => {
  it('is not asked where interactions come over HTTP', async () => {
    expect((await overHttp()).about('gateway')).toBe('');
  });

  it('tells how many shards and starts there are', async () => {
    expect((await overGateway()).about('gateway')).toBe(
      'ok gateway 1 shard recommended, SHARDS=auto takes that; 999 of 1000 session starts left',
    );
    discord.gatewayInfo.shards = 8;
    expect((await overGateway({ SHARDS: '0-3/16' })).about('gateway')).toMatch(
      /^ok gateway 8 shards recommended, this process has 4 of 16; /,
    );
  });

  it('warns when few starts are left, and when they are back', async () => {
    Object.assign(discord.gatewayInfo, { remaining: 12, resetAfter: 3 * 3_600_000 });
    const { about } = await overGateway();
    expect(about('gateway')).toMatch(
      /^hint gateway 12 of 1000 session starts left: they are 1000 again in 3 h\n → Find out why the bot starts so often/,
    );
  });

  it('has a problem when a start takes more than there are', async () => {
    Object.assign(discord.gatewayInfo, { shards: 16, remaining: 12, resetAfter: 600_000 });
    const { about } = await overGateway();
    expect(about('gateway')).toMatch(/^problem gateway 12 of 1000 .*, and a start takes 16: .* in 10 min\n → Wait/);
  });

  it('warns of fewer shards than Discord recommends', async () => {
    discord.gatewayInfo.shards = 8;
    const { about } = await overGateway({ SHARDS: '0-3/4' });
    expect(about('gateway')).toMatch(/^hint gateway SHARDS names 4 in all, and Discord recommends 8\n → Set SHARDS/);
  });
});
