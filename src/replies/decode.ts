// Decodes the bytes of a file to text with `\n` as line ends.
import { createTimeSlices } from '../slices.ts';

/** Decoding this much takes about a millisecond. */
const CHUNK_SIZE = 512 * 1024;

/**
 * Decodes UTF-8 in time slices, without a byte order mark. Windows line ends become `\n`, and so does `\r` in a file
 * without any `\n` (old Macs). In other files, such as exported ones, `\r` is part of a reply's text and is kept.
 * @returns undefined if the bytes are not text
 */
export async function decodeText(bytes: Uint8Array | string): Promise<string | undefined> {
  const parts = typeof bytes === 'string' ? [bytes] : await decode(bytes);
  if (!parts || parts.some((part) => part.includes('\0'))) return undefined;
  const first = parts[0] ?? '';
  if (first.startsWith('\u{feff}')) parts[0] = first.slice(1);
  return normalizeLineEnds(parts);
}

async function decode(bytes: Uint8Array): Promise<string[] | undefined> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const slices = createTimeSlices();
  const parts: string[] = [];
  try {
    for (let at = 0; at < bytes.length; at += CHUNK_SIZE) {
      if (slices.isOver()) await slices.next();
      parts.push(decoder.decode(bytes.subarray(at, at + CHUNK_SIZE), { stream: true }));
    }
    parts.push(decoder.decode());
    return parts;
  } catch {
    return undefined;
  }
}

async function normalizeLineEnds(parts: string[]): Promise<string> {
  const source = parts.join('');
  const firstEnd = source.indexOf('\n');
  const isWindows = firstEnd > 0 && source[firstEnd - 1] === '\r';
  const isMac = firstEnd < 0 && source.includes('\r');
  if (!isWindows && !isMac) return source;
  const slices = createTimeSlices();
  const pieces: string[] = [];
  for (let at = 0; at < source.length; at += CHUNK_SIZE) {
    if (slices.isOver()) await slices.next();
    const end = at + CHUNK_SIZE;
    // Drops the `\r` of a `\r\n` that begins at the end of a piece.
    const piece = source.slice(at, source.startsWith('\r\n', end - 1) ? end - 1 : end);
    pieces.push(isMac ? piece.replaceAll('\r', '\n') : piece.replaceAll('\r\n', '\n'));
  }
  return pieces.join('');
}
