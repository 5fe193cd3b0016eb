// A proxy between the bot and the fake Discord that answers some requests itself, as proxies in the field do.
import { createServer, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface OddAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/**
 * Starts it.
 * @param apiUrl where it passes on what it does not answer
 * @param answer undefined passes a request on, `hang` leaves it without an answer
 */
export async function startProxy(apiUrl: string, answer: (request: string) => OddAnswer | 'hang' | undefined) {
  const asked: string[] = [];
  const { origin, pathname } = new URL(apiUrl);
  const server = createServer((request, response) => {
    const { method = '', url = '', headers } = request;
    const line = `${method} ${url.slice(pathname.length).replace(/^\/v\d+/, '')}`;
    asked.push(line);
    const odd = answer(line);
    if (odd === 'hang') return;
    if (odd) return void response.writeHead(odd.status, { 'content-type': odd.contentType }).end(odd.body);
    const onward = send(`${origin}${url}`, { method, headers: { ...headers, host: new URL(origin).host } }, (real) => {
      response.writeHead(real.statusCode ?? 502, real.headers);
      real.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo; // a server that listens on a port has no other address
  return {
    apiUrl: `http://127.0.0.1:${port}${pathname}`,
    asked,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
