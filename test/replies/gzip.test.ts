// Compressing files, and decompressing them with a limit.
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { compress, createCompressor, decompress, GzipError, isGzip } from '../../src/replies/gzip.ts';

const KIB = 1024;
/** What the size allows for the gzip format itself. */
const OVERHEAD = 4 * KIB;
/** How much text is compressed at a time. */
const FLUSH = 128 * KIB;

it('tells compressed files by their first two bytes', async () => {
  expect(isGzip(await compress(Buffer.from('x')))).toBe(true);
  for (const bytes of [[], [0x1f], [0x1f, 0x8c], [0x1e, 0x8b], [0x8b, 0x1f]])
    expect(isGzip(Uint8Array.from(bytes))).toBe(false);
});

describe('decompressing', () => {
  it('restores the bytes, up to the limit', async () => {
    const bytes = Buffer.from('some text '.repeat(100));
    const file = await compress(bytes);
    expect(file.length).toBeLessThan(bytes.length);
    expect(await decompress(file, 1000)).toEqual(bytes);
    await expect(decompress(file, 999)).rejects.toMatchObject({ name: 'GzipError', kind: 'large' });
  });

  it('fails for a damaged file, and tells why', async () => {
    const file = await compress(Buffer.from('some text '.repeat(100)));
    for (const damaged of [file.subarray(0, -4), Buffer.from('\x1f\x8bnothing'), Buffer.alloc(0)]) {
      const error = await decompress(damaged, 1000).catch((thrown) => thrown);
      expect(error).toBeInstanceOf(GzipError);
      expect(error).toMatchObject({ kind: 'damaged', message: 'decompression failed: damaged' });
      expect(error.cause).toBeInstanceOf(Error);
    }
  });
});

describe('a compressor', () => {
  it('writes what it is given, in order, as standard gzip', async () => {
    const compressor = createCompressor();
    const pieces = ['first é', 'a'.repeat(FLUSH), 'b', 'c'.repeat(2 * FLUSH), 'last'];
    for (const piece of pieces) await compressor.add(piece);
    const file = await compressor.end();
    expect(gunzipSync(file).toString() === pieces.join('')).toBe(true);
    expect(gunzipSync(await createCompressor().end())).toHaveLength(0);
  });

  it('counts waiting text in bytes until there is enough to be compressed', async () => {
    const compressor = createCompressor();
    expect(compressor.size).toBe(OVERHEAD);
    await compressor.add('é');
    expect(compressor.size).toBe(OVERHEAD + 2);
    await compressor.add('a'.repeat(FLUSH - 3));
    expect(compressor.size).toBe(OVERHEAD + FLUSH - 1);
    await compressor.add('a');
    expect(compressor.size).toBeGreaterThan(OVERHEAD);
    expect(compressor.size).toBeLessThan(OVERHEAD + KIB);
    const flushed = compressor.size;
    await compressor.add('é');
    expect(compressor.size).toBe(flushed + 2);
    expect((await compressor.end()).length).toBeLessThan(compressor.size);
  });

  it('never writes more than its size, even if the text can’t be compressed', async () => {
    const compressor = createCompressor();
    for (let i = 0; i < 5; i += 1) {
      await compressor.add(noise(70_000, i));
    }
    const size = compressor.size;
    const file = await compressor.end();
    expect(file.length).toBeLessThanOrEqual(size);
    expect(file.length).toBeGreaterThan(250_000);
  });
});

/** Characters of one byte that are hard to compress. */
function noise(length: number, seed: number): string {
  const codes = new Uint8Array(length);
  let state = seed + 1;
  for (let i = 0; i < length; i += 1) {
    state = (state * 48_271) % 2_147_483_647;
    codes[i] = 1 + ((state >> 8) % 126);
  }
  return Buffer.from(codes).toString('latin1');
}
