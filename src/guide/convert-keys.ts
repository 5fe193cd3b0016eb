// The conversion of sources.yaml: the keys of 1.0 get their new names, and all else stays as it is.
import { LineCounter } from 'yaml';
import { normalizeText, splitLines } from './characters.ts';
import { renameOldKeys } from './format-1.0.ts';
import { Positions, readYaml } from './yaml.ts';

/** @param text sources.yaml exactly as in the file @returns the new text, and how many keys it renames */
export function renameKeysInText(text: string): { text: string; count: number } {
  const lines = new LineCounter();
  const yaml = readYaml(normalizeText(text), lines);
  if ('problem' in yaml) return { text, count: 0 };
  const positions = new Positions('', yaml.document, lines);
  const keys = [...renameOldKeys(yaml.value).renamed].map(([path, old]) => ({
    place: positions.ofKey(old),
    from: String(old.at(-1)),
    to: path.slice(path.lastIndexOf(',') + 1),
  }));
  // From the end: two keys may be in one line.
  keys.sort((a, b) => b.place.line - a.place.line || b.place.column - a.place.column);
  const rows = splitLines(text);
  let count = 0;
  for (const { place, from, to } of keys) {
    const row = rows[place.line - 1] ?? '';
    const mark = place.line === 1 && row.startsWith('\uFEFF') ? 1 : 0;
    const start = place.column - 1 + mark;
    const quote = /["']/.exec(row[start] ?? '')?.[0] ?? '';
    if (!row.startsWith(`${quote}${from}${quote}`, start)) continue;
    rows[place.line - 1] = `${row.slice(0, start)}${to}${row.slice(start + from.length + 2 * quote.length)}`;
    count++;
  }
  return { text: rows.join(''), count };
}
