// The dates in `sources.yaml`: as precise as they are known, and none that does not exist.
import { expect, it } from 'vitest';
import { load, SOURCES } from './sample.ts';

const published = (date: string) => load({ 'sources.yaml': SOURCES.replace('2025-01-11', `"${date}"`) });

it.each(['2025', '2025-12', '2024-02-29'])('a source may be published in %s', (date) => {
  expect(published(date).findings).toEqual([]);
});

it.each(['2025-13', '2025-00', '2025-02-29', '2025-12-32'])('a source cannot be published in %s', (date) => {
  const { content, findings } = published(date);
  expect(content).toBeUndefined();
  expect(findings).toMatchObject([{ level: 'error', message: expect.stringContaining('must be a date that exists') }]);
});
