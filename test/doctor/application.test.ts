// Checks of the application in the developer portal: public key, endpoint, intents, invites.
import { ApplicationFlags as Flags } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { ApplicationSettings, checkApplication } from '../../src/doctor/application.ts';
import type { CheckName, DoctorFinding } from '../../src/doctor/finding.ts';

const KEY = 'ab'.repeat(32);
const SETTINGS = { id: '5', verify_key: KEY, bot_public: true, bot_require_code_grant: false };
const page = (name: string) => `https://discord.com/developers/applications/5/${name}`;

/** The finding of one check. @param more other settings, as Discord sends them */
function find(check: CheckName, more: object = {}, environment: Record<string, string> = {}) {
  const settings = ApplicationSettings.parse({ ...SETTINGS, ...more });
  const found = checkApplication(settings, readConfig({ DISCORD_TOKEN: 'a.b.c', ...environment }));
  return found.find((one) => one.check === check);
}
const findOverHttp = (check: CheckName, more: object = {}, DISCORD_PUBLIC_KEY = KEY) =>
  find(check, more, { TRANSPORT: 'http', DISCORD_PUBLIC_KEY });
const expected = (level: DoctorFinding['level'], text: string, advice: string) =>
  expect.objectContaining({ level, text, advice });

describe('the public key', () => {
  it('is compared over HTTP, in any letter case', () => {
    expect(findOverHttp('public key')).toMatchObject({
      level: 'ok',
      text: 'DISCORD_PUBLIC_KEY is the application’s key',
    });
    expect(findOverHttp('public key', {}, KEY.toUpperCase())).toMatchObject({ level: 'ok' });
    expect(findOverHttp('public key', { verify_key: KEY.toUpperCase() })).toMatchObject({ level: 'ok' });
    expect(find('public key')).toBeUndefined();
  });

  it('of another application is a problem that names the correct key', () => {
    expect(findOverHttp('public key', {}, 'cd'.repeat(32))).toEqual(
      expected(
        'problem',
        'DISCORD_PUBLIC_KEY is not the application’s: the bot refuses all requests from Discord',
        `Set DISCORD_PUBLIC_KEY=${KEY} (Public Key in ${page('information')}).`,
      ),
    );
  });
});

describe('the interactions endpoint', () => {
  const at = (interactions_endpoint_url: string | null) => ({ interactions_endpoint_url });

  it('may be unset over the gateway', () => {
    for (const settings of [{}, at(null), at('')])
      expect(find('endpoint', settings)).toMatchObject({
        level: 'ok',
        text: 'not set: interactions come over the gateway',
      });
  });

  it('is a problem over the gateway if it is set', () => {
    const found = find('endpoint', at('https://old.example.org/\u001binteractions'));
    expect(found).toEqual(
      expected(
        'problem',
        'Discord sends every interaction to https://old.example.org/ interactions, and none over the gateway',
        `Clear Interactions Endpoint URL in ${page('information')}. Or set TRANSPORT=http if that address is this bot’s.`,
      ),
    );
  });

  it('must be set over HTTP', () => {
    expect(findOverHttp('endpoint')).toEqual(
      expected(
        'problem',
        'Interactions Endpoint URL is not set: with TRANSPORT=http the bot gets no interactions',
        `Start the bot, then set it in ${page('information')} to https:// + your address + /interactions. Discord checks it when you save.`,
      ),
    );
  });

  it('must end in /interactions', () => {
    const right = 'https://bot.example.org/interactions';
    expect(findOverHttp('endpoint', at(right))).toMatchObject({
      level: 'ok',
      text: `Discord sends interactions to ${right}`,
    });
    for (const wrong of ['https://bot.example.org/', 'https://bot.example.org/x/interactions', 'not an address'])
      expect(findOverHttp('endpoint', at(wrong))).toEqual(
        expected(
          'hint',
          `Discord sends interactions to ${wrong}; the bot listens at /interactions`,
          `Set Interactions Endpoint URL in ${page('information')} to an address that ends in /interactions, unless your proxy changes the path.`,
        ),
      );
  });
});

describe('privileged intents', () => {
  it('are ok if none is on', () => {
    const none = { level: 'ok', text: 'no privileged intent is on, and the bot needs none' };
    expect(find('intents')).toMatchObject(none);
    expect(find('intents', { flags: Flags.ApplicationCommandBadge })).toMatchObject(none);
  });

  it.each([
    ['Presence Intent', Flags.GatewayPresence, Flags.GatewayPresenceLimited],
    ['Server Members Intent', Flags.GatewayGuildMembers, Flags.GatewayGuildMembersLimited],
    ['Message Content Intent', Flags.GatewayMessageContent, Flags.GatewayMessageContentLimited],
  ])('%s is named if it is on, limited or not', (name, ...all) => {
    for (const flags of all)
      expect(find('intents', { flags })).toEqual(
        expected(
          'hint',
          `on, but not needed by the bot: ${name}`,
          `Turn them off in ${page('bot')}, Privileged Gateway Intents. Then the bot needs no approval for them.`,
        ),
      );
  });

  it('are all named', () => {
    const flags = Flags.GatewayPresence | Flags.GatewayMessageContentLimited;
    expect(find('intents', { flags })?.text).toMatch(/: Presence Intent, Message Content Intent$/);
  });
});

describe('invitations', () => {
  it('to a public bot are ok', () => {
    expect(find('invites')).toMatchObject({
      level: 'ok',
      text: 'anyone with the invite link can add the bot to their server',
    });
  });

  it('to a private bot are a hint', () => {
    expect(find('invites', { bot_public: false })).toEqual(
      expected(
        'hint',
        'Public Bot is off: only the owner of the application can add the bot to servers',
        `If that is what you want, ignore this. Otherwise turn it on in ${page('bot')}.`,
      ),
    );
  });

  it('that require a code grant are a hint', () => {
    for (const bot_public of [true, false])
      expect(find('invites', { bot_require_code_grant: true, bot_public })).toEqual(
        expected('hint', 'Requires OAuth2 Code Grant is on: the invite link fails', `Turn it off in ${page('bot')}.`),
      );
  });
});
