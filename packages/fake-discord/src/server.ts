// The HTTP server of the fake Discord: REST, gateway, page and stored files on one port.
import { generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { type ApiError, type RefusedRequest, refusedRequest } from './api-error.ts';
import { CommandRegistry } from './command-registry.ts';
import { createFaults, type FaultQueue } from './faults.ts';
import { type Credentials, createGateway, type FakeGateway } from './gateway.ts';
import { deliverByHttp } from './http-delivery.ts';
import { Interactions } from './interactions.ts';
import { INTERACTION } from './limits.ts';
import type { Interaction, World } from './model.ts';
import { localOrigin } from './origin.ts';
import { createOriginCheck, type RequestCheck } from './origin-check.ts';
import { pageApp } from './page-server.ts';
import { BOT_PERMISSIONS } from './permissions.ts';
import { createRateLimits, type RateLimiter } from './rate-limits.ts';
import { createRecords, type Records, type RequestRecord, recordRefusal, recordRequest } from './records.ts';
import { type Env, restApp } from './rest.ts';
import { allRoutes } from './routes/index.ts';
import type { Backend } from './routes/route.ts';
import { createWorld } from './world.ts';

/** The parts of a fake Discord that tests control. */
export interface Parts {
  readonly backend: Backend;
  readonly gateway: FakeGateway;
  readonly faults: FaultQueue;
  readonly limits: RateLimiter;
  readonly records: Records;
  readonly credentials: Credentials;
  readonly publicKey: string;
  /** Answers a request in this process. */
  readonly app: Hono<Env>;
}

/** Parts that run: on a port, or within a process. */
export interface RunningServer extends Parts {
  stop(): Promise<void>;
}

/** As `FakeDiscordOptions`, with the defaults filled in. */
export interface PartsOptions {
  readonly botName: string;
  /** `BOT_PERMISSIONS` by default. */
  readonly botPermissions?: bigint;
  readonly globalRateLimit: number;
  /** `INTERACTION.firstAnswer` by default. */
  readonly answerWithinMs?: number | undefined;
  readonly mounted?: MountedSite | undefined;
}

export interface ServerOptions extends PartsOptions {
  readonly host: string;
  readonly port: number;
}

/** Another web application on the same port, which the page links to. */
export interface MountedSite {
  /** Where it is, such as `/map`. Requests have the path below it. */
  readonly path: string;
  /** The text of the link. */
  readonly title: string;
  readonly fetch: (request: Request) => Response | Promise<Response>;
}

/** Creates the parts, which listen on no port. */
export function createParts(options: PartsOptions): Parts {
  const { botName, botPermissions = BOT_PERMISSIONS, globalRateLimit, mounted } = options;
  const { answerWithinMs = INTERACTION.firstAnswer } = options;
  const world = createWorld({ botName, botPermissions, answerWithinMs });
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const credentials = { token: newToken(world) };
  const gateway = createGateway(world, credentials);
  const records = createRecords();
  const onRefusal = (refusal: RefusedRequest) => {
    recordRefusal(records, refusal);
    world.events.emit({ name: 'refusal', refusal });
  };
  const backend = createBackend(world, gateway, privateKey, onRefusal);
  const parts = {
    backend,
    gateway,
    faults: createFaults(),
    limits: createRateLimits(world.clock.now, globalRateLimit),
    records,
    credentials,
    publicKey: publicKeyHex(publicKey),
  };
  const app = new Hono<Env>();
  const routes = allRoutes(backend, parts.publicKey);
  const onRequest = (request: RequestRecord) => recordRequest(records, request);
  app.route('/', restApp({ ...parts, routes, now: world.clock.now, onRequest, onRefusal }));
  app.get('/attachments/:id/:name', (c) => attachmentResponse(world, c.req.param('id')));
  const isConnected = () => gateway.connectionCount() > 0;
  app.route('/', pageApp(backend, { isConnected, refusals: records.refusals, link: mounted }));
  if (mounted) app.mount(mounted.path, mounted.fetch);
  return { ...parts, app };
}

/** Starts the server. Throws the listening error, such as EADDRINUSE. */
export async function startServer({ host, port, ...options }: ServerOptions): Promise<RunningServer> {
  const parts = createParts(options);
  const { app, gateway } = parts;
  const isAllowed = createOriginCheck(host);
  const server = createHttpServer(app, isAllowed);
  const sockets = handleUpgrades(server, gateway, isAllowed);
  parts.backend.world.origin = await listen(server, host, port);
  return { ...parts, stop: () => stop(server, gateway, sockets) };
}

/** With an endpoint URL interactions go there, otherwise to the gateway (Discord docs, Interactions Overview). */
function createBackend(
  world: World,
  gateway: FakeGateway,
  privateKey: KeyObject,
  onRefusal: (refusal: RefusedRequest) => void,
): Backend {
  const onInvalidAnswer = (error: ApiError) =>
    onRefusal(refusedRequest(error, { at: world.clock.now(), method: 'POST', route: 'interactions endpoint' }));
  const deliver = (interaction: Interaction): boolean => {
    const endpoint = world.application.interactions_endpoint_url;
    if (endpoint === null) return gateway.deliver(interaction);
    const withinMs = world.answerWithinMs;
    void deliverByHttp(endpoint, interaction, { interactions, key: privateKey, withinMs, onInvalidAnswer });
    return true;
  };
  const interactions = new Interactions(world, deliver);
  return { world, registry: new CommandRegistry(world), interactions };
}

function createHttpServer(app: Hono<Env>, isAllowed: RequestCheck): Server {
  const serve = getRequestListener(app.fetch);
  const server = createServer((request, response) => {
    if (isAllowed(request.headers)) return void serve(request, response);
    response.writeHead(403, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ error: 'Only the page itself and programs on this machine may use this server.' }));
  });
  // A connection that can't be accepted must not end the program.
  server.on('error', () => {});
  return server;
}

