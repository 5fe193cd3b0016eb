// Checks of pages and of the graph that they make: each limit from both sides.
import { describe, expect, it } from 'vitest';
import { checkEdition } from '../../src/guide/check.ts';
import { formatFinding } from '../../src/guide/findings.ts';
import type { Alert, Disagreement, Edition, Page, PageLimits } from '../../src/guide/model.ts';
import { edition, linksTo, page, webLink } from './pages.ts';

const SMALL = { fields: 1, total: 10, longestField: 5 };
const limits: PageLimits = {
  visible: { english: 100, others: 120 },
  title: 20,
  text: 30,
  alert: 10,
  steps: 12,
  label: 15,
  links: 3,
  urgentLinks: 2,
  url: 25,
  fields: 4,
  total: 50,
  ownLabels: () => ['Start over'],
  measure: () => SMALL,
};

/** The findings without the path. */
function found(given: Edition, own: Partial<PageLimits> = {}, disagreements: readonly Disagreement[] = []): string[] {
  return checkEdition(given, { ...limits, ...own }, disagreements).map((one) =>
    formatFinding(one).replace('content/en/', ''),
  );
}

const end = page('a#end', { outcome: true });
/** What is wrong with the first page of an edition that is valid otherwise. */
const foundIn = (rest: Partial<Page>, own: Partial<PageLimits> = {}, disagreements: readonly Disagreement[] = []) =>
  found(edition([page('a#start', { links: linksTo('a#end'), ...rest }), end], { a: 'a#start' }), own, disagreements);

it('finds nothing in a valid edition', () => {
  expect(foundIn({})).toEqual([]);
});

describe('guides', () => {
  const start = page('a#start', { outcome: true });

  it('begin at a page that exists', () => {
    const missing = found(edition([start], { a: 'a#strat' }));
    expect(missing).toContain('a.md:1:1 G031 The start page "strat" does not exist in this file (did you mean start?)');
  });

  it('have a command of their own', () => {
    const given = edition([start, page('b#start', { outcome: true })], { a: 'a#start', b: 'b#start' });
    const guides = given.guides.map((guide) => ({ ...guide, command: 'open' }));
    expect(found({ ...given, guides })).toEqual(['b.md:1:1 G031 Another file already has the command open']);
  });

  it('without a command need no first page, and may be several', () => {
    const pages = ['b#one', 'c#one'].map((name) => page(name, { outcome: true }));
    const first = page('a#start', { links: linksTo('b#one', 'c#one') });
    expect(found(edition([first, ...pages], { a: 'a#start' }))).toEqual([]);
  });
});

describe('two pages', () => {
  /** Two pages of one file, both first pages of some command. */
  const foundInBoth = (one: Page, two: Page) => {
    const given = edition([one, two], { a: one.name, b: two.name });
    return found({
      ...given,
      guides: given.guides.map((guide) => ({ ...guide, pages: guide.id === 'a' ? [one, two] : [] })),
    });
  };
  const one = page('a#one', { outcome: true, line: 7 });

  it('have ids, codes and titles of their own', () => {
    expect(foundInBoth(one, page('a#two', { outcome: true }))).toEqual([]);
    expect(foundInBoth(one, page('a#one', { outcome: true, line: 9 }))).toEqual([
      'a.md:9:1 G004 The id of "Title a#one" is already used in line 7',
    ]);
    expect(foundInBoth(one, page('a#two', { outcome: true, code: one.code }))).toEqual([
      'a.md:1:1 G027 a#two has the same code as a#one (give one of them another id)',
    ]);
    expect(foundInBoth(one, page('a#two', { outcome: true, title: 'TITLE a#ONE' }))).toEqual([
      'a.md:1:1 G032 The title "TITLE a#ONE" is also that of a#one (members choose pages by title)',
    ]);
  });
});

