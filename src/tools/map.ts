// `npm run map`: prints the conversation map of the English guides.
import { readFolder } from '../content-files.ts';
import { formatFinding } from '../guide/findings.ts';
import { drawMap } from '../guide/map.ts';
import { DEFAULT_LOCALE } from '../guide/model.ts';

const { content, findings } = await readFolder(process.env.CONTENT_DIR || 'content');
const edition = content?.editions.get(DEFAULT_LOCALE);
if (edition) console.log(drawMap(edition));
else {
  for (const finding of findings) console.error(formatFinding(finding));
  process.exitCode = 1;
}
