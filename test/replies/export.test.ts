import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { type ExportLimits, type ExportPart, exportReplies } from '../../src/replies/export.ts';
import { MAX_PLAIN_FILE_BYTES } from '../../src/replies/format-file.ts';
import { parseReplyFile } from '../../src/replies/parse-file.ts';
import type { Reply } from '../../src/replies/reply.ts';

const MIB = 1024 * 1024;
const LIMITS: ExportLimits = { files: 10, bytes: 10 * MIB };

const many = (count: number, text: string): Reply[] =>
  Array.from({ length: count }, (_, i) => ({
    guildId: '1',
    topic: `r:${String(i).padStart(8, '0')}`,
    title: `Reply ${String(count - i)}`,
    text,
    aliases: [],
    state: 'shown',
    revision: 1,
    action: 'add',
    savedBy: '2',
    savedAt: new Date(0),
  }));

/** All parts of an export. */
async function all(replies: readonly Reply[], limits: ExportLimits): Promise<ExportPart[]> {
  const parts = [await exportReplies(replies, limits)];
  for (let last = parts[0]; last?.next; last = parts.at(-1))
    parts.push(await exportReplies(replies, limits, last.next));
  return parts;
}

async function parseAll(parts: readonly ExportPart[]) {
  const results = [];
  for (const { data } of parts.flatMap(({ files }) => files)) results.push(await parseReplyFile(data, { path: 'x' }));
  expect(results.flatMap(({ findings }) => findings)).toEqual([]);
  return results.flatMap(({ replies }) => replies);
}

describe('an export', () => {
  test('has plain files of up to 1 MiB if they fit', async () => {
    const replies = many(700, 'x'.repeat(3990));
    const parts = await all(replies, LIMITS);
    expect(parts).toMatchObject([{ count: 700, isCompressed: false, next: undefined }]);
    const files = parts[0]?.files ?? [];
    expect(files.map(({ name }) => name)).toEqual(['replies-1.md', 'replies-2.md', 'replies-3.md']);
    for (const { data } of files) expect(data.length).toBeLessThanOrEqual(MAX_PLAIN_FILE_BYTES);
    expect(await parseAll(parts)).toHaveLength(700);
  });

  test('stays within a message’s limits of files and bytes', async () => {
    const replies = many(700, 'x'.repeat(3990));
    for (const limits of [
      { files: 2, bytes: 10 * MIB },
      { files: 10, bytes: 2 * MIB },
    ]) {
      const parts = await all(replies, limits);
      expect(parts).toMatchObject([{ count: 700, isCompressed: true, next: undefined }]);
      expect(parts[0]?.files.map(({ name }) => name)).toEqual(['replies.md.gz']);
      expect(await parseAll(parts)).toHaveLength(700);
    }
  });

  test('continues after the last topic, even if replies were removed in between', async () => {
    const replies = many(400, '').map((reply, i) => ({ ...reply, text: noise(i) }));
    const limits = { files: 1, bytes: 200_000 };
    const first = await exportReplies(replies, limits);
    expect(first.files[0]?.data.length).toBeLessThanOrEqual(limits.bytes);
    expect(first.next).toMatchObject({ number: 2 });
    const left = replies.filter(({ topic }) => topic !== first.next?.after);
    const second = await exportReplies(left, limits, first.next);
    expect(second.files[0]?.name).toBe('replies-2.md.gz');
    const [one, two] = [await parseAll([first]), await parseAll([second])];
    expect(two[0]?.topic).toBe(replies[one.length]?.topic);
    expect(await parseAll(await all(replies, limits))).toHaveLength(400);
  });

  test('has no file with more replies than an import allows', async () => {
    const parts = await all(many(10_050, 'x'), LIMITS);
    expect(parts[0]?.files.map(({ name }) => name)).toEqual(['replies-1.md', 'replies-2.md']);
    expect(await parseAll(parts)).toHaveLength(10_050);
    const compressed = await all(many(10_050, 'x'), { files: 1, bytes: 10 * MIB });
    expect(await parseAll(compressed)).toHaveLength(10_050);
  });

  test('is compressed as standard gzip', async () => {
    const [part] = await all(many(3000, 'x'.repeat(3800)), LIMITS);
    expect(part?.files).toHaveLength(1);
    expect(gunzipSync(part?.files[0]?.data ?? '').toString()).toMatch(/^---\n/);
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
