// The gateway, version 10 in JSON: connections and opcodes (Discord docs, Gateway; Opcodes and Status Codes).
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { WebSocketServer } from 'ws';
import { z } from 'zod';
import { toDispatch } from './gateway-events.ts';
import type { Session, SessionSocket, Sessions } from './gateway-sessions.ts';
import { createSessions, isGuildOnShard } from './gateway-sessions.ts';
import { intentsCloseCode } from './intents.ts';
import { GATEWAY } from './limits.ts';
import type { Interaction, World } from './model.ts';
import { userJson } from './user-json.ts';

/** The gateway as the server and the tests use it. */
export interface FakeGateway {
  /** Handles an HTTP upgrade for /gateway. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Sends INTERACTION_CREATE, which needs no intent. Returns false where there is no session. */
  deliver(interaction: Interaction): boolean;
  /** Opens a session without a connection. @returns a function that ends it */
  attach(intents: number, receive: (payload: unknown) => void): () => void;
  /** The number of identified connections. */
  connectionCount(): number;
  /** Breaks every connection without a close frame; sessions can be resumed. */
  dropConnections(): void;
  /**
   * Closes every connection with this code, such as 4000 (resume), 4009 (new session), 4014 (fatal). A fatal code also
   * closes every later IDENTIFY.
   */
  closeConnections(code: number): void;
  /** Closes every IDENTIFY with this code from now on; null accepts them again. */
  refuseIdentify(code: number | null): void;
  /** The number of IDENTIFYs when no session start was left. Discord resets the token of such a bot. */
  identifiesBeyondLimit(): number;
  /** Asks every client to reconnect and resume (opcode 7). */
  askReconnect(): void;
  stop(): void;
}

const frame = z.object({ op: z.int(), d: z.unknown() });
const identify = z.object({
  token: z.string(),
  intents: z.int().min(0),
  shard: z.tuple([z.int().min(0), z.int().min(1)]).default([0, 1]),
});
const resume = z.object({ token: z.string(), session_id: z.string(), seq: z.int().min(0) });

/** After these a client must identify again (Discord docs, Opcodes and Status Codes, Gateway Close Event Codes). */
const SESSION_ENDING_CODES = [1000, 1001, 4004, 4007, 4009, 4010, 4011, 4012, 4013, 4014];

/** Close codes after which clients must not reconnect (same page). */
const FATAL_CODES = [4004, 4010, 4011, 4012, 4013, 4014];

/** State shared by all connections. */
interface GatewayState {
  readonly credentials: Credentials;
  refuseCode: number | null;
  identifiesBeyondLimit: number;
}

/** Presence, voice state and member requests: accepted without effect. */
const IGNORED_OPCODES = [3, 4, 8];

/** The bot's current token. */
export interface Credentials {
  token: string;
}

/**
 * Creates the gateway and subscribes it to the world's events.
 * @param credentials the token that IDENTIFY and RESUME must have; a later change takes effect
 */
export function createGateway(world: World, credentials: Credentials): FakeGateway {
  const server = new WebSocketServer({ noServer: true });
  const state: GatewayState = { credentials, refuseCode: null, identifiesBeyondLimit: 0 };
  const sessions = createSessions();
  const unsubscribe = world.events.subscribe((event) => {
    const dispatch = toDispatch(world, event);
    if (dispatch) sessions.broadcast(dispatch);
  });
  server.on('connection', (socket: WebSocket) => handleConnection(world, sessions, socket, state));

  return {
    upgrade(request, socket, head) {
      const query = new URL(request.url ?? '/', 'ws://localhost').searchParams;
      const isServed =
        (query.get('v') ?? '10') === '10' && (query.get('encoding') ?? 'json') === 'json' && !query.has('compress');
      if (isServed) server.handleUpgrade(request, socket, head, (client) => server.emit('connection', client, request));
      else socket.end('HTTP/1.1 400 Bad Request\r\n\r\nOnly v=10 and encoding=json without compression are served.');
    },
    deliver: ({ payload, channel }) =>
      sessions.broadcast({ name: 'INTERACTION_CREATE', intent: 0, guild: channel.guild, data: () => payload }),
    attach(intents, receive) {
      const detach = () => sessions.end(session);
      const socket = { send: (payload: string) => receive(JSON.parse(payload)), close: detach, terminate: detach };
      const session = sessions.start(socket, intents, [0, 1]);
      return detach;
    },
    connectionCount: () => sessions.sockets().length,
    dropConnections() {
      for (const socket of sessions.sockets()) socket.terminate();
    },
    closeConnections(code) {
      if (FATAL_CODES.includes(code)) state.refuseCode = code;
      for (const socket of sessions.sockets()) socket.close(code);
    },
    refuseIdentify(code) {
      state.refuseCode = code;
    },
    identifiesBeyondLimit: () => state.identifiesBeyondLimit,
    askReconnect() {
      for (const socket of sessions.sockets()) send(socket, 7, null);
    },
    stop() {
      unsubscribe();
      for (const socket of server.clients) socket.terminate();
      server.close();
    },
  };
}

