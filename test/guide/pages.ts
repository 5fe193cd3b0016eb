// Pages, guides and editions built by hand, for functions that take them.
import type { Edition, Guide, Link, Page } from '../../src/guide/model.ts';
import { pageCode } from '../../src/guide/parse.ts';
import { NO_SEARCH_DATA } from '../../src/guide/search-data.ts';
import { neutralSubject } from '../../src/guide/subject.ts';

const place = (file: string) => ({ path: `content/en/${file}.md`, line: 1, column: 1 });

/** A page with a text, a citation and nothing else. @param name `file#id` */
export function page(name: string, rest: Partial<Page> = {}): Page {
  const [guide = ''] = name.split('#');
  return {
    ...place(guide),
    name,
    code: pageCode(name),
    guide,
    title: `Title ${name}`,
    outcome: false,
    costly: false,
    urgent: false,
    questions: [],
    text: 'A text.',
    alerts: [],
    steps: [],
    visibleLength: 7,
    links: [],
    citations: [{ ...place(guide), id: 'U01' }],
    sources: [],
    isOnlyClaimed: false,
    ...rest,
  };
}

/** Buttons that open pages, each labelled with the page's name. */
export function linksTo(...names: string[]): Link[] {
  return names.map((name) => ({ ...place('a'), kind: 'page', page: name, label: `To ${name}` }));
}

/** A button that opens an address. */
export function webLink(url: string, label = `Web ${url}`): Link {
  return { ...place('a'), kind: 'web', url, label };
}

/**
 * An edition of pages, with a guide for each file.
 * @param starts file → its first page; the command has the name of the file
 */
export function edition(pages: readonly Page[], starts: Readonly<Record<string, string>> = {}): Edition {
  const ids = [...new Set([...Object.keys(starts), ...pages.map(({ guide }) => guide)])];
  const guides = ids.map((id): Guide => {
    const start = starts[id];
    const own = pages.filter(({ guide }) => guide === id);
    const head = start === undefined ? {} : { command: id, start };
    return { id, path: place(id).path, description: `About ${id}`, pages: own, ...head };
  });
  return {
    locale: 'en',
    subject: neutralSubject([], undefined),
    guides,
    pages: new Map(pages.map((one) => [one.name, one])),
    codes: new Map(pages.map((one) => [one.code, one])),
    renamed: new Map(),
    search: NO_SEARCH_DATA,
  };
}
