// A name written from right to left inside a sentence.
import { expect, it } from 'vitest';
import { isolate } from '../../src/i18n/isolation.ts';

it.each(['', 'Refunds', 'Возврат', 'वापसी', '返金', '12 😀 ?!'])('leaves “%s” as it is', (text) => {
  expect(isolate(text)).toBe(text);
});

it.each(['החזר', 'استرداد', 'واپسی', 'Refund استرداد 12', 'ܣܘܪܝܝܐ', 'ދިވެހި'])(
  'keeps the words around “%s” in their order',
  (text) => {
    // First Strong Isolate and Pop Directional Isolate (Unicode Standard Annex 9).
    expect(isolate(text)).toBe(`\u2068${text}\u2069`);
  },
);
