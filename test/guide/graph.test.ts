// The pages as a graph: distances from the first pages.
import { describe, expect, it } from 'vitest';
import { nextPages, reachableFrom } from '../../src/guide/graph.ts';
import { edition, linksTo, page, webLink } from './pages.ts';

const a = page('a#start', { links: [...linksTo('a#near', 'b#far', 'a#gone'), webLink('https://example.org')] });
const near = page('a#near', { links: linksTo('b#far', 'a#start', 'a#deep') });
const far = page('b#far', { links: linksTo('b#far') });
const deep = page('a#deep');
const alone = page('a#alone', { links: linksTo('a#start') });
const graph = edition([alone, a, near, far, deep], { a: 'a#start' });

describe('the distance of pages', () => {
  it('is counted in clicks from the commands, nearer pages first', () => {
    expect([...reachableFrom(graph)]).toEqual([
      ['a#start', 0],
      ['a#near', 1],
      ['b#far', 1],
      ['a#deep', 2],
    ]);
  });

  it('is that from the nearest of several commands', () => {
    const two = edition([a, near, far, deep], { a: 'a#start', b: 'a#near', c: 'c#missing' });
    expect([...reachableFrom(two)]).toEqual([
      ['a#start', 0],
      ['a#near', 0],
      ['b#far', 1],
      ['a#deep', 1],
    ]);
  });

  it('can be counted from other pages', () => {
    expect([...reachableFrom(graph, ['b#far'])]).toEqual([['b#far', 0]]);
    expect([...reachableFrom(graph, ['a#gone'])]).toEqual([]);
    expect([...reachableFrom(graph, [])]).toEqual([]);
  });
});

describe('the next pages', () => {
  it('are those that the buttons open and that exist', () => {
    expect(nextPages(a, graph.pages)).toEqual([near, far]);
    expect(nextPages(deep, graph.pages)).toEqual([]);
    expect(nextPages(undefined, graph.pages)).toEqual([]);
  });
});
