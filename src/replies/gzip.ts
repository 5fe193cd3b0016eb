// Files compressed with gzip: written with a bound on their size, and read with a bound on what comes out.
import { promisify } from 'node:util';
import { constants, createGzip, gunzip, gzip } from 'node:zlib';

const gzipAsync = promisify(gzip);
const gunzipAsync = promisify(gunzip);

/** What a packed file holds cannot be read. `large`: more than was asked for. */
export class GzipError extends Error {
  override readonly name = 'PackedError';
  readonly kind: 'large' | 'damaged';
  constructor(kind: GzipError['kind'], cause: unknown) {
    super(`a packed file cannot be read: ${kind}`, { cause });
    this.kind = kind;
  }
}

/** Whether a file begins as gzip files do (RFC 1952). */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

export async function compress(bytes: Uint8Array): Promise<Buffer> {
  return gzipAsync(bytes);
}

/** @param maxBytes of what comes out; nothing beyond is ever held in memory @throws {GzipError} */
export async function decompress(bytes: Uint8Array, maxBytes: number): Promise<Buffer> {
  try {
    return await gunzipAsync(bytes, { maxOutputLength: maxBytes });
  } catch (error) {
    const isLarge = error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    throw new GzipError(isLarge ? 'large' : 'damaged', error);
  }
}

export interface Compressor {
  /** Packs some more. */
  add(text: string): Promise<void>;
  /** How large the file can be by now, in bytes: what is packed, and what waits as if it could not be packed. */
  readonly size: number;
  end(): Promise<Buffer>;
}

/** How much is packed at once, in bytes of UTF-8. Less of it makes files larger. */
const FLUSH = 128 * 1024;
/** Head and tail of a gzip file, and what stored blocks take. */
const OVERHEAD = 4 * 1024;

/** Packs text piece by piece, and knows all the while how large the file gets. */
export function createCompressor(): Compressor {
  const stream = createGzip();
  const parts: Buffer[] = [];
  let packed = 0;
  let waiting = 0;
  let pieces: string[] = [];
  stream.on('data', (part: Buffer) => {
    parts.push(part);
    packed += part.length;
  });
  const finished = new Promise<void>((done, fail) => stream.on('end', done).on('error', fail));
  finished.catch(() => undefined);
  return {
    get size() {
      return packed + waiting + OVERHEAD;
    },
    async add(text) {
      pieces.push(text);
      waiting += Buffer.byteLength(text);
      if (waiting < FLUSH) return;
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
