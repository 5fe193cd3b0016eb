// The conversion of sources.yaml: which characters it changes.
import { expect, it } from 'vitest';
import { renameKeysInText } from '../../src/guide/convert-keys.ts';

it.each([
  ['guide: a', 'claims-from: a', 1],
  ['# guide: b\n"guide" : a # guide', '# guide: b\nclaims-from : a # guide', 1],
  ["'guide': guide\r\nsources: []\r\n", 'claims-from: guide\r\nsources: []\r\n', 1],
  ['\uFEFFguide: a\rsources: []', '\uFEFFclaims-from: a\rsources: []', 1],
  ['\uFEFF# first\nguide: a', '\uFEFF# first\nclaims-from: a', 1],
  [
    'disagreements:\n  - {id: D1, guide: [G01], "house": [U01]}\n  - guide: [G02]\n    house : [U02]\n',
    'disagreements:\n  - {id: D1, claim: [G01], authority: [U01]}\n  - claim: [G02]\n    authority : [U02]\n',
    4,
  ],
  [
    '{guide: a, disagreements: [{guide: [G01], a: [U01]}]}',
    '{claims-from: a, disagreements: [{claim: [G01], authority: [U01]}]}',
    3,
  ],
])('renames the keys of %j', (text, expected, count) => {
  expect(renameKeysInText(text)).toEqual({ text: expected, count });
});

it.each([
  ['the new keys', 'claims-from: a\ndisagreements:\n  - claim: [G01]\n    authority: [U01]\n'],
  ['a text that is not YAML', 'guide: [\n'],
  ['a key with an escape', '"gu\\u0069de": a\n'],
  ['no keys', ''],
])('changes nothing in %s', (_, text) => {
  expect(renameKeysInText(text)).toEqual({ text, count: 0 });
});
