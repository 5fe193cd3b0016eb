// Every code that an imported file can get, beside those of the guides.
import type { Finding, SourcePosition } from '../guide/model.ts';

/** Nobody fixes more at once, and a file can be made to have a hundred thousand. */
export const MAX_FINDINGS = 100;

/** Code → level and what is wrong in general. The message of a single finding says it in particular. */
export const IMPORT_FINDING_CODES = {
  F001: ['error', 'a file that is not text'],
  F002: ['error', 'a file that is no Markdown'],
  F003: ['error', 'a file that is too large'],
  F004: ['error', 'a file without a reply'],
  F005: ['error', 'text that belongs to no reply'],
  F006: ['error', 'a heading that opens no reply'],
  F007: ['error', 'an id that is neither a page of the guides nor small letters, digits and hyphens'],
  F008: ['error', 'two replies with the same id'],
  F009: ['error', 'a title that is empty or too long'],
  F010: ['error', 'a reply without text'],
  F011: ['error', 'a text that is too long'],
  F012: ['error', 'too many aliases, or an alias that is too long'],
  F013: ['error', 'a link that does not begin with https://'],
  F014: ['error', 'a code block that is not closed'],
  F015: ['warning', 'words over a page that the guides do not have'],
  F016: ['error', 'a character that is no text'],
} as const satisfies Record<string, readonly ['error' | 'warning', string]>;

export type ImportFindingCode = keyof typeof IMPORT_FINDING_CODES;

/** A finding at a place. `message` is one sentence without a full stop. */
export function importFinding(place: SourcePosition, code: ImportFindingCode, message: string, hint?: string): Finding {
  const { path, line, column } = place;
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
