// Content in the format of version 1.0: it is served as before, and its conversion keeps what members get.
import { describe, expect, it } from 'vitest';
import { createContext } from '../../src/discord/render-context.ts';
import { renderPage } from '../../src/discord/views/page.ts';
import { pageLimits } from '../../src/discord/views/page-limits.ts';
import { convertContent, isSameContent } from '../../src/guide/convert.ts';
import { nextPages } from '../../src/guide/graph.ts';
import { loadContent } from '../../src/guide/load.ts';
import { currentPage, extendPath, type Path, startOf } from '../../src/guide/walk.ts';
import { contentOf, filesOf1, loadFiles } from './content-1.0.ts';
import { files, GUIDE, OTHER, SOURCES, SUBJECT, TODAY } from './sample.ts';

const before = await filesOf1();
const contentBefore = contentOf(before);
const withChanges = (files: ReadonlyMap<string, string>) => {
  const { changed } = convertContent(files);
  return new Map([...files, ...changed]);
};
const textOf = (files: ReadonlyMap<string, string>, file: string) => files.get(file) ?? '';
const codesIn = (files: ReadonlyMap<string, string>) =>
  loadFiles(files).findings.map(({ code, path }) => `${code} ${path}`);

describe('content in the format of 1.0', () => {
  it('is served, with one warning for each file and kind', () => {
    expect(loadFiles(before).content).toBeDefined();
    const formats = codesIn(before).filter((line) => /^G04[789]/.test(line));
    expect(formats.sort()).toEqual([
      'G047 content/de/borrow.md',
      'G047 content/en/borrow.md',
      'G047 content/en/desk.md',
      'G047 content/en/return.md',
      'G048 content/sources.yaml',
      'G049 content/en/search',
    ]);
  });

  it('keeps the codes that buttons of 1.0 carry', () => {
    const pages = [...(contentBefore.editions.get('en')?.pages.values() ?? [])];
    // As 1.0.0 printed them for this folder.
    expect(Object.fromEntries(pages.map(({ name, code }) => [name, code]))).toEqual({
      'borrow#which': 'UM6',
      'borrow#small': '8lh',
      'borrow#large': 'RUW',
      'desk#desk': 'Uwa',
      'return#late': 'GhO',
      'return#only-late': 'Kz5',
      'return#broken': '5gh',
    });
  });

  it.each(['en', 'de'])('is walked from both commands to every page in %s', (locale) => {
    const content = contentBefore;
    const context = createContext(content, locale);
    const { edition } = context;
    expect(edition.locale).toBe(locale);
    const shown = new Set<string>();
    const walk = (path: Path) => {
      const page = currentPage(path);
      if (shown.has(page.name)) return;
      shown.add(page.name);
      expect(renderPage(path, context).embeds?.[0]?.title).toBe(page.title);
      for (const next of nextPages(page, edition.pages)) walk(extendPath(path, next));
    };
    for (const command of ['borrow-tool', 'return-tool']) {
      const start = startOf(edition, command);
      if (start) walk([start]);
    }
    expect([...shown].sort()).toEqual([...edition.pages.keys()].sort());
  });

  it('knows a disagreement by its two sides', () => {
    expect(contentBefore.disagreements).toEqual([
      { id: 'D1', about: 'how long a tool may stay with you', claim: ['G02'], authority: ['U02'] },
      { id: 'D2', about: 'what a broken tool costs', claim: ['G03'], authority: ['U03'] },
    ]);
  });
});

