import { type FakeDiscord, startFakeDiscord } from 'fake-discord';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectedTo, runDoctor } from './run-doctor.ts';

let discord: FakeDiscord;
beforeEach(async () => {
  discord = await startFakeDiscord();
});
afterEach(() => discord.stop());

const overGateway = (more: Readonly<Record<string, string>> = {}) => runDoctor({ ...connectedTo(discord), ...more });
const overHttp = () => overGateway({ TRANSPORT: 'http', DISCORD_PUBLIC_KEY: discord.publicKey });

describe('the gateway', () => {
  it('is not checked over HTTP', async () => {
    expect((await overHttp()).output('gateway')).toBe('');
  });

  it('is ok with the number of shards and session starts', async () => {
    expect((await overGateway()).output('gateway')).toBe(
      'ok gateway 1 shard recommended, SHARDS=auto uses that; 999 of 1000 session starts left',
    );
    discord.gatewayInfo.shards = 8;
    expect((await overGateway({ SHARDS: '0-3/16' })).output('gateway')).toMatch(
      /^ok gateway 8 shards recommended, this process runs 4 of 16; /,
    );
  });

  it('is a hint if few starts are left, with the time of the reset', async () => {
    Object.assign(discord.gatewayInfo, { remaining: 12, resetAfter: 3 * 3_600_000 });
    const { output } = await overGateway();
    expect(output('gateway')).toMatch(
      /^hint gateway 12 of 1000 session starts left: back to 1000 in 3 h\n → Find out from the log why the bot restarts so often/,
    );
  });

  it('is a problem if a start needs more than are left', async () => {
    Object.assign(discord.gatewayInfo, { shards: 16, remaining: 12, resetAfter: 600_000 });
    const { output } = await overGateway();
    expect(output('gateway')).toMatch(/^problem gateway 12 of 1000 .*, and a start needs 16: .* in 10 min\n → Wait/);
  });

  it('is a hint if SHARDS has fewer shards than Discord recommends', async () => {
    discord.gatewayInfo.shards = 8;
    const { output } = await overGateway({ SHARDS: '0-3/4' });
    expect(output('gateway')).toMatch(
      /^hint gateway SHARDS has a total of 4, but Discord recommends 8\n → Set the total in SHARDS/,
    );
  });
});
