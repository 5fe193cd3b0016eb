// Exporting replies as files within Discord's limits.
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type ExportLimits, type ExportPart, exportReplies } from '../../src/replies/export.ts';
import { FILE_HEADER, formatReply, formatReplyFile } from '../../src/replies/format-file.ts';
import { parseReplyFile } from '../../src/replies/parse-file.ts';
import { MAX_REPLIES, type Reply } from '../../src/replies/reply.ts';
import { turnsDuring } from './event-loop.ts';
import { numbered } from './requests.ts';

const MIB = 1024 * 1024;
const LIMITS: ExportLimits = { files: 10, bytes: 10 * MIB };
/** Continues before the first topic, so that everything is compressed. */
const FROM_START = { after: '', number: 1 };

const reply = (i: number, text = 'x'): Reply => ({
  guildId: '1',
  topic: numbered(i),
  title: `Reply ${i}`,
  text,
  aliases: ['a'],
  state: 'shown',
  revision: 1,
  action: 'add',
  savedBy: '2',
  savedAt: new Date(0),
});
const many = (count: number, text = 'x') => Array.from({ length: count }, (_, i) => reply(i, text));

/** A reply that has so many bytes in a file. */
function sized(i: number, bytes: number): Reply {
  return reply(i, 'x'.repeat(bytes - Buffer.byteLength(formatReply(reply(i, '')))));
}

const headerBytes = Buffer.byteLength(FILE_HEADER);
const names = ({ files }: ExportPart) => files.map(({ name }) => name);
const texts = ({ files }: ExportPart) =>
  files.map(({ name, data }) => (name.endsWith('.gz') ? gunzipSync(data) : data).toString());
const sizes = ({ files }: ExportPart) => files.map(({ data }) => data.length);

/** All parts of an export. */
async function all(replies: readonly Reply[], limits: ExportLimits): Promise<ExportPart[]> {
  const parts = [await exportReplies(replies, limits)];
  for (let last = parts[0]; last?.next; last = parts.at(-1))
    parts.push(await exportReplies(replies, limits, last.next));
  return parts;
}

describe('a plain export', () => {
  it('is one file, in the order of the replies', async () => {
    const replies = [reply(2), reply(1, 'two'), reply(3)];
    const part = await exportReplies(replies, LIMITS);
    expect(part).toMatchObject({ count: 3, isCompressed: false, next: undefined });
    expect(names(part)).toEqual(['replies.md']);
    expect(texts(part)).toEqual([formatReplyFile(replies)]);
  });

  it('may have no replies', async () => {
    const part = await exportReplies([], LIMITS);
    expect(part).toMatchObject({ count: 0, isCompressed: false, next: undefined });
    expect(texts(part)).toEqual([FILE_HEADER]);
  });

  it('has files of up to 1 MiB', async () => {
    const half = sized(1, MIB / 2);
    const fitting = [half, sized(2, MIB / 2 - headerBytes)];
    const one = await exportReplies(fitting, LIMITS);
    expect(names(one)).toEqual(['replies.md']);
    expect(sizes(one)).toEqual([MIB]);
    const larger = [half, sized(2, MIB / 2 - headerBytes + 1), reply(3)];
    const two = await exportReplies(larger, LIMITS);
    expect(two).toMatchObject({ count: 3, isCompressed: false, next: undefined });
    expect(names(two)).toEqual(['replies-1.md', 'replies-2.md']);
    expect(texts(two).join('') === formatReplyFile([half]) + formatReplyFile(larger.slice(1))).toBe(true);
  });

  it('is measured in bytes', async () => {
    const wide = reply(1, 'é'.repeat(MIB / 4));
    expect(names(await exportReplies([wide, { ...wide, topic: numbered(2) }], LIMITS))).toHaveLength(2);
  });

  it('starts each file with the same room', async () => {
    const nearlyHalf = (MIB - headerBytes) / 2;
    const part = await exportReplies(
      Array.from({ length: 5 }, (_, i) => sized(i, Math.floor(nearlyHalf))),
      LIMITS,
    );
    expect(texts(part).map((text) => text.split('\n## ').length - 1)).toEqual([2, 2, 1]);
  });

  it('has files of up to 10,000 replies, as many as an import allows', async () => {
    expect(names(await exportReplies(many(MAX_REPLIES), LIMITS))).toEqual(['replies.md']);
    const part = await exportReplies(many(MAX_REPLIES + 1), LIMITS);
    expect(names(part)).toEqual(['replies-1.md', 'replies-2.md']);
    expect(texts(part)[1]).toBe(formatReplyFile([reply(MAX_REPLIES)]));
  });

  it('lets other work run', async () => {
    expect(await turnsDuring(20, () => exportReplies(many(50), LIMITS))).toBeGreaterThanOrEqual(50);
    expect(await turnsDuring(0, () => exportReplies(many(50), LIMITS))).toBeLessThan(2);
  });
});

