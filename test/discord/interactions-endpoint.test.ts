// The endpoint for interactions: which requests it takes, what it refuses, and when an answer counts as delivered.
import { createServer, request as openRequest, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { say } from '../../src/discord/answer.ts';
import { deferPrivately } from '../../src/discord/deferred.ts';
import { createEndpoint, type Endpoint } from '../../src/discord/interactions-endpoint.ts';
import type { InteractionHandler } from '../../src/discord/responding.ts';
import { createVirtualClock, type VirtualClock } from '../virtual-clock.ts';
import { createGate } from './rest-stub.ts';

type Respond = InteractionHandler['respond'];

const MIB = 1024 * 1024;
let endpoint: Endpoint;
let latest: ServerResponse | undefined;
const server = createServer((request, response) => {
  latest = response;
  endpoint.handle(request, response);
});
let url: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/interactions`; // it listens on a port
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

let clock: VirtualClock;
let respond: Respond;
let isAccepted: boolean;
let checked: { signature: string | undefined; timestamp: string | undefined; body: string }[];
let refusals: number;
beforeEach(() => {
  clock = createVirtualClock(0);
  isAccepted = true;
  checked = [];
  refusals = 0;
  respond = async (_, deliver) => void (await deliver(say('text')));
  const signatures = {
    accepts(signature: string | undefined, timestamp: string | undefined, body: Buffer) {
      checked.push({ signature, timestamp, body: body.toString() });
      return isAccepted;
    },
  };
  endpoint = createEndpoint(
    signatures,
    { respond: (...given) => respond(...given) },
    {
      clock,
      onRefusedSignature: () => {
        refusals += 1;
      },
    },
  );
});

const HEADERS = { 'x-signature-ed25519': 'abc', 'x-signature-timestamp': '123' };
const post = async (body: string, headers: Record<string, string> = HEADERS) => {
  const response = await fetch(url, { method: 'POST', body, headers });
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text(), response };
};

describe('the endpoint', () => {
  const matches = (method: string, path: string | undefined) =>
    // It reads nothing else of a request.
    endpoint.matches({ method, url: path } as Parameters<Endpoint['matches']>[0]);

  it.each(['/interactions', '/interactions/', '/interactions?a=b', '/interactions/?a=b'])('takes %s', (path) =>
    expect(matches('POST', path)).toBe(true),
  );

  it.each([
    ['GET', '/interactions'],
    ['POST', '/interactions2'],
    ['POST', '/interactions/x'],
    ['POST', '/interactions//'],
    ['POST', '/x/interactions'],
    ['POST', '/'],
    ['POST', undefined],
  ])('leaves %s %s to others', (method, path) => expect(matches(method, path)).toBe(false));
});

describe('a request', () => {
  it('is answered with the first answer', async () => {
    let isGone: boolean | undefined;
    let given: unknown[] = [];
    await clock.advance(7);
    respond = async (interaction, deliver, receivedAt) => {
      given = [interaction, receivedAt];
      isGone = !(await deliver(say('Grüße')));
    };
    const { status, type, text, response } = await post('{"type":2,"id":"1"}');
    expect([status, type]).toEqual([200, 'application/json']);
    expect(JSON.parse(text)).toEqual(say('Grüße').response);
    expect(response.headers.get('content-length')).toBe(String(Buffer.byteLength(text)));
    expect(given).toEqual([{ type: 2, id: '1' }, 7]);
    expect(isGone).toBe(false);
    expect(checked).toEqual([{ signature: 'abc', timestamp: '123', body: '{"type":2,"id":"1"}' }]);
    expect(refusals).toBe(0);
  });

  it('gets the JSON that is cached', async () => {
    respond = async (_, deliver) => void (await deliver({ ...say('text'), json: '{"cached":true}' }));
    expect((await post('{"type":3}')).text).toBe('{"cached":true}');
  });

  it('is refused and counted if the signature is wrong', async () => {
    isAccepted = false;
    const { status, type } = await post('{"type":1}');
    expect([status, type]).toEqual([401, 'text/plain; charset=utf-8']);
    expect(refusals).toBe(1);
  });

  it('without a signature is checked without one', async () => {
    isAccepted = false;
    expect((await post('{"type":1}', {})).status).toBe(401);
    expect(checked).toMatchObject([{ signature: undefined, timestamp: undefined }]);
  });

  it.each(['', 'no JSON', 'null', '5', '"type"', '[]', '{}', '{"type":"1"}'])(
    'with the body %j is refused',
    async (body) => {
      let responses = 0;
      respond = async () => {
        responses += 1;
      };
      expect((await post(body)).status).toBe(400);
      expect(responses).toBe(0);
    },
  );

  it('may have a body of 1 MiB', async () => {
    expect((await post('x'.repeat(MIB))).status).toBe(400);
    expect(checked[0]?.body).toHaveLength(MIB);
  });

  it('with a larger body is refused before its signature is checked, and the connection ends', async () => {
    const { status, response } = await post('x'.repeat(MIB + 1));
    expect(status).toBe(413);
    expect(response.headers.get('connection')).toBe('close');
    expect([checked, refusals]).toEqual([[], 0]);
  });

  it('keeps its connection otherwise', async () => {
    expect((await post('{"type":1}')).response.headers.get('connection')).not.toBe('close');
  });

  it('gets 500 if nothing was delivered', async () => {
    respond = async () => undefined;
    expect((await post('{"type":2}')).status).toBe(500);
  });
});

describe('a delivery', () => {
  it('of deferred work ends 20 ms after the response was handed over, so that the result comes later', async () => {
    const gate = createGate();
    let isDelivered: boolean | undefined;
    respond = async (_, deliver) => {
      isDelivered = await deliver(deferPrivately(() => new Promise(() => undefined)));
      gate.open();
    };
    expect((await post('{"type":2}')).status).toBe(200);
    await expect.poll(() => clock.pending(), { interval: 1 }).toBe(1);
    await clock.advance(19);
    expect(isDelivered).toBeUndefined();
    await clock.advance(1);
    await gate.opened;
    expect(isDelivered).toBe(true);
  });

  it('of an answer without further work does not wait', async () => {
    await post('{"type":2}');
    expect(clock.pending()).toBe(0);
  });

  it('fails if the client has gone, and for a second answer', async () => {
    const gate = createGate();
    const results: boolean[] = [];
    const done = createGate();
    respond = async (_, deliver) => {
      await gate.opened;
      results.push(await deliver(say('text')));
      done.open();
    };
    const request = openRequest(url, { method: 'POST', headers: HEADERS }).on('error', () => undefined);
    request.end('{"type":2}');
    await expect.poll(() => checked.length, { interval: 1 }).toBe(1);
    request.destroy();
    await expect.poll(() => latest?.destroyed, { interval: 1 }).toBe(true);
    gate.open();
    await done.opened;
    expect(results).toEqual([false]);

    respond = async (_, deliver) => void results.push(await deliver(say('one')), await deliver(say('two')));
    expect(JSON.parse((await post('{"type":2}')).text)).toEqual(say('one').response);
    expect(results).toEqual([false, true, false]);
  });
});
