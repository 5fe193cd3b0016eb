// What a moderator types before it is saved, and what may be wrong with it.
import { isBlank, LINE_END, trimInvisible, withoutDirectionMarks } from './characters.ts';

/** In code points, as Discord counts the text of an embed. A modal's text input takes 4,000 characters at most. */
export const LIMITS = { title: 256, text: 4000, aliases: 10, alias: 80 } as const;

export interface Draft {
  readonly title: string;
  /** Discord's Markdown, kept exactly as typed. */
  readonly text: string;
  /** Other words under which members look for it. */
  readonly aliases: readonly string[];
}

export type DraftField = 'title' | 'text' | 'aliases';

/**
 * - `empty`: nothing, or nothing that can be seen
 * - `long`: more than `limit` code points; for aliases, one of them (`value`)
 * - `many`: more than `limit` aliases
 * - `lines`: a title or an alias (`value`) of more than one line
 * - `sign`: a character that is no text (NUL or half of a surrogate pair), which no database keeps
 * - `link`: a link to an address (`value`) that does not begin with https://
 */
export interface DraftProblem {
  readonly field: DraftField;
  readonly kind: 'empty' | 'long' | 'many' | 'lines' | 'sign' | 'link';
  readonly limit?: number;
  readonly value?: string;
}

/** A draft that must not be saved was to be saved. Whoever shows the form checks it first. */
export class DraftError extends Error {
  override readonly name = 'DraftError';
  readonly problems: readonly DraftProblem[];

  constructor(problems: readonly DraftProblem[]) {
    super(`the draft has problems: ${problems.map(({ field, kind }) => `${field} ${kind}`).join(', ')}`);
    this.problems = problems;
  }
}

/**
 * A draft as it is saved: title and aliases without blanks around them and without bidirectional controls, no alias
 * twice or empty; the text as typed.
 */
export function normalizeDraft({ title, text, aliases }: Draft): Draft {
  const tidied = aliases.map(tidyLine).filter((alias) => !isBlank(alias));
  return { title: tidyLine(title), text, aliases: [...new Set(tidied)] };
}

function tidyLine(line: string): string {
  return trimInvisible(withoutDirectionMarks(line));
}

/**
 * What an earlier version saved, in a form that can be saved now: title and aliases of one line, and nothing that cannot
 * be seen.
 * @param name takes the place of such a title, and the title that of such a text
 */
export function fitDraft(saved: Draft, name: string): Draft {
  const { title, text, aliases } = normalizeDraft({
    title: oneLine(saved.title),
    text: saved.text,
    aliases: saved.aliases.map(oneLine),
  });
  const shown = isBlank(title) ? name : title;
  return { title: shown, text: isBlank(text) ? shown : text, aliases };
}

function oneLine(text: string): string {
  return text.split(LINE_END).join(' ');
}

/** What is wrong with a draft, as it would be saved. @returns an empty list where it can be saved */
export function checkDraft(draft: Draft): DraftProblem[] {
  const { title, text, aliases } = normalizeDraft(draft);
  const problems: DraftProblem[] = [...checkLine('title', title, LIMITS.title)];
  if (isBlank(title)) problems.push({ field: 'title', kind: 'empty' });
  problems.push(...checkText(text));
  if (aliases.length > LIMITS.aliases) problems.push({ field: 'aliases', kind: 'many', limit: LIMITS.aliases });
  for (const alias of aliases) problems.push(...checkLine('aliases', alias, LIMITS.alias));
  return problems;
}

function checkText(text: string): DraftProblem[] {
  const problems: DraftProblem[] = [];
  if (isLonger(text, LIMITS.text)) problems.push({ field: 'text', kind: 'long', limit: LIMITS.text });
  if (isFarLonger(text, LIMITS.text)) return problems;
  if (isBlank(text)) problems.push({ field: 'text', kind: 'empty' });
  if (isBroken(text)) problems.push({ field: 'text', kind: 'sign' });
  for (const value of unsafeLinks(text)) problems.push({ field: 'text', kind: 'link', value });
  return problems;
}

function checkLine(field: DraftField, line: string, limit: number): DraftProblem[] {
  const value = field === 'aliases' ? { value: line } : {};
  const problems: DraftProblem[] = [];
  if (isLonger(line, limit)) problems.push({ field, kind: 'long', limit, ...value });
  if (isFarLonger(line, limit)) return problems;
  if (LINE_END.test(line)) problems.push({ field, kind: 'lines', ...value });
  if (isBroken(line)) problems.push({ field, kind: 'sign', ...value });
  return problems;
}

/** Whether a text has more than so many code points. */
function isLonger(text: string, limit: number): boolean {
  return text.length > limit && (isFarLonger(text, limit) || [...text].length > limit);
}

/** Whether it is too long in any way of counting. What else is wrong with it is not looked for: it may be megabytes. */
function isFarLonger(text: string, limit: number): boolean {
  return text.length > 2 * limit;
}

function isBroken(text: string): boolean {
  return text.includes('\0') || /\p{Surrogate}/u.test(text);
}

/**
 * Addresses that Discord or a later reader might follow and that are not https. Discord's Markdown is not CommonMark, so
 * no parser of that decides: whatever looks like a link counts, also inside code. Repetitions are bounded, so that each
 * pattern's time grows with the text alone.
 */
function unsafeLinks(text: string): string[] {
  const inMarkdown = text.matchAll(/\]\(\s{0,9}<?([a-z][a-z0-9+.-]{0,31}:[^\s)>]*)/gi);
  const inDefinitions = text.matchAll(/^ {0,3}\[[^\]\n]{1,99}\]:[ \t]{0,9}<?([a-z][a-z0-9+.-]{0,31}:[^\s>]*)/gim);
  const bare = text.matchAll(/\b(?:http|ftp):\/\/[^\s<>)\]]*/gi);
  const addresses = [
    ...[...inMarkdown, ...inDefinitions].map(([, address = '']) => address),
    ...[...bare].map(([address]) => address),
  ];
  return [...new Set(addresses.filter((address) => !/^https:\/\//i.test(address)))];
}
