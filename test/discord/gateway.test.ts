// The gateway while Discord cannot be reached.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { REST } from 'discord.js';
import { expect, it } from 'vitest';
import { openGateway } from '../../src/discord/gateway.ts';
import { openLog } from '../../src/log.ts';
import { systemClock } from '../../src/system-clock.ts';

it('logs a lost connection once, however often it tries to connect', async () => {
  let connections = 0;
  const server = createServer((_, response) => {
    const { port } = server.address() as AddressInfo; // a server that listens on a port has no other address
    const session_start_limit = { total: 1000, remaining: 1000, reset_after: 60_000, max_concurrency: 1 };
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ url: `ws://127.0.0.1:${port}`, shards: 1, session_start_limit }));
  });
  server.on('upgrade', (_, socket) => {
    connections += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // as above
  const lines: string[] = [];
  const log = openLog('info', { write: (line: string) => void lines.push(line) });
  const rest = new REST({ api: `http://127.0.0.1:${port}`, version: '10' }).setToken('token');
  const listeners = { onInteraction: () => undefined, onMessage: () => undefined };
  const gateway = openGateway({ rest, token: 'token', shards: 'auto', log, clock: systemClock }, listeners);
  const stopping = new AbortController();
  const connecting = gateway.connect(stopping.signal);
  connecting.catch(() => undefined);
  await expect.poll(() => connections, { timeout: 10_000 }).toBeGreaterThan(3);
  expect(lines).toEqual([expect.stringContaining('gateway closed, reconnecting')]);
  expect(gateway.health()?.status).toBe('down');
  stopping.abort();
  await gateway.close();
  server.close();
}, 20_000);
