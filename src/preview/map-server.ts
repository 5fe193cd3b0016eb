// The editor's map at /map: what stands in a content folder now, and word of every change.
import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { stampOf } from '../content-stamp.ts';
import { readMap } from './map-view.ts';
import { onlyLocal, openPageFiles } from './page-files.ts';
import type { Env } from './rest.ts';

/** Looking at modification times also works on network drives and in containers, where watching does not. */
const LOOK_EVERY_MS = 500;

/** @param folder a content folder; it is read only while somebody looks at the map */
export function mapApp(folder: string): Hono<Env> {
  let last: { stamp: string; map: ReturnType<typeof readMap> } | undefined;
  const current = async () => {
    const stamp = await stampOf(folder);
    if (last?.stamp !== stamp) last = { stamp, map: readMap(folder) };
    return last.map;
  };
  const app = new Hono<Env>();
  const pageFile = openPageFiles();
  app.get('/', () => pageFile('map.html'));
  app.use('/*', onlyLocal);
  app.get('/data', async (c) => c.json(await current()));
  app.get('/events', (c) =>
    streamSSE(c, async (stream) => {
      let seen = '';
      while (!stream.aborted && !stream.closed) {
        const stamp = await stampOf(folder).catch(() => seen);
        if (stamp !== seen) await stream.writeSSE({ data: 'changed' });
        seen = stamp;
        await stream.sleep(LOOK_EVERY_MS);
      }
    }),
  );
  return app;
}
