// Exports all replies of a server as files within Discord's limits: plain if they fit, otherwise compressed.
import { createTimeSlices } from '../slices.ts';
import { FILE_HEADER, formatReply, MAX_FILE_BYTES, MAX_PLAIN_FILE_BYTES } from './format-file.ts';
import { createCompressor } from './gzip.ts';
import { MAX_REPLIES, type Reply } from './reply.ts';

/** The limits of one message. */
export interface ExportLimits {
  readonly files: number;
  /** The total size of all files. */
  readonly bytes: number;
}

interface ExportedFile {
  readonly name: string;
  readonly data: Buffer;
}

export interface ExportPart {
  readonly files: readonly ExportedFile[];
  /** The number of replies in the files. */
  readonly count: number;
  readonly isCompressed: boolean;
  /** If more replies follow: the last topic in this part, and the number of the next file. */
  readonly next: { readonly after: string; readonly number: number } | undefined;
}

const FILE_NAME = 'replies';
const HEADER_SIZE = Buffer.byteLength(FILE_HEADER);
/** A message gets no further compressed file if it has less room than this. */
const MIN_FILE_ROOM = 1024 * 1024;

/**
 * Exports all replies, or as many as fit into a message. Compressed files are in the order of topics, so that the next
 * message can continue after the last topic even if replies changed in between.
 * @param from where to continue, for messages after the first
 */
export async function exportReplies(
  replies: readonly Reply[],
  limits: ExportLimits,
  from?: NonNullable<ExportPart['next']>,
): Promise<ExportPart> {
  const plain = from ? undefined : await exportPlain(replies, limits);
  if (plain) return { files: plain, count: replies.length, isCompressed: false, next: undefined };
  const sorted = replies
    .filter(({ topic }) => !from || topic > from.after)
    .sort((a, b) => (a.topic < b.topic ? -1 : 1));
  return exportCompressed(sorted, limits, from?.number);
}

/** @returns undefined if the plain files exceed the limits */
async function exportPlain(replies: readonly Reply[], limits: ExportLimits): Promise<ExportedFile[] | undefined> {
  const slices = createTimeSlices();
  const texts: Buffer[] = [];
  let pieces = [FILE_HEADER];
  let size = HEADER_SIZE;
  let total = 0;
  const close = () => {
    texts.push(Buffer.from(pieces.join('')));
    total += texts.at(-1)?.length ?? 0;
  };
  for (const reply of replies) {
    if (slices.isOver()) await slices.next();
    const entry = formatReply(reply);
    const length = Buffer.byteLength(entry);
    if (size + length > MAX_PLAIN_FILE_BYTES || pieces.length > MAX_REPLIES) {
      close();
      if (texts.length >= limits.files || total > limits.bytes) return undefined;
      pieces = [FILE_HEADER];
      size = HEADER_SIZE;
    }
    pieces.push(entry);
    size += length;
  }
  close();
  if (texts.length > limits.files || total > limits.bytes) return undefined;
  return texts.map((data, i) => ({ name: texts.length === 1 ? `${FILE_NAME}.md` : `${FILE_NAME}-${i + 1}.md`, data }));
}

async function exportCompressed(replies: readonly Reply[], limits: ExportLimits, number = 1): Promise<ExportPart> {
  const files: Buffer[] = [];
  let bytes = limits.bytes;
  let count = 0;
  while (count < replies.length && files.length < limits.files && (files.length === 0 || bytes >= MIN_FILE_ROOM)) {
    const { data, taken } = await compressReplies(replies, count, bytes);
    files.push(data);
    bytes -= data.length;
    count += taken;
  }
  const last = replies[count - 1];
  const next = last && count < replies.length ? { after: last.topic, number: number + files.length } : undefined;
  const isOnlyFile = number === 1 && files.length === 1 && !next;
  return {
    files: files.map((data, i) => ({
      name: isOnlyFile ? `${FILE_NAME}.md.gz` : `${FILE_NAME}-${number + i}.md.gz`,
      data,
    })),
    count,
    isCompressed: true,
    next,
  };
}

/** Creates one compressed file within the limits of an import and of `maxBytes`, with at least one reply. */
async function compressReplies(
  replies: readonly Reply[],
  from: number,
  maxBytes: number,
): Promise<{ data: Buffer; taken: number }> {
  const slices = createTimeSlices();
  const compressor = createCompressor();
  await compressor.add(FILE_HEADER);
  let textBytes = HEADER_SIZE;
  let taken = 0;
  for (let reply = replies[from]; reply; reply = replies[from + taken]) {
    if (slices.isOver()) await slices.next();
    const entry = formatReply(reply);
    const length = Buffer.byteLength(entry);
    const isFull = taken >= MAX_REPLIES || textBytes + length > MAX_FILE_BYTES || compressor.size + length > maxBytes;
    if (taken > 0 && isFull) break;
    await compressor.add(entry);
    textBytes += length;
    taken += 1;
  }
  return { data: await compressor.end(), taken };
}
