// `npm run map`: prints the conversation map of the English guides; `-- --html FILE` writes it as an HTML page.
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { readContentFolder } from '../content/files.ts';
import { formatFinding } from '../guide/findings.ts';
import { drawMap } from '../guide/map.ts';
import { DEFAULT_LOCALE } from '../guide/model.ts';
import { mapFile } from '../preview/map-file.ts';
import { readMap } from '../preview/map-view.ts';
import { showUsageOnHelp } from './usage.ts';

const USAGE = `Usage:
  npm run map
      Prints the conversation map of the English guides as Mermaid.
  npm run map -- --html FILE
      Writes the map into an HTML file that needs nothing else.
CONTENT_DIR chooses another content folder.`;

showUsageOnHelp(USAGE);
const folder = process.env.CONTENT_DIR || 'content';
const { html } = readOptions();
if (html === undefined) await print();
else {
  const page = await mapFile(await readMap(folder).catch((error) => fail(folder, error)));
  await writeFile(html, page).catch((error) => fail(html, error));
  console.log(`The conversation map is in ${html}`);
}

async function print(): Promise<void> {
  const { content, findings } = await readContentFolder(folder).catch((error) => fail(folder, error));
  const edition = content?.editions.get(DEFAULT_LOCALE);
  if (edition) console.log(drawMap(edition));
  else {
    for (const finding of findings) console.error(formatFinding(finding));
    process.exitCode = 1;
  }
}

function fail(path: string, error: unknown): never {
  console.error(`${path}: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}

function readOptions(): { html?: string | undefined } {
  try {
    return parseArgs({ options: { html: { type: 'string' } } }).values;
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
    process.exit(2);
  }
}
