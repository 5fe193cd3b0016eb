// Aliases in one field of a modal: separated by commas or line breaks, quoted if they contain a comma.
import { DRAFT_LIMITS } from './draft.ts';

/**
 * The maximum length of the field in UTF-16 units: 160 for an alias of 80 code points (or 80 quotes, which are doubled),
 * plus two quotes, a comma and a space.
 */
export const MAX_ALIASES_LENGTH = DRAFT_LIMITS.aliases * (2 * DRAFT_LIMITS.alias + 4);

/** The start of a quoted alias. Phones type curly quotes, and some languages angle quotes. */
const QUOTE = /^["“”„«]/;
/** A quoted alias, followed by a comma or line end. */
const QUOTED = /\s*(?:"((?:[^"\n]|"")*)"|[“”„«]([^"“”»\n]*)["“”»])[^\S\n]*(?=[,\n]|$)/y;
const BARE = /[^,\n]*/y;

/** Formats aliases for the field. `parseAliases` returns the same aliases. */
export function formatAliases(aliases: readonly string[]): string {
  return aliases
    .map((alias) => (alias.includes(',') || QUOTE.test(alias) ? `"${alias.replaceAll('"', '""')}"` : alias))
    .join(', ');
}

/** Parses the field. @returns aliases that are not normalized and may be empty */
export function parseAliases(field: string): string[] {
  const aliases: string[] = [];
  for (let at = 0; at <= field.length; at += 1) {
    QUOTED.lastIndex = at;
    const quoted = QUOTED.exec(field);
    BARE.lastIndex = at;
    const alias = quoted ? (quoted[1]?.replaceAll('""', '"') ?? quoted[2] ?? '') : (BARE.exec(field)?.[0] ?? '');
    aliases.push(alias);
    at += quoted ? quoted[0].length : alias.length;
  }
  return aliases;
}
