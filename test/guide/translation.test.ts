// What edition.yaml says of a translation, and how the translation stands to the English pages.
import { describe, expect, it } from 'vitest';
import { formatFinding } from '../../src/guide/findings.ts';
import type { ContentFiles, Edition, Page } from '../../src/guide/model.ts';
import { parseGuide } from '../../src/guide/parse.ts';
import {
  compareTranslation,
  type EditionFile,
  editionFileOf,
  editionFileText,
  fingerprintOf,
  pageSections,
  parseTranslation,
  skeletonOf,
  translationTasks,
} from '../../src/guide/translation.ts';
import { GUIDE, load, OTHER, QUESTIONS, recordOf, SOURCES } from './sample.ts';

const filesOf = (text: string | undefined): ContentFiles => ({
  texts: new Map(text === undefined ? [] : [['de/edition.yaml', text]]),
  pathOf: (file) => `content/${file}`,
});
const read = (text: string | undefined) => {
  const { findings, ...record } = parseTranslation('de', filesOf(text));
  return { ...record, findings: findings.map(formatFinding) };
};
const editionIn = (locale: string, changes: Record<string, string | undefined> = {}): Edition => {
  const { content, findings } = load(changes);
  return content?.editions.get(locale) ?? expect.fail(findings.map(formatFinding).join('\n'));
};
const english = editionIn('en');
const pageOf = (name: string, changes?: Record<string, string | undefined>): Page =>
  editionIn('en', changes).pages.get(name) ?? expect.fail(`no page ${name}`);
const [START, FRONT, REAR] = ['open-door#start', 'open-door#front', 'other#rear'] as const;

