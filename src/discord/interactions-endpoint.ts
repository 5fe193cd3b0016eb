// The endpoint to which Discord posts interactions: checks each one and answers it in the response. It uses node:http,
// because web standard requests and responses would double the cost.
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { APIInteraction } from 'discord-api-types/v10';
import type { Clock } from '../clock.ts';
import type { Answer } from './answer.ts';
import type { InteractionHandler } from './responding.ts';
import type { SignatureCheck } from './signature.ts';

/** In bytes. Larger than any interaction. */
const MAX_BODY = 1024 * 1024;

export interface Endpoint {
  /** Whether a request is for the endpoint. */
  matches(request: IncomingMessage): boolean;
  /** Responds: 200 with the first answer, 401, 400 or 413 with a reason, 500 without an answer. Never throws. */
  handle(request: IncomingMessage, response: ServerResponse): void;
}

/**
 * The endpoint `POST /interactions` (Discord docs, Interactions, "Setting Up an Endpoint"). A slash at the end or a query,
 * which people sometimes enter in the portal, makes no difference.
 * @param options.onRefusedSignature called for each request that is not from Discord
 */
export function createEndpoint(
  signatures: SignatureCheck,
  responding: Pick<InteractionHandler, 'respond'>,
  { clock, onRefusedSignature }: { clock: Clock; onRefusedSignature(): void },
): Endpoint {
  return {
    matches: ({ method, url = '' }) => method === 'POST' && /^\/interactions\/?(\?|$)/.test(url),
    handle(request, response) {
      const receivedAt = clock.monotonic();
      readBody(request, (body) => {
        if (body === undefined) return refuse(response, 413, 'the body is larger than 1 MiB');
        const { 'x-signature-ed25519': signature, 'x-signature-timestamp': timestamp } = request.headers;
        if (!signatures.accepts(single(signature), single(timestamp), body)) {
          onRefusedSignature();
          return refuse(response, 401, 'the signature is not Discord’s');
        }
        const interaction = readInteraction(body);
        if (!interaction) return refuse(response, 400, 'the body is not an interaction');
        const deliver = async (answer: Answer) => {
          if (!send(response, 200, 'application/json', answer.json ?? JSON.stringify(answer.response))) return false;
          if (answer.later) await handedOver(response, clock);
          return true;
        };
        void responding.respond(interaction, deliver, receivedAt).then(() => {
          if (!response.headersSent) refuse(response, 500, 'there is no answer');
        });
      });
    },
  };
}

/** A deferred answer is followed by a request on another connection, which must not arrive first. */
const FOLLOW_UP_MS = 20;

/** Resolves `FOLLOW_UP_MS` after the response was passed to the operating system, or the client disconnected. */
async function handedOver(response: ServerResponse, clock: Clock): Promise<void> {
  if (!response.writableFinished) await once(response, 'close');
  await clock.sleep(FOLLOW_UP_MS);
}

/** Calls back with the whole body, or undefined as soon as it is too large; never if the client closes the connection. */
function readBody(request: IncomingMessage, done: (body: Buffer | undefined) => void): void {
  const chunks: Buffer[] = [];
  let size = 0;
  const take = (chunk: Buffer) => {
    size += chunk.length;
    if (size <= MAX_BODY) return void chunks.push(chunk);
    request.off('data', take).off('end', end).resume();
    done(undefined);
  };
  const end = () => done(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks));
  // Without an error listener Node emits no error when a client closes the connection.
  request.on('data', take).on('end', end);
}

/**
 * Sends a text.
 * @returns whether the client was still connected
 */
function send(response: ServerResponse, status: number, contentType: string, text: string): boolean {
  if (response.destroyed || response.headersSent) return false;
  const headers = { 'content-type': contentType, 'content-length': Buffer.byteLength(text) };
  // The rest of a body that is too large is not read.
  response.writeHead(status, status === 413 ? { ...headers, connection: 'close' } : headers).end(text);
  return true;
}

function refuse(response: ServerResponse, status: number, why: string): void {
  send(response, status, 'text/plain; charset=utf-8', why);
}

function single(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' ? header : undefined;
}

function readInteraction(body: Buffer): APIInteraction | undefined {
  try {
    const value = JSON.parse(body.toString());
    return typeof value === 'object' && value !== null && typeof value.type === 'number' ? value : undefined;
  } catch {
    return undefined;
  }
}
