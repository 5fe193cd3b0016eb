// A TCP proxy to a server, whose connections can be cut or frozen.
import { createServer, connect as dial, type Server, type Socket } from 'node:net';

export interface TcpProxy {
  /** The URL of the database through the proxy. */
  readonly url: string;
  /** Closes all connections and refuses new ones. */
  cut(): void;
  /** Accepts connections again. */
  restore(): Promise<void>;
  /** Drops all data, without closing connections. */
  freeze(on: boolean): void;
}

/** @param target the URL of a database */
export async function startTcpProxy(target: string): Promise<TcpProxy> {
  const { hostname, port, href } = new URL(target);
  const sockets = new Set<Socket>();
  let server: Server | undefined;
  let isFrozen = false;
  const accept = (near: Socket) => {
    const far = dial(Number(port), hostname);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on('data', (data) => !isFrozen && to.write(data));
      from.on('close', () => to.destroy()).on('error', () => to.destroy());
    }
  };
  const listen = (at = 0) =>
    new Promise<number>((resolve) => {
      server = createServer(accept).listen(at, '127.0.0.1', () => {
        const address = server?.address();
        resolve(typeof address === 'object' && address ? address.port : 0);
      });
    });
  const own = await listen();
  const url = new URL(href);
  url.port = String(own);
  return {
    url: url.href,
    cut() {
      server?.close();
      for (const socket of sockets) socket.destroy();
      sockets.clear();
    },
    async restore() {
      await listen(own);
    },
    freeze(on) {
      isFrozen = on;
    },
  };
}
