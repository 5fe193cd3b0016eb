// From the bytes of a file to its text, with one kind of line ends.
import { createTimeSlices } from '../slices.ts';

/** Decoded at once: a millisecond or so. */
const CHUNK = 512 * 1024;

/**
 * Reads UTF-8 in slices. A byte order mark at the beginning is left out. Files that a Windows editor saved have its line
 * ends, and those of old Macs have `\r` alone; an exported file has `\r` only inside of texts, where it stays.
 * @returns undefined where the bytes are no text
 */
export async function decodeText(bytes: Uint8Array | string): Promise<string | undefined> {
  const parts = typeof bytes === 'string' ? [bytes] : await decode(bytes);
  if (!parts || parts.some((part) => part.includes('\0'))) return undefined;
  const first = parts[0] ?? '';
  if (first.startsWith('\u{feff}')) parts[0] = first.slice(1);
  return withLineFeeds(parts);
}

async function decode(bytes: Uint8Array): Promise<string[] | undefined> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const slices = createTimeSlices();
  const parts: string[] = [];
  try {
    for (let at = 0; at < bytes.length; at += CHUNK) {
      if (slices.isOver()) await slices.next();
      parts.push(decoder.decode(bytes.subarray(at, at + CHUNK), { stream: true }));
    }
    parts.push(decoder.decode());
    return parts;
  } catch {
    return undefined;
  }
}

async function withLineFeeds(parts: string[]): Promise<string> {
  const source = parts.join('');
  const firstEnd = source.indexOf('\n');
  const isWindows = firstEnd > 0 && source[firstEnd - 1] === '\r';
  const isMac = firstEnd < 0 && source.includes('\r');
  if (!isWindows && !isMac) return source;
  const slices = createTimeSlices();
  const pieces: string[] = [];
  for (let at = 0; at < source.length; at += CHUNK) {
    if (slices.isOver()) await slices.next();
    // A pair of two characters may lie across the ends of two pieces.
    const begin = at > 0 && source[at - 1] === '\r' ? at - 1 : at;
    const end = source[at + CHUNK - 1] === '\r' ? at + CHUNK - 1 : at + CHUNK;
    const piece = source.slice(begin, end);
    pieces.push(isMac ? piece.replaceAll('\r', '\n') : piece.replaceAll('\r\n', '\n'));
  }
  return pieces.join('');
}
