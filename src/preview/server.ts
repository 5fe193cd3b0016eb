// The one HTTP server of the stand-in: what is served where, and what is kept of each request.
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { Socket } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import type { Faults } from './faults.ts';
import { createFaults } from './faults.ts';
import type { Gateway } from './gateway.ts';
import { createGateway } from './gateway.ts';
import type { Interaction } from './interactions.ts';
import { createInteractions } from './interactions.ts';
import { pageApp } from './page-server.ts';
import type { RefusalRecord } from './refusal.ts';
import type { CommandWrite } from './registry.ts';
import { createRegistry } from './registry.ts';
import type { Env, RequestRecord } from './rest.ts';
import { restApp } from './rest.ts';
import { allRoutes } from './routes/index.ts';
import type { Backend } from './routes/route.ts';
import type { World } from './world.ts';
import { createWorld } from './world.ts';

export interface Records {
  readonly requests: RequestRecord[];
  readonly refusals: RefusalRecord[];
  readonly commandWrites: CommandWrite[];
}

/** What a running server is made of. */
export interface StandinParts {
  readonly backend: Backend;
  readonly gateway: Gateway;
  readonly faults: Faults;
  readonly records: Records;
  readonly token: string;
  readonly publicKey: string;
  stop(): Promise<void>;
}

const KEPT = 1000;
const COMMANDS = /^\/applications\/\d+(?:\/guilds\/(\d+))?\/commands/;

export async function startServer({
  host,
  port,
  botName,
  map,
}: {
  host: string;
  port: number;
  botName: string;
  map?: Hono<Env> | undefined;
}): Promise<StandinParts> {
  const world = createWorld(botName);
  const token = `${Buffer.from(world.bot.id).toString('base64url')}.preview.${randomBytes(24).toString('base64url')}`;
  const publicKey = hexKey();
  const gateway = createGateway(world, token);
  // The seam for interactions over HTTP: today every interaction goes through the gateway.
  const deliver = (interaction: Interaction) => gateway.deliver(interaction);
  const backend: Backend = {
    world,
    registry: createRegistry(world.clock, world.events, world.applicationId),
    interactions: createInteractions(world, deliver),
  };
  const faults = createFaults();
  const records: Records = { requests: [], refusals: [], commandWrites: [] };
  const rest = restApp({
    routes: allRoutes(backend, publicKey),
    token,
    faults,
    now: world.clock.now,
    onRequest: (record) => keepRequest(records, record),
    onRefusal(refusal) {
      keep(records.refusals, refusal);
      world.events.emit({ name: 'refusal', refusal });
    },
  });
  const app = new Hono<Env>();
  app.route('/', rest);
  app.get('/attachments/:id/:name', (c) => attachmentResponse(world, c.req.param('id')));
  const isConnected = () => gateway.connections() > 0;
  app.route('/', pageApp(backend, { isConnected, refusals: records.refusals, hasMap: map !== undefined }));
  if (map) app.route('/map', map);
  const server = createServer(getRequestListener(app.fetch));
  // Upgraded connections are no longer the server's, so all are kept at hand for the end.
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('upgrade', (request, socket, head) => {
    if (request.url?.startsWith('/gateway')) gateway.upgrade(request, socket, head);
    else socket.destroy();
  });
  world.origin = await listen(server, host, port);
  return { backend, gateway, faults, records, token, publicKey, stop: () => stop(server, gateway, sockets) };
}

/** Resolves with the address for clients on this machine. */
function listen(server: Server, host: string, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = server.address();
      const bound = typeof address === 'object' && address !== null ? address.port : port;
      const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
      resolve(`http://${name}:${bound}`);
    });
  });
}

function stop(server: Server, gateway: Gateway, sockets: ReadonlySet<Socket>): Promise<void> {
  gateway.stop();
  return new Promise((resolve) => {
    server.close(() => resolve());
    for (const socket of sockets) socket.destroy();
  });
}

function keepRequest(records: Records, record: RequestRecord): void {
  keep(records.requests, record);
  const command = COMMANDS.exec(record.path);
  if (!command || record.method === 'GET' || record.status >= 300) return;
  keep(records.commandWrites, { method: record.method, ...(command[1] === undefined ? {} : { guildId: command[1] }) });
}

function keep<T>(list: T[], entry: T): void {
  list.push(entry);
  if (list.length > KEPT) list.shift();
}

/** The raw 32 bytes of a fresh Ed25519 public key, as Discord shows them. */
function hexKey(): string {
  const { publicKey } = generateKeyPairSync('ed25519');
  return publicKey.export({ type: 'spki', format: 'der' }).subarray(-32).toString('hex');
}

function attachmentResponse(world: World, id: string): Response {
  const file = world.files.get(id);
  if (!file) return new Response('Not found', { status: 404 });
  // A file may be anything that a bot or person sent: it must not run as a page of this origin.
  const headers = {
    'content-type': file.attachment.content_type,
    'x-content-type-options': 'nosniff',
    'content-security-policy': 'sandbox',
  };
  return new Response(Buffer.from(file.data), { headers });
}
