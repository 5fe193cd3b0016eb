// A proxy in front of the tests' PostgreSQL where LISTEN fails, as on standbys and behind some poolers.
import { connect, createServer, type Socket } from 'node:net';
import { pipeline } from 'node:stream';

export interface Proxy {
  /** The URL of a database through the proxy. */
  through(url: string): string;
  close(): void;
}

/** @param url of any database of the server */
export async function startWithoutListen(url: string): Promise<Proxy> {
  const { hostname, port } = new URL(url);
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    for (const socket of [client, upstream]) sockets.add(socket);
    pipeline(upstream, client, () => client.destroy());
    client.on('data', (data) => {
      // An unknown command of the same length.
      const text = data.toString('latin1').replace(/^(Q.{4})listen /s, '$1lisXen ');
      upstream.write(Buffer.from(text, 'latin1'));
    });
    for (const event of ['error', 'close']) client.on(event, () => upstream.destroy());
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const own = typeof address === 'object' && address ? address.port : 0;
  return {
    through: (of) => Object.assign(new URL(of), { hostname: '127.0.0.1', port: String(own) }).href,
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