describe('the text of a page', () => {
  it.each<[string, Partial<Page>, Partial<Page>, string]>([
    ['a title', { title: '😀'.repeat(20) }, { title: '😀'.repeat(21) }, 'G008 The title has 21 characters, 20 at most'],
    ['a title', { title: ' . ' }, { title: '  ' }, 'G008 The title is empty'],
    ['a text', { text: '😀'.repeat(30) }, { text: '😀'.repeat(31) }, 'G009 The text has 31 characters, 30 at most'],
    ['a text', { text: '.' }, { text: '' }, 'G007 "Title a#start" has no text'],
    ['a source', {}, { citations: [] }, 'G020 "Title a#start" cites no source (every statement needs a source)'],
  ])('has %s within its limits', (_, good, bad, line) => {
    expect(foundIn(good)).toEqual([]);
    expect(foundIn(bad)).toEqual([`a.md:1:1 ${line}`]);
  });

  const alert = (text: string): Alert => ({
    path: 'content/en/a.md',
    line: 8,
    column: 3,
    kind: 'TIP',
    text,
    cites: [],
  });

  it('has alerts within their limit, each by itself', () => {
    expect(foundIn({ alerts: [alert('😀'.repeat(10)), alert('x'.repeat(10))] })).toEqual([]);
    expect(foundIn({ alerts: [alert('short'), alert('😀'.repeat(11))] })).toEqual([
      'a.md:8:3 G010 The alert has 11 characters, 10 at most',
    ]);
  });

  it.each([
    ['fields', 4, 'G011 The page has 5 fields, 4 at most'],
    ['longestField', 12, 'G011 The list of steps or of sources has 13 characters, 12 at most'],
    ['total', 50, 'G012 The whole page has 51 characters, 50 at most'],
  ] as const)('is measured as it is shown: %s', (what, limit, line) => {
    const measured = (size: number) => ({
      measure: (one: Page, { subject }: Edition) =>
        one.name === 'a#start' && subject.title !== '' ? { ...SMALL, [what]: size } : SMALL,
    });
    expect(foundIn({}, measured(limit))).toEqual([]);
    expect(foundIn({}, measured(limit + 1))).toEqual([`a.md:1:1 ${line}`]);
  });
});

describe('what a member reads of a page', () => {
  it.each([
    ['en', 100, 0],
    ['en', 101, 1],
    ['de', 120, 0],
    ['de', 121, 1],
  ])('in %s may have %i characters: %i warnings', (locale, visibleLength, warnings) => {
    const start = page('a#start', { visibleLength, links: linksTo('a#end') });
    const lines = found({ ...edition([start, end], { a: 'a#start' }), locale });
    expect(lines.filter((line) => line.includes('G056 warning: "Title a#start" has'))).toHaveLength(warnings);
  });
});

describe('the buttons of a page', () => {
  const web = (i: number) => webLink(`https://example.org/${i}`, `Web ${i}`);
  const [toEnd] = linksTo('a#end');
  const at = { path: 'content/en/a.md', line: 3, column: 5 };
  const button = (label: string, target = 'a#end') => ({ ...at, kind: 'page', page: target, label }) as const;

  it('are not too many', () => {
    expect(foundIn({ links: [...linksTo('a#end'), web(1), web(2)] })).toEqual([]);
    expect(foundIn({ links: [...linksTo('a#end'), web(1), web(2), web(3)] })).toEqual([
      'a.md:1:1 G015 The page has 4 buttons, 3 at most',
    ]);
  });

  it('lead to another page unless it is an outcome', () => {
    const line = 'a.md:1:1 G023 "Title a#start" leads to no other page (add a link, or mark it with .outcome)';
    expect(foundIn({ links: [web(1)] })).toContain(line);
    expect(foundIn({ links: [] })).toContain(line);
    expect(found(edition([page('a#start', { outcome: true, links: [web(1)] })], { a: 'a#start' }))).toEqual([]);
  });

  it.each([
    ['', 'G016 A label needs a word (screen readers skip emoji and punctuation)'],
    ['👍!', 'G016 A label needs a word (screen readers skip emoji and punctuation)'],
    ['x'.repeat(16), 'G016 The label has 16 characters, 15 at most'],
    ['START over', 'G017 "START over" is a label of the bot\'s own buttons'],
  ])('have a label that is shown and read: not %j', (label, line) => {
    expect(foundIn({ links: [button(label)] })).toEqual([`a.md:3:5 ${line}`]);
  });

  it.each(['7', 'ä', '日', '👍 ok', '😀'.repeat(14).concat('x')])('may have the label %j', (label) => {
    expect(foundIn({ links: [button(label)] })).toEqual([]);
  });

  it('have different labels and targets', () => {
    const more = page('a#more', { outcome: true });
    const both = (...links: Page['links']) =>
      found(edition([page('a#start', { links }), end, more], { a: 'a#start', b: 'a#more' }));
    expect(both(button('One'), button('ONE', 'a#more'))).toEqual(['a.md:3:5 G017 Two buttons are labelled "ONE"']);
    expect(both(button('One'), button('Two'))).toEqual(['a.md:3:5 G018 Two buttons lead to a#end']);
    expect(both(button('One'), web(1), { ...web(1), label: 'Other' })).toEqual([
      'a.md:1:1 G018 Two buttons lead to https://example.org/1',
    ]);
    expect(both(button('One'), button('Two', 'a#start'))).toEqual(['a.md:3:5 G018 This button leads to its own page']);
  });

  it('have an address within its limit', () => {
    const address = (length: number) => ({ ...web(1), url: 'https://example.org/'.padEnd(length, 'x') });
    const links = (length: number) => (toEnd ? [toEnd, address(length)] : []);
    expect(foundIn({ links: links(25) })).toEqual([]);
    expect(foundIn({ links: links(26) })).toEqual(['a.md:1:1 G014 The address has 26 characters, 25 at most']);
  });

  it.each([
    ['a#edn', 'a.md has no page #edn (did you mean end?)'],
    ['a#nothing-like-it', 'a.md has no page #nothing-like-it'],
    ['aa#end', 'There is no guide aa.md (did you mean a?)'],
    ['elsewhere#end', 'There is no guide elsewhere.md'],
  ])('lead to pages that exist: not %s', (target, message) => {
    expect(foundIn({ links: [...linksTo('a#end'), button('Lost', target)] })).toEqual([`a.md:3:5 G013 ${message}`]);
  });
});