describe('its conversion', () => {
  const after = withChanges(before);
  const contentAfter = contentOf(after);
  const { done } = convertContent(before);

  it('leaves the content as it was, without warnings about the format', () => {
    expect(isSameContent(contentBefore, contentAfter)).toBe(true);
    const shorter = new Map(after).set('en/search/questions/desk.yaml', 'desk:\n  - talk to a person\n');
    expect(isSameContent(contentBefore, contentOf(shorter, contentAfter))).toBe(false);
    expect(codesIn(after).filter((line) => /^G04[789]/.test(line))).toEqual([]);
  });

  it('changes nothing the second time', () => {
    expect(convertContent(after)).toEqual({ changed: new Map(), done: [], left: [] });
  });

  it('says what it did', () => {
    expect(done).toEqual([
      'de/borrow.md: 1 example question moved to de/search/questions/borrow.yaml',
      'en/borrow.md: 11 example questions moved to en/search/questions/borrow.yaml',
      'en/desk.md: 2 example questions moved to en/search/questions/desk.yaml',
      'en/return.md: 7 example questions moved to en/search/questions/return.yaml',
      'sources.yaml: 8 keys renamed',
      'subject.yaml: written with neutral sentences; say there what your bot is about',
    ]);
  });

  it('writes a subject that has the sentences of a folder without one', () => {
    const { subject } = contentBefore.editions.get('en') ?? expect.fail();
    expect(codesIn(after).filter((line) => /^G05[0123]/.test(line))).toEqual([]);
    expect(contentAfter.editions.get('en')?.subject).toEqual(subject);
    const own = new Map(before).set('subject.yaml', textOf(after, 'subject.yaml').replace('Guidepost', 'Tools'));
    expect(convertContent(own).changed.has('subject.yaml')).toBe(false);
  });

  it('takes nothing but the questions out of a guide', () => {
    const kept = textOf(before, 'en/borrow.md').split('\n');
    const isQuote = (line: string) => line.startsWith('>') && !/Two people|\[!TIP\]/.test(line);
    expect(textOf(after, 'en/borrow.md').split('\n').filter(Boolean)).toEqual(
      kept.filter((line) => line !== '' && !isQuote(line)),
    );
    expect(textOf(after, 'en/borrow.md')).toContain('{#which}\n\nEvery member');
    expect(textOf(after, 'en/borrow.md')).toContain('{#small .outcome}\n\nTake it');
  });

  it('writes questions as a list for each page', () => {
    expect(textOf(after, 'en/search/questions/return.yaml')).toBe(
      `# Questions as members ask them, by the page of return.md that answers them. Members do not see them.

late:
  - my drill is overdue
  - how long can i keep a tool

only-late:
  - i forgot to return the saw
  - late fee for tools

broken:
  - i broke the drill
  - the tool is damaged, what does it cost
  - '"who pays for repairs"'
`,
    );
  });

  it('renames keys in sources.yaml and keeps every other character', () => {
    const expected = textOf(before, 'sources.yaml')
      .replace('guide: leaflet', 'claims-from: leaflet')
      .replaceAll('    reviewed: ', '    compared: ')
      .replace('    guide: [G02]\n    upwork:', '    claim: [G02]\n    authority:')
      .replace('guide: [G03], "upwork":', 'claim: [G03], authority:');
    expect(textOf(after, 'sources.yaml')).toBe(expected);
  });

  it.each([
    ['\r\n', ''],
    ['\r', ''],
    ['\n', '\uFEFF'],
    ['\r\n', '\uFEFF'],
  ])('keeps line ends %j and a byte order mark %j', (end, mark) => {
    const write = (text: string) => mark + text.replaceAll('\n', end);
    const given = new Map([...before].map(([file, text]) => [file, write(text)]));
    const { changed } = convertContent(given);
    for (const file of before.keys()) {
      if (changed.has(file)) expect(changed.get(file), file).toBe(write(textOf(after, file)));
    }
    expect(isSameContent(contentBefore, contentOf(new Map([...given, ...changed]), contentAfter))).toBe(true);
  });

  it('keeps the entries and comments of a questions file that exists', () => {
    const own = '# ours\nsmall:\n  - borrow a hammer\n  - pliers # the red ones\nlarge: [ladder]\n';
    const given = new Map([...before, ['en/search/questions/borrow.yaml', own]]);
    const both = withChanges(given);
    const questions = textOf(both, 'en/search/questions/borrow.yaml');
    expect(questions).toMatch(/^# ours\nsmall:\n/);
    expect(questions).toContain('  - borrow a hammer\n  - pliers # the red ones\n');
    expect(questions.match(/borrow a hammer/g)).toHaveLength(1);
    const page = contentOf(both).editions.get('en')?.pages.get('borrow#small');
    expect(new Set(page?.questions)).toEqual(
      new Set(['borrow a hammer', 'screwdriver please', 'is the shelf open at night', 'pliers']),
    );
    expect(contentOf(both).editions.get('en')?.pages.get('borrow#large')?.questions).toContain('ladder');
  });

  it('ends the same where it was interrupted after the questions', () => {
    const { changed } = convertContent(before);
    const half = new Map([...before, ...[...changed].filter(([file]) => file.includes('/search/'))]);
    expect(isSameContent(contentBefore, contentOf(half, contentAfter))).toBe(true);
    expect(withChanges(half)).toEqual(after);
  });

  it('leaves questions that another quote follows, and says where', () => {
    const given = new Map(before);
    given.set(
      'en/desk.md',
      textOf(before, 'en/desk.md').replace('is the desk open\n\n', 'is the desk open\n\n> Closed in May.\n\n'),
    );
    const { changed, left } = convertContent(given);
    expect(left).toEqual(['en/desk.md:7: another quote follows the questions; put a sentence between them']);
    expect(changed.has('en/desk.md')).toBe(false);
    expect(isSameContent(contentOf(given), contentOf(new Map([...given, ...changed]), contentAfter))).toBe(true);
  });
});

describe('two contents', () => {
  const synonyms = { 'en/search/synonyms.yaml': 'door: [gate]\n' };
  const one = contentOf(files(synonyms));

  it('are the same wherever things are in the files', () => {
    const texts = files({ ...synonyms, 'en/open-door.md': GUIDE.replace('- [The front', '\n-  [The front') });
    const { content } = loadContent(texts, { root: 'elsewhere', limits: pageLimits, today: TODAY });
    expect(content).not.toEqual(one);
    expect(content && isSameContent(one, content)).toBe(true);
  });

  it.each<[string, Record<string, string>]>([
    ['a text', { 'en/open-door.md': GUIDE.replace('Push', 'Pull') }],
    ['a synonym', { 'en/search/synonyms.yaml': 'door: [exit]\n' }],
    ['a title of a source', { 'sources.yaml': SOURCES.replace('A guide', 'A book') }],
    ['a language', { 'de/other.md': OTHER, 'de/subject.yaml': SUBJECT }],
  ])('differ in %s', (_, changes) => {
    expect(isSameContent(one, contentOf(files({ ...synonyms, ...changes })))).toBe(false);
  });
});
