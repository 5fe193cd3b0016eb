import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { type Exported, type ExportLimits, exportReplies } from '../../src/replies/export.ts';
import { MAX_PLAIN_FILE } from '../../src/replies/file-format.ts';
import { parseReplyFile } from '../../src/replies/read-file.ts';
import type { Reply } from '../../src/replies/reply.ts';

const MIB = 1024 * 1024;
const ROOM: ExportLimits = { files: 10, bytes: 10 * MIB };

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

/** All messages of an export. */
async function all(replies: readonly Reply[], room: ExportLimits): Promise<Exported[]> {
  const parts = [await exportReplies(replies, room)];
  for (let last = parts[0]; last?.rest; last = parts.at(-1)) parts.push(await exportReplies(replies, room, last.rest));
  return parts;
}

async function readBack(parts: readonly Exported[]) {
  const results = [];
  for (const { data } of parts.flatMap(({ files }) => files)) results.push(await parseReplyFile(data, { path: 'x' }));
  expect(results.flatMap(({ findings }) => findings)).toEqual([]);
  return results.flatMap(({ replies }) => replies);
}

describe('an export', () => {
  test('is plain files of 1 MiB at most where those fit', async () => {
    const replies = many(700, 'x'.repeat(3990));
    const parts = await all(replies, ROOM);
    expect(parts).toMatchObject([{ count: 700, isPacked: false, rest: undefined }]);
    const files = parts[0]?.files ?? [];
    expect(files.map(({ name }) => name)).toEqual(['replies-1.md', 'replies-2.md', 'replies-3.md']);
    for (const { data } of files) expect(data.length).toBeLessThanOrEqual(MAX_PLAIN_FILE);
    expect(await readBack(parts)).toHaveLength(700);
  });

  test('keeps to the number and size of files that a message takes', async () => {
    const replies = many(700, 'x'.repeat(3990));
    for (const room of [
      { files: 2, bytes: 10 * MIB },
      { files: 10, bytes: 2 * MIB },
    ]) {
      const parts = await all(replies, room);
      expect(parts).toMatchObject([{ count: 700, isPacked: true, rest: undefined }]);
      expect(parts[0]?.files.map(({ name }) => name)).toEqual(['replies.md.gz']);
      expect(await readBack(parts)).toHaveLength(700);
    }
  });

  test('comes in parts that go on after the last topic, whatever was removed in between', async () => {
    const replies = many(400, '').map((reply, i) => ({ ...reply, text: noise(i) }));
    const room = { files: 1, bytes: 200_000 };
    const first = await exportReplies(replies, room);
    expect(first.files[0]?.data.length).toBeLessThanOrEqual(room.bytes);
    expect(first.rest).toMatchObject({ number: 2 });
    const left = replies.filter(({ topic }) => topic !== first.rest?.after);
    const second = await exportReplies(left, room, first.rest);
    expect(second.files[0]?.name).toBe('replies-2.md.gz');
    const [one, two] = [await readBack([first]), await readBack([second])];
    expect(two[0]?.topic).toBe(replies[one.length]?.topic);
    expect(await readBack(await all(replies, room))).toHaveLength(400);
  });

  test('has no file with more replies than an import takes', async () => {
    const parts = await all(many(10_050, 'x'), ROOM);
    expect(parts[0]?.files.map(({ name }) => name)).toEqual(['replies-1.md', 'replies-2.md']);
    expect(await readBack(parts)).toHaveLength(10_050);
    const packed = await all(many(10_050, 'x'), { files: 1, bytes: 10 * MIB });
    expect(await readBack(packed)).toHaveLength(10_050);
  });

  test('packs what any gzip program unpacks', async () => {
    const [part] = await all(many(3000, 'x'.repeat(3800)), ROOM);
    expect(part?.files).toHaveLength(1);
    expect(gunzipSync(part?.files[0]?.data ?? '').toString()).toMatch(/^---\n/);
  });
});

/** A text that can hardly be packed. */
function noise(seed: number): string {
  let state = seed + 1;
  return Array.from({ length: 3900 }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return String.fromCharCode(0x4e00 + ((state >> 4) % 0x4000));
  }).join('');
}
