// Walking a guide: editions by locale, paths, first pages and plans.
import { describe, expect, it } from 'vitest';
import type { Content } from '../../src/guide/model.ts';
import {
  currentPage,
  editionFor,
  extendPath,
  isStart,
  pagesOf,
  pathFrom,
  planOf,
  startOf,
  startOver,
} from '../../src/guide/walk.ts';
import { edition, linksTo, page } from './pages.ts';

const one = page('a#one', { links: linksTo('a#two'), steps: ['Read', 'Write'] });
const two = page('a#two', { links: linksTo('c#shared', 'a#one'), steps: ['Write', 'Send'] });
const shared = page('c#shared', { links: linksTo('b#first') });
const first = page('b#first');
const lonely = page('b#lonely');
// A guide without a command is first.
const all = edition([shared, one, two, first, lonely], { c: 'c#shared', a: 'a#one', b: 'b#first' });
const withoutShared = {
  ...all,
  guides: all.guides.map(({ start, command, ...guide }) =>
    guide.id === 'c' || start === undefined || command === undefined ? guide : { ...guide, start, command },
  ),
};

describe('the edition for a locale', () => {
  const inLocale = (locale: string) => ({ ...all, locale });
  const contentIn = (...locales: string[]): Content => ({
    version: '',
    sources: [],
    disagreements: [],
    editions: new Map(locales.map((locale) => [locale, inLocale(locale)])),
  });

  it.each([
    ['pt-BR', ['en', 'pt', 'pt-BR'], 'pt-BR'],
    ['pt-BR', ['en', 'pt'], 'pt'],
    ['pt', ['en', 'pt-BR'], 'pt-BR'],
    ['es-419', ['en', 'es'], 'es'],
    ['hi-Latn', ['en', 'hi'], 'en'],
    ['en-GB', ['de', 'en'], 'en'],
    ['fr', ['de', 'en'], 'en'],
  ])('%s of %j is %s', (locale, locales, expected) => {
    expect(editionFor(contentIn(...locales), locale).locale).toBe(expected);
  });

  it('does not exist without English', () => {
    expect(() => editionFor(contentIn('de'), 'fr')).toThrow('without an English edition');
  });
});

describe('a path', () => {
  it('ends at the current page', () => {
    const path = pathFrom([one, two]) ?? expect.fail('no path');
    expect(currentPage(path)).toBe(two);
    expect(currentPage([one])).toBe(one);
    expect(extendPath(path, shared)).toEqual([one, two, shared]);
    expect(path).toEqual([one, two]);
    expect(pathFrom([])).toBeUndefined();
  });

  it('has the steps of its pages, in order and each once', () => {
    expect(planOf([one, shared, two, one])).toEqual(['Read', 'Write', 'Send']);
    expect(planOf([shared])).toEqual([]);
  });
});

describe('the first page', () => {
  it('is that of the command', () => {
    expect(startOf(all, 'b')).toBe(first);
    expect(startOf(all, 'd')).toBeUndefined();
    expect(startOf(edition([], { a: 'a#one' }), 'a')).toBeUndefined();
  });

  it('is a first page of any command', () => {
    expect(isStart(all, first)).toBe(true);
    expect(isStart(all, one)).toBe(true);
    expect(isStart(all, lonely)).toBe(false);
  });
});

describe('"Start over"', () => {
  it.each([
    ['the guide in which the path began', [lonely, two], first],
    ['the first guide of the path that has a command', [shared, lonely, two], first],
    ['the first guide, if no page of the path is in one', [shared], one],
    ['the first guide, if the page is gone', [page('d#gone')], one],
  ] as const)('opens %s', (_, path, expected) => {
    expect(startOver(withoutShared, pathFrom(path) ?? expect.fail('no path'))).toBe(expected);
  });

  it('stays on the first page of the path without any command, or if the first page is missing', () => {
    expect(startOver(edition([shared, two]), [shared, two])).toBe(shared);
    expect(startOver(edition([two], { a: 'a#one' }), [two])).toBe(two);
  });
});

it('lists the pages of a command, nearer pages first', () => {
  expect(pagesOf(all, 'a')).toEqual([one, two, shared, first]);
  expect(pagesOf(all, 'b')).toEqual([first]);
  expect(pagesOf(all, 'd')).toEqual([]);
});
