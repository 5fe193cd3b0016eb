// Decoding the bytes of a file.
import { describe, expect, it } from 'vitest';
import { decodeText } from '../../src/replies/decode.ts';
import { turnsDuring } from './event-loop.ts';

/** How many bytes or characters are decoded at a time. */
const CHUNK = 512 * 1024;

describe('a file that is text', () => {
  it.each([
    ['nothing', '', ''],
    ['UTF-8', 'é – 👩‍👩‍👧\n', 'é – 👩‍👩‍👧\n'],
    ['a byte order mark', '\u{feff}a\n', 'a\n'],
    ['two byte order marks', '\u{feff}\u{feff}a\n', '\u{feff}a\n'],
    ['a byte order mark in the middle', 'a\u{feff}b', 'a\u{feff}b'],
  ])('is decoded if it has %s', async (_, file, text) => {
    expect(await decodeText(file)).toBe(text);
    expect(await decodeText(Buffer.from(file))).toBe(text);
  });

  it('is decoded in pieces, which may end inside a character', async () => {
    for (const length of [CHUNK - 2, CHUNK - 1, CHUNK]) {
      const text = `${'a'.repeat(length)}é€`;
      expect((await decodeText(Buffer.from(text))) === text, `${length} bytes before it`).toBe(true);
    }
  });

  it.each([
    ['bytes that are not UTF-8', Buffer.from([0x61, 0xff, 0x62])],
    ['a character that is cut off at the end', Buffer.from('aé').subarray(0, 2)],
    ['a NUL at the start', '\0a'],
    ['a NUL at the end', 'a\0'],
    ['a NUL among bytes', Buffer.from('a\0b')],
  ])('is refused if it has %s', async (_, file) => expect(await decodeText(file)).toBeUndefined());

  it('is refused if only a later piece has a NUL', async () => {
    expect(await decodeText(Buffer.from(`${'a'.repeat(CHUNK)}\0`))).toBeUndefined();
  });
});

describe('line ends', () => {
  it.each([
    ['of Windows become line feeds', 'a\r\n\r\nb\r\n', 'a\n\nb\n'],
    ['of Windows become line feeds, also at the start', '\r\na', '\na'],
    ['of old Macs become line feeds', 'a\r\rb\r', 'a\n\nb\n'],
    ['of Windows leave a lone \\r alone', 'a\r\nb\rc\r\r\n\r', 'a\nb\rc\r\n\r'],
    ['are decided by the first one', 'a\nb\r\nc\rd', 'a\nb\r\nc\rd'],
    ['are decided by the first one, also at the start', '\na\r\nb', '\na\r\nb'],
  ])('%s', async (_, file, text) => expect(await decodeText(file)).toBe(text));

  const restored = async (file: string) => (await decodeText(file)) ?? '';
  it.each([
    ['two pieces', (end: string) => `\r\n${'a'.repeat(CHUNK - 3)}${end}b`],
    ['three pieces', (end: string) => `\r\n${'a'.repeat(2 * CHUNK - 3)}${end}b`],
    ['the end of a piece and the end of the file', (end: string) => `\r\n${'a'.repeat(CHUNK - 3)}${end}`],
  ])('are right between %s', async (_, file) => {
    for (const end of ['\r\n', '\r', '\r\r\n', '\r\r']) {
      const expected = file(end).replaceAll('\r\n', '\n');
      expect((await restored(file(end))) === expected, JSON.stringify(end)).toBe(true);
      const mac = file(end).replaceAll('\n', '');
      expect((await restored(mac)) === mac.replaceAll('\r', '\n'), `${JSON.stringify(end)} of a Mac`).toBe(true);
    }
  });
});

it('decodes in time slices', async () => {
  const bytes = Buffer.alloc(4 * CHUNK, 'a');
  const windows = `\r\n${'a'.repeat(4 * CHUNK)}`;
  for (const file of [bytes, windows]) {
    expect(await turnsDuring(20, () => decodeText(file))).toBeGreaterThanOrEqual(4);
    expect(await turnsDuring(0, () => decodeText(file))).toBeLessThan(2);
  }
});