describe('edition.yaml', () => {
  it('says who translated and who checked, and from which English pages', () => {
    const text =
      'translated-by: " Ann "\ntranslated: 2026-11-24\nreviewed-by: Ben\nreviewed: 2026-11-25\nfrom: {other#rear: abc}\n';
    expect(read(text)).toEqual({
      path: 'content/de/edition.yaml',
      file: {
        'translated-by': 'Ann',
        translated: '2026-11-24',
        'reviewed-by': 'Ben',
        reviewed: '2026-11-25',
        from: { 'other#rear': 'abc' },
      },
      findings: [],
    });
  });

  it.each(['', 'reviewed-by:\nreviewed:\nfrom:\n', 'reviewed-by: ""\nreviewed: ""\nfrom: {}\n'])(
    'may say that nobody has checked yet, and list no page: %j',
    (rest) => {
      const { file, findings } = read(`translated-by: Ann\ntranslated: 2026-11-24\n${rest}`);
      expect(findings).toEqual([]);
      expect([file?.['reviewed-by'] ?? '', file?.reviewed ?? '', file?.from ?? {}]).toEqual(['', '', {}]);
    },
  );

  it('is missing: the finding names the command that writes one', () => {
    expect(read(undefined)).toEqual({
      path: 'content/de/edition.yaml',
      file: undefined,
      findings: [
        'content/de/edition.yaml:1:1 G060 warning: There is no edition.yaml (npm run translate -- init de writes one)',
      ],
    });
  });

  it.each([
    ['', 'content/de/edition.yaml:1:1 G061 translated-by: '],
    ['translated-by: ""\ntranslated: 2026-11-24\n', 'content/de/edition.yaml:1:16 G061 translated-by: '],
    ['translated-by: Ann\ntranslated: 2026-02-30\n', 'content/de/edition.yaml:2:13 G061 translated: '],
    ['translated-by: Ann\ntranslated: 2026-11-24\nreviewed: soon\n', 'content/de/edition.yaml:3:11 G061 reviewed: '],
    [
      'translated-by: Ann\ntranslated: 2026-11-24\nfrom:\n  other#rear: [1]\n',
      'content/de/edition.yaml:4:15 G061 from.other#rear: ',
    ],
    [
      `translated-by: ${'x'.repeat(201)}\ntranslated: 2026-11-24\n`,
      'content/de/edition.yaml:1:16 G061 translated-by: ',
    ],
    ['- Ann\n', 'content/de/edition.yaml:1:1 G061 the file: '],
    ['translated-by: [\n', 'content/de/edition.yaml:2:1 G061 '],
  ])('with an error says where it is: %j', (text, start) => {
    const { file, findings } = read(text);
    expect(file).toBeUndefined();
    expect(findings[0]?.slice(0, start.length)).toBe(start);
  });

  it('reads what it writes', () => {
    const file: EditionFile = {
      'translated-by': 'Ann: "the translator" # 1',
      translated: '2026-11-24',
      'reviewed-by': '',
      reviewed: '',
      from: { [START]: '0123456789', [REAR]: '12e4567890' },
    };
    const text = editionFileText(file);
    expect(text).toMatch(/^# .+\n# .+\n/);
    expect(read(text)).toMatchObject({ file, findings: [] });
    expect(editionFileOf('pt-BR')).toBe('pt-BR/edition.yaml');
  });
});

describe('the fingerprint of a page', () => {
  const front = pageOf(FRONT);
  const changed = (change: (text: string) => string) =>
    fingerprintOf(pageOf(FRONT, { 'en/open-door.md': change(GUIDE) }));

  it('has ten characters', () => {
    expect(fingerprintOf(front)).toMatch(/^[0-9a-f]{10}$/);
    const all = [...english.pages.values()].map(fingerprintOf);
    expect(new Set(all).size).toBe(3);
  });

  it.each<[string, (text: string) => string]>([
    ['its title', (text) => text.replace('## The front door', '## The door in front')],
    ['an attribute', (text) => text.replace('{#front .outcome}', '{#front .outcome .costly}')],
    ['its text', (text) => text.replace('Turn the handle', 'Press the handle')],
    ['the text of an alert', (text) => text.replace('The paper says left', 'The paper says up')],
    ['the kind of an alert', (text) => text.replace('[!WARNING]', '[!CAUTION]')],
    ['a step', (text) => text.replace('Find the key', 'Find both keys')],
    ['a citation', (text) => text.replace('Find the key[^U01]', 'Find the key[^U02]')],
    ['the label of a link', (text) => text.replace('[The rules](https', '[Rules](https')],
    ['the address of a link', (text) => text.replace('example.org/rules)', 'example.org/law)')],
    ['the page of a link', (text) => text.replace('instead](other.md#rear)', 'instead](#start)')],
    ['the order of links', (text) => text.replace(/(- \[The rules\].+\n)(- \[The back.+\n)/, '$2$1')],
  ])('is another one after a change of %s', (_, change) => {
    expect(change(GUIDE)).not.toBe(GUIDE);
    expect(changed(change)).not.toBe(fingerprintOf(front));
  });

  it('is the same after a change elsewhere in the file, and of example questions', () => {
    const moved = (text: string) => text.replace('Push it.', 'Push it.\n\nOr pull.').replace('How to open', 'Opening');
    expect(changed(moved)).toBe(fingerprintOf(front));
    const asked = pageOf(FRONT, {
      'en/search/questions/open-door.yaml': QUESTIONS.replace('front door stuck', 'stuck'),
    });
    expect(asked.questions).not.toEqual(front.questions);
    expect(fingerprintOf(asked)).toBe(fingerprintOf(front));
  });

  it('is the same if the numbers of its sources change', () => {
    const shared = pageOf(FRONT, { 'sources.yaml': SOURCES.replace('[G01, G02]', '[G01, G02, U01]') });
    expect(shared.text).not.toBe(front.text);
    expect(fingerprintOf(shared)).toBe(fingerprintOf(front));
  });
});

describe('a translation', () => {
  const GERMAN = { 'de/other.md': OTHER.replace('The back door', 'Die Hintertür') };
  const record = recordOf(GERMAN, 'de');
  const { file } = parseTranslation('de', filesOf(record['de/edition.yaml']));
  const mine = editionIn('de', GERMAN).pages.get(REAR) ?? expect.fail('a page');
  /** Compares pages with English as it is now. @param from undefined for a missing or wrong edition.yaml */
  const compare = (own: readonly Page[], from: EditionFile | undefined = file, now = english) => {
    const pages = new Map(own.map((page) => [page.name, page]));
    const { translation, findings } = compareTranslation(
      { path: 'de.yaml', file: from, findings: [] },
      (name) => pages.get(name),
      now,
    );
    return { translation, findings: findings.map(formatFinding) };
  };
  const NOT_ALL = 'de.yaml:1:1 G063 warning: 2 pages are not translated and shown in English, first open-door#start';

  it('knows which pages it lacks, and who has checked it', () => {
    expect(compare([mine])).toEqual({
      translation: { isReviewed: true, older: new Set(), missing: new Set([START, FRONT]) },
      findings: [NOT_ALL],
    });
  });

  it('of all pages, each as English is now, has no findings', () => {
    const from = Object.fromEntries([...english.pages.values()].map((page) => [page.name, fingerprintOf(page)]));
    expect(compare([...english.pages.values()], { ...(file ?? expect.fail()), from })).toEqual({
      translation: { isReviewed: true, older: new Set(), missing: new Set() },
      findings: [],
    });
  });

  it('knows which of its English pages have changed', () => {
    const now = editionIn('en', { 'en/other.md': OTHER.replace('never', 'always') });
    expect(compare([mine], file, now)).toMatchObject({
      translation: { older: new Set([REAR]) },
      findings: [
        'content/de/other.md:5:1 G062 warning: The English page other#rear has changed since this was translated (npm run translate says what to do)',
        NOT_ALL,
      ],
    });
  });

  it('with pages that edition.yaml does not list is not older, and says so', () => {
    const unlisted = { ...(file ?? expect.fail()), from: {} };
    expect(compare([mine], unlisted)).toMatchObject({
      translation: { older: new Set() },
      findings: [
        'de.yaml:1:1 G062 warning: 1 translated page is not listed under from, first other#rear (npm run translate -- done PAGE LOCALE lists a page)',
        NOT_ALL,
      ],
    });
    const [first] = compare([mine, pageOf(START)], { ...unlisted, from: null }).findings;
    expect(first).toContain('2 translated pages are not listed under from, first open-door#start');
  });

  it('without a valid edition.yaml counts as not checked, and nothing else is said about it', () => {
    const { translation, findings } = compareTranslation(
      { path: 'de.yaml', file: undefined, findings: [] },
      (name) => (name === REAR ? mine : undefined),
      english,
    );
    expect(translation).toMatchObject({ isReviewed: false, older: new Set() });
    expect(findings.map(formatFinding)).toEqual([NOT_ALL]);
  });

  it.each<[string, Partial<Page>]>([
    ['attributes', { outcome: true }],
    ['attributes', { costly: true }],
    ['attributes', { urgent: true }],
    ['alerts', { alerts: [{ path: '', line: 1, column: 1, kind: 'NOTE', text: 'x', cites: [] }] }],
    ['steps', { steps: ['Go'] }],
    ['buttons', { links: [] }],
    ['buttons', { links: mine.links.map((link) => ({ ...link, kind: 'web' as const, url: 'https://example.org' })) }],
    ['statements', { citations: [] }],
    ['statements', { citations: [...mine.citations, ...mine.citations] }],
    ['attributes, buttons', { outcome: true, links: [] }],
  ])('with other %s than English says so', (what, change) => {
    expect(compare([{ ...mine, ...change }]).findings).toEqual([
      `content/de/other.md:5:1 G064 warning: This page has other ${what} than the English page other#rear`,
      NOT_ALL,
    ]);
  });

  it('may order its statements and word its buttons differently', () => {
    const front = pageOf(FRONT);
    const from = { [FRONT]: fingerprintOf(front) };
    const other = {
      ...front,
      title: 'Die Haustür',
      steps: ['Schlüssel suchen', 'Drehen'],
      citations: [...front.citations].reverse(),
      links: front.links.map((link) => ({ ...link, label: 'Anders' })),
    };
    const { findings } = compare([other], { ...(file ?? expect.fail()), from });
    expect(findings.map((line) => line.split(' ')[1])).toEqual(['G063']);
  });

  describe('to be continued', () => {
    const tasksOf = (changes: Record<string, string | undefined>, from = file ?? expect.fail()) => {
      const edition = editionIn('de', { ...GERMAN, ...record, ...changes });
      return translationTasks(edition, editionIn('en', changes), from).map(({ kind, page }) => [page.name, kind]);
    };
    const lacking = [
      [START, 'missing'],
      [FRONT, 'missing'],
    ];

    it('has the missing pages to do', () => {
      expect(tasksOf({})).toEqual(lacking);
    });

    it('has the older pages to do, with the English page of now', () => {
      const changes = { 'en/other.md': OTHER.replace('never', 'always') };
      expect(tasksOf(changes)).toEqual([...lacking, [REAR, 'older']]);
      const edition = editionIn('de', { ...GERMAN, ...record, ...changes });
      const tasks = translationTasks(edition, editionIn('en', changes), file ?? expect.fail());
      expect(tasks.at(-1)?.page.text).toContain('always');
    });

    it('has the pages to record', () => {
      const none = { ...(file ?? expect.fail()), from: {} };
      expect(tasksOf({ 'de/edition.yaml': editionFileText(none) }, none)).toEqual([...lacking, [REAR, 'unlisted']]);
    });
  });
});

describe('the text of a guide', () => {
  const pages = english.guides.find(({ id }) => id === 'open-door')?.pages ?? [];

  it('is split into its pages, each from its heading to before the next', () => {
    const sections = pageSections(GUIDE, pages);
    expect([...sections.keys()]).toEqual([START, FRONT]);
    expect(sections.get(START)).toMatch(/^## Which door is it\? \{#start\}\n[\s\S]*\(other\.md#rear\)\n$/);
    expect(sections.get(START)).not.toContain('The front door {');
    expect(sections.get(FRONT)).toMatch(
      /^## The front door \{#front \.outcome\}\n[\s\S]*\n- \[The back door instead\].+\n$/,
    );
    expect([...sections.values()].join('\n')).toBe(GUIDE.slice(GUIDE.indexOf('## Which')));
  });

  it('is to be translated with its front matter as it is, and each page as a comment', () => {
    const skeleton = skeletonOf(GUIDE, pages);
    expect(skeleton.slice(0, GUIDE.indexOf('## Which'))).toBe(GUIDE.slice(0, GUIDE.indexOf('## Which')));
    expect(skeleton.match(/^<!--$/gm)).toHaveLength(2);
    const citable = { claimSource: undefined, statements: new Map() };
    const { guide, findings } = parseGuide('content/de/open-door.md', skeleton, citable);
    expect(findings).toEqual([]);
    expect(guide).toMatchObject({ command: 'open-door', start: START, pages: [] });
    const bare = skeleton.replaceAll('<!--\n', '').replaceAll('-->\n', '');
    expect(pageSections(bare, parseGuide('content/en/open-door.md', bare, citable).guide.pages)).toEqual(
      pageSections(GUIDE, pages),
    );
  });
});

it.each(['Push it --> hard.', 'Push it.\n\n<!-- a note -->'])('begins a page with %j as one comment', (more) => {
  const text = GUIDE.replace('Push it.', more);
  const { editions } = load({ 'en/open-door.md': text }).content ?? {};
  const guide = editions?.get('en')?.guides.find(({ id }) => id === 'open-door');
  const citable = { claimSource: undefined, statements: new Map() };
  const skeleton = skeletonOf(text, guide?.pages ?? []);
  expect(parseGuide('content/de/open-door.md', skeleton, citable).findings).toEqual([]);
});
