// Attachments: only from Discord, up to a size, and within a time.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fetchAttachment } from '../../src/discord/attachment.ts';
import { systemClock } from '../../src/system-clock.ts';

let server: Server;
let origin: string;
beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === '/whole') return void response.end('0123456789');
    // A first piece, and then nothing more.
    response.writeHead(200, { 'content-length': '100' }).write('0123');
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // it listens on a port
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const attachment = (path: string, size = 10) => ({
  id: '1',
  filename: 'replies.md',
  size,
  url: `${origin}${path}`,
  proxy_url: `${origin}${path}`,
});

describe('an attachment', () => {
  it('is read as a whole', async () => {
    expect(
      Buffer.from(await fetchAttachment(attachment('/whole'), origin, 10, { clock: systemClock })).toString(),
    ).toBe('0123456789');
  });

  it.each([
    ['that is larger than Discord says', () => attachment('/whole', 1), 5, 'large'],
    ['that is too large by what Discord says', () => attachment('/whole', 100), 50, 'large'],
    ['on another host', () => ({ ...attachment('/whole'), url: 'http://127.0.0.2:1/whole' }), 10, 'elsewhere'],
  ])('%s is refused', async (_, given, most, kind) => {
    await expect(fetchAttachment(given(), origin, most, { clock: systemClock })).rejects.toMatchObject({ kind });
  });

  it('that stops arriving is given up after the timeout, also after a garbage collection', async () => {
    setFlagsFromString('--expose-gc');
    const collect: unknown = runInNewContext('gc');
    if (typeof collect !== 'function') expect.fail('garbage can be collected');
    const collecting = setInterval(() => collect(), 20);
    const from = performance.now();
    await expect(
      fetchAttachment(attachment('/half'), origin, 1000, { clock: systemClock, timeoutMs: 400 }),
    ).rejects.toMatchObject({ kind: 'failed' });
    expect(performance.now() - from).toBeLessThan(20_000);
    clearInterval(collecting);
  });
});
