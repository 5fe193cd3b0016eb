// Files that people attach: fetched from Discord, from nowhere else, and never more than is wanted.
import type { APIAttachment } from 'discord-api-types/v10';
import type { Clock } from '../clock.ts';
import { untilAborted } from '../jobs.ts';

/** Discord's CDN hosts (Discord docs, Reference, "CDN Endpoints" and attachment URLs). */
const HOSTS = new Set(['cdn.discordapp.com', 'media.discordapp.net']);
const TIMEOUT_MS = 8000;

/** - `elsewhere`: not a host of Discord's
 *  - `large`: more bytes than are wanted
 *  - `failed`: Discord did not give it */
export class AttachmentError extends Error {
  override readonly name = 'AttachmentError';
  readonly kind: 'elsewhere' | 'large' | 'failed';
  constructor(kind: AttachmentError['kind'], cause?: unknown) {
    super(`the attachment cannot be read: ${kind}`, cause === undefined ? undefined : { cause });
    this.kind = kind;
  }
}

/**
 * Fetches an attachment.
 * @param apiUrl Discord's base address: its origin counts as Discord's too
 * @param maxBytes what is larger is refused, whatever Discord says of its size
 * @param timeoutMs for the whole of it
 * @throws {AttachmentError}
 */
export async function fetchAttachment(
  { url, size }: APIAttachment,
  apiUrl: string,
  maxBytes: number,
  { clock, timeoutMs = TIMEOUT_MS }: { clock: Clock; timeoutMs?: number },
): Promise<Uint8Array> {
  if (!isDiscords(url, apiUrl)) throw new AttachmentError('elsewhere');
  if (size > maxBytes) throw new AttachmentError('large');
  const limit = new AbortController();
  const cancelTimer = clock.after(timeoutMs, () => limit.abort());
  try {
    const response = await fetch(url, { redirect: 'error', signal: limit.signal });
    if (!response.ok || !response.body) throw new AttachmentError('failed');
    // undici holds the signal of a response weakly: once garbage is collected, aborting it no longer ends the reading.
    return await Promise.race([readAtMost(response.body, maxBytes), untilAborted(limit.signal)]);
  } catch (error) {
    throw error instanceof AttachmentError ? error : new AttachmentError('failed', error);
  } finally {
    cancelTimer();
    limit.abort();
  }
}

function isDiscords(address: string, apiUrl: string): boolean {
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
