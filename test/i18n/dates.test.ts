// Dates as a reader of a language writes them.
import { describe, expect, it } from 'vitest';
import { showDate, showDay, showDayInFigures, showDays } from '../../src/i18n/dates.ts';
import { formatsCreatedBy } from './counted-formats.ts';

describe('a date', () => {
  it.each([
    ['2025-01-11', 'en', '11 Jan 2025'],
    ['2025-01', 'en', 'Jan 2025'],
    ['2025', 'en', '2025'],
    ['2024-12-31', 'en', '31 Dec 2024'],
    ['2025-01-01', 'en-US', 'Jan 1, 2025'],
    ['2025-01-11', 'de', '11. Jan. 2025'],
    ['2025-01', 'de', 'Jan. 2025'],
  ])('%s in %s is %s', (date, language, shown) => {
    expect(showDate(date, language)).toBe(shown);
  });

  it.each([
    ['2025-11-03', 'en', '3 Nov'],
    ['2025-01-01', 'en', '1 Jan'],
    ['2025-01-01', 'de', '1. Jan.'],
  ])('%s in %s without its year is %s', (date, language, shown) => {
    expect(showDay(date, language)).toBe(shown);
  });

  it.each([
    ['2025-11-03', 'en', '03/11'],
    ['2025-11-03', 'de', '3.11.'],
    ['2025-11-03', 'bn', '3/11'],
    ['2025-11-03', 'ar', '3/11'],
  ])('%s in %s in figures is %s', (date, language, shown) => {
    expect(showDayInFigures(date, language)).toBe(shown);
  });

  it.each([
    ['2025-10-28', '2025-11-03', 'en', '28 Oct – 3 Nov'],
    ['2025-11-03', '2025-11-09', 'en', '3 – 9 Nov'],
    ['2025-11-03', '2025-11-03', 'en', '3 Nov'],
    ['2025-12-28', '2026-01-03', 'en', '28 Dec 2025 – 3 Jan 2026'],
    ['2025-10-28', '2025-11-03', 'de', '28. Okt. – 3. Nov.'],
  ])('%s to %s in %s is %s', (first, last, language, shown) => {
    expect(showDays(first, last, language).replaceAll('\u2009', ' ')).toBe(shown);
  });

  it('creates one format for each language and kind, however often it is shown', () => {
    const created = formatsCreatedBy(() => {
      for (let i = 0; i < 5; i++) {
        for (const language of ['fi', 'nl']) {
          showDay('2025-11-03', language);
          showDate('2025-11-03', language);
          showDate('2025-11', language);
          showDays('2025-11-03', '2025-11-09', language);
        }
      }
    });
    expect(created).toBe(6);
  });
});
