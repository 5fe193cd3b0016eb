// The format of the doctor's output.
import { describe, expect, it } from 'vitest';
import { type DoctorFinding, hint, pass, problem, skipped } from '../../src/doctor/finding.ts';
import { createRedact } from '../../src/doctor/redact.ts';
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

describe('the summary', () => {
  const all: DoctorFinding[] = [
    pass('token', ''),
    pass('clock', ''),
    hint('intents', '', ''),
    problem('database', '', ''),
  ];

  it('counts the findings by level', () => {
    expect(formatSummary(all)).toBe('2 ok, 1 hint, 1 problem');
    expect(formatSummary([pass('token', ''), skipped('clock', '')])).toBe('1 ok, 0 problems, 1 skipped');
  });

  it('has exit code 0 without problems, 1 with problems, 2 if the environment is one of them', () => {
    expect(exitCodeOf(all.slice(0, 3))).toBe(0);
    expect(exitCodeOf(all)).toBe(1);
    expect(exitCodeOf([...all, problem('environment', '', '')])).toBe(2);
  });
});

describe('foreign text', () => {
  it('loses secrets, line breaks and control characters', () => {
    const redact = createRedact(['tok.en', 'pa', 'pass', '', undefined]);
    expect(redact('tok.en,\n pass\u001b[31m \u202eend')).toBe('…, … [31m end');
  });
});
