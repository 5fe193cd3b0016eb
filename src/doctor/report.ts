// Formats findings as text: one line each, the advice below, and a summary at the end.
import { type DoctorFinding, type DoctorLevel, plural } from './finding.ts';

const LEVEL_WIDTH = 'problem'.length;
const CHECK_WIDTH = 'environment'.length;
const INDENT = ' '.repeat(LEVEL_WIDTH + CHECK_WIDTH + 4);
const ARROW = '→ ';

/**
 * A finding in lines of at most `width` characters. Long words, such as URLs, are never broken.
 */
export function formatDoctorFinding(
  { level, check, text, details = [], advice }: DoctorFinding,
  width: number,
): string {
  const room = width - INDENT.length;
  const [first = '', ...others] = wrap(text, room);
  const lines = [
    `${level.padEnd(LEVEL_WIDTH)}  ${check.padEnd(CHECK_WIDTH)}  ${first}`,
    ...others.map((line) => `${INDENT}${line}`),
    ...details.flatMap((detail) => hangingIndent('- ', detail, room)),
    ...(advice === undefined ? [] : hangingIndent(ARROW, advice, room)),
  ];
  return lines.join('\n');
}

/** The last line, such as `11 ok, 1 hint, 1 problem`. */
export function formatSummary(findings: readonly DoctorFinding[]): string {
  const count = (level: DoctorLevel) => findings.filter((finding) => finding.level === level).length;
  return [
    `${count('ok')} ok`,
    ...(count('hint') > 0 ? [plural(count('hint'), 'hint')] : []),
    plural(count('problem'), 'problem'),
    ...(count('skipped') > 0 ? [`${count('skipped')} skipped`] : []),
  ].join(', ');
}

/** The exit code: 2 if the environment is not valid, 1 for other problems, otherwise 0. */
export function exitCodeOf(findings: readonly DoctorFinding[]): 0 | 1 | 2 {
  const problems = findings.filter(({ level }) => level === 'problem');
  if (problems.some(({ check }) => check === 'environment')) return 2;
  return problems.length > 0 ? 1 : 0;
}

function hangingIndent(bullet: string, text: string, room: number): string[] {
  return wrap(text, room - bullet.length).map(
    (line, at) => `${INDENT}${at === 0 ? bullet : ' '.repeat(bullet.length)}${line}`,
  );
}

function wrap(text: string, room: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > room) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
