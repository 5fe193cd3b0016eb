// A minimal HTTP/1.1 server, cheap enough not to affect the measurement. It does not support chunked bodies.
import { createServer, type Server, type Socket } from 'node:net';

export interface LoadRequest {
  readonly method: string;
  readonly path: string;
  readonly body: string;
}

/** Sends the response: a status, and optionally a JSON body and further headers. */
export type SendReply = (status: number, json?: string, headers?: Readonly<Record<string, string>>) => void;

export interface RestServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Listens on loopback. Requests of one connection are answered in the order in which `reply` is called. */
export async function listenForRest(handle: (request: LoadRequest, reply: SendReply) => void): Promise<RestServer> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.setNoDelay(true);
    let rest = '';
    // With Latin-1 a character is a byte, so lengths are in bytes; nothing here reads the text of a body.
    socket.setEncoding('latin1');
    socket.on('data', (data: string) => {
      rest = rest === '' ? data : rest + data;
      for (let parsed = parseRequest(rest); parsed; parsed = parseRequest(rest)) {
        rest = rest.slice(parsed.length);
        handle(parsed.request, (status, json, headers) => {
          if (!socket.destroyed) socket.write(formatResponse(status, json, headers));
        });
      }
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    close() {
      for (const socket of sockets) socket.destroy();
      return new Promise((done) => server.close(() => done()));
    },
  };
}

/** Parses the first request; undefined while it is incomplete. */
function parseRequest(text: string): { request: LoadRequest; length: number } | undefined {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const headers = text.slice(0, end);
  const at = headers.search(/\r\ncontent-length: *\d/i);
  const size = at < 0 ? 0 : Number.parseInt(headers.slice(headers.indexOf(':', at) + 1), 10);
  const length = end + 4 + size;
  if (text.length < length) return undefined;
  const [method = '', path = ''] = headers.slice(0, headers.indexOf('\r\n')).split(' ');
  return { request: { method, path, body: text.slice(end + 4, length) }, length };
}

function formatResponse(status: number, json?: string, headers: Readonly<Record<string, string>> = {}): string {
  if (json === undefined)
    return `HTTP/1.1 ${status} Ok\r\nconnection: keep-alive\r\n${status === 204 ? '' : 'content-length: 0\r\n'}\r\n`;
  const length = Buffer.byteLength(json);
  const more = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} Ok\r\nconnection: keep-alive\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n${more.join('')}\r\n${json}`;
}
