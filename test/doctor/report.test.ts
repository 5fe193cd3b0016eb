// How findings are printed: words first, aligned, not wider than a terminal, and a sum at the end.
import { describe, expect, it } from 'vitest';
import { type DoctorFinding, hint, pass, problem, skipped } from '../../src/doctor/finding.ts';
import { createRedact } from '../../src/doctor/foreign.ts';
import { exitCodeOf, formatDoctorFinding, formatSum } from '../../src/doctor/report.ts';

describe('a finding', () => {
  it('is a line, with what to do beneath', () => {
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

  it('is broken at spaces and hangs below itself; an address stays whole', () => {
    const address = `https://example.org/${'x'.repeat(90)}`;
    const lines = formatDoctorFinding(hint('servers', 'word '.repeat(30).trim(), `Open ${address} now.`), 80).split(
      '\n',
    );
    expect(lines.filter((line) => !line.includes(address)).every((line) => line.length <= 80)).toBe(true);
    expect(lines.slice(1).every((line) => line.startsWith(' '.repeat(22)))).toBe(true);
    expect(lines.join('\n')).toContain(`\n                        ${address}\n`);
  });
});

describe('the sum', () => {
  const all: DoctorFinding[] = [
    pass('token', ''),
    pass('clock', ''),
    hint('intents', '', ''),
    problem('database', '', ''),
  ];

  it('counts what there is', () => {
    expect(formatSum(all)).toBe('2 ok, 1 hint, 1 problem');
    expect(formatSum([pass('token', ''), skipped('clock', '')])).toBe('1 ok, 0 problems, 1 skipped');
  });

  it('is 0 without problems, 1 with some, 2 where the environment is one', () => {
    expect(exitCodeOf(all.slice(0, 3))).toBe(0);
    expect(exitCodeOf(all)).toBe(1);
    expect(exitCodeOf([...all, problem('environment', '', '')])).toBe(2);
  });
});

describe('text of others', () => {
  it('loses secrets and everything that is no plain line', () => {
    const conceal = createRedact(['tok.en', 'pa', 'pass', '', undefined]);
    expect(conceal('tok.en,\n pass\u001b[31m \u202eend')).toBe('…, … [31m end');
  });
});
