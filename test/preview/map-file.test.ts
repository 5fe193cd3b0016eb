// The map as one HTML file that loads nothing.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { mapFile } from '../../src/preview/map-file.ts';
import { MAP_PAGE } from '../../src/preview/map-page.ts';
import type { MapView } from '../../src/preview/map-types.ts';

const part = (name: string) => readFileSync(join(MAP_PAGE, name), 'utf8');
const map: MapView = { isServed: true, width: 1, height: 1, guides: [], pages: [], edges: [], findings: [] };

it('is a page with its styles, its script and its data inside', async () => {
  const html = await mapFile(map);
  expect(html).toMatch(/^<!doctype html>/i);
  const styles = ['base.css', 'discord.css', 'map.css'].map(part).join('\n');
  expect(html).toContain(`<style>\n${styles}</style>`);
  expect(html).toContain(
    `<script type="application/json" id="map-data">${JSON.stringify(map)}</script>\n<script type="module">`,
  );
  expect(html).toContain(`${part('map.js').replaceAll('</script', '<\\/script')}</script>\n</body>`);
  expect(html.match(/<script/g)?.length).toBeGreaterThanOrEqual(2);
  expect(html).not.toMatch(/<link rel="stylesheet"|<script[^>]* src=/);
});

it('allows nothing to be loaded', async () => {
  expect(await mapFile(map)).toContain(
    `<meta charset="utf-8">\n  <meta http-equiv="content-security-policy" content="default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:">`,
  );
});

it('has data that cannot end its script element, or be taken for a pattern', async () => {
  const html = await mapFile({ ...map, guides: [{ id: '</script><b>$&', command: '</SCRIPT><i>' }] });
  expect(html).not.toContain('</script><b>');
  expect(html).not.toContain('<i>');
  expect(html).toContain('{"id":"\\u003c/script>\\u003cb>$&","command":"\\u003c/SCRIPT>\\u003ci>"}');
});