/** Passes upgrades to the gateway. Returns the live set of open sockets, because the server drops upgraded ones. */
function handleUpgrades(server: Server, gateway: FakeGateway, isAllowed: RequestCheck): ReadonlySet<Socket> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    // The server stops handling errors of a connection once it is upgraded.
    socket.on('error', () => socket.destroy());
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('upgrade', (request, socket, head) => {
    if (!isAllowed(request.headers)) socket.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n');
    else if (request.url?.startsWith('/gateway')) gateway.upgrade(request, socket, head);
    else socket.destroy();
  });
  return sockets;
}

/** A bot token in Discord's form: id, timestamp, secret. */
export function newToken({ bot }: World): string {
  return `${Buffer.from(bot.id).toString('base64url')}.fake.${randomBytes(24).toString('base64url')}`;
}

/** Resolves with the origin for clients on this machine. */
function listen(server: Server, host: string, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = server.address();
      const actualPort = typeof address === 'object' && address !== null ? address.port : port;
      resolve(localOrigin(host, actualPort));
    });
  });
}

function stop(server: Server, gateway: FakeGateway, sockets: ReadonlySet<Socket>): Promise<void> {
  gateway.stop();
  return new Promise((resolve) => {
    server.close(() => resolve());
    for (const socket of sockets) socket.destroy();
  });
}

/** The raw 32 bytes of an Ed25519 public key, as Discord shows them. */
function publicKeyHex(publicKey: KeyObject): string {
  return publicKey.export({ type: 'spki', format: 'der' }).subarray(-32).toString('hex');
}

function attachmentResponse(world: World, id: string): Response {
  const file = world.files.get(id);
  if (!file) return new Response('Not found', { status: 404 });
  // Bots and people can send any file: it must not run as a page of this origin.
  const type = file.attachment.content_type;
  const headers = {
    'content-type': /^text\/[^;]*$/.test(type) ? `${type}; charset=utf-8` : type,
    'x-content-type-options': 'nosniff',
    'content-security-policy': 'sandbox',
  };
  return new Response(Buffer.from(file.data), { headers });
}
