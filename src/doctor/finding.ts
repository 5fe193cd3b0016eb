// The result of a check: one line, and what to do about it.

/**
 * - `ok`: nothing to do
 * - `hint`: the bot works, but something could be better
 * - `problem`: the bot, or part of it, does not work
 * - `skipped`: could not be checked
 */
export type DoctorLevel = 'ok' | 'hint' | 'problem' | 'skipped';

/** What was checked, as shown in the second column. */
export type CheckName =
  | 'Node.js'
  | 'environment'
  | 'content'
  | 'database'
  | 'token'
  | 'clock'
  | 'public key'
  | 'endpoint'
  | 'intents'
  | 'invites'
  | 'servers'
  | 'permissions'
  | 'commands'
  | 'gateway';

export interface DoctorFinding {
  readonly level: DoctorLevel;
  readonly check: CheckName;
  /** One sentence. Contains no secrets. */
  readonly text: string;
  /** Lines below the sentence, such as names. */
  readonly details?: readonly string[];
  /** What to do. Every hint and problem has it. */
  readonly advice?: string;
}

/** A finding of level `ok`. @param text one sentence */
export const pass = (check: CheckName, text: string): DoctorFinding => ({ level: 'ok', check, text });
/** A finding of level `skipped`. @param text why */
export const skipped = (check: CheckName, text: string): DoctorFinding => ({
  level: 'skipped',
  check,
  text,
});
/** A finding of level `hint`. @param text what could be better @param advice what to do */
export const hint = (
  check: CheckName,
  text: string,
  advice: string,
  details: readonly string[] = [],
): DoctorFinding => ({
  level: 'hint',
  check,
  text,
  advice,
  details,
});
/** A finding of level `problem`. @param text what does not work @param advice what to do */
export const problem = (
  check: CheckName,
  text: string,
  advice: string,
  details: readonly string[] = [],
): DoctorFinding => ({
  level: 'problem',
  check,
  text,
  advice,
  details,
});

/** A check can't go on, for example because Discord didn't respond. Becomes a problem with this text and advice. */
export class CheckError extends Error {
  override readonly name = 'CheckError';
  readonly advice: string;

  constructor(text: string, advice: string, cause?: unknown) {
    super(text, { cause });
    this.advice = advice;
  }
}

/** The first lines, and a last one with the number of the others. */
export function firstFew(lines: readonly string[], count: number): string[] {
  const left = lines.length - count;
  return left > 0 ? [...lines.slice(0, count), `… and ${left} more`] : [...lines];
}

/** `1 server`, `2 servers`. */
export const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
