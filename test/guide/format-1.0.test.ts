// The keys of version 1.0 in sources.yaml, and their new names.
import { describe, expect, it } from 'vitest';
import { renameOldKeys } from '../../src/guide/format-1.0.ts';

describe('old keys', () => {
  it('get their new names, with the paths that they have in the file', () => {
    const { value, renamed } = renameOldKeys({
      guide: 'paper',
      sources: [{ guide: 1 }],
      disagreements: [
        { id: 'D1', about: 'doors', guide: ['G01'], house: ['U01'] },
        { id: 'D2', claim: ['G02'], authority: ['U02'], guides: 1 },
        'text',
        null,
        ['guide'],
        { guide: ['G03'], authority: ['U03'] },
      ],
    });
    expect(value).toEqual({
      'claims-from': 'paper',
      sources: [{ guide: 1 }],
      disagreements: [
        { id: 'D1', about: 'doors', claim: ['G01'], authority: ['U01'] },
        { id: 'D2', claim: ['G02'], authority: ['U02'], guides: 1 },
        'text',
        null,
        ['guide'],
        { claim: ['G03'], authority: ['U03'] },
      ],
    });
    expect(Object.fromEntries(renamed)).toEqual({
      'claims-from': ['guide'],
      'disagreements,0,claim': ['disagreements', 0, 'guide'],
      'disagreements,0,authority': ['disagreements', 0, 'house'],
      'disagreements,5,claim': ['disagreements', 5, 'guide'],
    });
  });

  it('are renamed without disagreements', () => {
    expect(renameOldKeys({ guide: 'a', disagreements: { guide: 'b' } })).toEqual({
      value: { 'claims-from': 'a', disagreements: { guide: 'b' } },
      renamed: new Map([['claims-from', ['guide']]]),
    });
  });

  it.each([null, undefined, 'guide', 7, [{ guide: 'a' }], { 'claims-from': 'a', disagreements: [] }])(
    'are not in %j',
    (value) => {
      expect(renameOldKeys(value)).toEqual({ value, renamed: new Map() });
    },
  );
});