describe('an export is compressed', () => {
  const three = [sized(3, MIB - headerBytes), sized(2, MIB - headerBytes), sized(1, MIB - headerBytes)];

  it('if it has too many files', async () => {
    expect(await exportReplies(three, { ...LIMITS, files: 3 })).toMatchObject({ isCompressed: false });
    for (const files of [1, 2]) {
      const part = await exportReplies(three, { ...LIMITS, files });
      expect(part).toMatchObject({ isCompressed: true, count: 3, next: undefined });
      expect(names(part)).toEqual(['replies.md.gz']);
    }
  });

  it('if its files are too large together', async () => {
    expect(await exportReplies(three, { ...LIMITS, bytes: 3 * MIB })).toMatchObject({ isCompressed: false });
    for (const bytes of [3 * MIB - 1, 2 * MIB - 1])
      expect(await exportReplies(three, { ...LIMITS, bytes })).toMatchObject({ isCompressed: true, count: 3 });
    const [one] = three;
    if (!one) throw new Error('there is one');
    expect(await exportReplies([one], { ...LIMITS, bytes: MIB })).toMatchObject({ isCompressed: false });
    expect(await exportReplies([one], { ...LIMITS, bytes: MIB - 1 })).toMatchObject({ isCompressed: true });
  });

  it('in the order of topics', async () => {
    const part = await exportReplies(three, { ...LIMITS, files: 1 });
    expect(texts(part).join('') === formatReplyFile([...three].reverse())).toBe(true);
  });

  it('and can be imported', async () => {
    const replies = many(3, 'some text');
    const [file] = (await exportReplies(replies, LIMITS, FROM_START)).files;
    const parsed = await parseReplyFile(file?.data ?? '', { path: 'replies.md.gz' });
    expect(parsed.findings).toEqual([]);
    expect(parsed.replies).toEqual(replies.map(({ topic, title, text, aliases }) => ({ topic, title, text, aliases })));
  });
});

describe('a compressed file', () => {
  const two = [reply(1), reply(2)];
  /** The most that the compressor may need for them. */
  const room = 4096 + Buffer.byteLength(formatReplyFile(two));

  it('has as many replies as fit for certain', async () => {
    const both = await exportReplies(two, { files: 1, bytes: room }, FROM_START);
    expect(both).toMatchObject({ count: 2, next: undefined });
    const one = await exportReplies(two, { files: 1, bytes: room - 1 }, FROM_START);
    expect(one).toMatchObject({ count: 1, next: { after: numbered(1), number: 2 } });
    expect(names(one)).toEqual(['replies-1.md.gz']);
    expect(texts(one)).toEqual([formatReplyFile([reply(1)])]);
  });

  it('has at least one reply', async () => {
    expect(await exportReplies(two, { files: 1, bytes: 1 }, FROM_START)).toMatchObject({ count: 1 });
  });

  it('stays within the limit if its text can’t be compressed', async () => {
    const limits = { files: 1, bytes: 200_000 };
    const replies = Array.from({ length: 40 }, (_, i) => reply(i, noise(i)));
    const parts = await all(replies, limits);
    expect(parts.length).toBeGreaterThan(1);
    for (const [size] of parts.map(sizes)) expect(size).toBeLessThanOrEqual(limits.bytes);
    expect(parts.reduce((sum, { count }) => sum + count, 0)).toBe(40);
    expect(parts.flatMap(texts).join('').replaceAll(FILE_HEADER, '') === replies.map(formatReply).join('')).toBe(true);
  });

  it('has up to 16 MiB of text', async () => {
    const half = sized(1, 8 * MIB);
    const fitting = [half, sized(2, 8 * MIB - headerBytes)];
    expect(names(await exportReplies(fitting, LIMITS, FROM_START))).toEqual(['replies.md.gz']);
    const larger = [half, sized(2, 8 * MIB - headerBytes + 1)];
    const part = await exportReplies(larger, LIMITS, FROM_START);
    expect(part).toMatchObject({ count: 2, next: undefined });
    expect(names(part)).toEqual(['replies-1.md.gz', 'replies-2.md.gz']);
  });

  it('has up to 10,000 replies, and another one needs 1 MiB of room', async () => {
    const replies = many(MAX_REPLIES + 1);
    const first = await exportReplies(replies, { ...LIMITS, files: 1 }, FROM_START);
    const next = { after: numbered(MAX_REPLIES - 1), number: 2 };
    expect(first).toMatchObject({ count: MAX_REPLIES, next });
    const bytes = (sizes(first)[0] ?? 0) + MIB;
    expect(await exportReplies(replies, { files: 2, bytes: bytes - 1 }, FROM_START)).toMatchObject({
      count: MAX_REPLIES,
      next,
    });
    const both = await exportReplies(replies, { files: 2, bytes }, FROM_START);
    expect(both).toMatchObject({ count: MAX_REPLIES + 1, next: undefined });
    expect(texts(both)[1]).toBe(formatReplyFile([reply(MAX_REPLIES)]));
  });
});

describe('an export that continues', () => {
  const limits = { files: 1, bytes: 1 };

  it('has the replies after a topic, and the next numbers', async () => {
    const replies = [reply(3), reply(1), reply(2), reply(4)];
    const second = await exportReplies(replies, limits, { after: numbered(1), number: 5 });
    expect(second).toMatchObject({ count: 1, isCompressed: true, next: { after: numbered(2), number: 6 } });
    expect(names(second)).toEqual(['replies-5.md.gz']);
    expect(texts(second)).toEqual([formatReplyFile([reply(2)])]);
    const last = await exportReplies(replies, limits, { after: numbered(3), number: 7 });
    expect(last).toMatchObject({ count: 1, next: undefined });
    expect(names(last)).toEqual(['replies-7.md.gz']);
  });

  it('does so even if replies were removed in between', async () => {
    const part = await exportReplies([reply(1), reply(4)], limits, { after: numbered(2), number: 3 });
    expect(texts(part)).toEqual([formatReplyFile([reply(4)])]);
    const none = await exportReplies([reply(1)], limits, { after: numbered(2), number: 3 });
    expect(none).toEqual({ files: [], count: 0, isCompressed: true, next: undefined });
  });
});

/** A text that is hard to compress. */
function noise(seed: number): string {
  let state = seed + 1;
  return Array.from({ length: 3900 }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return String.fromCharCode(0x4e00 + ((state >> 4) % 0x4000));
  }).join('');
}
