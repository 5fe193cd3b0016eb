// What a check finds: one line, and what to do about it.

/**
 * - `ok`: as it should be
 * - `hint`: the bot runs, and something could be better
 * - `problem`: the bot, or a part of it, does not work
 * - `skipped`: could not be checked, because of another finding
 */
export type Level = 'ok' | 'hint' | 'problem' | 'skipped';

/** What was looked at, as the second column shows it. */
export type Subject =
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
  readonly level: Level;
  readonly subject: Subject;
  /** One sentence, without a secret. */
  readonly text: string;
  /** Lines that belong to the sentence, such as names. */
  readonly details?: readonly string[];
  /** What to do; every hint and problem has it. */
  readonly todo?: string;
}

export const pass = (subject: Subject, text: string): DoctorFinding => ({ level: 'ok', subject, text });
export const skipped = (subject: Subject, text: string): DoctorFinding => ({ level: 'skipped', subject, text });
export const hint = (subject: Subject, text: string, todo: string, details: readonly string[] = []): DoctorFinding => ({
  level: 'hint',
  subject,
  text,
  todo,
  details,
});
export const problem = (
  subject: Subject,
  text: string,
  todo: string,
  details: readonly string[] = [],
): DoctorFinding => ({
  level: 'problem',
  subject,
  text,
  todo,
  details,
});

/** Something did not answer, so that a check cannot go on. Becomes a problem with this text and advice. */
export class Unanswered extends Error {
  override readonly name = 'Unanswered';
  readonly todo: string;

  constructor(text: string, todo: string, cause?: unknown) {
    super(text, { cause });
    this.todo = todo;
  }
}

/** The first few of many, and a line that counts the others. */
export function firstOf(lines: readonly string[], count: number): string[] {
  const left = lines.length - count;
  return left > 0 ? [...lines.slice(0, count), `… and ${left} more`] : [...lines];
}

/** `1 server`, `2 servers`. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
