// A few hundred short histories of the whole bot, by the command that operators use, and its promises about seeds.
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

/** Histories in each run of the tests: always the same ones, so that a failure is not by chance. */
const HISTORIES = 200;

function simulate(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/run.js', 'simulate', ...args], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr, last: stdout.trimEnd().split('\n').at(-1) };
}

describe('the simulation', { timeout: 600_000 }, () => {
  it(`finds nothing in ${HISTORIES} short histories`, () => {
    const { status, stdout, last } = simulate('--seed', '18', '--histories', `${HISTORIES}`, '--length', '40');
    expect(stdout).toMatch(/ 0 violations$/m);
    expect(last).toMatch(
      new RegExp(`^seed 18: \\d+ steps in ${HISTORIES} histories, \\d+ steps a second, 0 violations$`),
    );
    expect(status).toBe(0);
  });

  it('takes as many steps as it should, and the same ones for the same seed', () => {
    const runs = [1, 2].map(() => simulate('--seed', '3', '--steps', '100', '--length', '30').last);
    const steps = runs.map((last) => /: (\d+) steps in (\d+) histories/.exec(last ?? '')?.slice(1));
    expect(steps[0]).toEqual(steps[1]);
    expect(Number(steps[0]?.[0])).toBeGreaterThanOrEqual(100);
  });

  it('says how it is used', () => {
    const { status, stdout } = simulate('--help');
    expect(status).toBe(0);
    expect(stdout).toContain('Usage: npm run simulate');
  });

  it('says what it does not understand', () => {
    for (const args of [['--steps', 'many'], ['--sed', '1'], ['7']]) {
      const { status, stderr } = simulate(...args);
      expect(status).toBe(2);
      expect(stderr).toContain('Usage: npm run simulate');
    }
  });
});
