// Replies as a Markdown file that people can read and edit, and that comes back exactly as it was.
import type { IncomingReply } from './import.ts';
import { idOf } from './topic.ts';

/** An import takes no larger file; an export that is larger becomes several files. In bytes. */
export const MAX_FILE = 1024 * 1024;
/** The word after the fence of a text that is kept as it is. */
export const FENCE_WORD = 'reply';
const HEAD = '---\ndescription: This server’s own replies\n---\n';

/**
 * Writes replies in the content format. A text stands in a fence that is longer than any inside it, because it is free
 * Markdown: its headings and quotes must not be taken for the file's own, and no blank at its end may get lost.
 * @param replies in the order in which they shall stand
 * @returns files of at most 1 MiB; one, unless there is more than that
 */
export function exportReplies(replies: readonly IncomingReply[]): string[] {
  const files: string[] = [];
  let file = HEAD;
  let size = byteLength(file);
  for (const reply of replies) {
    const entry = `\n${writeReply(reply)}`;
    const length = byteLength(entry);
    if (size + length > MAX_FILE) {
      files.push(file);
      file = HEAD;
      size = byteLength(file);
    }
    file += entry;
    size += length;
  }
  return [...files, file];
}

function writeReply({ topic, title, text, aliases }: IncomingReply): string {
  // A quote that begins with [!NOTE] would be an alert; an empty line before it says that it is not.
  const quote = aliases.length === 0 ? [] : [...(aliases[0]?.startsWith('[!') ? [''] : []), ...aliases];
  const fence = '`'.repeat(Math.max(4, longestRun(text) + 1));
  return [
    `## ${title} {#${idOf(topic)}}`,
    '',
    ...(quote.length > 0 ? [...quote.map((alias) => `> ${alias}`.trimEnd()), ''] : []),
    `${fence}${FENCE_WORD}`,
    text,
    fence,
    '',
  ].join('\n');
}

/** Of backticks. */
function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}

function byteLength(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}
