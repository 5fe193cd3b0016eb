// The conversation map: the text of its flowchart, and the places of pages in its drawing.
import { describe, expect, it } from 'vitest';
import { drawMap, layOut, NODE } from '../../src/guide/map.ts';
import type { Edition, Page } from '../../src/guide/model.ts';
import { edition, linksTo, page, webLink } from './pages.ts';

const start = page('a#start', { links: [...linksTo('a#end', 'b#more', 'a#gone'), webLink('https://example.org')] });
const end = page('a#end', { outcome: true, title: 'The "end"' });
const more = page('b#more', { links: linksTo('a#end', 'a#start') });
const lost = page('b#lost', { outcome: true, links: linksTo('b#more') });

it('draws a flowchart', () => {
  expect(drawMap(edition([start, end, more, lost], { a: 'a#start' }))).toBe(
    `flowchart LR
  subgraph a["/a"]
    ${start.code}>"Title a#start"]
    ${end.code}("The #quot;end#quot;")
  end
  subgraph b["b"]
    ${more.code}["Title b#more"]
    ${lost.code}("Title b#lost"):::lost
  end
  ${start.code} --> ${end.code}
  ${start.code} --> ${more.code}
  ${more.code} --> ${end.code}
  ${more.code} --> ${start.code}
  ${lost.code} --> ${more.code}
  classDef lost stroke-dasharray: 4
`,
  );
});

describe('the drawing', () => {
  /** Name → column, row of a sheet on which the pages are close to each other. */
  const places = (given: Edition) => layOut(given).nodes.map(({ page: { name }, x, y }) => `${name} ${x},${y}`);
  const names = (given: Edition) => layOut(given).nodes.map(({ page: { name } }) => name);

  it('has a column for each number of clicks, and one for pages that no command leads to', () => {
    const given = edition([lost, start, end, more], { a: 'a#start' });
    // Two rows of 80 px, columns of 270 px, margins of 24 px.
    expect(places(given)).toEqual(['a#start 24,72', 'a#end 294,32', 'b#more 294,112', 'b#lost 564,72']);
    expect(layOut(given)).toMatchObject({ width: 24 + 3 * NODE.width + 2 * 70 + 24, height: 24 + 2 * 80 + 24 });
  });

  it('has each pair of pages once', () => {
    const twice = page('a#start', { links: linksTo('a#end', 'a#end', 'a#gone') });
    expect(layOut(edition([twice, end], { a: 'a#start' })).edges).toEqual([{ from: twice, to: end }]);
  });

  it('has all pages in the second column if no command leads to any', () => {
    expect(places(edition([lost]))).toEqual(['b#lost 24,32']);
    expect(layOut(edition([]))).toMatchObject({ height: 80 + 48, nodes: [], edges: [] });
  });

  const many = (count: number) => {
    const pages = Array.from({ length: count }, (_, i) => page(`a#p${i}`));
    return edition([page('a#start', { links: linksTo(...pages.map(({ name }) => name)) }), ...pages], { a: 'a#start' });
  };

  it('has 18 pages in a column at most, and goes on in the next one row by row', () => {
    expect(new Set(layOut(many(18)).nodes.map(({ x }) => x))).toEqual(new Set([24, 294]));
    const { nodes, height } = layOut(many(19));
    expect(new Set(nodes.map(({ x }) => x))).toEqual(new Set([24, 294, 564]));
    expect(height).toBe(10 * 80 + 48);
    expect(nodes.slice(1, 4).map(({ page: { name } }) => name)).toEqual(['a#p0', 'a#p2', 'a#p4']);
    expect(nodes.find(({ page: { name } }) => name === 'a#p1')).toMatchObject({
      x: 564,
      y: 36,
    });
  });

  it('has pages near those that lead to them, and leaves the first pages in their order', () => {
    const leaf = (name: string) => page(name, { outcome: true });
    const from = (name: string, ...targets: string[]) => page(name, { links: linksTo(...targets) });
    const pages: Page[] = [
      from('a#one', 'a#x1', 'a#x2'),
      from('b#two', 'b#y'),
      leaf('b#y'),
      leaf('a#x2'),
      from('a#x1', 'a#z'),
      leaf('a#z'),
    ];
    expect(names(edition(pages, { a: 'a#one', b: 'b#two' }))).toEqual(['a#one', 'b#two', 'a#x2', 'a#x1', 'b#y', 'a#z']);
  });

  it('leaves a page without neighbours where it is', () => {
    const pages = [
      page('a#start'),
      page('b#start'),
      page('c#low', { links: linksTo('b#start') }),
      page('c#alone'),
      page('c#high', { links: linksTo('a#start') }),
    ];
    const starts = { a: 'a#start', b: 'b#start' };
    expect(names(edition(pages, starts))).toEqual(['a#start', 'b#start', 'c#high', 'c#alone', 'c#low']);
  });

  it('is sorted over several ranks', () => {
    // The order of the last rank decides that of the one before it, whose pages have the same neighbour above.
    const pages = [
      page('a#start', { links: linksTo('a#left', 'a#right') }),
      page('a#left', { links: linksTo('a#end-2', 'a#end-3') }),
      page('a#right', { links: linksTo('a#end-1', 'b#second') }),
      page('b#second', { links: linksTo('a#left', 'a#right') }),
      page('a#end-1', { outcome: true }),
      page('a#end-2', { outcome: true }),
      page('a#end-3', { outcome: true }),
    ];
    expect(names(edition(pages, { a: 'a#start', b: 'b#second' }))).toEqual([
      'a#start',
      'b#second',
      'a#right',
      'a#left',
      'a#end-1',
      'a#end-2',
      'a#end-3',
    ]);
  });
});
