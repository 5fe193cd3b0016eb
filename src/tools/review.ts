// `npm run review`: what a person should open and compare with the guides; `-- opened SOURCE DATE` writes the result down.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { replaceFile } from '../content/replace-file.ts';
import { didYouMean } from '../guide/findings.ts';
import type { Content, Review } from '../guide/model.ts';
import { type ReviewItem, recordOpened, reviewList } from '../guide/review.ts';
import { fail, folder, loadContentFolder } from './content-folder.ts';
import { showUsageOnHelp } from './usage.ts';

const USAGE = `Usage:
  npm run review
      What a person should open and compare with the guides, the most urgent first.
  npm run review -- opened SOURCE DATE
      Writes into sources.yaml that somebody opened this source on that day (YYYY-MM-DD) and that the guides agree with
      it. First change the guides if they don't.
CONTENT_DIR chooses another content folder.`;
const MAX_PAGES = 5;
const LEGEND =
  'Open these, the most urgent first: "?" is what to check, a code such as U50 is a statement that guides cite as [^U50], "(costly)" marks a page where a mistake could cost an account or money.';

showUsageOnHelp(USAGE);
const [command, source, date, ...rest] = process.argv.slice(2);
if (command === undefined) print(await loadContentFolder());
else if (command === 'opened' && source && date && rest.length === 0) await record(source, date);
else fail(USAGE, 2);

function print(content: Content): void {
  const items = reviewList(content);
  if (items.length > 0) console.log(`${LEGEND}\n`);
  for (const [index, item] of items.entries()) console.log(linesOf(item, index + 1).join('\n'));
  const opened = content.sources.filter(({ review }) => review.kind === 'opened').length;
  const checks = items.reduce((sum, item) => sum + (item.source?.check.length ?? 0), 0);
  console.log(
    `\n${items.length} to open, ${checks} questions; ${opened} of ${content.sources.length} sources are opened`,
  );
}

function linesOf({ source, link, pages }: ReviewItem, number: number): string[] {
  const shown = pages.slice(0, MAX_PAGES).map(({ name, costly }) => (costly ? `${name} (costly)` : name));
  const more = pages.length > MAX_PAGES ? ` and ${pages.length - MAX_PAGES} more` : '';
  return [
    `${number}. ${source ? `${source.id}: ${source.title}, ${source.publisher} (${reviewText(source.review)})` : 'a button'}`,
    ...(link ? [`   ${link}`] : []),
    ...(source?.check ?? []).map((question) => `   ? ${question}`),
    ...(shown.length > 0 ? [`   on ${shown.join(', ')}${more}`] : []),
  ];
}

function reviewText(review: Review): string {
  const copy = review.kind === 'compared' ? ` with ${review.copy === 'whole' ? 'a copy' : 'a part of a copy'}` : '';
  return `${review.kind}${copy} ${review.date}`;
}

async function record(id: string, day: string): Promise<void> {
  const { sources } = await loadContentFolder();
  const known = sources.map((one) => one.id);
  if (!known.includes(id)) {
    const hint = didYouMean(id, known);
    fail(`${folder}/sources.yaml has no source "${id}"${hint === undefined ? '' : ` (${hint})`}`);
  }
  if (!z.iso.date().safeParse(day).success) fail(`"${day}" is not a date such as 2026-12-01`);
  if (Date.parse(day) > Date.now()) fail(`${day} is in the future`);
  const path = join(folder, 'sources.yaml');
  const text = recordOpened(await readFile(path, 'utf8'), id, day);
  if (text === undefined) fail(`${path} could not be changed`);
  await replaceFile(path, text);
  console.log(`${path}: ${id} was opened on ${day}`);
}
