// `npm run translate`: begins a translation, lists what is left to do, and records what is done.
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTwoFilesPatch } from 'diff';
import { replaceFile } from '../content/replace-file.ts';
import { normalizeText } from '../guide/characters.ts';
import { didYouMean, formatFinding } from '../guide/findings.ts';
import { isLocale } from '../guide/load.ts';
import { DEFAULT_LOCALE, type Edition, type Guide, type Page } from '../guide/model.ts';
import { subjectText } from '../guide/subject.ts';
import {
  type EditionFile,
  editionFileOf,
  editionFileText,
  fingerprintOf,
  pageSections,
  parseTranslation,
  skeletonOf,
  type TranslationTask,
  translationTasks,
} from '../guide/translation.ts';
import { originalOf } from '../guide/walk.ts';
import { fail, folder, loadContentFolder } from './content-folder.ts';
import { showUsageOnHelp } from './usage.ts';

const USAGE = `Usage:
  npm run translate -- init LOCALE
      Begins a translation: files with the English pages as comments. LOCALE is one of Discord's, such as pt-BR, or its
      language, such as es. What is there already stays.
  npm run translate -- stale LOCALE
      What is left to do: pages that are not translated, and pages whose English page has changed, with the difference.
  npm run translate -- done PAGE LOCALE
      Records that a page, such as open-door#front, is translated from the English page as it is now. "all" is every page.
CONTENT_DIR chooses another content folder.`;

/** The English pages from which a translation was made, as Markdown. Hidden files are not content. */
const ORIGINALS = '.english';

showUsageOnHelp(USAGE);
const [command, ...words] = process.argv.slice(2);
const [last = ''] = words.slice(-1);
if (command === 'init' && words.length === 1) await init(requireLocale(last));
else if (command === 'stale' && words.length === 1) await listTasks(requireLocale(last));
else if (command === 'done' && words.length === 2) await record(words[0] ?? '', requireLocale(last));
else fail(USAGE, 2);

async function init(locale: string): Promise<void> {
  const english = originalOf(await loadContentFolder());
  const day = new Date().toISOString().slice(0, 10);
  const file = { 'translated-by': 'your name', translated: day, 'reviewed-by': '', reviewed: '', from: {} };
  await create(join(folder, editionFileOf(locale)), editionFileText(file));
  await create(join(folder, locale, 'subject.yaml'), subjectText(english.subject));
  for (const guide of english.guides) {
    const text = skeletonOf(await textOf(guide), guide.pages);
    await create(join(folder, locale, `${guide.id}.md`), text);
  }
  console.log(
    `Take a page out of its comment when you have translated it. npm run translate -- stale ${locale} lists the rest.`,
  );
}

async function listTasks(locale: string): Promise<void> {
  const content = await loadContentFolder();
  const english = originalOf(content);
  const edition = content.editions.get(locale);
  const tasks = edition
    ? translationTasks(edition, english, await readRecord(locale))
    : [...english.pages.values()].map((page): TranslationTask => ({ kind: 'missing', page }));
  for (const { kind, page } of tasks) {
    const place = edition?.pages.get(page.name) ?? page;
    if (kind === 'missing') console.log(`${page.name}: not translated (${page.path}:${page.line})`);
    else if (kind === 'unlisted')
      console.log(`${page.name}: translated, but not recorded (${place.path}:${place.line})`);
    else
      console.log(
        `${page.name}: English has changed (${place.path}:${place.line})\n${await differenceOf(page, english, locale)}`,
      );
  }
  const count = `${tasks.length} ${tasks.length === 1 ? 'page' : 'pages'} to do in ${locale}`;
  console.log(tasks.length === 0 ? `${locale} is up to date` : count);
  if (!edition) console.log(`npm run translate -- init ${locale} begins it`);
}

