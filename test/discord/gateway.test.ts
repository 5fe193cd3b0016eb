// The gateway: when it is connected, which events it passes on, and what ends it. The tests run side by side, because
// a reconnect takes the library half a second.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import { eventually, open, startGatewayServer, stopGatewayServer } from './gateway-server.ts';
import { LEVEL } from './parts.ts';
import { refusal } from './rest-stub.ts';

beforeAll(startGatewayServer);
afterAll(stopGatewayServer);

describe.concurrent('the gateway', () => {
  it('connects without a privileged intent, and is healthy then', async () => {
    const { gateway, connect, payloads, infos } = open();
    expect(gateway.health()).toEqual({ status: 'down', problem: 'no gateway connection' });
    await connect();
    expect(gateway.health()).toBeUndefined();
    expect(payloads).toMatchObject([{ op: 2, d: { shard: [0, 1], intents: (1 << 9) | (1 << 12) } }]);
    expect(infos()).toEqual([]);
    await gateway.close();
    expect(infos()).toEqual([]);
  });

  it('is connected once every shard is ready', async () => {
    const waiting: WebSocket[] = [];
    const { gateway, connect, payloads, ready } = open({
      shards: { ids: [1, 3], count: 4 },
      handler: { onPayload: (socket) => void waiting.push(socket) },
    });
    let isConnected = false;
    const connecting = connect().then(() => {
      isConnected = true;
    });
    await eventually(() => waiting.length, 2);
    expect(payloads.map(({ d }) => d.shard).sort()).toEqual([
      [1, 4],
      [3, 4],
    ]);
    ready(waiting[0]);
    await eventually(() => gateway.health(), { status: 'degraded', problem: '1 of 2 shards not connected' });
    expect(isConnected).toBe(false);
    ready(waiting[1]);
    await connecting;
    expect(gateway.health()).toBeUndefined();
    await gateway.close();
  });

  it('passes on each interaction once, with the time at which it came', async () => {
    const { gateway, connect, clock, send, interactions } = open();
    await connect();
    await clock.advance(7);
    const first = { id: '1', type: 2 };
    for (const one of [first, { id: '1', type: 2 }, { type: 2 }, null, { id: '2', type: 3 }])
      send('INTERACTION_CREATE', one);
    await eventually(
      () => interactions,
      [
        [first, 7],
        [{ id: '2', type: 3 }, 7],
      ],
    );
    await gateway.close();
  });

  it('remembers 5000 interactions', async () => {
    const { gateway, connect, send, interactions } = open();
    await connect();
    for (let id = 1; id <= 5000; id++) send('INTERACTION_CREATE', { id: String(id) });
    send('INTERACTION_CREATE', { id: '1' });
    send('INTERACTION_CREATE', { id: 'last' });
    await eventually(() => interactions.length, 5001);
    await gateway.close();
  });

  it('passes on new messages and edits, and no other updates', async () => {
    const { gateway, connect, send, messages } = open();
    await connect();
    const message = { id: '1', author: { id: '5' } };
    const edited = { ...message, edited_timestamp: '2026-11-26T10:00:00Z' };
    for (const one of [message, { id: '2' }, { author: { id: '5' } }, null]) send('MESSAGE_CREATE', one);
    for (const one of [message, { ...edited, author: undefined }, { ...edited, id: undefined }, null, edited])
      send('MESSAGE_UPDATE', one);
    send('MESSAGE_DELETE', edited);
    send('MESSAGE_CREATE', { id: '9', author: { id: '5' } });
    await eventually(() => messages.length, 3);
    expect(messages).toEqual([
      [message, '999'],
      [edited, '999'],
      [{ id: '9', author: { id: '5' } }, '999'],
    ]);
    await gateway.close();
  });

  it('resumes after a lost connection, and logs the loss and the return', async () => {
    const { gateway, connect, payloads, sockets, infos } = open();
    await connect();
    sockets[0]?.close(4000);
    await eventually(() => gateway.health(), { status: 'down', problem: 'no gateway connection' });
    expect(infos()).toMatchObject([{ level: LEVEL.info, code: 4000, shard: 0, msg: 'gateway closed, reconnecting' }]);
    await eventually(() => gateway.health(), undefined);
    expect(payloads.map(({ op }) => op)).toEqual([2, 6]);
    expect(payloads[1]?.d).toMatchObject({ session_id: 's', seq: 1 });
    expect(infos().slice(1)).toMatchObject([{ level: LEVEL.info, shard: 0, msg: 'gateway connected' }]);
    await gateway.close();
  });

  it('logs a lost connection once, however often it tries', async () => {
    let refused = 0;
    const { gateway, connect, infos, logged, stopping } = open({
      handler: {
        isRefused: () => {
          refused += 1;
          return true;
        },
      },
    });
    const connecting = connect();
    await eventually(() => refused, 2);
    await eventually(() => logged.filter(({ msg }) => msg === 'gateway closed, reconnecting').length, 2);
    expect(infos()).toMatchObject([{ level: LEVEL.info, msg: 'gateway closed, reconnecting' }]);
    expect(logged.filter(({ msg }) => msg === 'gateway connection failed')[0]).toMatchObject({
      level: LEVEL.debug,
      shard: 0,
    });
    expect(gateway.health()).toEqual({ status: 'down', problem: 'no gateway connection' });
    stopping.abort(new Error('stopping'));
    await expect(connecting).rejects.toThrow('stopping');
    await gateway.close();
  });

  it.each([
    [4004, 'TokenError', 'DISCORD_TOKEN'],
    [4014, 'GatewayClosedError', '4014'],
  ])('ends when Discord closes it for good with %i', async (code, name, text) => {
    const { gateway, connect, infos } = open({ handler: { onPayload: (socket) => socket.close(code) } });
    const connecting = connect();
    expect(await gateway.closedForGood).toMatchObject({ name, message: expect.stringContaining(text) });
    await expect(connecting).rejects.toMatchObject({ name });
    expect(infos()).toEqual([]);
    await gateway.close();
  });

  it('asks for its address again after a second, and later', async () => {
    const { gateway, connect, clock, logged, lines } = open({ answers: [refusal(500), { body: { url: 'x' } }] });
    const connecting = connect();
    const warned = () => logged.filter(({ level }) => level === LEVEL.warn);
    await eventually(() => warned().length, 1);
    expect(warned()[0]).toMatchObject({ msg: 'gateway address not fetched, trying again', err: { status: 500 } });
    expect(warned()[0]?.pauseMs).toBeGreaterThanOrEqual(900);
    expect(warned()[0]?.pauseMs).toBeLessThanOrEqual(1100);
    await clock.advance(1100);
    await eventually(() => warned().length, 2);
    expect(warned()[1]?.err).toMatchObject({ name: 'UnexpectedAnswerError' });
    expect(lines()).toHaveLength(2);
    await clock.advance(2200);
    await connecting;
    await gateway.close();
  });

  it('ends if Discord refuses the token', async () => {
    const { gateway, connect, clock } = open({ answers: [refusal(401)] });
    await expect(connect()).rejects.toMatchObject({ name: 'TokenError', cause: { status: 401 } });
    expect(clock.pending()).toBe(0);
    await gateway.close();
  });

  it('waits until enough session starts are left, and says until when', async () => {
    const opened = open({ recommended: 2 });
    const { gateway, connect, clock, logged, payloads, info } = opened;
    let remaining = 1;
    opened.rest.get = async () => info(remaining);
    const connecting = connect();
    await eventually(() => gateway.health()?.problem, 'no session starts left until 1970-01-01T00:01:01.000Z');
    expect(gateway.health()?.status).toBe('down');
    expect(logged).toMatchObject([
      {
        level: LEVEL.warn,
        until: '1970-01-01T00:01:01.000Z',
        msg: 'no session starts left, waiting before connecting to the gateway',
      },
    ]);
    expect(payloads).toEqual([]);
    remaining = 2;
    await clock.advance(61_000);
    await connecting;
    expect(payloads).toHaveLength(2);
    expect(gateway.health()).toBeUndefined();
    await gateway.close();
  });

  it.each(['the signal', 'closing'])('stops connecting with %s', async (by) => {
    const { gateway, connect, stopping } = open({ handler: { onPayload: () => undefined } });
    const connecting = connect();
    if (by === 'closing') await gateway.close();
    else stopping.abort(new Error('stopping'));
    await expect(connecting).rejects.toThrow();
    await gateway.close();
  });
});
