// Serves the page, its API and its event stream. The page is a client of the fake Discord and knows nothing of the bot.
import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { openPageFiles, PAGE_FOLDER } from './page-files.ts';
import { pageRoutes } from './page-routes.ts';
import type { PageStatus } from './page-view.ts';
import { eventView } from './page-view.ts';
import type { Env } from './rest.ts';
import type { Backend } from './routes/route.ts';

/**
 * The page at `/`, its files at `/page`, and its API with the stream of events.
 * @param state what the page shows of the bot's connection
 */
export function pageApp(backend: Backend, state: PageStatus): Hono<Env> {
  const app = new Hono<Env>();
  const pageFile = openPageFiles(PAGE_FOLDER);
  app.get('/', (c) => pageFile('index.html', c.req.header('accept-encoding')));
  app.get('/page/:file{[a-z-]+\\.[a-z]+}', (c) => pageFile(c.req.param('file'), c.req.header('accept-encoding')));
  app.get('/page/api/events', (c) =>
    streamSSE(c, async (stream) => {
      await new Promise<void>((resolve) => {
        const unsubscribe = backend.world.events.subscribe((event) => {
          stream.writeSSE({ data: JSON.stringify(eventView(event)) }).catch(() => {});
        });
        // A first event, so that the page knows immediately that it is connected.
        stream
          .writeSSE({ data: JSON.stringify({ name: 'connection', connected: state.isConnected() }) })
          .catch(() => {});
        stream.onAbort(() => {
          unsubscribe();
          resolve();
        });
      });
    }),
  );
  app.route('/page/api', pageRoutes(backend, state));
  return app;
}
