// Files of replies: an import returns what was exported, and a changed file loses nothing silently.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkDraft, normalizeDraft } from '../../src/replies/draft.ts';
import { IMPORT_FINDING_CODES } from '../../src/replies/findings.ts';
import { formatReplyFile } from '../../src/replies/format-file.ts';
import { planImport } from '../../src/replies/import.ts';
import { type ParsedReplyFile, parseReplyFile } from '../../src/replies/parse-file.ts';
import { isOwnTopic, isPageTopic } from '../../src/replies/topic-id.ts';
import { changed } from './lines.ts';
import { runs, TIMEOUT_MS, texts, WITHIN_MS } from './runs.ts';

const PAGES = ['close-account#money', 'support#write'];

/** Replies that can be saved. */
const replies = fc
  .array(
    fc
      .record({ title: texts(256), text: texts(4000), aliases: fc.array(texts(80), { maxLength: 10 }) })
      .map(normalizeDraft)
      .filter((draft) => checkDraft(draft).length === 0),
    { minLength: 1, maxLength: 6 },
  )
  .map((drafts) => drafts.map((draft, i) => ({ topic: PAGES[i - 3] ?? `r:abcd000${i}`, ...draft })));

/** Reads a file, and looks at everything that comes of it. */
async function read(file: string | Uint8Array): Promise<ParsedReplyFile> {
  const began = performance.now();
  const result = await parseReplyFile(file, { path: 'faq.md', pages: PAGES });
  expect(performance.now() - began).toBeLessThan(WITHIN_MS);
  const text = Buffer.from(file).toString();
  // A file without any line feed is taken for one of an old Mac.
  const lines = text.split(text.includes('\n') ? '\n' : '\r');
  for (const { path, line, column, code, message } of result.findings) {
    expect(Object.keys(IMPORT_FINDING_CODES)).toContain(code);
    expect(message).not.toMatch(/^$|\bundefined\b/);
    expect(path).toBe('faq.md');
    expect(line).toBeGreaterThanOrEqual(1);
    expect(line).toBeLessThanOrEqual(lines.length);
    expect(column).toBeGreaterThanOrEqual(1);
    expect(column).toBeLessThanOrEqual((lines[line - 1]?.length ?? 0) + 1);
  }
  const isRefused = result.findings.some(({ level }) => level === 'error');
  expect(result.replies.length === 0).toBe(isRefused);
  for (const reply of result.replies) {
    expect(checkDraft(reply)).toEqual([]);
    expect(isOwnTopic(reply.topic) || isPageTopic(reply.topic)).toBe(true);
  }
  expect(new Set(result.replies.map(({ topic }) => topic)).size).toBe(result.replies.length);
  return result;
}

describe('a file of replies', { timeout: TIMEOUT_MS }, () => {
  it('is the same after an import and another export, and changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(replies, async (list) => {
        const file = formatReplyFile(list);
        const { replies: back, findings } = await read(Buffer.from(file));
        expect(findings).toEqual([]);
        expect(back).toEqual(list);
        expect(formatReplyFile(back)).toBe(file);
        const now = list.map((one) => ({
          ...one,
          ...{ guildId: '1', state: 'shown' as const, revision: 1, action: 'add' as const },
          ...{ savedBy: '2', savedAt: new Date(0) },
        }));
        expect(await planImport(now, back)).toMatchObject({ added: [], changed: [], unchanged: list });
      }),
      runs(400),
    );
  });

  it('is refused, or read as replies that can be saved', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(changed(replies.map(formatReplyFile)), texts(5000), fc.uint8Array({ maxLength: 500 })),
        async (file) => {
          const { replies: list } = await read(file);
          if (list.length > 0) expect((await read(formatReplyFile(list))).replies).toEqual(list);
        },
      ),
      runs(500),
    );
  });

  it('keeps every reply unchanged except the one in which a line was changed', async () => {
    const where = fc.record({ which: fc.nat(), at: fc.nat(), instead: fc.option(texts(100)) });
    await fc.assert(
      fc.asyncProperty(replies, where, async (list, { which, at, instead }) => {
        const parts = list.map((one) => formatReplyFile([one]).slice(formatReplyFile([]).length));
        const i = which % parts.length;
        const lines = (parts[i] ?? '').split('\n');
        lines.splice(at % lines.length, 1, ...(instead === null ? [] : [instead]));
        const { replies: back, findings } = await read(formatReplyFile([]) + parts.with(i, lines.join('\n')).join(''));
        if (findings.some(({ level }) => level === 'error')) return;
        const kept = new Map(back.map((one) => [one.topic, one]));
        for (const one of list.toSpliced(i, 1)) expect(kept.get(one.topic)).toEqual(one);
      }),
      runs(500),
    );
  });
});
