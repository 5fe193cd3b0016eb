// Parses a file of replies, and reports everything that is wrong with it.
import { didYouMean } from '../guide/findings.ts';
import type { Finding, SourcePosition } from '../guide/model.ts';
import { createTimeSlices } from '../slices.ts';
import { decodeText } from './decode.ts';
import { checkDraft, DRAFT_LIMITS, type DraftProblem, normalizeDraft } from './draft.ts';
import { type ImportFindingCode, importFinding, MAX_FINDINGS } from './findings.ts';
import { MAX_FILE_BYTES } from './format-file.ts';
import { decompress, GzipError, isGzip } from './gzip.ts';
import type { IncomingReply } from './import.ts';
import { MAX_REPLIES } from './reply.ts';
import { parseSectionBody, type Section, type SectionBody, splitSections } from './sections.ts';
import { topicFromFileId } from './topic-id.ts';

const MAX_MIB = MAX_FILE_BYTES / (1024 * 1024);
/** A longer text is not parsed as JSON, because that would block the process. */
const MAX_JSON_LENGTH = 1024 * 1024;

export interface ParsedReplyFile {
  /** Empty if there is an error: a file is imported as a whole or not at all. */
  readonly replies: readonly IncomingReply[];
  /** Sorted by line; about the first hundred. */
  readonly findings: readonly Finding[];
}

/**
 * Parses a file of replies in the content format, in time slices. The text of a reply is the block fenced with
 * ```` ````reply ````, or everything after the heading and its quote.
 * @param bytes the file, plain or compressed with gzip; or its text
 * @param options.path as findings show it
 * @param options.pages the names of the guides' pages, to warn about overrides of pages that do not exist
 */
export async function parseReplyFile(
  bytes: Uint8Array | string,
  { path, pages }: { path: string; pages?: readonly string[] },
): Promise<ParsedReplyFile> {
  const findings: Finding[] = [];
  const refuse = (code: ImportFindingCode, message: string, hint?: string): ParsedReplyFile => ({
    replies: [],
    findings: [importFinding({ path, line: 1, column: 1 }, code, message, hint)],
  });
  const tooLarge = () => refuse('F003', `The file has more than ${MAX_MIB} MiB`, 'split it into several files');
  const text = typeof bytes === 'string' ? bytes : await decompressIfGzip(bytes);
  if (text instanceof GzipError && text.kind === 'damaged') {
    return refuse('F001', 'The file is damaged: it can’t be decompressed');
  }
  if (text instanceof GzipError || text.length > MAX_FILE_BYTES) return tooLarge();
  const source = await decodeText(text);
  if (source === undefined) {
    return refuse('F001', 'The file is not text in UTF-8', 'save it as plain text in UTF-8, and extract .zip files');
  }
  if (isJson(source))
    return refuse('F002', 'This is JSON', 'the file must be Markdown, in the format of an exported file');

  const entries = await splitSections(path, source, MAX_REPLIES + 1, findings);
  if (entries.length === 0 && findings.every(({ code }) => code === 'F005')) {
    return refuse('F004', 'There are no replies in this file', 'a reply begins with "## Title {#id}"');
  }
  const excess = entries[MAX_REPLIES];
  if (excess) {
    const message = `There are more than ${MAX_REPLIES} replies in this file`;
    return { replies: [], findings: [importFinding(excess, 'F003', message, 'a server can’t have more')] };
  }
  const replies: ParsedReply[] = [];
  const slices = createTimeSlices();
  for (const entry of entries) {
    if (slices.isOver()) await slices.next();
    if (findings.length >= MAX_FINDINGS) break;
    replies.push(...parseReply(source, entry, findings));
  }
  checkTopics(replies, pages, findings);
  findings.sort((a, b) => a.line - b.line || a.column - b.column);
  const isValid = findings.every(({ level }) => level !== 'error');
  return { replies: isValid ? replies.map(({ reply }) => reply) : [], findings };
}

async function decompressIfGzip(bytes: Uint8Array): Promise<Uint8Array | GzipError> {
  if (!isGzip(bytes)) return bytes;
  try {
    return await decompress(bytes, MAX_FILE_BYTES);
  } catch (error) {
    if (error instanceof GzipError) return error;
    throw error;
  }
}

