// Changes of a text's lines, as mistakes in an editor and unusual programs make them.
import fc from 'fast-check';
import { type Change, changes, texts } from './runs.ts';

const HOWS = ['remove', 'repeat', 'swap', 'insert', 'append', 'cut', 'rename', 'ends', 'indent', 'blank'] as const;

/** A text with one to four changes of its lines. */
export function changed(sources: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.tuple(sources, changes(HOWS, texts(200), 4)).map(([source, list]) => list.reduce(changeLine, source));
}

function changeLine(source: string, { how, at, other, given: text }: Change<(typeof HOWS)[number], string>): string {
  const lines = source.split('\n');
  const i = at % lines.length;
  const j = other % lines.length;
  const line = lines[i] ?? '';
  const put = (...instead: string[]) => lines.toSpliced(i, 1, ...instead).join('\n');
  switch (how) {
    case 'remove':
      return put();
    case 'repeat':
      return put(...Array.from({ length: 1 + (other % 20) }, () => line));
    case 'swap':
      return lines
        .with(i, lines[j] ?? '')
        .with(j, line)
        .join('\n');
    case 'insert':
      return put(line, text);
    case 'append':
      return put(line.slice(0, other % (line.length + 1)) + text + line.slice(other % (line.length + 1)));
    case 'cut':
      return put(line.slice(0, other % (line.length + 1)));
    case 'rename':
      return put(line.replace(/#[a-z-]+|\^[A-Z]\d+/, `${line.includes('^') ? '^' : '#'}${text}`));
    case 'ends':
      return (other % 2 === 0 ? '\u{feff}' : '') + source.replaceAll('\n', other % 3 === 0 ? '\r' : '\r\n');
    case 'indent':
      return put('> - '.repeat(other % 12) + line);
    case 'blank':
      return put(line, '', '');
  }
}
