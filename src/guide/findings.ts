// The codes of findings. `content/README.md` explains each; a test compares the two.
import { closest, distance } from 'fastest-levenshtein';
import type { Finding, SourcePosition } from './model.ts';

/** Code → level and the kind of problem. A finding's message describes the single case. */
export const FINDING_CODES = {
  G001: ['error', 'the front matter is missing or cannot be read'],
  G002: ['error', 'a key of the front matter is missing, unknown or out of its limits'],
  G003: ['error', 'a heading that does not begin a page'],
  G004: ['error', 'two pages have the same id'],
  G005: ['error', 'text outside of a page'],
  G006: ['error', 'Markdown that Discord cannot show'],
  G007: ['error', 'a page without text'],
  G008: ['error', 'a title that is empty or too long'],
  G009: ['error', 'a text that is too long'],
  G010: ['error', 'an alert that is unknown, empty or too long'],
  G011: ['error', 'a page with too many fields or with a field that is too long'],
  G012: ['error', 'a page that is too long in total'],
  G013: ['error', 'a link to a page that does not exist'],
  G014: ['error', 'a link that leads neither to a page nor to an https:// address'],
  G015: ['error', 'too many buttons'],
  G016: ['error', 'a label that is empty, too long or without a word'],
  G017: ['error', 'two buttons with the same label, or a label that the bot itself uses'],
  G018: ['error', 'two buttons that lead to the same place'],
  G019: ['error', 'a citation that sources.yaml does not list'],
  G020: ['error', 'a page without a source'],
  G021: ['warning', 'a statement of sources.yaml that no page cites'],
  G022: ['error', 'a page that no command leads to'],
  G023: ['error', 'a page that leads nowhere and is not marked as an outcome'],
  G024: ['error', 'a page from which no outcome can be reached'],
  G025: ['error', 'a page too deep below its start'],
  G026: ['warning', 'a source that was last looked at more than a year ago, or in the future'],
  G027: ['error', 'two pages with the same code'],
  G028: ['error', 'an id that is too long or has other characters than lower-case letters, digits and hyphens'],
  G029: ['error', 'a disagreement of which only one side is shown'],
  G030: ['error', 'sources.yaml cannot be read'],
  G031: ['error', 'a start page that does not exist, or a command that is used twice'],
  G032: ['error', 'two pages with the same title'],
  G033: ['error', 'a list of links that is not the end of its page'],
  G034: ['error', 'an example question of two pages, or of a page that is off-topic as well'],
  G035: ['error', 'a page that a language has and English does not have'],
  G036: ['error', 'a file that cannot be read or is not UTF-8'],
  G037: ['warning', 'a link in a text that Discord does not show as it is written'],
  G038: ['warning', 'a value that YAML cuts at a number sign'],
  G039: ['error', 'a search file that is not YAML or has the wrong shape'],
  G040: ['error', 'example questions for a page or guide that does not exist'],
  G041: ['error', 'a file in a search folder that has an unknown name'],
  G042: ['error', 'an empty list or question in a search file'],
  G043: ['error', 'a synonym or abbreviation that is not written in lower-case words'],
  G044: ['error', 'a phrase that does not map two words to one'],
  G045: ['warning', 'a word or question that is listed twice'],
  G046: ['warning', 'a page with too few example questions'],
  G047: ['warning', 'example questions under headings, as in version 1.0'],
  G048: ['warning', 'sources.yaml with the keys of version 1.0'],
  G049: ['warning', 'a content folder without search data'],
  G050: ['error', 'a subject.yaml that is not YAML or not keys with sentences'],
  G051: ['error', 'a key of subject.yaml that is missing or unknown'],
  G052: ['error', 'a sentence of subject.yaml that is not a text, is empty or too long'],
  G053: ['warning', 'a content folder without subject.yaml'],
  G054: ['warning', 'a language without a subject.yaml of its own'],
  G055: ['warning', 'a subject.yaml that is not read'],
  G056: ['warning', 'a page that is long for a phone'],
  G057: ['error', 'a renamed.yaml that is not YAML or not page names'],
  G058: ['error', 'a renamed page that still exists, or leads to no page'],
  G059: ['warning', 'a language without sentences of its own'],
  G060: ['warning', 'a translation without edition.yaml'],
  G061: ['error', 'an edition.yaml that is not YAML or has the wrong shape'],
  G062: ['warning', 'a translation that may be older than its English page'],
  G063: ['warning', 'pages that are not translated'],
  G064: ['warning', 'a translation that differs from its English page in more than words'],
  G065: ['warning', 'search data of a language that has an edition with search data of its own'],
  G066: ['error', 'titles of sources in another language that cannot be read or are of unknown sources'],
  G067: ['error', 'a folder of guides that is not named after a language'],
} as const satisfies Record<string, readonly ['error' | 'warning', string]>;

export type FindingCode = keyof typeof FINDING_CODES;

/** Creates a finding. @param message one sentence without a full stop */
export function finding(place: SourcePosition, code: FindingCode, message: string, hint?: string): Finding {
  const { path, line, column } = place;
  return { path, line, column, code, level: FINDING_CODES[code][0], message, ...(hint === undefined ? {} : { hint }) };
}

/** Formats a finding as `npm run content` and the log print it: `path:line:column CODE message (hint)`. */
export function formatFinding({ path, line, column, code, level, message, hint }: Finding): string {
  return `${path}:${line}:${column} ${code} ${level === 'warning' ? 'warning: ' : ''}${message}${hint ? ` (${hint})` : ''}`;
}

/** Returns "did you mean …?" with the closest known word; undefined if none is close. */
export function didYouMean(word: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const nearest = closest(word, known);
  return distance(word, nearest) <= Math.max(2, Math.floor(word.length / 3)) ? `did you mean ${nearest}?` : undefined;
}