function isJson(source: string): boolean {
  if (!/^\s*[[{"]/.test(source)) return false;
  if (source.length > MAX_JSON_LENGTH) return /^\s*(?:\{\s*"|\[\s*[[{"])/.test(source);
  try {
    JSON.parse(source);
    return true;
  } catch {
    return false;
  }
}

interface ParsedReply {
  readonly position: SourcePosition;
  readonly id: string;
  readonly reply: IncomingReply;
}

function parseReply(source: string, section: Section, findings: Finding[]): ParsedReply[] {
  const { heading } = section;
  if (!heading) {
    const hint = 'if it is part of a text, put the text into a block fenced with ````reply';
    findings.push(importFinding(section, 'F006', 'A reply begins with "## Title {#id}"', hint));
    return [];
  }
  const body = parseSectionBody(source, section, findings);
  const topic = topicFromFileId(heading.id);
  if (topic === undefined) {
    const hint = 'use up to 40 lowercase letters, digits and hyphens, or the name of a page such as guide#page';
    findings.push(importFinding(section, 'F007', `"${shorten(heading.id)}" is not a valid id`, hint));
  }
  const draft = { title: heading.title, text: body.text, aliases: body.aliases };
  for (const problem of checkDraft(draft)) {
    if (findings.length >= MAX_FINDINGS) break;
    const position = problem.field === 'text' ? positionIn(body, section, source, problem.value) : section;
    findings.push(problemFinding(position, problem));
  }
  return topic === undefined ? [] : [{ position: section, id: heading.id, reply: { topic, ...normalizeDraft(draft) } }];
}

function checkTopics(replies: readonly ParsedReply[], pages: readonly string[] | undefined, findings: Finding[]): void {
  const first = new Map<string, SourcePosition>();
  for (const { position, id, reply } of replies) {
    if (findings.length >= MAX_FINDINGS) return;
    const before = first.get(reply.topic);
    if (before) findings.push(importFinding(position, 'F008', `The id "${id}" is already used in line ${before.line}`));
    else first.set(reply.topic, position);
    if (pages && reply.topic.includes('#') && !pages.includes(reply.topic))
      findings.push(importFinding(position, 'F015', `The guides have no page ${id}`, didYouMean(id, pages)));
  }
}

function problemFinding(position: SourcePosition, { field, kind, value }: DraftProblem): Finding {
  if (kind === 'character') {
    const what = field === 'aliases' ? 'An alias' : `The ${field}`;
    return importFinding(position, 'F016', `${what} has a character that can’t be saved`);
  }
  // A title ends with its line.
  if (kind === 'lines') return importFinding(position, 'F012', 'There is a line break in an alias');
  if (field === 'title' && kind === 'empty') return importFinding(position, 'F009', 'The title is empty');
  if (field === 'title')
    return importFinding(position, 'F009', `The title has more than ${DRAFT_LIMITS.title} characters`);
  if (kind === 'link') return importFinding(position, 'F013', `"${shorten(value ?? '')}" does not begin with https://`);
  if (field === 'text' && kind === 'empty') return importFinding(position, 'F010', 'The reply has no text');
  if (field === 'text')
    return importFinding(position, 'F011', `The text has more than ${DRAFT_LIMITS.text} characters`);
  if (kind === 'many') return importFinding(position, 'F012', `There are more than ${DRAFT_LIMITS.aliases} aliases`);
  return importFinding(
    position,
    'F012',
    `The alias "${shorten(value ?? '')}" has more than ${DRAFT_LIMITS.alias} characters`,
  );
}

/** The position of a value in a text, or of the text itself. Counts lines from the heading: files can be large. */
function positionIn({ start, text }: SectionBody, heading: Section, source: string, value = ''): SourcePosition {
  const offset = start + Math.max(0, text.indexOf(value));
  let { line } = heading;
  let lineStart = heading.start;
  for (let at = source.indexOf('\n', lineStart); at >= 0 && at < offset; at = source.indexOf('\n', lineStart)) {
    line += 1;
    lineStart = at + 1;
  }
  return { path: heading.path, line, column: offset - lineStart + 1 };
}

/** For quotes in findings. */
function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
