// The conversation map as one self-contained file, for a mail or a pull request.
import { readFile } from 'node:fs/promises';
import type { MapView } from './map-view.ts';
import { pagePath } from './page-files.ts';

/** Nothing is loaded from anywhere, and only what stands in the file runs. */
const POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:";

/**
 * @returns the text of an HTML file
 * @throws where the pages are not built
 */
export async function mapFile(map: MapView): Promise<string> {
  const [html = '', script = '', ...styles] = await Promise.all(
    ['map.html', 'map.js', 'shared.css', 'map.css'].map((name) => readFile(pagePath(name), 'utf8')),
  );
  // A replacement given as a function is taken as it is: "$&" in it means nothing.
  return html
    .replace(
      '<meta charset="utf-8">',
      (meta) => `${meta}\n  <meta http-equiv="content-security-policy" content="${POLICY}">`,
    )
    .replace(/ *<link rel="stylesheet"[^>]*>\n/g, '')
    .replace(/ *<script[^>]*><\/script>\n/, () => `  <style>\n${styles.join('\n')}</style>\n`)
    .replace(
      '</body>',
      () => `<script type="application/json" id="map-data">${jsonText(map)}</script>\n${inline(script)}\n</body>`,
    );
}

/** JSON that cannot end the script element it stands in. */
const jsonText = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c');

const inline = (script: string): string =>
  `<script type="module">${script.replaceAll('</script', '<\\/script')}</script>`;
