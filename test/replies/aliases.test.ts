import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_ALIASES_FIELD, readAliases, writeAliases } from '../../src/replies/aliases.ts';
import { checkDraft, normalizeDraft } from '../../src/replies/draft.ts';

const read = (field: string) => normalizeDraft({ title: 't', text: 'x', aliases: readAliases(field) }).aliases;

describe('aliases in a field', () => {
  test.each([
    ['money back, chargeback\n refund ,', ['money back', 'chargeback', 'refund']],
    ['', []],
    [' , ,\n', []],
    ['"wait, can i get it back", money', ['wait, can i get it back', 'money']],
    ['money,"wait, what" \n x', ['money', 'wait, what', 'x']],
    ['“wait, what”, „so, so“', ['wait, what', 'so, so']],
    ['"say ""hi"", please"', ['say "hi", please']],
    ['"where" is it, b', ['"where" is it', 'b']],
    ['"not closed, b', ['"not closed', 'b']],
    ['5" or 6", b', ['5" or 6"', 'b']],
  ])('%j are %j', (field, aliases) => expect(read(field)).toEqual(aliases));

  test('without commas and quotes are written as people type them', () => {
    expect(writeAliases(['money back', 'refund'])).toBe('money back, refund');
  });

  test('come back as they were, whatever they are, and fit', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 8 }),
      fc.constantFrom(',', '"', '“', '”', ', ', '""'),
    );
    const alias = fc.array(piece, { maxLength: 9 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(fc.array(alias, { maxLength: 10 }), (given) => {
        const draft = normalizeDraft({ title: 't', text: 'x', aliases: given });
        if (checkDraft(draft).length > 0) return;
        const field = writeAliases(draft.aliases);
        expect(read(field)).toEqual(draft.aliases);
        expect(field.length).toBeLessThanOrEqual(MAX_ALIASES_FIELD);
      }),
      { numRuns: 1000 },
    );
    for (const sign of [',', '"', '😀'])
      expect(writeAliases(Array.from({ length: 10 }, () => sign.repeat(80))).length).toBeLessThanOrEqual(
        MAX_ALIASES_FIELD,
      );
  });

  test('take little time to read, quotes without end too', () => {
    for (const piece of ['"', '",', '""x', '“', ' ']) {
      const began = performance.now();
      readAliases(piece.repeat(4000 / piece.length));
      expect(performance.now() - began).toBeLessThan(500);
    }
  });
});
