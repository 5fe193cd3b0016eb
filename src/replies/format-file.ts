// Formats replies as a Markdown file that people can read and edit, and that `parse-file.ts` restores exactly.
import type { IncomingReply } from './import.ts';
import { fileIdOf } from './topic-id.ts';

const MIB = 1024 * 1024;
/** The maximum size of an imported file, uncompressed. A larger export becomes several files. */
export const MAX_FILE_BYTES = 16 * MIB;
/** The maximum size of a plain exported file: editors and phones must be able to open it. */
export const MAX_PLAIN_FILE_BYTES = MIB;
/** The info string of a fenced block that contains the text of a reply. */
export const FENCE_INFO = 'reply';
/** The first lines of every file. */
export const FILE_HEADER = '---\ndescription: This server’s own replies\n---\n';

/** Formats replies as one file of any size. */
export function formatReplyFile(replies: readonly IncomingReply[]): string {
  return FILE_HEADER + replies.map(formatReply).join('');
}

/**
 * Formats a reply in the content format. Its text is any Markdown, so it is in a fence that is longer than any inside it:
 * headings and quotes in it are not parsed as the file's own, and spaces at its ends are kept.
 */
export function formatReply({ topic, title, text, aliases }: IncomingReply): string {
  // A quote that begins with [!NOTE] would be an alert, unless an empty line comes first.
  const quote = aliases.length === 0 ? [] : [...(aliases[0]?.startsWith('[!') ? [''] : []), ...aliases];
  const fence = '`'.repeat(Math.max(4, longestRun(text) + 1));
  return [
    '',
    `## ${title} {#${fileIdOf(topic)}}`,
    '',
    ...(quote.length > 0 ? [...quote.map((alias) => `> ${alias}`.trimEnd()), ''] : []),
    `${fence}${FENCE_INFO}`,
    text,
    fence,
    '',
  ].join('\n');
}

/** The length of the longest run of backticks. */
function longestRun(text: string): number {
  let longest = 0;
  for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  return longest;
}
