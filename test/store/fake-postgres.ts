// A server that speaks PostgreSQL's protocol, and answers each query as a test says.
// (PostgreSQL docs, "Frontend/Backend Protocol", "Message Formats")
import { createServer, type Server, type Socket } from 'node:net';

type Value = string | boolean | number | null;
/** An error: its SQLSTATE and its message. */
interface Failure {
  readonly code: string;
  readonly message?: string;
}
/** Rows; a failure; nothing, ever; or the end of the connection. */
export type Reply = readonly Readonly<Record<string, Value>>[] | Failure | 'silence' | 'disconnect';

/** The first message of a client that wants an encrypted connection. */
const SSL_REQUEST = 80_877_103;

export class FakePostgres {
  /** The text of each query, oldest first, and its parameters as JSON. */
  readonly queries: string[] = [];
  /** The parameters of each connection's start, such as `user` and `application_name`. */
  readonly startups: Record<string, string>[] = [];
  /** How many connections were ended by the client. */
  ended = 0;
  /** The answer to a new connection, if it is not accepted. */
  refusal: Reply | undefined;
  /** The answer to a query. */
  respond: (query: string) => Reply = () => [];
  readonly #server: Server;
  readonly #clients = new Set<Socket>();

  constructor() {
    this.#server = createServer((socket) => this.#accept(socket));
  }

  async listen(): Promise<void> {
    await new Promise<void>((done) => this.#server.listen(0, '127.0.0.1', done));
  }

  get url(): string {
    const address = this.#server.address();
    return `postgres://bot:secret@127.0.0.1:${typeof address === 'object' ? address?.port : 0}/guide`;
  }

  get connections(): number {
    return this.#clients.size;
  }

  /** Forgets what happened, answers every query with no rows, and ends all connections. */
  reset(): void {
    this.queries.length = 0;
    this.startups.length = 0;
    this.ended = 0;
    this.refusal = undefined;
    this.respond = () => [];
    this.disconnect();
  }

  disconnect(): void {
    for (const client of this.#clients) client.destroy();
    this.#clients.clear();
  }

  /** Sends a notification to every connection. */
  notify(channel: string, payload: string): void {
    for (const client of this.#clients) client.write(message('A', int32(1), text(channel), text(payload)));
  }

  async close(): Promise<void> {
    this.disconnect();
    await new Promise((done) => this.#server.close(done));
  }

  #accept(socket: Socket): void {
    let received = Buffer.alloc(0);
    let isStarted = false;
    const prepared = { text: '', values: [] as string[] };
    socket.on('error', () => undefined);
    socket.on('close', () => this.#clients.delete(socket));
    socket.on('data', (data) => {
      received = Buffer.concat([received, data]);
      for (;;) {
        const typeLength = isStarted ? 1 : 0;
        if (received.length < typeLength + 4) return;
        const length = typeLength + received.readInt32BE(typeLength);
        if (received.length < length) return;
        const type = isStarted ? String.fromCharCode(received[0] ?? 0) : 'startup';
        const body = received.subarray(typeLength + 4, length);
        received = received.subarray(length);
        if (type === 'startup' && body.readInt32BE(0) === SSL_REQUEST) socket.write('N');
        else if (type === 'startup') {
          isStarted = true;
          this.#start(socket, body);
        } else if (type === 'Q') this.#answer(socket, strings(body)[0] ?? '');
        else if (type === 'P') prepared.text = strings(body)[1] ?? '';
        else if (type === 'B') prepared.values = boundValues(body);
        else if (type === 'S') this.#answer(socket, prepared.text, prepared.values);
        else if (type === 'X') this.ended += 1;
      }
    });
  }

  #start(socket: Socket, body: Buffer): void {
    const [...pairs] = strings(body.subarray(4));
    const parameters: Record<string, string> = {};
    for (let i = 0; i + 1 < pairs.length; i += 2) parameters[pairs[i] ?? ''] = pairs[i + 1] ?? '';
    this.startups.push(parameters);
    this.#clients.add(socket);
    if (this.refusal !== undefined) this.#send(socket, this.refusal);
    else socket.write(Buffer.concat([message('R', int32(0)), message('K', int32(1), int32(2)), READY]));
  }

  #answer(socket: Socket, query: string, values?: string[]): void {
    this.queries.push(values ? `${query} ${JSON.stringify(values)}` : query);
    this.#send(socket, this.respond(query), values ? [message('1'), message('2')] : [], query.split(';').length);
  }

  #send(socket: Socket, reply: Reply, before: Buffer[] = [], statements = 1): void {
    if (reply === 'silence') return;
    if (reply === 'disconnect') {
      socket.destroy();
      return;
    }
    const complete = Array.from({ length: statements }, () => message('C', text('SELECT 0')));
    const parts = isFailure(reply) ? [failure(reply)] : [...rows(reply), ...complete];
    socket.write(Buffer.concat([...before, ...parts, READY]));
  }
}

function isFailure(reply: Reply): reply is Failure {
  return typeof reply === 'object' && 'code' in reply;
}

function failure({ code, message: words = 'failed' }: Failure): Buffer {
  return message('E', text('SERROR'), text(`C${code}`), text(`M${words}`), Buffer.from([0]));
}

function rows(all: readonly Readonly<Record<string, Value>>[]): Buffer[] {
  const [first] = all;
  if (!first) return [];
  const columns = Object.entries(first).map(([name, value]) =>
    Buffer.concat([text(name), int32(0), int16(0), int32(typeOf(value)), int16(-1), int32(-1), int16(0)]),
  );
  return [
    message('T', int16(columns.length), ...columns),
    ...all.map((row) => message('D', int16(columns.length), ...Object.values(row).map(field))),
  ];
}

/** The type's id in `pg_type`: bool, int4 or text. */
function typeOf(value: Value): number {
  if (typeof value === 'boolean') return 16;
  return typeof value === 'number' ? 23 : 25;
}

function field(value: Value): Buffer {
  if (value === null) return int32(-1);
  const bytes = Buffer.from(typeof value === 'boolean' ? (String(value)[0] ?? '') : String(value));
  return Buffer.concat([int32(bytes.length), bytes]);
}

function message(type: string, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from(type), int32(body.length + 4), body]);
}

function int16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeInt16BE(value);
  return bytes;
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

const text = (value: string): Buffer => Buffer.from(`${value}\0`);
const strings = (body: Buffer): string[] => body.toString().split('\0');
const READY = message('Z', Buffer.from('I'));

/** The values of a Bind message, which all have the text format. */
function boundValues(body: Buffer): string[] {
  let at = body.indexOf(0) + 1;
  at = body.indexOf(0, at) + 1;
  at += 2 + 2 * body.readInt16BE(at);
  const count = body.readInt16BE(at);
  at += 2;
  return Array.from({ length: count }, () => {
    const length = body.readInt32BE(at);
    const value = body.toString('utf8', at + 4, at + 4 + Math.max(length, 0));
    at += 4 + Math.max(length, 0);
    return value;
  });
}
