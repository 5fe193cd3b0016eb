// Findings as text: one line each, what to do beneath, and a sum at the end.
import type { DoctorFinding, Level } from './finding.ts';

const LEVEL_WIDTH = 'problem'.length;
const SUBJECT_WIDTH = 'environment'.length;
const INDENT = ' '.repeat(LEVEL_WIDTH + SUBJECT_WIDTH + 4);
const ARROW = '→ ';

/**
 * A finding as it is printed, in lines of at most `width` characters; what has no space in it, such as an address, is
 * never broken.
 */
export function formatDoctorFinding(
  { level, subject, text, details = [], todo }: DoctorFinding,
  width: number,
): string {
  const room = width - INDENT.length;
  const [first = '', ...others] = wrap(text, room);
  const lines = [
    `${level.padEnd(LEVEL_WIDTH)}  ${subject.padEnd(SUBJECT_WIDTH)}  ${first}`,
    ...others.map((line) => `${INDENT}${line}`),
    ...details.flatMap((detail) => hanging('- ', detail, room)),
    ...(todo === undefined ? [] : hanging(ARROW, todo, room)),
  ];
  return lines.join('\n');
}

/** The last line, such as `11 ok, 1 hint, 1 problem`. What there is none of is left out. */
export function formatSum(findings: readonly DoctorFinding[]): string {
  const count = (level: Level) => findings.filter((finding) => finding.level === level).length;
  const plural = (n: number, word: string) => `${n} ${word}${n === 1 ? '' : 's'}`;
  return [
    `${count('ok')} ok`,
    ...(count('hint') > 0 ? [plural(count('hint'), 'hint')] : []),
    plural(count('problem'), 'problem'),
    ...(count('skipped') > 0 ? [`${count('skipped')} skipped`] : []),
  ].join(', ');
}

/** The exit code: 2 where the environment cannot be used, 1 with another problem, else 0. */
export function exitCodeOf(findings: readonly DoctorFinding[]): 0 | 1 | 2 {
  const problems = findings.filter(({ level }) => level === 'problem');
  if (problems.some(({ subject }) => subject === 'environment')) return 2;
  return problems.length > 0 ? 1 : 0;
}

function hanging(sign: string, text: string, room: number): string[] {
  return wrap(text, room - sign.length).map(
    (line, at) => `${INDENT}${at === 0 ? sign : ' '.repeat(sign.length)}${line}`,
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
