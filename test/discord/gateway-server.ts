// A gateway server for tests: each test has its own connections, and sees what arrives.
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, vi } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { type Gateway, openGateway } from '../../src/discord/gateway.ts';
import { createVirtualClock } from '../virtual-clock.ts';
import { LEVEL, recordingLog } from './parts.ts';
import { type StubResponse, stubRest } from './rest-stub.ts';

interface Payload {
  readonly op: number;
  // The data of an IDENTIFY or a RESUME.
  readonly d: { readonly token: string; readonly intents?: number; readonly shard?: [number, number]; seq?: number };
}
/** What a test does with its connections, by the token that it uses. */
interface Handler {
  /** Called for each IDENTIFY and RESUME. */
  onPayload(socket: WebSocket, payload: Payload): void;
  /** Whether a connection is refused. */
  isRefused?(): boolean;
}
const handlers = new Map<string, Handler>();
let server: WebSocketServer;
let url: string;

/** Starts the server. Tests then call `open`. */
export async function startGatewayServer(): Promise<void> {
  server = new WebSocketServer({
    host: '127.0.0.1',
    port: 0,
    verifyClient: ({ req }: { req: IncomingMessage }) => !handlers.get(tokenIn(req.url))?.isRefused?.(),
  });
  await new Promise((resolve) => server.once('listening', resolve));
  url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`; // it listens on a port
  server.on('connection', (socket, request) => {
    socket.on('error', () => undefined);
    socket.on('message', (data) => {
      const payload: Payload = JSON.parse(String(data));
      if (payload.op === 2 || payload.op === 6) handlers.get(tokenIn(request.url))?.onPayload(socket, payload);
    });
    socket.send(JSON.stringify({ op: 10, d: { heartbeat_interval: 1_000_000 } }));
  });
}

export function stopGatewayServer(): void {
  for (const client of server.clients) client.terminate();
  server.close();
}

/** Each test has a path of its own. */
const tokenIn = (path = '') => /\/(test-\d+)/.exec(path)?.[1] ?? '';

let tests = 0;
interface Options {
  readonly shards?: Parameters<typeof openGateway>[0]['shards'];
  /** How many shards Discord recommends. */
  readonly recommended?: number;
  /** The answers to GET /gateway/bot; undefined for the usual one. */
  readonly answers?: (StubResponse | undefined)[];
  readonly handler?: Partial<Handler>;
}

/** Creates a gateway that connects to the server. */
export function open({ shards = 'auto', recommended = 1, answers = [], handler = {} }: Options = {}) {
  const token = `test-${++tests}`;
  const left = [...answers];
  const stub = stubRest(() => left.shift() ?? { body: info() });
  const info = (remaining = 1000) => ({
    url: `${url}/${token}`,
    shards: recommended,
    session_start_limit: { total: 1000, remaining, reset_after: 60_000, max_concurrency: 16 },
  });
  const clock = createVirtualClock(0);
  const { log, lines: logged } = recordingLog();
  const interactions: unknown[] = [];
  const messages: unknown[] = [];
  const listeners = {
    onInteraction: (interaction: unknown, receivedAt: number) => void interactions.push([interaction, receivedAt]),
    onMessage: (message: unknown, ownUserId: string) => void messages.push([message, ownUserId]),
  };
  const sockets: WebSocket[] = [];
  const payloads: Payload[] = [];
  let seq = 0;
  const send = (t: string, d: unknown, socket = sockets.at(-1)) =>
    socket?.send(JSON.stringify({ op: 0, t, s: ++seq, d }));
  const ready = (socket?: WebSocket) =>
    send('READY', { session_id: 's', resume_gateway_url: `${url}/${token}`, user: { id: '999' } }, socket);
  handlers.set(token, {
    onPayload(socket, payload) {
      sockets.push(socket);
      payloads.push(payload);
      if (handler.onPayload) handler.onPayload(socket, payload);
      else if (payload.op === 2) ready(socket);
      else send('RESUMED', {}, socket);
    },
    isRefused: () => handler.isRefused?.() ?? false,
  });
  const gateway: Gateway = openGateway({ rest: stub.rest, token, shards, log, clock }, listeners);
  const stopping = new AbortController();
  const connect = () => {
    const connecting = gateway.connect(stopping.signal);
    connecting.catch(() => undefined);
    return connecting;
  };
  const infos = () => logged.filter(({ level }) => level >= LEVEL.info);
  return {
    ...stub,
    gateway,
    connect,
    clock,
    infos,
    logged,
    interactions,
    messages,
    sockets,
    payloads,
    send,
    ready,
    stopping,
    info,
  };
}
/** Waits until something is read. */
export const eventually = (read: () => unknown, expected: unknown) =>
  vi.waitFor(() => expect(read()).toEqual(expected), { interval: 2, timeout: 10_000 });
