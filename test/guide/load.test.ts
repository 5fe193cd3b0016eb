// Loading content: what pages say after parsing, and that it is the same on every machine.
import { describe, expect, it, vi } from 'vitest';
import { pageLimits } from '../../src/discord/views/page-limits.ts';
import { formatFinding } from '../../src/guide/findings.ts';
import { loadContent, readDraft } from '../../src/guide/load.ts';
import { files, GUIDE, load, OTHER, SOURCES, SUBJECT, TODAY } from './sample.ts';

const guide = (from: string | RegExp, to: string) => ({ 'en/open-door.md': GUIDE.replace(from, to) });
const sources = (from: string | RegExp, to: string) => ({ 'sources.yaml': SOURCES.replace(from, to) });

describe('content', () => {
  it('writes hard breaks and bold text as Discord shows them, and links that lead nowhere as text', () => {
    const steps = '- [ ] **Careful!**[^U01]Turn it  \n  to the left\\\n  [again](#start)';
    const { content } = load(guide('- [ ] Turn it', steps));
    expect(content?.editions.get('en')?.pages.get('open-door#front')?.steps.at(-1)).toBe(
      '**Careful!**Turn it\nto the left\nagain',
    );
  });

  it('takes quoted values and comments of their own for what they are', () => {
    const quoted = {
      ...guide('How to open the door', '"Open door #2" # not the first'),
      ...sources('paper\n', 'paper # ours\n'),
    };
    const { content, findings } = load(quoted);
    expect(findings.map(formatFinding)).toEqual([]);
    expect(content?.editions.get('en')?.guides[0]?.description).toBe('Open door #2');
  });

  it('gives the same version and order whatever the order of the files and the language of the machine', () => {
    const more = {
      'de/open-door.md': GUIDE,
      'de/subject.yaml': SUBJECT,
      'README.md': 'x',
      'en/ä.md': OTHER.replace('#rear', '#a').replace('The back', 'A'),
    };
    const all = [...files(more)];
    const read = (given: typeof all) =>
      loadContent(new Map(given), { root: 'content', limits: pageLimits, today: TODAY });
    const compare = vi.spyOn(String.prototype, 'localeCompare').mockReturnValue(0);
    const backwards = read([...all].reverse());
    compare.mockRestore();
    expect(backwards).toEqual(read(all));
  });

  it('reads a file with the mark that Windows puts at its beginning', () => {
    const { content, findings } = load({ 'en/open-door.md': `\uFEFF${GUIDE}`, 'sources.yaml': `\uFEFF${SOURCES}` });
    expect(findings.map(formatFinding)).toEqual([]);
    expect(content?.version).toBe(load().content?.version);
  });

  it('has a version that changes with every file', () => {
    const version = (changes: Record<string, string | undefined>) => load(changes).content?.version;
    const first = version({});
    expect(first).toMatch(/^[0-9a-f]{12}$/);
    const changed: Record<string, string>[] = [{ 'README.md': '' }, { 'README.md': 'a' }, { READM: 'E.md\u000aa' }];
    const versions = changed.map(version);
    expect(new Set([first, ...versions]).size).toBe(4);
  });

  it('is not served without English guides', () => {
    const without = { 'en/open-door.md': undefined, 'en/other.md': undefined, 'de/other.md': OTHER };
    const { content, findings } = load(without);
    expect(content).toBeUndefined();
    expect(findings.map(formatFinding)).toContain(
      'content/en:1:1 G007 There is no guide in this folder (other languages fall back to English)',
    );
    expect(findings.map(({ code }) => code)).not.toContain('G049');
  });

  it('is not served without sources, and nothing else is reported then', () => {
    for (const text of [undefined, 'sources: []']) {
      const { content, findings } = load({ 'sources.yaml': text, ...guide('(#front)', '(#fornt)') });
      expect(content).toBeUndefined();
      expect(findings.map(({ code, path }) => `${path} ${code}`)).toEqual(['content/sources.yaml G030']);
    }
  });

  it('is served with warnings', () => {
    const none = { 'en/search/questions/open-door.yaml': undefined, 'en/search/questions/other.yaml': undefined };
    const { content, findings } = load(none);
    expect(findings.map(formatFinding)).toEqual([
      'content/en/search:1:1 G049 warning: There is no search folder: the search has no synonyms, abbreviations or off-topic questions (README.md says what belongs in it)',
    ]);
    expect(content).toBeDefined();
  });
});