async function record(name: string, locale: string): Promise<void> {
  const content = await loadContentFolder();
  const english = originalOf(content);
  const edition = content.editions.get(locale) ?? fail(`There is no page in ${folder}/${locale}/ yet`);
  const names = name === 'all' ? [...english.pages.keys()] : [name];
  const unknown = names.find((one) => !english.pages.has(one));
  if (unknown !== undefined) fail(`There is no page "${unknown}"${hintFor(unknown, english)}`);
  const done = names.filter((one) => !edition.translation?.missing.has(one));
  if (done.length === 0) fail(`${name} is not translated in ${folder}/${locale}/`);
  const file = await readRecord(locale);
  const from = { ...file.from };
  for (const one of done) {
    const page = english.pages.get(one);
    if (page) from[one] = fingerprintOf(page);
  }
  // In the order of the English pages, so that a change touches one line.
  const sorted = Object.fromEntries([...english.pages.keys()].flatMap((one) => (from[one] ? [[one, from[one]]] : [])));
  for (const guide of english.guides) await keepOriginals(guide, locale, new Set(done));
  await replaceFile(join(folder, editionFileOf(locale)), editionFileText({ ...file, from: sorted }));
  console.log(
    `${done.length === 1 ? done[0] : `${done.length} pages`}: recorded in ${folder}/${editionFileOf(locale)}`,
  );
}

/** Keeps the English Markdown of pages, to show later what has changed. */
async function keepOriginals(guide: Guide, locale: string, done: ReadonlySet<string>): Promise<void> {
  if (!guide.pages.some((page) => done.has(page.name))) return;
  const sections = pageSections(await textOf(guide), guide.pages);
  const kept = await keptSections(guide, locale);
  const texts = guide.pages.flatMap(({ name }) => (done.has(name) ? sections.get(name) : kept.get(name)) ?? []);
  await replaceFile(originalsPath(guide, locale), texts.join('\n'));
}

async function differenceOf(page: Page, english: Edition, locale: string): Promise<string> {
  const guide = english.guides.find(({ id }) => id === page.guide) ?? fail(`no guide ${page.guide}`);
  const now = pageSections(await textOf(guide), guide.pages).get(page.name) ?? '';
  const before = (await keptSections(guide, locale)).get(page.name);
  if (before === undefined) return now;
  const patch = createTwoFilesPatch('translated from', 'now', before, now, '', '', { context: 1 });
  return patch.split('\n').slice(1).join('\n');
}

/** By page name. A heading with its id begins each. */
async function keptSections(guide: Guide, locale: string): Promise<Map<string, string>> {
  const text = normalizeText(await readFile(originalsPath(guide, locale), 'utf8').catch(() => ''));
  const sections = text.split(/^(?=## )/m).filter((section) => section.startsWith('## '));
  return new Map(
    sections.map((section) => [`${guide.id}#${/\{#([^\s}]+)/.exec(section)?.[1] ?? ''}`, `${section.trim()}\n`]),
  );
}

function originalsPath(guide: Guide, locale: string): string {
  return join(folder, locale, ORIGINALS, `${guide.id}.md`);
}

async function textOf(guide: Guide): Promise<string> {
  return normalizeText(await readFile(join(folder, DEFAULT_LOCALE, `${guide.id}.md`), 'utf8'));
}

async function readRecord(locale: string): Promise<EditionFile> {
  const path = join(folder, editionFileOf(locale));
  const text = await readFile(path, 'utf8').catch(() =>
    fail(`There is no ${path}: npm run translate -- init ${locale}`),
  );
  const texts = new Map([[editionFileOf(locale), text]]);
  const { file, findings } = parseTranslation(locale, { texts, pathOf: (one) => join(folder, one) });
  return file ?? fail(findings.map(formatFinding).join('\n'));
}

async function create(path: string, text: string): Promise<void> {
  const isThere = await access(path).then(
    () => true,
    () => false,
  );
  if (isThere) return console.log(`${path} is there already`);
  await replaceFile(path, text);
  console.log(path);
}

function hintFor(name: string, { pages }: Edition): string {
  const hint = didYouMean(name, [...pages.keys()]);
  return hint === undefined ? '' : ` (${hint})`;
}

function requireLocale(locale: string): string {
  if (locale === DEFAULT_LOCALE) fail('English is what is translated from');
  return isLocale(locale) ? locale : fail(`"${locale}" is not a locale such as es or pt-BR`);
}
