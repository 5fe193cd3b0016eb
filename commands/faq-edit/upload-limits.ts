// How much Discord accepts in one message, in bytes and files.
import type { APIInteraction } from 'discord-api-types/v10';
import type { ExportLimits } from '../../src/replies/export.ts';

const MIB = 1024 * 1024;
/** Discord docs, API Reference, "Uploading Files": 10 MiB by default. Servers with boosts get more; it is not needed. */
const MAX_BYTES = 10 * MIB;
/** For the message's text and the other parts of the request. */
const RESERVED_BYTES = 128 * 1024;
/** Discord docs, Message resource. */
const MAX_FILES = 10;

/** What may be attached to the answer to an interaction. */
export function capacityFor({ attachment_size_limit: limit }: Partial<APIInteraction>): ExportLimits {
  const bytes = typeof limit === 'number' && limit > 0 ? Math.min(limit, MAX_BYTES) : MAX_BYTES;
  return { files: MAX_FILES, bytes: Math.max(bytes - RESERVED_BYTES, bytes / 2) };
}
