// The conversation map as one self-contained HTML file, for an e-mail or a pull request.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MAP_PAGE } from './map-page.ts';
import type { MapView } from './map-types.ts';

/** Nothing is loaded from elsewhere; only scripts in the file run. */
const POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:";

/**
 * Returns the HTML text.
 * @throws if the pages are not built
 */
export async function mapFile(map: MapView): Promise<string> {
  const [html = '', script = '', ...styles] = await Promise.all(
    ['map.html', 'map.js', 'base.css', 'discord.css', 'map.css'].map((name) => readFile(join(MAP_PAGE, name), 'utf8')),
  );
  // Replacements are functions, because "$&" in a replacement string has a meaning.
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

/** JSON that can't end the script element around it. */
const jsonText = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c');

const inline = (script: string): string =>
  `<script type="module">${script.replaceAll('</script', '<\\/script')}</script>`;
