// The pages, the data and the events of the map, as a web application without a server.
import { gunzipSync, gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { mapSite } from '../../src/preview/map-server.ts';
import type { MapSource } from '../../src/preview/map-source.ts';

let version: string;
let isMissing: boolean;
beforeEach(() => {
  version = 'one';
  isMissing = false;
});
const source: MapSource = {
  async version() {
    if (isMissing) throw new Error('the folder is missing');
    return version;
  },
  async current() {
    const json = JSON.stringify({ version });
    return { version, json, gzipped: new Uint8Array(gzipSync(json)) };
  },
};
const site = mapSite('no/such/folder', source);
const get = async (path: string, headers: Record<string, string> = {}, signal?: AbortSignal) =>
  site.fetch(new Request(`http://localhost${path}`, { headers, ...(signal ? { signal } : {}) }));

it('has a path and a title for the link to it', () => {
  expect(site).toMatchObject({ path: '/map', title: 'Conversation map' });
});

describe('the page', () => {
  it.each([
    ['/', 'text/html; charset=utf-8'],
    ['/map.js', 'text/javascript; charset=utf-8'],
    ['/map.css', 'text/css; charset=utf-8'],
  ])('is served at %s', async (path, type) => {
    const plain = await get(path);
    expect(plain.status).toBe(200);
    expect(plain.headers.get('content-type')).toBe(type);
    expect(plain.headers.has('content-encoding')).toBe(false);
    const compressed = await get(path, { 'accept-encoding': 'gzip' });
    expect(compressed.headers.get('content-encoding')).toBe('gzip');
    expect(gunzipSync(await compressed.arrayBuffer()).toString()).toBe(await plain.text());
  });

  it('has no other files', async () => {
    expect((await get('/other.js')).status).toBe(404);
  });
});

describe('the data', () => {
  it('is JSON with its version, which a browser asks for each time', async () => {
    const response = await get('/data');
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/json',
      etag: '"one"',
      'cache-control': 'no-cache',
      vary: 'accept-encoding',
    });
    expect(response.headers.has('content-encoding')).toBe(false);
    expect(await response.json()).toEqual({ version: 'one' });
  });

  it('is compressed for a browser that accepts it', async () => {
    const response = await get('/data', { 'accept-encoding': 'gzip, br' });
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/json',
      'content-encoding': 'gzip',
      etag: '"one"',
    });
    expect(gunzipSync(await response.arrayBuffer()).toString()).toBe('{"version":"one"}');
  });

  it('is not sent again to a browser that has it', async () => {
    const same = await get('/data', { 'if-none-match': '"one"' });
    expect(same.status).toBe(304);
    expect(same.headers.get('etag')).toBe('"one"');
    expect(await same.text()).toBe('');
    version = 'two';
    expect((await get('/data', { 'if-none-match': '"one"' })).status).toBe(200);
  });
});

describe('the events', () => {
  it('are the version now and each later one, every half second', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const abort = new AbortController();
      const response = await get('/events', {}, abort.signal);
      expect(response.headers.get('content-type')).toBe('text/event-stream');
      const reader = (response.body ?? expect.fail('no events')).getReader();
      let seen = '';
      void (async () => {
        for (;;) {
          const { value, done } = await reader.read();
          if (done) return;
          seen += new TextDecoder().decode(value);
        }
      })().catch(() => undefined);
      const flush = async () => {
        for (let i = 0; i < 5; i++) await new Promise(setImmediate);
      };
      const one = 'data: one\n\n';
      await flush();
      expect(seen).toBe(one);
      await vi.advanceTimersByTimeAsync(500);
      await flush();
      expect(seen).toBe(one);
      isMissing = true;
      await vi.advanceTimersByTimeAsync(500);
      await flush();
      expect(seen).toBe(one);
      [version, isMissing] = ['two', false];
      await vi.advanceTimersByTimeAsync(499);
      await flush();
      expect(seen).toBe(one);
      await vi.advanceTimersByTimeAsync(1);
      await flush();
      expect(seen).toBe(`${one}data: two\n\n`);
      await reader.cancel();
      abort.abort();
      await vi.advanceTimersByTimeAsync(500);
      await flush();
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });
});
