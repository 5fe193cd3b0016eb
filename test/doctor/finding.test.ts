// The helpers of findings.
import { expect, it } from 'vitest';
import { CheckError, firstFew, hint, pass, plural, problem, skipped } from '../../src/doctor/finding.ts';

it('a finding has its level, its check and its text', () => {
  expect(pass('token', 'works')).toEqual({ level: 'ok', check: 'token', text: 'works' });
  expect(skipped('token', 'later')).toEqual({ level: 'skipped', check: 'token', text: 'later' });
  expect(hint('token', 'could be better', 'Do it.')).toEqual({
    level: 'hint',
    check: 'token',
    text: 'could be better',
    advice: 'Do it.',
    details: [],
  });
  expect(problem('token', 'broken', 'Fix it.', ['a'])).toEqual({
    level: 'problem',
    check: 'token',
    text: 'broken',
    advice: 'Fix it.',
    details: ['a'],
  });
});

it('an error of a check has a text, advice and a cause', () => {
  const cause = new Error('x');
  expect(new CheckError('broken', 'Fix it.', cause)).toMatchObject({
    name: 'CheckError',
    message: 'broken',
    advice: 'Fix it.',
    cause,
  });
});

it.each([
  [[], []],
  [
    ['a', 'b'],
    ['a', 'b'],
  ],
  [
    ['a', 'b', 'c'],
    ['a', 'b', '… and 1 more'],
  ],
  [
    ['a', 'b', 'c', 'd'],
    ['a', 'b', '… and 2 more'],
  ],
])('of the lines %j the first two are %j', (lines, expected) => {
  expect(firstFew(lines, 2)).toEqual(expected);
});

it('only one thing is singular', () => {
  expect([0, 1, 2].map((count) => plural(count, 'server'))).toEqual(['0 servers', '1 server', '2 servers']);
});
