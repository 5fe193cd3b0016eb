// How much Discord takes with one message.
import type { APIInteraction } from 'discord-api-types/v10';
import type { ExportLimits } from '../../src/replies/export.ts';
import { createQueue } from '../../src/slices.ts';

const MIB = 1024 * 1024;
/** Discord docs, API Reference, "Uploading Files": 10 MiB by default. Servers with boosts get more; it is not needed. */
const MOST_BYTES = 10 * MIB;
/** For the words, and for what the parts of the request take. */
const SPARE = 128 * 1024;
/** Discord docs, Message resource. */
const MOST_FILES = 10;

/** What may be attached to the answer to an interaction. */
export function capacityFor({ attachment_size_limit: limit }: Partial<APIInteraction>): ExportLimits {
  const bytes = typeof limit === 'number' && limit > 0 ? Math.min(limit, MOST_BYTES) : MOST_BYTES;
  return { files: MOST_FILES, bytes: Math.max(bytes - SPARE, bytes / 2) };
}

/** One file of replies at a time is read, written or packed in a process: each may take a hundred MiB of memory. */
export const inTurn = createQueue();