/** Handles one connection from HELLO to its close. */
function handleConnection(world: World, sessions: Sessions, socket: WebSocket, state: GatewayState): void {
  let session: Session | undefined;
  let sends: number[] = [];
  const reportConnection = () => world.events.emit({ name: 'connection', connected: sessions.sockets().length > 0 });

  const onMessage = (data: Buffer): void => {
    const now = Date.now();
    sends = [...sends.filter((at) => at > now - 60_000), now];
    const parsed = frame.safeParse(parseJson(String(data)));
    if (sends.length > GATEWAY.sendsPerMinute) socket.close(4008, 'You are being rate limited.');
    else if (data.length > GATEWAY.payload || !parsed.success) socket.close(4002, 'Error while decoding payload.');
    else if (parsed.data.op === 1) send(socket, 11, null);
    else if (parsed.data.op === 2 && session) socket.close(4005, 'Already authenticated.');
    else if (parsed.data.op === 2 || parsed.data.op === 6) {
      const { op, d } = parsed.data;
      session =
        op === 2 ? identifySession(world, sessions, socket, state, d) : resumeSession(sessions, socket, state, d);
      reportConnection();
    } else if (!session) socket.close(4003, 'Not authenticated.');
    else if (!IGNORED_OPCODES.includes(parsed.data.op)) socket.close(4001, 'Unknown opcode.');
  };

  socket.on('message', onMessage);
  socket.on('error', () => {});
  socket.on('close', (code: number) => {
    if (session?.socket !== socket) return;
    session.socket = null;
    session.lostAt = Date.now();
    if (SESSION_ENDING_CODES.includes(code)) sessions.end(session);
    reportConnection();
  });
  send(socket, 10, { heartbeat_interval: GATEWAY.heartbeatMs, _trace: [] });
}

/** IDENTIFY: sends READY, then a GUILD_CREATE for each server if the intents ask for it. */
function identifySession(
  world: World,
  sessions: Sessions,
  socket: WebSocket,
  state: GatewayState,
  data: unknown,
): Session | undefined {
  const request = identify.safeParse(data);
  if (!request.success) {
    socket.close(4002, 'Error while decoding payload.');
    return undefined;
  }
  const { intents, shard } = request.data;
  if (!isOwnToken(request.data.token, state)) {
    socket.close(4004, 'Authentication failed.');
    return undefined;
  }
  if (state.refuseCode !== null) {
    socket.close(state.refuseCode);
    return undefined;
  }
  if (shard[0] >= shard[1]) {
    socket.close(4010, 'Invalid shard.');
    return undefined;
  }
  const refusal = intentsCloseCode(intents, world.application);
  if (refusal !== undefined) {
    socket.close(refusal);
    return undefined;
  }
  if (world.gatewayInfo.remaining <= 0) {
    state.identifiesBeyondLimit += 1;
    send(socket, 9, false);
    return undefined;
  }
  world.gatewayInfo.remaining -= 1;
  const session = sessions.start(socket, intents, shard);
  const guilds = [...world.guilds.values()].filter((guild) => guild.hasBot && isGuildOnShard(shard, guild));
  sessions.push(session, 'READY', {
    v: 10,
    user: { ...userJson(world.bot), verified: true, mfa_enabled: true, email: null },
    guilds: guilds.map(({ id }) => ({ id, unavailable: true })),
    session_id: session.id,
    session_type: 'normal',
    resume_gateway_url: `${world.origin.replace(/^http/, 'ws')}/gateway`,
    shard,
    application: { id: world.applicationId, flags: world.application.flags },
    private_channels: [],
    relationships: [],
    presences: [],
  });
  for (const guild of guilds) {
    const dispatch = toDispatch(world, { name: 'guildCreate', guild });
    if (dispatch && intents & dispatch.intent) sessions.push(session, dispatch.name, dispatch.data(intents));
  }
  return session;
}

/** RESUME: sends the missed events, then RESUMED; INVALID SESSION where the session cannot be resumed. */
function resumeSession(sessions: Sessions, socket: WebSocket, state: GatewayState, data: unknown): Session | undefined {
  const request = resume.safeParse(data);
  if (!request.success || !isOwnToken(request.data.token, state) || state.refuseCode === 4004) {
    socket.close(request.success ? 4004 : 4002, 'Resuming failed.');
    return undefined;
  }
  const { session_id: id, seq } = request.data;
  const session = sessions.find(id, seq);
  if (!session) {
    send(socket, 9, false);
    return undefined;
  }
  if (seq > session.seq) {
    socket.close(4007, 'Invalid seq.');
    return undefined;
  }
  session.socket?.terminate();
  session.socket = socket;
  for (const { payload } of session.replay.filter((each) => each.seq > seq)) socket.send(payload);
  sessions.push(session, 'RESUMED', { _trace: [] });
  return session;
}

/** Some libraries send the token as in REST, with `Bot ` before it, and Discord accepts both. */
function isOwnToken(token: string, { credentials }: GatewayState): boolean {
  return token.replace(/^Bot /, '') === credentials.token;
}

const send = (socket: SessionSocket, op: number, d: unknown) => socket.send(JSON.stringify({ op, d }));

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
