// The data of the editor's map.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pageLimits } from '../../src/discord/views/page-limits.ts';
import { loadContent } from '../../src/guide/load.ts';
import { NODE } from '../../src/guide/map.ts';
import type { MapView } from '../../src/preview/map-types.ts';
import { readMap } from '../../src/preview/map-view.ts';
import { files, GUIDE, OTHER, recordOf, SOURCES, TODAY, writeFiles } from '../guide/sample.ts';

const home = mkdtempSync(join(tmpdir(), 'guidepost-map-'));
afterAll(() => rmSync(home, { recursive: true }));

/** The map of the sample with changed files. */
function mapOf(changes: Record<string, string> = {}) {
  const folder = mkdtempSync(join(home, 'content-'));
  const all = files(changes);
  writeFiles(folder, all);
  return readMap(folder, async (path) => loadContent(all, { root: basename(path), limits: pageLimits, today: TODAY }));
}
/** Pages that follow the back door, each with a link to the next. */
const chain = (count: number) =>
  Array.from({ length: count }, (_, i) => {
    const next = i + 1 < count ? `\n- [Go on](#door-${i + 1})\n` : '';
    return `\n## Door ${i} {#door-${i}}\n\nA text.[^U01]\n${next}`;
  }).join('');

describe('the map', () => {
  let map: MapView;
  beforeAll(async () => {
    map = await mapOf();
  });

  it('has the guides, and each page with its place, its sources and its links', () => {
    expect(map).toMatchObject({ isServed: true, findings: [] });
    expect(map.guides).toEqual([
      { id: 'open-door', command: 'open-door' },
      { id: 'other', command: null },
    ]);
    const [start, front, rear] = map.pages;
    expect(map.pages.map(({ name }) => name)).toEqual(['open-door#start', 'open-door#front', 'other#rear']);
    expect(start).toMatchObject({
      title: 'Which door is it?',
      guide: 'open-door',
      location: expect.stringMatching(/open-door\.md:7$/),
      depth: 0,
      isStart: true,
      isOutcome: false,
      isLong: false,
      links: [
        { label: 'The front door', page: 'open-door#front' },
        { label: 'The back door', page: 'other#rear' },
      ],
      sources: [{ title: 'The rules', publisher: 'The house', link: 'https://example.org/rules' }],
      findings: [],
      leadsHere: [],
      leadsTo: ['open-door#front', 'other#rear'],
    });
    expect(start?.questions).toContain('how do i open the door');
    expect(start?.moreQuestions).toBe(0);
    expect(front).toMatchObject({
      depth: 1,
      isStart: false,
      isOutcome: true,
      sources: expect.arrayContaining([{ title: 'A guide', publisher: 'Somebody', link: null }]),
      leadsHere: ['open-door#start', 'other#rear'],
      leadsTo: ['other#rear'],
    });
    // A link to the web is not a link to a page.
    expect(front?.links).toEqual([{ label: 'The back door instead', page: 'other#rear' }]);
    expect(rear).toMatchObject({ guide: 'other', depth: 1, isStart: false, leadsTo: ['open-door#front'] });
    expect(map.edges).toEqual([
      { from: 'open-door#start', to: 'open-door#front' },
      { from: 'open-door#start', to: 'other#rear' },
      { from: 'open-door#front', to: 'other#rear' },
      { from: 'other#rear', to: 'open-door#front' },
    ]);
    expect(front?.x).toBeGreaterThan(start?.x ?? 0);
    for (const { x, y } of map.pages) {
      expect(x + NODE.width).toBeLessThanOrEqual(map.width);
      expect(y + NODE.height).toBeLessThanOrEqual(map.height);
    }
  });

  it('has the message of a walk that begins at the page, with its buttons', () => {
    for (const page of map.pages) {
      expect(page.message?.embeds[0]?.title).toBe(page.title);
      expect(page.message?.content).toBe('');
    }
    expect(JSON.stringify(map.pages[0]?.message?.components)).toContain('The front door');
  });

  it('marks pages six or more clicks from a start', async () => {
    const other = `${OTHER}- [Go on](#door-0)\n${chain(6)}`;
    const changed = await mapOf({ 'en/other.md': other });
    const long = changed.pages.filter(({ isLong }) => isLong);
    expect(changed.pages.find(({ depth }) => depth === 5)).toMatchObject({ isLong: false });
    expect(long.map(({ depth }) => depth)).toEqual([6, 7]);
  });

  it('shows a folder with errors as far as it can be parsed, with the findings at their pages', async () => {
    const alone = '\n## A page alone {#alone}\n\nA text.[^U01]\n';
    const changed = await mapOf({
      'en/open-door.md': GUIDE.replace('(other.md#rear)\n\n##', '(other.md#nowhere)\n\n##'),
      'en/other.md': `${OTHER}${alone}`,
    });
    expect(changed.isServed).toBe(false);
    expect(changed.pages.map(({ name }) => name)).toContain('other#alone');
    expect(changed.pages.find(({ name }) => name === 'other#alone')).toMatchObject({ depth: null, isLong: false });
    const at = Object.fromEntries(changed.pages.map(({ name, findings }) => [name, findings.length]));
    expect(at['open-door#start']).toBe(1);
    expect(at['other#alone']).toBeGreaterThan(0);
    expect(at['open-door#front']).toBe(0);
    expect(at['other#rear']).toBe(0);
  });

  it('shows at a page that its translation is older than English', async () => {
    const translated = { 'de/other.md': OTHER.replace('The back door', 'Die hintere Tür') };
    const german = { ...translated, ...recordOf(translated, 'de') };
    const { pages } = await mapOf({ ...german, 'en/other.md': OTHER.replace('never', 'always') });
    const codesAt = Object.fromEntries(pages.map(({ name, findings }) => [name, findings.map(({ code }) => code)]));
    expect(codesAt['other#rear']).toContain('G062');
    expect(codesAt['open-door#front']).toEqual([]);
  });

  it('has findings that belong to no page', async () => {
    const changed = await mapOf({ 'sources.yaml': SOURCES.replace('sources:', 'sources: [') });
    expect(changed.findings.length).toBeGreaterThan(0);
    expect(changed.pages.flatMap(({ findings }) => findings)).toEqual([]);
  });
});
