// Dates as a reader of a language writes them.
import { describe, expect, it } from 'vitest';
import { showDate, showDay } from '../../src/i18n/dates.ts';
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

  it('creates one format for each language and kind, however often it is shown', () => {
    const created = formatsCreatedBy(() => {
      for (let i = 0; i < 5; i++) {
        for (const language of ['uk', 'nl']) {
          showDay('2025-11-03', language);
          showDate('2025-11-03', language);
          showDate('2025-11', language);
        }
      }
    });
    expect(created).toBe(6);
  });
});
