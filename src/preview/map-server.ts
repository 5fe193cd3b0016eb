// The editor's map at /map: what stands in a content folder now, and word of every change.
import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { createMapSource, type MapSource } from './map-source.ts';
import { acceptsGzip, openPageFiles } from './page-files.ts';
import type { Env } from './rest.ts';

/** Looking at modification times also works on network drives and in containers, where watching does not. */
const POLL_INTERVAL_MS = 500;

/** @param folder a content folder @param data where its map comes from, if it is read elsewhere too */
export function mapApp(folder: string, data: MapSource = createMapSource(folder)): Hono<Env> {
  const app = new Hono<Env>();
  const pageFile = openPageFiles();
  app.get('/', (c) => pageFile('map.html', c.req.header('accept-encoding')));
  app.get('/data', async (c) => {
    const { version, json, gzipped } = await data.current();
    const etag = `"${version}"`;
    const headers = { etag, 'cache-control': 'no-cache', vary: 'accept-encoding' };
    if (c.req.header('if-none-match') === etag) return new Response(null, { status: 304, headers });
    const typed = { ...headers, 'content-type': 'application/json' };
    return acceptsGzip(c.req.header('accept-encoding'))
      ? new Response(gzipped, { headers: { ...typed, 'content-encoding': 'gzip' } })
      : new Response(json, { headers: typed });
  });
  app.get('/events', (c) =>
    streamSSE(c, async (stream) => {
      let seen = '';
      while (!stream.aborted && !stream.closed) {
        const version = await data.version().catch(() => seen);
        if (version !== seen) await stream.writeSSE({ data: version });
        seen = version;
        await stream.sleep(POLL_INTERVAL_MS);
      }
    }),
  );
  return app;
}
