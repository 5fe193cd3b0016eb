// Serves the editor's map at /map: the current content, with an event for every change.
import { acceptsGzip, type MountedSite, openPageFiles } from 'fake-discord';
import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { MAP_PAGE } from './map-page.ts';
import { createMapSource, type MapSource } from './map-source.ts';

/** The folder is polled: watching doesn't work on network drives and in some containers. */
const POLL_INTERVAL_MS = 500;

/** @param folder a content folder @param source its map, if the caller has one already */
export function mapSite(folder: string, source: MapSource = createMapSource(folder)): MountedSite {
  const app = new Hono();
  const pageFile = openPageFiles(MAP_PAGE);
  app.get('/', (c) => pageFile('map.html', c.req.header('accept-encoding')));
  app.get('/data', async (c) => {
    const { version, json, gzipped } = await source.current();
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
        const version = await source.version().catch(() => seen);
        if (version !== seen) await stream.writeSSE({ data: version });
        seen = version;
        await stream.sleep(POLL_INTERVAL_MS);
      }
    }),
  );
  app.get('/:file', (c) => pageFile(c.req.param('file'), c.req.header('accept-encoding')));
  return { path: '/map', title: 'Conversation map', fetch: (request) => app.fetch(request) };
}
