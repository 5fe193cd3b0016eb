// A file of replies read back: what it holds, and everything that is wrong with it.
import { didYouMean } from '../guide/findings.ts';
import type { Finding, SourcePosition } from '../guide/model.ts';
import { createTimeSlices } from '../slices.ts';
import { decodeText } from './decode.ts';
import { checkDraft, type DraftProblem, LIMITS, normalizeDraft } from './draft.ts';
import { MAX_TEXT } from './file-format.ts';
import { type ImportFindingCode, importFinding, MAX_FINDINGS } from './findings.ts';
import { decompress, GzipError, isGzip } from './gzip.ts';
import type { IncomingReply } from './import.ts';
import { MAX_REPLIES } from './reply.ts';
import { type Body, readBody, type Section, sections } from './sections.ts';
import { topicOf } from './topic-id.ts';

const MAX_MIB = MAX_TEXT / (1024 * 1024);
/** What is larger and begins like JSON is not read as such, for that stops everything else. */
const MAX_JSON = 1024 * 1024;

export interface ReadFile {
  /** Empty where there is an error: a file is taken whole or not at all. */
  readonly replies: readonly IncomingReply[];
  /** By line; the first hundred or so. */
  readonly findings: readonly Finding[];
}

/**
 * Reads a file of replies in the content format, in slices. The text of a reply is the block fenced with ```` ````reply
 * ````, or simply whatever follows the heading and its quote.
 * @param bytes the file, as it is or packed with gzip; a string is taken for its text
 * @param options.path as findings show it
 * @param options.pages the names of the guides' pages, to warn of words over a page that does not exist
 */
export async function parseReplyFile(
  bytes: Uint8Array | string,
  { path, pages }: { path: string; pages?: readonly string[] },
): Promise<ReadFile> {
  const findings: Finding[] = [];
  const refuse = (code: ImportFindingCode, message: string, hint?: string): ReadFile => ({
    replies: [],
    findings: [importFinding({ path, line: 1, column: 1 }, code, message, hint)],
  });
  const tooLarge = () => refuse('F003', `The file has more than ${MAX_MIB} MiB`, 'split it into several files');
  const text = typeof bytes === 'string' ? bytes : await unpacked(bytes);
  if (text instanceof GzipError && text.kind === 'damaged') {
    return refuse('F001', 'The file is damaged: it cannot be unpacked');
  }
  if (text instanceof GzipError || text.length > MAX_TEXT) return tooLarge();
  const source = await decodeText(text);
  if (source === undefined) {
    return refuse(
      'F001',
      'The file is not text in UTF-8',
      'save it as plain text in UTF-8; a .zip file must be unpacked',
    );
  }
  if (isJson(source)) return refuse('F002', 'This is JSON', 'the file must be Markdown, as /faq-edit export writes it');

  const entries = await sections(path, source, MAX_REPLIES + 1, findings);
  if (entries.length === 0 && findings.every(({ code }) => code === 'F005')) {
    return refuse('F004', 'There is no reply in this file', 'a reply begins with "## Title {#id}"');
  }
  const excess = entries[MAX_REPLIES];
  if (excess) {
    const message = `There are more than ${MAX_REPLIES} replies in this file`;
    return { replies: [], findings: [importFinding(excess, 'F003', message, 'no server has room for more')] };
  }
  const replies: Read[] = [];
  const slices = createTimeSlices();
  for (const entry of entries) {
    if (slices.isOver()) await slices.next();
    if (findings.length >= MAX_FINDINGS) break;
    replies.push(...readReply(source, entry, findings));
  }
  checkTopics(replies, pages, findings);
  findings.sort((a, b) => a.line - b.line || a.column - b.column);
  const isSound = findings.every(({ level }) => level !== 'error');
  return { replies: isSound ? replies.map(({ reply }) => reply) : [], findings };
}

/** The file itself, or what is packed in it. */
async function unpacked(bytes: Uint8Array): Promise<Uint8Array | GzipError> {
  if (!isGzip(bytes)) return bytes;
  try {
    return await decompress(bytes, MAX_TEXT);
  } catch (error) {
    if (error instanceof GzipError) return error;
    throw error;
  }
}

