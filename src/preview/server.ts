// The one HTTP server of the fake Discord: what is served where, and what is kept of each request.
import { generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { Socket } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { originOf } from '../origin.ts';
import type { ApiError, RefusedRequest } from './api-error.ts';
import type { CommandWrite } from './command-registry.ts';
import { createRegistry } from './command-registry.ts';
import type { FaultQueue } from './faults.ts';
import { createFaults } from './faults.ts';
import type { Credentials, FakeGateway } from './gateway.ts';
import { createGateway } from './gateway.ts';
import { deliverByHttp } from './http-delivery.ts';
import { Interactions } from './interactions.ts';
import type { Interaction, World } from './model.ts';
import { createOriginCheck } from './origin-check.ts';
import { pageApp } from './page-server.ts';
import type { RateLimiter } from './rate-limits.ts';
import { createRateLimits } from './rate-limits.ts';
import type { Env, RequestRecord } from './rest.ts';
import { restApp } from './rest.ts';
import { allRoutes } from './routes/index.ts';
import type { Backend } from './routes/route.ts';
import { createWorld } from './world.ts';

export interface Records {
  readonly requests: RequestRecord[];
  /** When invalid requests came, by the fake Discord's clock. */
  readonly invalidAt: number[];
  readonly refusals: RefusedRequest[];
  readonly commandWrites: CommandWrite[];
}

/** What a running server is made of. */
export interface RunningServer {
  readonly backend: Backend;
  readonly gateway: FakeGateway;
  readonly faults: FaultQueue;
  readonly limits: RateLimiter;
  readonly records: Records;
  readonly credentials: Credentials;
  readonly publicKey: string;
  stop(): Promise<void>;
}

const RECORD_LIMIT = 1000;
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
}): Promise<RunningServer> {
  const world = createWorld(botName);
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const hexKey = publicKeyHex(publicKey);
  const access = { token: newToken(world) };
  const gateway = createGateway(world, access);
  // With an endpoint the gateway brings no interactions (Discord docs, Interactions, Overview).
  const deliver = (interaction: Interaction) => {
    const endpoint = world.application.interactions_endpoint_url;
    if (endpoint === null) return gateway.deliver(interaction);
    void deliverByHttp(endpoint, interaction, { interactions, key: privateKey, onRefusal: refuseAnswer });
    return true;
  };
  const interactions = new Interactions(world, deliver);
  const backend: Backend = {
    world,
    registry: createRegistry(world.clock, world.events, world.applicationId),
    interactions,
  };
  const faults = createFaults();
  const limits = createRateLimits(world.clock.now);
  const records: Records = { requests: [], invalidAt: [], refusals: [], commandWrites: [] };
  const onRefusal = (refusal: RefusedRequest) => {
    append(records.refusals, refusal);
    world.events.emit({ name: 'refusal', refusal });
  };
  const refuseAnswer = ({ status, code, message, errors }: ApiError) =>
    onRefusal({
      at: world.clock.now(),
      method: 'POST',
      route: 'interactions endpoint',
      status,
      code,
      message,
      ...(errors ? { errors } : {}),
    });
  const rest = restApp({
    routes: allRoutes(backend, hexKey),
    access,
    faults,
    limits,
    now: world.clock.now,
    onRequest: (record) => recordRequest(records, record),
    onRefusal,
  });
  const app = new Hono<Env>();
  app.route('/', rest);
  app.get('/attachments/:id/:name', (c) => attachmentResponse(world, c.req.param('id')));
  const isConnected = () => gateway.connectionCount() > 0;
  app.route('/', pageApp(backend, { isConnected, refusals: records.refusals, hasMap: map !== undefined }));
  if (map) app.route('/map', map);
  const mayAsk = createOriginCheck(host);
  const serve = getRequestListener(app.fetch);
  const server = createServer((request, response) => {
    if (mayAsk(request.headers)) return void serve(request, response);
    response.writeHead(403, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ error: 'The preview answers only pages that it served itself, on this machine.' }));
  });
  // A connection that cannot be accepted must not end the program.
  server.on('error', () => {});
  // Upgraded connections are no longer the server's, so all are kept at hand for the end.
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    // The server stops listening for errors when a connection is upgraded.
    socket.on('error', () => socket.destroy());
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('upgrade', (request, socket, head) => {
    if (!mayAsk(request.headers)) socket.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n');
    else if (request.url?.startsWith('/gateway')) gateway.upgrade(request, socket, head);
    else socket.destroy();
  });
  world.origin = await listen(server, host, port);
  return {
    backend,
    gateway,
    faults,
    limits,
    records,
    credentials: access,
    publicKey: hexKey,
    stop: () => stop(server, gateway, sockets),
  };
}

/** A bot's token in Discord's form: the id, a time stamp, a secret. */
export function newToken({ bot }: World): string {
  return `${Buffer.from(bot.id).toString('base64url')}.preview.${randomBytes(24).toString('base64url')}`;
}

/** Resolves with the address for clients on this machine. */
function listen(server: Server, host: string, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = server.address();
      const bound = typeof address === 'object' && address !== null ? address.port : port;
      resolve(originOf(host, bound));
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

function recordRequest(records: Records, record: RequestRecord): void {
  append(records.requests, record);
  if (record.isInvalid) records.invalidAt.push(record.at);
  const command = COMMANDS.exec(record.path);
  if (!command || record.method === 'GET' || record.status >= 300) return;
  append(records.commandWrites, {
    method: record.method,
    ...(command[1] === undefined ? {} : { guildId: command[1] }),
  });
}

function append<T>(list: T[], entry: T): void {
  list.push(entry);
  if (list.length > RECORD_LIMIT) list.shift();
}

/** The raw 32 bytes of an Ed25519 public key, as Discord shows them. */
function publicKeyHex(publicKey: KeyObject): string {
  return publicKey.export({ type: 'spki', format: 'der' }).subarray(-32).toString('hex');
}

function attachmentResponse(world: World, id: string): Response {
  const file = world.files.get(id);
  if (!file) return new Response('Not found', { status: 404 });
  // A file may be anything that a bot or person sent: it must not run as a page of this origin.
  const type = file.attachment.content_type;
  const headers = {
    'content-type': /^text\/[^;]*$/.test(type) ? `${type}; charset=utf-8` : type,
    'x-content-type-options': 'nosniff',
    'content-security-policy': 'sandbox',
  };
  return new Response(Buffer.from(file.data), { headers });
}
