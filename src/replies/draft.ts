// A reply before it is saved: normalization and validation.
import { isBlank, LINE_END, removeDirectionMarks, trimInvisible } from './characters.ts';

/** In code points, as Discord counts embed text. A modal's text input allows 4,000 characters. */
export const DRAFT_LIMITS = { title: 256, text: 4000, aliases: 10, alias: 80 } as const;

export interface Draft {
  readonly title: string;
  /** Discord's Markdown, exactly as typed. */
  readonly text: string;
  /** Other words by which members can find it. */
  readonly aliases: readonly string[];
}

type DraftField = 'title' | 'text' | 'aliases';

/**
 * - `empty`: no visible character
 * - `long`: more than `limit` code points; for aliases, `value` is the alias
 * - `many`: more than `limit` aliases
 * - `lines`: a title or an alias (`value`) with a line break
 * - `character`: NUL or a lone surrogate, which databases can't store
 * - `link`: a link (`value`) that doesn't begin with https://
 */
export interface DraftProblem {
  readonly field: DraftField;
  readonly kind: 'empty' | 'long' | 'many' | 'lines' | 'character' | 'link';
  readonly limit?: number;
  readonly value?: string;
}

/** An invalid draft can't be saved. Callers check it with `checkDraft` first. */
export class DraftError extends Error {
  override readonly name = 'DraftError';
  readonly problems: readonly DraftProblem[];

  constructor(problems: readonly DraftProblem[]) {
    super(`the draft has problems: ${problems.map(({ field, kind }) => `${field} ${kind}`).join(', ')}`);
    this.problems = problems;
  }
}

/**
 * A draft as it is saved: title and aliases are trimmed and without bidirectional controls, aliases are unique and not
 * empty. The text is unchanged.
 */
export function normalizeDraft({ title, text, aliases }: Draft): Draft {
  const normalized = aliases.map(normalizeLine).filter((alias) => !isBlank(alias));
  return { title: normalizeLine(title), text, aliases: [...new Set(normalized)] };
}

function normalizeLine(line: string): string {
  return trimInvisible(removeDirectionMarks(line));
}

/**
 * Makes a reply of an earlier version valid: title and aliases of one line, and no empty title or text.
 * @param name replaces an empty title; the title replaces an empty text
 */
export function repairDraft(saved: Draft, name: string): Draft {
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

/** Validates a draft as it would be saved. @returns an empty list if it is valid */
export function checkDraft(draft: Draft): DraftProblem[] {
  const { title, text, aliases } = normalizeDraft(draft);
  const problems: DraftProblem[] = [...checkLine('title', title, DRAFT_LIMITS.title)];
  if (isBlank(title)) problems.push({ field: 'title', kind: 'empty' });
  problems.push(...checkText(text));
  if (aliases.length > DRAFT_LIMITS.aliases)
    problems.push({ field: 'aliases', kind: 'many', limit: DRAFT_LIMITS.aliases });
  for (const alias of aliases) problems.push(...checkLine('aliases', alias, DRAFT_LIMITS.alias));
  return problems;
}

function checkText(text: string): DraftProblem[] {
  const problems: DraftProblem[] = [];
  if (isLonger(text, DRAFT_LIMITS.text)) problems.push({ field: 'text', kind: 'long', limit: DRAFT_LIMITS.text });
  if (isFarLonger(text, DRAFT_LIMITS.text)) return problems;
  if (isBlank(text)) problems.push({ field: 'text', kind: 'empty' });
  if (hasUnsupportedCharacter(text)) problems.push({ field: 'text', kind: 'character' });
  for (const value of unsafeLinks(text)) problems.push({ field: 'text', kind: 'link', value });
  return problems;
}

function checkLine(field: DraftField, line: string, limit: number): DraftProblem[] {
  const value = field === 'aliases' ? { value: line } : {};
  const problems: DraftProblem[] = [];
  if (isLonger(line, limit)) problems.push({ field, kind: 'long', limit, ...value });
  if (isFarLonger(line, limit)) return problems;
  if (LINE_END.test(line)) problems.push({ field, kind: 'lines', ...value });
  if (hasUnsupportedCharacter(line)) problems.push({ field, kind: 'character', ...value });
  return problems;
}

/** @param limit in code points */
function isLonger(text: string, limit: number): boolean {
  return text.length > limit && (isFarLonger(text, limit) || [...text].length > limit);
}

/** Whether it is too long in UTF-16 units already. Such a text is not checked further: it may be megabytes. */
function isFarLonger(text: string, limit: number): boolean {
  return text.length > 2 * limit;
}

function hasUnsupportedCharacter(text: string): boolean {
  return text.includes('\0') || /\p{Surrogate}/u.test(text);
}

/**
 * Links that are not https. Discord's Markdown is not CommonMark, so this uses no parser: everything that looks like a
 * link counts, including inside code. Repetitions in the patterns are bounded, so that they run in linear time.
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