describe('the sides of a disagreement', () => {
  const D1 = { id: 'D1', about: 'doors', claim: ['G01', 'G02'], authority: ['U01', 'U02'] };
  const at = { path: 'content/en/a.md', line: 5, column: 2 };
  const sides = (cites: readonly string[], ...alerts: string[][]) =>
    foundIn(
      {
        citations: cites.map((id, i) => ({ ...at, column: i + 1, id })),
        alerts: alerts.map((own) => ({ ...at, kind: 'NOTE', text: 'Both.', cites: own })),
      },
      {},
      [D1],
    );

  it('are both shown in one alert where the claim is cited', () => {
    expect(sides(['U03', 'G02', 'U02'], ['G02', 'U02'])).toEqual([]);
    expect(sides(['U02', 'G01'], ['U09'], ['U01', 'G01'])).toEqual([]);
    expect(sides(['U01'])).toEqual([]);
  });

  it('are reported without the authority', () => {
    expect(sides(['U03', 'G02'], ['G02', 'U02'])).toEqual([
      'a.md:5:2 G029 G02 is only the claim in D1 (cite U01 or U02 too)',
    ]);
  });

  it.each([[[]], [[['G02'], ['U02']]], [[['U01', 'U02']]], [[['G01', 'G02']]]])(
    'are reported if no alert has both: %j',
    (alerts) => {
      expect(sides(['G02', 'U02'], ...alerts)).toEqual([
        'a.md:5:1 G029 No alert on this page shows both sides of D1 (say whose rule counts)',
      ]);
    },
  );
});

describe('the graph of pages', () => {
  /** A chain of pages below a start: each leads to the next, and the last one is an outcome. */
  const chain = (length: number) =>
    Array.from({ length: length + 1 }, (_, i) =>
      page(`a#p${i}`, i === length ? { outcome: true } : { links: linksTo(`a#p${i + 1}`) }),
    );

  it('is 7 clicks deep at most', () => {
    expect(found(edition(chain(7), { a: 'a#p0' }))).toEqual([]);
    expect(found(edition(chain(8), { a: 'a#p0' }))).toEqual([
      'a.md:1:1 G025 "Title a#p8" is 8 clicks from its start, 7 at most',
    ]);
  });

  it('has no page that no command leads to', () => {
    const lost = page('a#lost', { links: linksTo('a#end') });
    expect(found(edition([page('a#start', { links: linksTo('a#end') }), end, lost], { a: 'a#start' }))).toEqual([
      'a.md:1:1 G022 No command leads to "Title a#lost"',
    ]);
  });

  it('leads to an outcome from everywhere', () => {
    const pages = [
      page('a#start', { links: linksTo('a#end', 'a#trap') }),
      end,
      page('a#trap', { links: [...linksTo('a#cage'), webLink('a#end')] }),
      page('a#cage', { links: linksTo('a#trap') }),
    ];
    expect(found(edition(pages, { a: 'a#start' }))).toEqual([
      'a.md:1:1 G024 No outcome can be reached from "Title a#trap"',
      'a.md:1:1 G024 No outcome can be reached from "Title a#cage"',
    ]);
  });
});