describe('findings', () => {
  it('are sorted by file, line and column', () => {
    const { findings } = load({
      ...guide('(#front)\n- [The back door](other.md#rear)', '(#fornt) [a](b) [c](d)\n- [The back door](othr.md#rear)'),
      'en/other.md': OTHER.replace('[^U01]', '[^U09]'),
      ...sources('id: rules', 'id: paper'),
    });
    const places = findings.map(({ path, line, column }) => `${path} ${line} ${column}`);
    const byNumbers = new Intl.Collator('en', { numeric: true });
    expect(places.length).toBeGreaterThan(4);
    expect(places).toEqual([...places].sort(byNumbers.compare));
  });

  it('of unreadable files are sorted as well', () => {
    const { findings } = load({ 'sources.yaml': '\u0007', 'b.yaml': '\u0007', 'en/a.md': '\u0007' });
    expect(findings.map(({ path }) => path)).toEqual(['content/b.yaml', 'content/en/a.md', 'content/sources.yaml']);
  });

  it('about a page that two languages show are reported once', () => {
    const { findings } = load({ 'de/other.md': OTHER, ...guide('inwards.[^U01]', 'inwards.') });
    expect(findings.filter(({ level }) => level === 'error').map(({ code, path }) => `${code} ${path}`)).toEqual([
      'G020 content/en/open-door.md',
    ]);
  });

  it('about two places or two problems are all reported', () => {
    const { findings } = load(
      guide('[The front door](#front)\n- [The back door](other.md#rear)', '[👍](#fornt)\n- [👎](#fornt)'),
    );
    expect(findings.map(({ code, line }) => `${code} ${line}`)).toEqual([
      'G024 7',
      'G016 12',
      'G013 12',
      'G016 13',
      'G018 13',
      'G013 13',
      'G022 15',
      'G022 5',
    ]);
  });
});

describe('a source', () => {
  const openedOn = (date: string) => {
    const { findings } = load(
      sources('opened: 2026-11-01\n    statements: [U01', `opened: ${date}\n    statements: [U01`),
    );
    return findings.map(formatFinding);
  };

  it('was last looked at 365 days ago at most, and not in the future', () => {
    // Today is 2026-11-24.
    expect(openedOn('2025-11-24')).toEqual([]);
    expect(openedOn('2025-11-23')).toEqual([
      'content/sources.yaml:13:13 G026 warning: "The rules" was last looked at 366 days ago',
    ]);
    // Midnight comes earlier east of Greenwich.
    expect(openedOn('2026-11-25')).toEqual([]);
    expect(openedOn('2026-11-26')).toEqual([
      'content/sources.yaml:13:13 G026 warning: The date of "The rules" is in the future (or the clock of this machine is slow)',
    ]);
  });

  it('has no statement that no page cites in any language', () => {
    const { findings } = load(sources('[U01, U02]', '[U01, U03, U02, U04]'));
    expect(findings.map(formatFinding)).toEqual([
      'content/sources.yaml:14:23 G021 warning: No page cites U03',
      'content/sources.yaml:14:33 G021 warning: No page cites U04',
    ]);
    const cited = { 'de/other.md': OTHER.replace('[^U01]', '[^U01][^U03]'), 'de/subject.yaml': SUBJECT };
    const { findings: others } = load({ ...sources('[U01, U02]', '[U01, U03, U02]'), ...cited });
    expect(others.filter(({ code }) => code === 'G021')).toEqual([]);
  });
});

describe('a draft', () => {
  it('has the English pages, whatever their errors', () => {
    const draft = readDraft(files({ ...guide('(#front)', '(#fornt)'), 'de/other.md': OTHER }), 'content');
    expect([...draft.pages.keys()]).toEqual(['open-door#start', 'open-door#front', 'other#rear']);
    expect(draft).toMatchObject({ locale: 'en', subject: { title: 'Doors' } });
    expect(draft.pages.get('open-door#start')).toMatchObject({
      path: 'content/en/open-door.md',
      sources: [{ id: 'rules' }],
    });
  });

  it('may have no sources and no subject', () => {
    const draft = readDraft(files({ 'sources.yaml': undefined, 'subject.yaml': undefined }), 'content');
    expect(draft.pages.size).toBe(3);
    expect(draft.subject.title).not.toBe('');
  });
});
