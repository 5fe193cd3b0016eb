// The HTTP transport with any bytes: signed bodies, headers, and broken HTTP.
import { generateKeyPairSync, sign } from 'node:crypto';
import { connect } from 'node:net';
import fc from 'fast-check';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHttpApp, type Listening, listen } from '../../src/discord/http.ts';
import { createEndpoint } from '../../src/discord/interactions-endpoint.ts';
import { openMetrics } from '../../src/discord/metrics.ts';
import { createInteractionHandler, type InteractionHandler } from '../../src/discord/responding.ts';
import { checkSignatures } from '../../src/discord/signature.ts';
import { systemClock } from '../../src/system-clock.ts';
import { mutated, oddInteractions } from './mutations.ts';
import { payloads } from './payloads.ts';
import { runs, TIMEOUT_MS, texts, WITHIN_MS } from './runs.ts';
import { type FuzzWorld, openFuzzWorld } from './world.ts';

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const hex = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url').toString('hex');
/** Seconds since 1970. It moves on with each request: the same one twice in a second would count as a replay. */
let clock = 1_800_000_000;

let world: FuzzWorld;
let responding: InteractionHandler;
let listening: Listening;
beforeAll(async () => {
  world = await openFuzzWorld();
  const { router, services } = world;
  const log = pino({ level: 'silent' });
  const metrics = openMetrics(() => new Set(), {
    contentVersion: () => 'x',
    jobs: () => [],
    problems: () => [],
  });
  responding = createInteractionHandler(router, { ...services, metrics, log, clock: systemClock });
  const app = createHttpApp(() => ({ status: 'ok', problems: [], content: 'x' }), metrics);
  listening = await listen(
    app,
    '127.0.0.1',
    0,
    createEndpoint(
      checkSignatures(hex, () => clock * 1000),
      responding,
      { clock: systemClock, onRefusedSignature: () => undefined },
    ),
  );
});
afterAll(async () => {
  await responding.settled(WITHIN_MS);
  await listening.close();
  await world.stop();
});

const json = (value: unknown) => Buffer.from(JSON.stringify(value) ?? '');
/** The headers that Discord sends, now. */
function headersOf(body: Uint8Array): Record<string, string> {
  const timestamp = String(++clock);
  const signature = sign(null, Buffer.concat([Buffer.from(timestamp), body]), privateKey).toString('hex');
  return {
    'content-length': String(body.length),
    'x-signature-ed25519': signature,
    'x-signature-timestamp': timestamp,
    connection: 'close',
  };
}
function requestOf(headers: Readonly<Record<string, string>>, body: Uint8Array): Buffer {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const head = ['POST /interactions HTTP/1.1', 'host: x', ...lines, '', ''].join('\r\n');
  return Buffer.concat([Buffer.from(head, 'latin1'), body]);
}

function bodies(): fc.Arbitrary<Uint8Array> {
  const whole = fc.oneof(payloads(world), mutated(payloads(world)), oddInteractions).map(json);
  const cut = fc.tuple(whole, fc.nat()).map(([bytes, at]) => bytes.subarray(0, at % bytes.length));
  const odd = fc.tuple(whole, fc.nat(), fc.uint8Array({ maxLength: 3 })).map(([bytes, at, put]) => {
    const place = at % bytes.length;
    return Buffer.concat([bytes.subarray(0, place), put, bytes.subarray(place + put.length)]);
  });
  const long = fc
    .tuple(fc.constantFrom('[', '{"type":2,"data":', '{"type":9,"a":1}', '"', ' ', '9'), fc.nat(200_000))
    .map(([part, times]) => Buffer.from(part.repeat(times)));
  return fc.oneof(
    { arbitrary: whole, weight: 8 },
    { arbitrary: cut, weight: 2 },
    { arbitrary: odd, weight: 4 },
    { arbitrary: fc.uint8Array({ maxLength: 200 }), weight: 2 },
    { arbitrary: long, weight: 1 },
  );
}

describe('the HTTP transport', { timeout: TIMEOUT_MS }, () => {
  it('answers every signed body, with JSON where it accepts it', async () => {
    await fc.assert(
      fc.asyncProperty(bodies(), async (body) => {
        const { status, text } = await exchange(requestOf(headersOf(body), body), false);
        // Of a body that is too large the rest is not read: the connection may be gone before the answer is.
        expect([200, 400, 413, ...(body.length > 1024 * 1024 ? [undefined] : [])]).toContain(status);
        if (status === 200) expect(JSON.parse(text).type).toBeTypeOf('number');
      }),
      runs(300),
    );
    await responding.settled(WITHIN_MS);
    expect(world.failures).toEqual([]);
  });

  it('answers whatever is in the headers', async () => {
    const values = fc.oneof(
      texts(300).map((text) => text.replace(/[\r\n]/g, '')),
      fc.string({ unit: fc.constantFrom(...'0123456789abcdefABCDEF'), minLength: 1, maxLength: 130 }),
      fc.constantFrom('0'.repeat(128), '-1', '1e9', 'Infinity', '9'.repeat(12), '0x10', '1\t', '0', '999', 'chunked'),
    );
    const names = fc.constantFrom(
      'x-signature-ed25519',
      'X-Signature-Ed25519',
      'x-signature-timestamp',
      'content-type',
      'content-length',
      'content-encoding',
      'transfer-encoding',
      'expect',
      'cookie',
    );
    const body = json({ type: 1 });
    await fc.assert(
      fc.asyncProperty(fc.dictionary(names, values, { minKeys: 1 }), async (odd) => {
        const { status } = await exchange(requestOf({ ...headersOf(body), ...odd }, body));
        // 417 and 431 are Node's own; nothing comes back where the body ends before its length.
        expect([200, 400, 401, 413, 417, 431, undefined]).toContain(status);
        if (status === undefined) expect(Object.keys(odd)).toContain('content-length');
      }),
      runs(300),
    );
    expect(world.failures).toEqual([]);
  });

  it('goes on serving after broken HTTP', async () => {
    const body = json({ type: 1 });
    const cut = fc.tuple(fc.nat(), fc.nat()).map(([from, to]) => {
      const bytes = requestOf(headersOf(body), body);
      return bytes.subarray(from % 10, to % bytes.length);
    });
    const odd = fc.array(fc.oneof(fc.uint8Array({ maxLength: 20 }), cut), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(odd, async (parts) => {
        const { status = 400 } = await exchange(Buffer.concat(parts));
        expect(status).toBeLessThan(500);
      }),
      runs(200),
    );
    expect(world.failures).toEqual([]);
    expect((await fetch(`${listening.url}/healthz`)).status).toBe(200);
  });
});

/**
 * Sends bytes, and resolves with what came back once the other side has closed; no status where nothing did.
 * @param isEnded whether nothing more will be sent: Node then answers only what it can answer immediately
 */
function exchange(bytes: Buffer, isEnded = true): Promise<{ status: number | undefined; text: string }> {
  return new Promise((done, fail) => {
    const { hostname, port } = new URL(listening.url);
    const socket = connect(Number(port), hostname);
    const parts: Buffer[] = [];
    const timer = setTimeout(() => fail(new Error(`not closed after ${WITHIN_MS} ms`)), WITHIN_MS);
    socket.on('data', (part) => void parts.push(part));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(timer);
      const [head = '', ...text] = Buffer.concat(parts).toString().split('\r\n\r\n');
      const [, status] = /^HTTP\/1\.1 (\d{3}) /.exec(head) ?? [];
      done({ status: status === undefined ? undefined : Number(status), text: text.join('\r\n\r\n') });
    });
    socket.write(bytes);
    if (isEnded) socket.end();
  });
}
