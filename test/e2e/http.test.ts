// The HTTP transport: requests signed as Discord signs them, sent to the real bot.
import { generateKeyPairSync, sign } from 'node:crypto';
import { createServer, request as send } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningBot } from '../../src/live.ts';
import { until, useWorld } from './world.ts';

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const hex = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url').toString('hex');
let bot: RunningBot;
const world = useWorld();
beforeAll(async () => {
  bot = await world.start({ TRANSPORT: 'http', DISCORD_PUBLIC_KEY: hex, PORT: '0' });
});
afterAll(async () => {
  await bot.stop();
});

let sequence = 0;
const around = () => ({
  id: `9${++sequence}`,
  application_id: bot.applicationId,
  token: 't',
  version: 1,
  locale: 'en-US',
  guild_id: world.guild.id,
  channel_id: world.general.id,
});
const slash = (name: string) => ({ ...around(), type: 2, data: { id: '1', type: 1, name } });

async function post(body: string, change: { signature?: string; timestamp?: string; path?: string } = {}) {
  const timestamp = change.timestamp ?? String(Math.floor(Date.now() / 1000));
  const signature = change.signature ?? sign(null, Buffer.from(timestamp + body), privateKey).toString('hex');
  const headers = {
    'content-type': 'application/json',
    'x-signature-ed25519': signature,
    'x-signature-timestamp': timestamp,
  };
  const response = await fetch(`${bot.url}${change.path ?? '/interactions'}`, { method: 'POST', headers, body });
  return { status: response.status, text: await response.text() };
}

describe('HTTP interactions', () => {
  it('answer a PING, also with a trailing slash or a query', async () => {
    for (const path of ['/interactions', '/interactions/', '/interactions?from=portal'])
      expect(await post(JSON.stringify({ ...around(), type: 1 }), { path })).toEqual({
        status: 200,
        text: '{"type":1}',
      });
  });

  it('carry the first answer in the response, the same as over the gateway', async () => {
    const { status, text } = await post(JSON.stringify(slash('close-account')));
    expect(status).toBe(200);
    const overGateway = (await world.member.slash('close-account')).message;
    expect(JSON.parse(text).data.embeds[0].description).toBe(overGateway?.embeds[0]?.description);
  });

  it('are refused with 401 if the signature is wrong, old or repeated', async () => {
    const body = JSON.stringify(slash('help'));
    expect((await post(body, { signature: '00'.repeat(64) })).status).toBe(401);
    expect((await post(body, { timestamp: String(Math.floor(Date.now() / 1000) - 60) })).status).toBe(401);
    const timestamp = String(Math.floor(Date.now() / 1000));
    const signature = sign(null, Buffer.from(timestamp + body), privateKey).toString('hex');
    expect((await post(body, { timestamp, signature })).status).toBe(200);
    expect((await post(body, { timestamp, signature })).status).toBe(401);
    const text = await (await fetch(`${bot.url}/metrics`)).text();
    expect(text).toContain('guidepost_refused_signatures_total 3');
    expect(world.logged.join()).toContain('signature refused');
  });

  it('get a 4xx for a body that is too large, not JSON, or not an interaction', async () => {
    expect((await post('{"type":')).status).toBe(400);
    expect((await post('[]')).status).toBe(400);
    expect((await fetch(`${bot.url}/interactions`)).status).toBe(404);
    // The server may close the connection before the client has sent it all.
    const large = await post('x'.repeat(1024 * 1024 + 1)).catch(() => ({ status: 413 }));
    expect(large.status).toBe(413);
  });
});

describe('a client that goes away', () => {
  it('during its request is dropped, and the next one is answered', async () => {
    const { hostname, port } = new URL(bot.url ?? '');
    const socket = connect(Number(port), hostname);
    await new Promise((done) => socket.once('connect', done));
    await new Promise((done) =>
      socket.write('POST /interactions HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{', done),
    );
    socket.resetAndDestroy();
    await new Promise((done) => socket.once('close', done));
    expect((await post(JSON.stringify({ ...around(), type: 1 }))).status).toBe(200);
  });
});

describe('what follows a deferred answer', () => {
  it('is sent again if Discord does not have that answer yet', async () => {
    const { discord, moderator } = world;
    const behind = await world.start({ TRANSPORT: 'http', DISCORD_PUBLIC_KEY: discord.publicKey, PORT: '0' });
    const slow = createServer((request, response) => {
      const { method, headers, url } = request;
      const onward = send(`${behind.url}${url}`, { method, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        // Held back until Discord has refused what follows.
        const refused = until('a refusal', () => discord.refusals.length > 0, 2000).catch(() => undefined);
        void refused.then(() => answer.pipe(response));
      });
      request.pipe(onward);
    }).listen(0, '127.0.0.1');
    await new Promise((done) => slow.once('listening', done));
    discord.application.interactions_endpoint_url = `http://127.0.0.1:${(slow.address() as AddressInfo).port}/interactions`;
    try {
      const { message } = await moderator.slash('faq-edit export');
      expect(message?.content).toBe(world.messages.exchange.nothing);
      const codes = discord.refusals.map(({ code }) => code);
      expect(codes.length).toBeGreaterThan(0);
      expect(new Set(codes)).toEqual(new Set([10015]));
    } finally {
      discord.application.interactions_endpoint_url = null;
      slow.closeAllConnections();
      slow.close();
      await behind.stop();
    }
  });
});

describe('the numbers for monitoring', () => {
  it('count answers by command and outcome, and contain the content version', async () => {
    await post(JSON.stringify(slash('help')));
    await post(JSON.stringify(slash('made-up-name')));
    const text = await (await fetch(`${bot.url}/metrics`)).text();
    expect(text).toMatch(/guidepost_answers_total\{command="help",outcome="answered"\} [1-9]/);
    expect(text).toContain('command="other"');
    expect(text).not.toContain('made-up-name');
    expect(text).toMatch(/guidepost_answer_seconds_bucket\{le="0.01"\} [1-9]/);
    expect(text).toMatch(/guidepost_content_info\{version="[0-9a-f]{12}"\} 1/);
    expect(text).toContain('guidepost_pins_behind 0');
  });
});
