// A session of the gateway that is over: the library waits five seconds before it begins another one.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually, open, startGatewayServer, stopGatewayServer } from '../discord/gateway-server.ts';

beforeAll(startGatewayServer);
afterAll(stopGatewayServer);

describe('the gateway', () => {
  it('starts a new session if the old one is over', async () => {
    const { gateway, connect, payloads, sockets, lines } = open();
    await connect();
    const requests = lines().length;
    sockets[0]?.close(4003);
    await eventually(() => payloads.length, 2);
    // The library does not end while it is identifying.
    await eventually(() => gateway.health(), undefined);
    expect(payloads.map(({ op }) => op)).toEqual([2, 2]);
    // It asks first whether a session start is left.
    expect(lines().length).toBeGreaterThan(requests);
    await gateway.close();
  });
});
