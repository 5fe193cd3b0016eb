// The format of the doctor's output.
import { describe, expect, it } from 'vitest';
import { type DoctorFinding, hint, pass, problem, skipped } from '../../src/doctor/finding.ts';
import { exitCodeOf, formatDoctorFinding, formatSummary } from '../../src/doctor/report.ts';

describe('a finding', () => {
  it('is one line, with details and advice below', () => {
    expect(formatDoctorFinding(pass('token', 'works'), 80)).toBe('ok       token        works');
    const text = formatDoctorFinding(
      problem('environment', 'PORT must be a number', 'Correct it.', ['one', 'two']),
      80,
    );
    expect(text.split('\n')).toEqual([
      'problem  environment  PORT must be a number',
      '                      - one',
      '                      - two',
      '                      → Correct it.',
    ]);
  });

  it('is wrapped at spaces, but not inside a link', () => {
    const address = `https://example.org/${'x'.repeat(90)}`;
    const lines = formatDoctorFinding(hint('servers', 'word '.repeat(30).trim(), `Open ${address} now.`), 80).split(
      '\n',
    );
    expect(lines.filter((line) => !line.includes(address)).every((line) => line.length <= 80)).toBe(true);
    expect(lines.slice(1).every((line) => line.startsWith(' '.repeat(22)))).toBe(true);
    expect(lines.join('\n')).toContain(`\n                        ${address}\n`);
  });
});

describe('a line', () => {
  /** The text begins in column 23. */
  const linesOf = (text: string, room: number) =>
    formatDoctorFinding(pass('clock', text), 22 + room)
      .split('\n')
      .map((line) => line.slice(22));

  it('is filled to the last column', () => {
    expect(linesOf('aaaa bbbb cc', 9)).toEqual(['aaaa bbbb', 'cc']);
    expect(linesOf('aaaa bbbb cc', 8)).toEqual(['aaaa', 'bbbb cc']);
    expect(linesOf('aaaa bbbb cc', 12)).toEqual(['aaaa bbbb cc']);
  });

  it('of details and advice is indented below its bullet', () => {
    const text = formatDoctorFinding(problem('clock', 'x', 'Do that now.', ['one two three']), 22 + 9);
    expect(text.split('\n').map((line) => line.slice(22))).toEqual([
      'x',
      '- one two',
      '  three',
      '→ Do that',
      '  now.',
    ]);
  });
});

describe('the summary', () => {
  const all: DoctorFinding[] = [
    pass('token', ''),
    pass('clock', ''),
    hint('intents', '', ''),
    problem('database', '', ''),
  ];

  it('counts the findings by level', () => {
    expect(formatSummary(all)).toBe('2 ok, 1 hint, 1 problem');
    expect(formatSummary([...all, ...all])).toBe('4 ok, 2 hints, 2 problems');
    expect(formatSummary([])).toBe('0 ok, 0 problems');
    expect(formatSummary([pass('token', ''), skipped('clock', '')])).toBe('1 ok, 0 problems, 1 skipped');
  });

  it('has exit code 0 without problems, 1 with problems, 2 if the environment is one of them', () => {
    expect(exitCodeOf(all.slice(0, 3))).toBe(0);
    expect(exitCodeOf(all)).toBe(1);
    expect(exitCodeOf([...all, problem('environment', '', '')])).toBe(2);
    expect(exitCodeOf([hint('environment', '', '')])).toBe(0);
  });
});
