// Files that people attach: fetched only from Discord, and up to a size.
import type { APIAttachment } from 'discord-api-types/v10';
import type { Clock } from '../clock.ts';
import { untilAborted } from '../jobs.ts';

/** Discord's CDN hosts (Discord docs, Reference, "CDN Endpoints" and attachment URLs). */
const HOSTS = new Set(['cdn.discordapp.com', 'media.discordapp.net']);
const TIMEOUT_MS = 8000;

/**
 * - `elsewhere`: not on one of Discord's hosts
 * - `large`: too many bytes
 * - `failed`: Discord did not deliver it
 */
export class AttachmentError extends Error {
  override readonly name = 'AttachmentError';
  readonly kind: 'elsewhere' | 'large' | 'failed';
  constructor(kind: AttachmentError['kind'], cause?: unknown) {
    super(`attachment not fetched: ${kind}`, cause === undefined ? undefined : { cause });
    this.kind = kind;
  }
}

/**
 * Fetches an attachment.
 * @param apiUrl the base URL of Discord's API: its origin counts as Discord's too
 * @param maxBytes a larger file is refused, whatever size Discord gives
 * @param options.timeoutMs for the whole file
 * @throws {AttachmentError}
 */
export async function fetchAttachment(
  { url, size }: APIAttachment,
  apiUrl: string,
  maxBytes: number,
  { clock, timeoutMs = TIMEOUT_MS }: { clock: Clock; timeoutMs?: number },
): Promise<Uint8Array> {
  if (!isOnDiscord(url, apiUrl)) throw new AttachmentError('elsewhere');
  if (size > maxBytes) throw new AttachmentError('large');
  const limit = new AbortController();
  const cancelTimer = clock.after(timeoutMs, () => limit.abort());
  try {
    const response = await fetch(url, { redirect: 'error', signal: limit.signal });
    if (!response.ok || !response.body) throw new AttachmentError('failed');
    // undici references a response's signal weakly: after garbage collection, aborting it no longer ends the reading.
    return await Promise.race([readAtMost(response.body, maxBytes), untilAborted(limit.signal)]);
  } catch (error) {
    throw error instanceof AttachmentError ? error : new AttachmentError('failed', error);
  } finally {
    cancelTimer();
    limit.abort();
  }
}

function isOnDiscord(address: string, apiUrl: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  return url.origin === new URL(apiUrl).origin || (url.protocol === 'https:' && HOSTS.has(url.hostname));
}

async function readAtMost(body: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body) {
    size += part.byteLength;
    if (size > maxBytes) throw new AttachmentError('large');
    parts.push(part);
  }
  return Buffer.concat(parts);
}
