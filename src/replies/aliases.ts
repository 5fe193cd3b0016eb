// Aliases in one field of a form: commas or line ends between them, quotes around one that has a comma itself.
import { LIMITS } from './draft.ts';

/**
 * The longest field in UTF-16 units: an alias of 80 code points takes up to 160 of them, or 160 where it is all quotes,
 * which are doubled; then two quotes, a comma and a blank.
 */
export const MAX_ALIASES_FIELD = LIMITS.aliases * (2 * LIMITS.alias + 4);

/** Whatever begins like a quoted alias; phones type the curly ones. */
const QUOTE = /^["“”„]/;
/** A quoted alias up to the comma or line end behind it. */
const QUOTED = /\s*(?:"((?:[^"\n]|"")*)"|[“”„]([^"“”\n]*)["“”])[^\S\n]*(?=[,\n]|$)/y;
const BARE = /[^,\n]*/y;

/** Writes aliases into a field. `readAliases` gives the same ones back. */
export function writeAliases(aliases: readonly string[]): string {
  return aliases
    .map((alias) => (alias.includes(',') || QUOTE.test(alias) ? `"${alias.replaceAll('"', '""')}"` : alias))
    .join(', ');
}

/** Reads a field, as it was typed or written. @returns them untidied; there may be empty ones */
export function readAliases(field: string): string[] {
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