function isJson(source: string): boolean {
  if (!/^\s*[[{"]/.test(source)) return false;
  if (source.length > MAX_JSON) return /^\s*(?:\{\s*"|\[\s*[[{"])/.test(source);
  try {
    JSON.parse(source);
    return true;
  } catch {
    return false;
  }
}

interface Read {
  readonly place: SourcePosition;
  readonly id: string;
  readonly reply: IncomingReply;
}

function readReply(source: string, section: Section, findings: Finding[]): Read[] {
  const opened = section.heading;
  if (!opened) {
    const hint = 'if it is part of a text, put that text into a block fenced with ````reply';
    findings.push(importFinding(section, 'F006', 'A reply begins with "## Title {#id}"', hint));
    return [];
  }
  const body = readBody(source, section, findings);
  const topic = topicOf(opened.id);
  if (topic === undefined) {
    const hint = 'small letters, digits and hyphens, 40 at most, or the name of a page such as close-account#money';
    findings.push(importFinding(section, 'F007', `"${shorten(opened.id)}" cannot be an id`, hint));
  }
  const draft = { title: opened.title, text: body.text, aliases: body.aliases };
  for (const problem of checkDraft(draft)) {
    if (findings.length >= MAX_FINDINGS) break;
    const place = problem.field === 'text' ? placeIn(body, section, source, problem.value) : section;
    findings.push(describe(place, problem));
  }
  return topic === undefined ? [] : [{ place: section, id: opened.id, reply: { topic, ...normalizeDraft(draft) } }];
}

function checkTopics(reads: readonly Read[], pages: readonly string[] | undefined, findings: Finding[]): void {
  const first = new Map<string, SourcePosition>();
  for (const { place, id, reply } of reads) {
    if (findings.length >= MAX_FINDINGS) return;
    const before = first.get(reply.topic);
    if (before) findings.push(importFinding(place, 'F008', `The id "${id}" stands in line ${before.line} already`));
    else first.set(reply.topic, place);
    if (pages && reply.topic.includes('#') && !pages.includes(reply.topic))
      findings.push(importFinding(place, 'F015', `The guides have no page ${id}`, didYouMean(id, pages)));
  }
}

function describe(place: SourcePosition, { field, kind, value }: DraftProblem): Finding {
  if (kind === 'sign') return importFinding(place, 'F016', `The ${field} holds a character that is no text`);
  if (kind === 'lines') {
    const code = field === 'title' ? 'F009' : 'F012';
    return importFinding(place, code, `There is a line break in ${field === 'title' ? 'the title' : 'an alias'}`);
  }
  if (field === 'title' && kind === 'empty') return importFinding(place, 'F009', 'The title is empty');
  if (field === 'title') return importFinding(place, 'F009', `The title has more than ${LIMITS.title} characters`);
  if (kind === 'link') return importFinding(place, 'F013', `"${shorten(value ?? '')}" does not begin with https://`);
  if (field === 'text' && kind === 'empty') return importFinding(place, 'F010', 'The reply has no text');
  if (field === 'text') return importFinding(place, 'F011', `The text has more than ${LIMITS.text} characters`);
  if (kind === 'many') return importFinding(place, 'F012', `There are more than ${LIMITS.aliases} aliases`);
  return importFinding(place, 'F012', `The alias "${shorten(value ?? '')}" has more than ${LIMITS.alias} characters`);
}

/** The place of a value in a text; of the text itself where there is none. Counts from the heading, not from the top. */
function placeIn({ start, text }: Body, heading: Section, source: string, value = ''): SourcePosition {
  const offset = start + Math.max(0, text.indexOf(value));
  let { line } = heading;
  let lineStart = heading.start;
  for (let at = source.indexOf('\n', lineStart); at >= 0 && at < offset; at = source.indexOf('\n', lineStart)) {
    line += 1;
    lineStart = at + 1;
  }
  return { path: heading.path, line, column: offset - lineStart + 1 };
}

/** Findings quote what is wrong, and that can be long. */
function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
