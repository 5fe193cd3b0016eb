// Attachments: only from Discord, up to a size, and within a time.
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { AttachmentError, fetchAttachment } from '../../src/discord/attachment.ts';
import { createVirtualClock } from '../virtual-clock.ts';

const responses: Record<string, (response: ServerResponse) => void> = {
  '/whole': (response) => void response.end('0123456789'),
  // A first piece, and then nothing more.
  '/half': (response) => void response.writeHead(200, { 'content-length': '100' }).write('0123'),
  '/pieces': (response) => {
    response.write('01234');
    setImmediate(() => response.end('56789'));
  },
  '/gone': (response) => void response.writeHead(404).end('not found'),
  '/moved': (response) => void response.writeHead(302, { location: '/whole' }).end(),
  '/cut': (response) => {
    response.writeHead(200, { 'content-length': '100' }).write('0123', () => response.destroy());
  },
};
let requests = 0;
const server = createServer((request, response) => {
  requests += 1;
  responses[request.url ?? '']?.(response);
});
let origin: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // it listens on a port
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
afterEach(() => vi.unstubAllGlobals());

const at = (url: string, size = 10) => ({ id: '1', filename: 'replies.md', size, url, proxy_url: url });

async function read(path: string, { size = 10, maxBytes = 10 } = {}): Promise<string> {
  const clock = createVirtualClock(0);
  try {
    return Buffer.from(await fetchAttachment(at(origin + path, size), `${origin}/api`, maxBytes, { clock })).toString();
  } finally {
    expect(clock.pending()).toBe(0);
  }
}

describe('an attachment', () => {
  it.each(['/whole', '/pieces'])('is read as a whole: %s', async (path) => expect(await read(path)).toBe('0123456789'));

  it.each([
    ['is larger than Discord says', '/whole', { size: 1, maxBytes: 9 }, 'large'],
    ['is larger than Discord says, in pieces', '/pieces', { size: 1, maxBytes: 9 }, 'large'],
    ['does not exist', '/gone', {}, 'failed'],
    ['is moved', '/moved', {}, 'failed'],
    ['breaks off', '/cut', { maxBytes: 100 }, 'failed'],
  ])('that %s is refused', async (_, path, sizes, kind) => {
    await expect(read(path, sizes)).rejects.toMatchObject({ name: 'AttachmentError', kind });
  });

  it('that is too large by what Discord says is not fetched', async () => {
    requests = 0;
    await expect(read('/whole', { size: 11 })).rejects.toMatchObject({ kind: 'large' });
    expect(requests).toBe(0);
  });

  it('that fails has the cause', () => {
    const cause = new Error('x');
    expect(new AttachmentError('failed', cause)).toMatchObject({ cause, message: 'attachment not fetched: failed' });
    expect('cause' in new AttachmentError('large')).toBe(false);
  });

  it('that stops arriving is given up after eight seconds, also after a garbage collection', async () => {
    setFlagsFromString('--expose-gc');
    const collect: unknown = runInNewContext('gc');
    if (typeof collect !== 'function') expect.fail('garbage can be collected');
    const clock = createVirtualClock(0);
    requests = 0;
    let isOver = false;
    const reading = fetchAttachment(at(`${origin}/half`), origin, 1000, { clock });
    const over = expect(reading)
      .rejects.toMatchObject({ kind: 'failed', cause: expect.anything() })
      .finally(() => {
        isOver = true;
      });
    await expect.poll(() => requests, { interval: 1 }).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 10));
    collect();
    await clock.advance(7999);
    expect(isOver).toBe(false);
    await clock.advance(1);
    await over;
  });

  it('may have another time', async () => {
    const clock = createVirtualClock(0);
    const reading = fetchAttachment(at(`${origin}/half`), origin, 1000, { clock, timeoutMs: 5 });
    const over = expect(reading).rejects.toMatchObject({ kind: 'failed' });
    await clock.advance(5);
    await over;
  });
});

describe('the address of an attachment', () => {
  const isFetched = async (url: string, apiUrl: string) => {
    const fetched: string[] = [];
    vi.stubGlobal('fetch', async (address: string) => {
      fetched.push(address);
      return new Response('x');
    });
    const clock = createVirtualClock(0);
    const kind = await fetchAttachment(at(url), apiUrl, 10, { clock }).then(
      () => 'read',
      (error) => error.kind,
    );
    expect(fetched).toEqual(kind === 'read' ? [url] : []);
    return kind;
  };

  it.each([
    'https://cdn.discordapp.com/attachments/1/2/a.md?ex=1',
    'https://media.discordapp.net/attachments/1/2/a.md',
    'http://127.0.0.1:5/attachments/a.md',
  ])('may be %s', async (url) => expect(await isFetched(url, 'http://127.0.0.1:5/api')).toBe('read'));

  it.each([
    'http://cdn.discordapp.com/a.md',
    'https://cdn.discordapp.com.example.org/a.md',
    'https://example.org/cdn.discordapp.com',
    'https://x.cdn.discordapp.com/a.md',
    'http://127.0.0.1:6/a.md',
    'file:///etc/passwd',
    'no address',
  ])('may not be %s', async (url) => expect(await isFetched(url, 'http://127.0.0.1:5/api')).toBe('elsewhere'));
});
