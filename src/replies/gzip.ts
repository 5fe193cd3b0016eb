// Gzip compression with a known size while writing, and decompression with a limit on the result.
import { promisify } from 'node:util';
import { constants, createGzip, gunzip, gzip } from 'node:zlib';

const gzipAsync = promisify(gzip);
const gunzipAsync = promisify(gunzip);

/** Decompression failed. `large`: the result exceeds the limit. */
export class GzipError extends Error {
  override readonly name = 'GzipError';
  readonly kind: 'large' | 'damaged';
  constructor(kind: GzipError['kind'], cause: unknown) {
    super(`decompression failed: ${kind}`, { cause });
    this.kind = kind;
  }
}

/** Whether a file begins with the magic bytes of gzip (RFC 1952). */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** Compresses bytes with gzip. */
export async function compress(bytes: Uint8Array): Promise<Buffer> {
  return gzipAsync(bytes);
}

/** @param maxBytes the limit for the result; no more is ever held in memory @throws {GzipError} */
export async function decompress(bytes: Uint8Array, maxBytes: number): Promise<Buffer> {
  try {
    return await gunzipAsync(bytes, { maxOutputLength: maxBytes });
  } catch (error) {
    const isLarge = error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    throw new GzipError(isLarge ? 'large' : 'damaged', error);
  }
}

interface Compressor {
  /** Appends text. */
  add(text: string): Promise<void>;
  /** The maximum size of the file so far, in bytes: the compressed part, and the pending part uncompressed. */
  readonly size: number;
  end(): Promise<Buffer>;
}

/** How much text is compressed at a time. Less makes files larger. */
const FLUSH_BYTES = 128 * 1024;
/** For the header and trailer of a gzip file, and the headers of stored blocks. */
const OVERHEAD_BYTES = 4 * 1024;

/** Compresses text piece by piece, with an upper bound of the size at any time. */
export function createCompressor(): Compressor {
  const stream = createGzip();
  const parts: Buffer[] = [];
  let compressed = 0;
  let waiting = 0;
  let pieces: string[] = [];
  stream.on('data', (part: Buffer) => {
    parts.push(part);
    compressed += part.length;
  });
  const finished = new Promise<void>((done, fail) => stream.on('end', done).on('error', fail));
  finished.catch(() => undefined);
  return {
    get size() {
      return compressed + waiting + OVERHEAD_BYTES;
    },
    async add(text) {
      pieces.push(text);
      waiting += Buffer.byteLength(text);
      if (waiting < FLUSH_BYTES) return;
      stream.write(pieces.join(''));
      pieces = [];
      await new Promise<void>((done) => stream.flush(constants.Z_SYNC_FLUSH, done));
      waiting = 0;
    },
    async end() {
      stream.end(pieces.join(''));
      await finished;
      return Buffer.concat(parts);
    },
  };
}
