// Gateway sessions: their sequence numbers, and the events that a resume replays (Discord docs, Gateway, Resuming).
import { randomUUID } from 'node:crypto';
import type { Dispatch } from './gateway-events.ts';
import type { Guild } from './model.ts';

/** The index of a shard and the number of shards. */
export type Shard = readonly [number, number];

/** What a session sends its payloads to: a WebSocket, or a bot in the same process. */
export interface SessionSocket {
  send(payload: string): void;
  close(code?: number): void;
  terminate(): void;
}

/** What one IDENTIFY started. It outlives its connection, so that a client can resume it. */
export interface Session {
  readonly id: string;
  readonly intents: number;
  readonly shard: Shard;
  /** Null while disconnected. */
  socket: SessionSocket | null;
  /** When the connection was lost, in milliseconds since 1970. */
  lostAt: number;
  /** The sequence number of the last payload. */
  seq: number;
  /** The latest payloads, for a resume. */
  readonly replay: { readonly seq: number; readonly payload: string }[];
}

/** All sessions of the bot, one for each shard. */
export interface Sessions {
  start(socket: SessionSocket, intents: number, shard: Shard): Session;
  /** Undefined if the session is unknown, or if it no longer has all payloads after `seq`. */
  find(id: string, seq: number): Session | undefined;
  end(session: Session): void;
  /** Sends an event to one session, now or when it resumes. */
  push(session: Session, name: string, data: unknown): void;
  /** Sends an event to every session with its intent and shard. Returns false if there is none. */
  broadcast(dispatch: Dispatch): boolean;
  /** The sockets of all connected sessions. */
  sockets(): SessionSocket[];
}

const REPLAY_LIMIT = 500;
const RESUME_WINDOW_MS = 60_000;

/** No sessions at first. One that lost its connection is kept for a minute, with its last 500 payloads. */
export function createSessions(): Sessions {
  const sessions = new Map<string, Session>();

  const push = (session: Session, name: string, data: unknown) => {
    session.seq += 1;
    const payload = JSON.stringify({ op: 0, t: name, s: session.seq, d: data });
    session.replay.push({ seq: session.seq, payload });
    if (session.replay.length > REPLAY_LIMIT) session.replay.shift();
    session.socket?.send(payload);
  };
  const removeExpired = () => {
    const since = Date.now() - RESUME_WINDOW_MS;
    for (const { id, socket, lostAt } of sessions.values()) if (socket === null && lostAt < since) sessions.delete(id);
  };

  return {
    start(socket, intents, shard) {
      const session: Session = {
        id: randomUUID().replaceAll('-', ''),
        intents,
        shard,
        socket,
        lostAt: 0,
        seq: 0,
        replay: [],
      };
      sessions.set(session.id, session);
      return session;
    },
    find(id, seq) {
      const session = sessions.get(id);
      const oldest = session?.replay[0]?.seq ?? 1;
      return session && seq >= oldest - 1 ? session : undefined;
    },
    end(session) {
      sessions.delete(session.id);
    },
    push,
    broadcast({ name, intent, guild, data }) {
      removeExpired();
      const isLeaving = name === 'GUILD_DELETE';
      if (guild !== null && !guild.hasBot && !isLeaving) return false;
      const receivers = [...sessions.values()].filter(
        ({ intents, shard }) => (intent === 0 || (intents & intent) !== 0) && isGuildOnShard(shard, guild),
      );
      for (const session of receivers) push(session, name, data(session.intents));
      return receivers.length > 0;
    },
    sockets: () => [...sessions.values()].map(({ socket }) => socket).filter((socket) => socket !== null),
  };
}

/** Servers are assigned to shards by id, direct messages to the first shard (Discord docs, Gateway, Sharding). */
export function isGuildOnShard([index, count]: Shard, guild: Guild | null): boolean {
  return guild === null ? index === 0 : Number((BigInt(guild.id) >> 22n) % BigInt(count)) === index;
}
