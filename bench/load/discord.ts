// A fake Discord for load tests: a gateway that dispatches, and a REST server that accepts the answers.
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type WebSocket, WebSocketServer } from 'ws';
import { guildCreate, guildId } from './guilds.ts';
import { APPLICATION } from './interactions.ts';
import { type LoadRequest, listenForRest, type SendReply } from './rest-server.ts';

const GUILDS_INTENT = 1;
/** Discord's heartbeat interval is about 41 s. */
const HEARTBEAT_MS = 41_250;
/** Bytes in the socket's buffer above which no further server is sent: the bot decides the speed. */
const HIGH_WATER = 1_000_000;
const CALLBACK = /^\/api\/v10\/interactions\/(\d+)\//;

export interface LoadDiscord {
  readonly apiUrl: string;
  /** Sends an interaction over the gateway. */
  dispatch(interaction: string): void;
  /** Sends any event over the gateway. */
  event(name: string, data: string): void;
  /** Called when a first answer has arrived and, after the delay, was acknowledged. */
  onAnswer: (interactionId: string) => void;
  /** Called with every request that is not a first answer. @returns its response, or undefined for the usual one */
  onRequest: (request: LoadRequest) => Parameters<SendReply> | undefined;
  /** Delay of the acknowledgement in milliseconds, which simulates the network. */
  delayMs: number;
  /** Resolves when a bot has identified and received all its servers. */
  readonly connected: Promise<void>;
  close(): Promise<void>;
}

/** @param guilds the number of servers of the bot */
export async function startLoadDiscord({ guilds }: { guilds: number }): Promise<LoadDiscord> {
  const sockets = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
  await once(sockets, 'listening');
  const gatewayUrl = `ws://127.0.0.1:${portOf(sockets.address())}`;
  let socket: WebSocket | undefined;
  let sequence = 0;
  let isConnected: () => void = () => undefined;
  const connected = new Promise<void>((done) => {
    isConnected = done;
  });

  const event = (name: string, data: string) => {
    sequence += 1;
    socket?.send(`{"t":"${name}","s":${sequence},"op":0,"d":${data}}`);
  };

  sockets.on('connection', (connection) => {
    socket = connection;
    connection.send(JSON.stringify({ op: 10, d: { heartbeat_interval: HEARTBEAT_MS } }));
    connection.on('message', (data) => {
      const { op, d } = JSON.parse(String(data));
      if (op === 1) connection.send('{"op":11}');
      if (op === 2) void identify(connection, d.intents).then(isConnected);
    });
  });

  const identify = async (connection: WebSocket, intents: number) => {
    event('READY', readyPayload(gatewayUrl, guilds));
    if ((intents & GUILDS_INTENT) !== 0) await sendGuilds(connection, guilds, event);
  };

  const rest = await listenForRest((request, reply) => {
    const id = CALLBACK.exec(request.path)?.[1];
    if (id === undefined) return reply(...(load.onRequest(request) ?? startupReply(request, gatewayUrl, guilds)));
    const acknowledge = () => {
      reply(204);
      load.onAnswer(id);
    };
    if (load.delayMs > 0) setTimeout(acknowledge, load.delayMs);
    else acknowledge();
  });

  const load: LoadDiscord = {
    apiUrl: `http://127.0.0.1:${rest.port}/api`,
    dispatch: (interaction) => event('INTERACTION_CREATE', interaction),
    event,
    onAnswer: () => undefined,
    onRequest: () => undefined,
    delayMs: 0,
    connected,
    async close() {
      for (const connection of sockets.clients) connection.terminate();
      sockets.close();
      await rest.close();
    },
  };
  return load;
}

/** Sends a GUILD_CREATE per server, at the speed at which the bot reads them. */
async function sendGuilds(connection: WebSocket, guilds: number, event: LoadDiscord['event']): Promise<void> {
  for (let i = 0; i < guilds; i++) {
    while (connection.bufferedAmount > HIGH_WATER) await sleep(1);
    event('GUILD_CREATE', guildCreate(i));
  }
}

const BOT = {
  id: APPLICATION,
  username: 'bench',
  discriminator: '0',
  global_name: null,
  avatar: null,
  bot: true,
  flags: 0,
};

function readyPayload(gatewayUrl: string, guilds: number): string {
  return JSON.stringify({
    v: 10,
    user: BOT,
    guilds: Array.from({ length: guilds }, (_, i) => ({ id: guildId(i), unavailable: true })),
    session_id: 'bench',
    resume_gateway_url: gatewayUrl,
    application: { id: APPLICATION, flags: 0 },
    session_type: 'normal',
    private_channels: [],
    shard: [0, 1],
  });
}

/** Answers the requests of a starting bot. Registered commands are returned as they are. */
function startupReply(
  { method, path, body }: LoadRequest,
  gatewayUrl: string,
  guilds: number,
): [status: number, json: string] {
  const session_start_limit = { total: 1000, remaining: 999, reset_after: 86_400_000, max_concurrency: 1 };
  const known: Record<string, unknown> = {
    'gateway/bot': { url: gatewayUrl, shards: 1, session_start_limit },
    'applications/@me': { id: APPLICATION, name: 'bench', flags: 0 },
    'users/@me': BOT,
  };
  const [name = '', query] = path.slice('/api/v10/'.length).split('?');
  if (name === 'users/@me/guilds') return [200, JSON.stringify(guildPage(guilds, new URLSearchParams(query)))];
  if (name in known) return [200, JSON.stringify(known[name])];
  if (name.endsWith('/commands')) return [200, method === 'PUT' ? body : '[]'];
  return [404, JSON.stringify({ message: `not supported: ${method} ${path}`, code: 0 })];
}

/** A page of the bot's servers, by ascending id. */
function guildPage(guilds: number, query: URLSearchParams): { id: string; name: string }[] {
  const after = query.get('after') ?? '0';
  const ids = Array.from({ length: guilds }, (_, i) => guildId(i)).filter((id) => BigInt(id) > BigInt(after));
  return ids.slice(0, Number(query.get('limit') ?? 200)).map((id) => ({ id, name: 'A server' }));
}

function portOf(address: string | AddressInfo | null): number {
  return typeof address === 'object' && address ? address.port : 0;
}
