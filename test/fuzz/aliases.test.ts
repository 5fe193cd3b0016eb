// Aliases in a field of a modal: any that can be saved are restored by parsing.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatAliases, MAX_ALIASES_LENGTH, parseAliases } from '../../src/replies/aliases.ts';
import { checkDraft, normalizeDraft } from '../../src/replies/draft.ts';
import { runs, TIMEOUT_MS, texts } from './runs.ts';

const normalize = (aliases: readonly string[]) => normalizeDraft({ title: 't', text: 'x', aliases });

it('restores aliases, which fit into the field', { timeout: TIMEOUT_MS }, () => {
  fc.assert(
    fc.property(fc.array(texts(80), { maxLength: 10 }), (given) => {
      const draft = normalize(given);
      if (checkDraft(draft).length > 0) return;
      const field = formatAliases(draft.aliases);
      expect(normalize(parseAliases(field)).aliases).toEqual(draft.aliases);
      expect(field.length).toBeLessThanOrEqual(MAX_ALIASES_LENGTH);
    }),
    runs(1000),
  );
});
