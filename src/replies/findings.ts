// The codes of findings in imported files.
import type { Finding, SourcePosition } from '../guide/model.ts';

/** Nobody fixes more at a time, and a crafted file could have a hundred thousand. */
export const MAX_FINDINGS = 100;

/** Code → level and description. The message of a finding has the details. */
export const IMPORT_FINDING_CODES = {
  F001: ['error', 'a file that is not text'],
  F002: ['error', 'a file that is not Markdown'],
  F003: ['error', 'a file that is too large'],
  F004: ['error', 'a file without a reply'],
  F005: ['error', 'text that does not belong to a reply'],
  F006: ['error', 'a heading that does not start a reply'],
  F007: ['error', 'an id that is neither the name of a page nor lowercase letters, digits and hyphens'],
  F008: ['error', 'two replies with the same id'],
  F009: ['error', 'a title that is empty or too long'],
  F010: ['error', 'a reply without text'],
  F011: ['error', 'a text that is too long'],
  F012: ['error', 'too many aliases, or an alias that is too long'],
  F013: ['error', 'a link that does not begin with https://'],
  F014: ['error', 'a code block that is not closed'],
  F015: ['warning', 'an override of a page that does not exist'],
  F016: ['error', 'a character that can’t be saved'],
} as const satisfies Record<string, readonly ['error' | 'warning', string]>;

export type ImportFindingCode = keyof typeof IMPORT_FINDING_CODES;

/** @param message one sentence without a full stop */
export function importFinding(
  position: SourcePosition,
  code: ImportFindingCode,
  message: string,
  hint?: string,
): Finding {
  const { path, line, column } = position;
  return {
    path,
    line,
    column,
    code,
    level: IMPORT_FINDING_CODES[code][0],
    message,
    ...(hint === undefined ? {} : { hint }),
  };
}
