// Aliases in one field of a modal.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatAliases, MAX_ALIASES_LENGTH, parseAliases } from '../../src/replies/aliases.ts';
import { checkDraft, normalizeDraft } from '../../src/replies/draft.ts';

const read = (field: string) => normalizeDraft({ title: 't', text: 'x', aliases: parseAliases(field) }).aliases;

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
    ['"a" \t, "b"\n"c"', ['a', 'b', 'c']],
    ['"", b', ['b']],
    ['"a\nb", c', ['"a', 'b"', 'c']],
    ['“a\nb”', ['“a', 'b”']],
    ['„a, b“, "c"', ['a, b', 'c']],
    ['\n "a, b"', ['a, b']],
  ])('%j are parsed as %j', (field, aliases) => expect(read(field)).toEqual(aliases));

  test('without commas and quotes are formatted without quotes', () => {
    expect(formatAliases(['money back', 'refund'])).toBe('money back, refund');
  });

  test.each([
    [['a, b', 'c'], '"a, b", c'],
    [['"a" b'], '"""a"" b"'],
    [['“a', '„b', '”c'], '"“a", "„b", "”c"'],
    [['5" or 6"'], '5" or 6"'],
    [[], ''],
  ])('%j are formatted as %j', (aliases, field) => expect(formatAliases(aliases)).toBe(field));

  test('that are empty are left to be normalized', () => {
    expect(parseAliases('a,,b,')).toEqual(['a', '', 'b', '']);
    expect(parseAliases('"a",')).toEqual(['a', '']);
    expect(parseAliases('')).toEqual(['']);
  });

  test('have a field that is as long as the longest ones', () => {
    expect(MAX_ALIASES_LENGTH).toBe(1640);
  });

  test('are restored by parsing, and fit into the field', () => {
    const piece = fc.constantFrom('a', ' ', '\u200B', '👩‍👩‍👧', '\n', '\uFF0C', ',', '"', '“', '”', '„', ', ', '""');
    const alias = fc.array(piece, { maxLength: 9 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(fc.array(alias, { maxLength: 10 }), (given) => {
        const draft = normalizeDraft({ title: 't', text: 'x', aliases: given });
        if (checkDraft(draft).length > 0) return;
        const field = formatAliases(draft.aliases);
        expect(read(field)).toEqual(draft.aliases);
        expect(field.length).toBeLessThanOrEqual(MAX_ALIASES_LENGTH);
      }),
      { numRuns: 300 },
    );
    for (const character of [',', '"', '😀'])
      expect(formatAliases(Array.from({ length: 10 }, () => character.repeat(80))).length).toBeLessThanOrEqual(
        MAX_ALIASES_LENGTH,
      );
  });

  test('are parsed in a time in proportion to their length, also with many quotes', () => {
    for (const piece of ['"', '",', '""x', '“', ' ']) {
      const began = performance.now();
      parseAliases(piece.repeat(100_000 / piece.length));
      expect(performance.now() - began).toBeLessThan(5000);
    }
  });
});
