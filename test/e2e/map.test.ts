// The editor's map: layout, data, and updates when the folder changes.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FakeDiscord } from 'fake-discord';
import { startFakeDiscord } from 'fake-discord';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NODE } from '../../src/guide/map.ts';
import { mapFile } from '../../src/preview/map-file.ts';
import { mapSite } from '../../src/preview/map-server.ts';
import type { MapView } from '../../src/preview/map-types.ts';
import { readMap } from '../../src/preview/map-view.ts';
import { buildPages } from './built-page.ts';

const home = mkdtempSync(join(tmpdir(), 'guidepost-map-'));
const content = join(home, 'content');
cpSync('content', content, { recursive: true });
const file = join(content, 'en', 'close-account.md');
const original = readFileSync(file, 'utf8');
let discord: FakeDiscord;
let map: MapView;

beforeAll(async () => {
  buildPages();
  discord = await startFakeDiscord({ botName: 'Guidepost', mounted: mapSite(content) });
  map = await readMap(content);
});
afterAll(async () => {
  await discord.stop();
  rmSync(home, { recursive: true });
});

/** A page below every command's, that no command leads to. */
const lonely = `${original}\n## A page alone {#alone}\n\nA text.[^U15]\n`;

describe('the layout', () => {
  test('places all pages on the sheet without overlap', () => {
    for (const [i, a] of map.pages.entries()) {
      expect(a.x).toBeGreaterThanOrEqual(0);
      expect(a.x + NODE.width).toBeLessThanOrEqual(map.width);
      expect(a.y).toBeGreaterThanOrEqual(0);
      expect(a.y + NODE.height).toBeLessThanOrEqual(map.height);
      for (const b of map.pages.slice(i + 1))
        expect(Math.abs(a.x - b.x) >= NODE.width || Math.abs(a.y - b.y) >= NODE.height, `${a.name} ${b.name}`).toBe(
          true,
        );
    }
  });

  test('places pages further right the further they are from a start', () => {
    const furthest = (depth: number) => map.pages.filter((page) => page.depth === depth).map(({ x }) => x);
    expect(Math.max(...furthest(0))).toBeLessThan(Math.min(...furthest(1)));
    expect(Math.max(...furthest(1))).toBeLessThan(Math.min(...furthest(2)));
  });
});

describe('the map', () => {
  test('has for a page its message, its sources, and the pages that lead there', () => {
    const page = map.pages.find(({ name }) => name === 'close-account#before');
    expect(page).toMatchObject({ depth: 1, findings: [], leadsHere: expect.arrayContaining(['close-account#goal']) });
    expect(page?.message?.embeds[0]?.title).toBe(page?.title);
    expect(page?.sources.length).toBeGreaterThan(0);
    expect(page?.links.map((link) => link.page)).toEqual(page?.leadsTo);
  });

  test('of content with errors has the pages that could be parsed, with their findings', async () => {
    writeFileSync(file, lonely);
    const broken = await readMap(content);
    expect(broken.isServed).toBe(false);
    const page = broken.pages.find(({ name }) => name === 'close-account#alone');
    expect(page?.depth).toBe(null);
    expect(page?.findings.map(({ code }) => code)).toContain('G022');
    expect(broken.pages.filter(({ findings }) => findings.length > 0)).toEqual([page]);
    writeFileSync(join(content, 'sources.yaml'), 'sources: [');
    expect((await readMap(content)).findings).toMatchObject([{ code: 'G030' }]);
    cpSync('content/sources.yaml', join(content, 'sources.yaml'));
    writeFileSync(file, original);
  });

  test('is served with the preview, with an event per change', async () => {
    expect((await fetch(`${discord.origin}/map`)).headers.get('content-security-policy')).toContain(
      "default-src 'self'",
    );
    const abort = new AbortController();
    const response = await fetch(`${discord.origin}/map/events`, { signal: abort.signal });
    const seen: string[] = [];
    const context = (async () => {
      for await (const chunk of response.body ?? []) seen.push(Buffer.from(chunk).toString());
    })().catch(() => {});
    await expect.poll(() => seen.length).toBe(1);
    writeFileSync(file, lonely);
    await expect.poll(() => seen.length, { timeout: 5000 }).toBe(2);
    const data = await (await fetch(`${discord.origin}/map/data`)).text();
    expect(data).toContain('close-account#alone');
    writeFileSync(file, original);
    abort.abort();
    await context;
  });

  test('is one file that loads no other, and whose data cannot end its script element', async () => {
    const [first, ...rest] = map.pages;
    if (!first) throw new Error('no pages');
    const html = await mapFile({ ...map, pages: [{ ...first, title: '</script><b>$& out' }, ...rest] });
    const markup = html.slice(0, html.indexOf('<script'));
    expect(markup).not.toMatch(/(?:src|href)="(?!data:|\/")/);
    expect(html).not.toContain('</script><b>');
    expect(html).toContain('\\u003c/script>\\u003cb>$& out');
  });
});
