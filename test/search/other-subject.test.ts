// The search over a guide on an invented subject: nothing in it depends on the guide that is shipped.
import { describe, expect, it } from 'vitest';
import { NO_SEARCH_DATA } from '../../src/guide/search-data.ts';
import { type Answerer, createAnswerer } from '../../src/search/answerer.ts';
import { museum } from './museum.ts';

function offered(answerer: Answerer, text: string): string[] {
  const verdict = answerer.ask(text);
  if (verdict.kind === 'declined') return [];
  const candidates = verdict.kind === 'sure' ? [verdict.page, ...verdict.others] : verdict.pages;
  return candidates.map(({ page }) => page);
}

describe('a guide on another subject', () => {
  const answerer = createAnswerer(museum());

  it.each([
    ['how expensive are tickets for students', 'visit#tickets'],
    ['what are your opening hours on sunday', 'visit#hours'],
    ['can my dog ride on the tram', 'visit#dogs'],
    ['i would like to drive an old tram', 'ride#driving'],
    ['is there a ramp for my wheelchair', 'ride#wheelchair'],
    ['how do i join the volunteers in the workshop', 'help#volunteer'],
  ])('answers "%s"', (text, page) => {
    expect(answerer.rank(text).candidates[0]?.page).toBe(page);
    expect(offered(answerer, text)[0]).toBe(page);
  });

  it.each([
    'how do i close my upwork account',
    'my facebook was hacked',
    'what is the weather like in manila',
    'hello, how are you today',
    'who is the president',
    'qwertz uiop asdf',
  ])('declines "%s"', (text) => {
    expect(answerer.ask(text).kind).toBe('declined');
  });

  it.each([
    ['a synonym', 'is a poodle welcome', 'visit#dogs'],
    ['an abbreviation', 'tix online pls', 'visit#tickets'],
    ['a phrase', 'push chair on the tram', 'ride#wheelchair'],
    ['a word of another language', 'perro on the tram', 'visit#dogs'],
  ])('understands %s from its own search data', (_, text, page) => {
    expect(offered(answerer, text)).toContain(page);
    const withoutData = createAnswerer(museum('en', NO_SEARCH_DATA));
    const scoreIn = (one: Answerer) => one.rank(text).candidates.find((candidate) => candidate.page === page)?.score;
    expect(scoreIn(answerer)).toBeGreaterThan(scoreIn(withoutData) ?? 1);
  });

  it('works without search data', () => {
    const bare = createAnswerer(museum('en', NO_SEARCH_DATA));
    expect(offered(bare, 'where can i buy tickets online')[0]).toBe('visit#tickets');
    expect(bare.ask('мой аккаунт заблокирован').kind).toBe('declined');
  });
});

describe('the locale of an edition', () => {
  it('chooses English rules for English: inflected forms have one stem', () => {
    const { analyzer } = createAnswerer(museum('en-GB'));
    expect(analyzer.contentStems('The dogs were barking')).toEqual(analyzer.contentStems('dog barks'));
  });

  it('chooses neutral rules for a language without rules of its own', () => {
    const { analyzer } = createAnswerer(museum('tlh'));
    expect(analyzer.contentStems('The dogs were')).toEqual(['the', 'dogs', 'were']);
  });

  it('is the language of a question in known words, unlike one in unknown words', () => {
    const answerer = createAnswerer(museum('tlh'));
    expect(answerer.rank('where can i buy tickets').language).toBe('tlh');
    expect(answerer.rank('wo gibt es hier etwas zu essen').language).toBe('other');
  });
});
