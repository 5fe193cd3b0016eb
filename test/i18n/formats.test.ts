// Dates and numbers as a reader of a language writes them.
import { describe, expect, it } from 'vitest';
import { createInsightsFormat } from '../../commands/insights/format.ts';
import { showDate, showDay } from '../../src/i18n/dates.ts';
import { en } from '../../src/i18n/en.ts';
import { showNumber } from '../../src/i18n/numbers.ts';

describe('dates and numbers', () => {
  it('are shown in the language of the text around them', () => {
    expect(showDate('2025-01-11', 'en')).toBe('11 Jan 2025');
    expect(showDate('2025-01', 'en')).toBe('Jan 2025');
    expect(showDate('2025', 'en')).toBe('2025');
    expect(showDay('2025-11-03', 'en')).toBe('3 Nov');
    expect(showNumber(12_345.6, 'en')).toBe('12,346');
    expect(showNumber(12_345.6, 'de')).toBe('12.346');
  });

  it('create one format for each language, however often they are shown', () => {
    let created = 0;
    const { NumberFormat, DateTimeFormat } = Intl;
    const counting = <T extends new (...given: never[]) => object>(format: T) =>
      new Proxy(format, {
        construct(...given) {
          created += 1;
          return Reflect.construct(...given);
        },
      });
    Object.assign(Intl, { NumberFormat: counting(NumberFormat), DateTimeFormat: counting(DateTimeFormat) });
    for (let i = 0; i < 50; i++) {
      const showing = createInsightsFormat(en, 'uk', () => undefined);
      showing.count(i);
      showing.day('2025-11-03');
    }
    Object.assign(Intl, { NumberFormat, DateTimeFormat });
    expect(created).toBe(2);
  });
});
