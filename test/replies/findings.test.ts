// The codes of findings in imported files.
import { expect, it } from 'vitest';
import { IMPORT_FINDING_CODES, importFinding } from '../../src/replies/findings.ts';

const place = { path: 'faq.md', line: 3, column: 7 };

it('has finding codes without gaps', () => {
  expect(Object.keys(IMPORT_FINDING_CODES)).toEqual(
    Array.from({ length: 16 }, (_, i) => `F${String(i + 1).padStart(3, '0')}`),
  );
});

it('describes each code once, and only warns of an override of a page that does not exist', () => {
  const all = Object.entries(IMPORT_FINDING_CODES);
  expect(new Set(all.map(([, [, about]]) => about)).size).toBe(all.length);
  for (const [code, [level]] of all) expect(level).toBe(code === 'F015' ? 'warning' : 'error');
});

it('creates a finding with the level of its code, and with a hint if there is one', () => {
  expect(importFinding(place, 'F006', 'wrong')).toStrictEqual({
    ...place,
    code: 'F006',
    level: 'error',
    message: 'wrong',
  });
  expect(importFinding(place, 'F015', 'odd', 'do this')).toStrictEqual({
    ...place,
    code: 'F015',
    level: 'warning',
    message: 'odd',
    hint: 'do this',
  });
});

it('takes nothing but the position from what it is created for', () => {
  const section = { ...place, start: 1, heading: undefined, from: 2, to: 3 };
  expect(Object.keys(importFinding(section, 'F006', 'wrong'))).toEqual([
    'path',
    'line',
    'column',
    'code',
    'level',
    'message',
  ]);
});
