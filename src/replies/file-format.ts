// Replies as a Markdown file that people can read and edit, and that comes back exactly as it was.
import type { IncomingReply } from './import.ts';
import { idOf } from './topic-id.ts';

const MIB = 1024 * 1024;
/** An import takes no more text than this, unpacked; an export with more of it becomes several files. In bytes. */
export const MAX_TEXT = 16 * MIB;
/** A file that is not packed is no larger in an export, in bytes: editors and phones open it. */
export const MAX_PLAIN_FILE = MIB;
/** The word after the fence of a text that is kept as it is. */
export const FENCE_WORD = 'reply';
/** How every file begins. */
export const HEAD = '---\ndescription: This server’s own replies\n---\n';

/** One file of these replies, however large. */
export function writeFile(replies: readonly IncomingReply[]): string {
  return HEAD + replies.map(writeReply).join('');
}

/**
 * Writes a reply in the content format. Its text is in a fence that is longer than any inside it, because it is free
 * Markdown: its headings and quotes must not be taken for the file's own, and no blank at its end may get lost.
 */
export function writeReply({ topic, title, text, aliases }: IncomingReply): string {
  // A quote that begins with [!NOTE] would be an alert; an empty line before it says that it is not.
  const quote = aliases.length === 0 ? [] : [...(aliases[0]?.startsWith('[!') ? [''] : []), ...aliases];
  const fence = '`'.repeat(Math.max(4, longestRun(text) + 1));
  return [
    '',
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
  let longest = 0;
  for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  return longest;
}
