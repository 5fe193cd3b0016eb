// The page and what it asks: it is a second client of the stand-in and knows nothing of the bot.

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Context } from 'hono';
import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { pageRoutes } from './page-routes.ts';
import type { PageState } from './page-view.ts';
import { eventView } from './page-view.ts';
import type { Env } from './rest.ts';
import type { Backend } from './routes/route.ts';

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html',
  css: 'text/css',
  js: 'text/javascript',
  svg: 'image/svg+xml',
};
const HEADERS = {
  'cache-control': 'no-cache',
  'x-content-type-options': 'nosniff',
  'content-security-policy':
    "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
};

export function pageApp(backend: Backend, state: PageState): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/', () => pageFile('index.html'));
  app.get('/page/:file', (c) => pageFile(c.req.param('file')));
  app.use('/preview/*', async (c, next) => {
    if (!isLocal(c))
      return c.json({ error: 'The preview answers only pages that it served itself, on this machine.' }, 403);
    return next();
  });
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

/** Keeps other sites in the same browser, and names that resolve to this machine, from acting in the preview. */
function isLocal(c: Context<Env>): boolean {
  const host = c.req.header('host') ?? '';
  const origin = c.req.header('origin');
  const name = URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : '';
  return ['127.0.0.1', 'localhost', '[::1]'].includes(name) && (origin === undefined || origin === `http://${host}`);
}

async function pageFile(name: string): Promise<Response> {
  const type = /^[a-z-]+\.([a-z]+)$/i.exec(name)?.[1];
  const path = join(packageRoot(), 'src/preview/page', name);
  if (type === undefined || TYPES[type] === undefined || !existsSync(path))
    return new Response('Not found', { status: 404 });
  return new Response(await readFile(path), {
    headers: { ...HEADERS, 'content-type': `${TYPES[type]}; charset=utf-8` },
  });
}

/** The build compiles TypeScript only, so the page is read from the sources, wherever this module runs from. */
function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json')) && folder !== dirname(folder)) folder = dirname(folder);
  return folder;
}
