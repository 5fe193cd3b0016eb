// The page and what it asks: it is a second client of the fake Discord and knows nothing of the bot.
import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { openPageFiles } from './page-files.ts';
import { pageRoutes } from './page-routes.ts';
import type { PreviewStatus } from './page-view.ts';
import { eventView } from './page-view.ts';
import type { Env } from './rest.ts';
import type { Backend } from './routes/route.ts';

export function pageApp(backend: Backend, state: PreviewStatus): Hono<Env> {
  const app = new Hono<Env>();
  const pageFile = openPageFiles();
  app.get('/', (c) => pageFile('index.html', c.req.header('accept-encoding')));
  app.get('/page/:file', (c) => pageFile(c.req.param('file'), c.req.header('accept-encoding')));
  app.get('/preview/events', (c) =>
    streamSSE(c, async (stream) => {
      await new Promise<void>((resolve) => {
        const end = backend.world.events.subscribe((event) => {
          const view = eventView(event);
          if (view) stream.writeSSE({ data: JSON.stringify(view) }).catch(() => {});
        });
        // A first line, so that the page knows at once that it is connected.
        stream
          .writeSSE({ data: JSON.stringify({ name: 'connection', connected: state.isConnected() }) })
          .catch(() => {});
        stream.onAbort(() => {
          end();
          resolve();
        });
      });
    }),
  );
  app.route('/preview', pageRoutes(backend, state));
  return app;
}
