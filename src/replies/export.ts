// All replies of a server as files that Discord takes: plain ones where they are few and small, else packed ones.
import { createTimeSlices } from '../slices.ts';
import { HEAD, MAX_PLAIN_FILE, MAX_TEXT, writeReply } from './file-format.ts';
import { createCompressor } from './gzip.ts';
import { MAX_REPLIES, type Reply } from './reply.ts';

/** What one message takes. */
export interface ExportLimits {
  readonly files: number;
  /** Of all files together. */
  readonly bytes: number;
}

export interface ExportedFile {
  readonly name: string;
  readonly data: Buffer;
}

export interface Exported {
  readonly files: readonly ExportedFile[];
  /** How many replies are in them. */
  readonly count: number;
  readonly isPacked: boolean;
  /** The last topic in them and the number of the next file, where more replies follow. */
  readonly rest: { readonly after: string; readonly number: number } | undefined;
}

const NAME = 'replies';
const HEAD_SIZE = Buffer.byteLength(HEAD);
/** A packed file is not begun where a message has room for less. */
const LEAST_ROOM = 1024 * 1024;

/**
 * Writes all replies, or as many as a message takes. Where not all fit into plain files, they are packed, in the order
 * of their topics, so that the next message can go on after the last one whatever has changed in between.
 * @param from where to go on, for the messages after the first
 */
export async function exportReplies(
  replies: readonly Reply[],
  room: ExportLimits,
  from?: NonNullable<Exported['rest']>,
): Promise<Exported> {
  const plain = from ? undefined : await plainFiles(replies, room);
  if (plain) return { files: plain, count: replies.length, isPacked: false, rest: undefined };
  const sorted = replies
    .filter(({ topic }) => !from || topic > from.after)
    .sort((a, b) => (a.topic < b.topic ? -1 : 1));
  return packedFiles(sorted, room, from?.number);
}

/** Plain files; undefined where they are too many or too large. */
async function plainFiles(replies: readonly Reply[], room: ExportLimits): Promise<ExportedFile[] | undefined> {
  const slices = createTimeSlices();
  const texts: Buffer[] = [];
  let pieces = [HEAD];
  let size = HEAD_SIZE;
  let total = 0;
  const close = () => {
    texts.push(Buffer.from(pieces.join('')));
    total += texts.at(-1)?.length ?? 0;
  };
  for (const reply of replies) {
    if (slices.isOver()) await slices.next();
    const entry = writeReply(reply);
    const length = Buffer.byteLength(entry);
    if (size + length > MAX_PLAIN_FILE || pieces.length > MAX_REPLIES) {
      close();
      if (texts.length >= room.files || total > room.bytes) return undefined;
      pieces = [HEAD];
      size = HEAD_SIZE;
    }
    pieces.push(entry);
    size += length;
  }
  close();
  if (texts.length > room.files || total > room.bytes) return undefined;
  return texts.map((data, i) => ({ name: texts.length === 1 ? `${NAME}.md` : `${NAME}-${i + 1}.md`, data }));
}

async function packedFiles(replies: readonly Reply[], room: ExportLimits, number = 1): Promise<Exported> {
  const files: Buffer[] = [];
  let bytes = room.bytes;
  let count = 0;
  while (count < replies.length && files.length < room.files && (files.length === 0 || bytes >= LEAST_ROOM)) {
    const { data, taken } = await packSome(replies, count, bytes);
    files.push(data);
    bytes -= data.length;
    count += taken;
  }
  const last = replies[count - 1];
  const rest = last && count < replies.length ? { after: last.topic, number: number + files.length } : undefined;
  const isWhole = number === 1 && files.length === 1 && !rest;
  return {
    files: files.map((data, i) => ({ name: isWhole ? `${NAME}.md.gz` : `${NAME}-${number + i}.md.gz`, data })),
    count,
    isPacked: true,
    rest,
  };
}

/** One packed file that an import reads, of at most so many bytes; with one reply at least. */
async function packSome(
  replies: readonly Reply[],
  from: number,
  maxBytes: number,
): Promise<{ data: Buffer; taken: number }> {
  const slices = createTimeSlices();
  const packer = createCompressor();
  await packer.add(HEAD);
  let text = HEAD_SIZE;
  let taken = 0;
  for (let reply = replies[from]; reply; reply = replies[from + taken]) {
    if (slices.isOver()) await slices.next();
    const entry = writeReply(reply);
    const length = Buffer.byteLength(entry);
    const isFull = taken >= MAX_REPLIES || text + length > MAX_TEXT || packer.size + length > maxBytes;
    if (taken > 0 && isFull) break;
    await packer.add(entry);
    text += length;
    taken += 1;
  }
  return { data: await packer.end(), taken };
}
