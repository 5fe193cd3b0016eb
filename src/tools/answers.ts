// `npm run answers`: how the search understands a question and why, and how good it is at many questions.
import { createReadStream, readdirSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { withCache } from '../content/cache.ts';
import { fingerprintOf, systemErrorCode } from '../content/fingerprint.ts';
import { createChildReader } from '../content/folder.ts';
import { createTrainer } from '../content/training-process.ts';
import { storeFigure } from '../figures/store.ts';
import { formatFinding } from '../guide/findings.ts';
import { DEFAULT_LOCALE } from '../guide/model.ts';
import { answerLines, splitLines } from '../search/batch.ts';
import { EditionAnswerer } from '../search/edition-answerer.ts';
import {
  crossValidate,
  fitThresholds,
  type LabeledQuestion,
  measure,
  measureVerdicts,
  type QualityMetrics,
  type RankedQuestion,
} from '../search/evaluation.ts';
import { whenTrained } from '../search/training.ts';

const USAGE = `Usage:
  npm run answers -- "how do i close my account"
      The verdict on one question, the best pages, and the features that speak for them.
  npm run answers -- --batch FILE
      Answers a text file with one question a line (UTF-8; blank lines are skipped) and prints one JSON line each:
      {"question", "kind": "sure" | "unsure" | "pointer" | "declined" | "courtesy",
       "pages": [the best three, whatever the kind], "language"}
      "language" is a language tag such as "en" or "hi-Latn", or "other" if most words of the question are unknown.
  npm run answers -- --evaluate FILE
      Metrics for a JSON file of questions: [{"text": "…", "pages": ["guide#page"]}], no pages for off topic.
  npm run answers -- --evaluate FOLDER [--store]
      The same for each JSON file of a folder, as a table; --store also writes it to docs/figures/understanding.json.
  npm run answers -- --tune
      Thresholds fitted to test/search/tuning.json.
CONTENT_DIR chooses another content folder.`;

const TUNING = 'test/search/tuning.json';
const MAX_PAGES = 5;
const MAX_REASONS = 6;
const PARTS = 5;

const EVALUATION_COLUMNS = [
  'language',
  'on topic',
  'off topic',
  'first %',
  'among three %',
  'answered %',
  'declined %',
  'one page alone %',
  'of which right %',
];
const EVALUATION_NOTES = [
  'Of the questions on topic: the first page is right, a right page is among the best three, some page is shown. Of those off topic: declined. Of all: answered with one page alone.',
];

const Questions = z.array(z.object({ text: z.string(), pages: z.array(z.string()) }));

/** What the user has to correct: it ends the program with code 2. */
class UsageError extends Error {}

try {
  await run();
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}

async function run(): Promise<void> {
  const { values, positionals } = parseArguments();
  const text = positionals.join(' ');
  if (values.help) console.log(USAGE);
  else if (values.batch !== undefined) await answerBatch(values.batch);
  else if (values.evaluate !== undefined && isFolder(values.evaluate)) await evaluateAll(values.evaluate, values.store);
  else if (values.evaluate !== undefined && !values.store) await evaluate(values.evaluate);
  else if (values.tune) await tune();
  else if (text !== '') show(await shippedAnswerer(), text);
  else throw new UsageError(USAGE);
}

function parseArguments() {
  // Some package managers pass on the `--` before the arguments.
  const args = process.argv.slice(2).filter((argument) => argument !== '--');
  const options = {
    batch: { type: 'string' },
    evaluate: { type: 'string' },
    store: { type: 'boolean' },
    tune: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  } as const;
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
  }
}

async function shippedAnswerer(): Promise<EditionAnswerer> {
  const folder = process.env.CONTENT_DIR || 'content';
  await fingerprintOf(folder).catch((error) => {
    throw unreadable(folder, error);
  });
  const { content, findings, search } = await withCache(createChildReader(createTrainer()))(folder);
  const edition = content?.editions.get(DEFAULT_LOCALE);
  if (!edition) {
    for (const finding of findings) console.error(formatFinding(finding));
    process.exit(1);
  }
  return new EditionAnswerer(edition, { trained: search && (await whenTrained(search)) });
}

function show(all: EditionAnswerer, text: string): void {
  const { verdict, ranking, language } = all.ask(text);
  const { kind, confidence, margin, wordCount } = verdict;
  const answerer = all.answererFor(language);
  const { thresholds } = answerer;
  console.log(`${kind}
  confidence ${confidence.toFixed(2)} (declined below ${thresholds.confidence}, sure from ${thresholds.sure.confidence}; on a costly page ${thresholds.costly.confidence})
  margin     ${margin.toFixed(2)} (sure from ${thresholds.sure.margin}; on a costly page ${thresholds.costly.margin})
  words      ${wordCount} without stop words (sure up to ${thresholds.sureMaxWords})
  language   ${language}
`);
  for (const { page, score } of ranking.candidates.slice(0, MAX_PAGES)) {
    const reasons = answerer.explain(text, page, MAX_REASONS);
    console.log(`${score.toFixed(2)}  ${page}`);
    console.log(`      ${reasons.map(({ feature, weight }) => `${feature} ${weight.toFixed(2)}`).join(', ')}`);
  }
}

async function answerBatch(path: string): Promise<void> {
  const file = createReadStream(path, 'utf8');
  await new Promise<void>((resolve, reject) => file.once('ready', resolve).once('error', reject)).catch((error) => {
    throw unreadable(path, error);
  });
  const answerer = await shippedAnswerer();
  const print = async function* () {
    for await (const result of answerLines(answerer, splitLines(file))) yield `${JSON.stringify(result)}\n`;
  };
  try {
    await pipeline(Readable.from(print()), process.stdout, { end: false });
  } catch (error) {
    // A program such as `head` has read all that it wanted.
    if (systemErrorCode(error) === 'EPIPE') return;
    throw systemErrorCode(error) === 'EISDIR' ? unreadable(path, error) : error;
  }
}

async function evaluate(path: string): Promise<void> {
  const questions = await readQuestions(path);
  const answerer = await shippedAnswerer();
  for (const { text } of questions) answerer.ask(text); // trains the languages, and compiles
  const times = questions.map(({ text }) => {
    const start = performance.now();
    answerer.ask(text);
    return performance.now() - start;
  });
  print(measureVerdicts(questions.map((question) => ({ ...question, ...answerer.ask(question.text) }))));
  console.log(`median time      ${(times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0).toFixed(2)} ms`);
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** Prints a table with the metrics of each file of a folder. @param isStored whether it becomes a figure */
async function evaluateAll(folder: string, isStored = false): Promise<void> {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  if (files.length === 0) throw new UsageError(`${folder} has no JSON files.`);
  const sets: [string, LabeledQuestion[]][] = [];
  for (const file of files.sort()) sets.push([basename(file, '.json'), await readQuestions(join(folder, file))]);
  const answerer = await shippedAnswerer();
  const rows = sets.map(([name, questions]) => {
    const judged = questions.map((question) => ({ ...question, ...answerer.ask(question.text) }));
    const { first, amongThree, answered, declined, sure, sureRight } = measureVerdicts(judged);
    const onTopic = questions.filter(({ pages }) => pages.length > 0).length;
    const percents = [first, amongThree, answered, declined, sure, sureRight].map((share) => (share * 100).toFixed(1));
    return [name, String(onTopic), String(questions.length - onTopic), ...percents];
  });
  const table = {
    title: `Questions of ${folder} by language`,
    columns: EVALUATION_COLUMNS,
    rows,
    notes: EVALUATION_NOTES,
  };
  for (const cells of [table.columns, ...rows]) console.log(cells.join('\t'));
  if (!isStored) return;
  const command = `npm run answers -- --evaluate ${folder}`;
  console.log(`Stored in ${storeFigure('understanding', { command, tables: [table], at: new Date() })}`);
}

async function tune(): Promise<void> {
  const questions = await readQuestions(TUNING);
  const ranked = rankAll(await shippedAnswerer(), questions);
  const fitted = fitThresholds(ranked);
  console.log(`fitted to all: ${JSON.stringify(fitted)}`);
  print(measure(ranked, fitted));
  console.log(`\nfitted to ${PARTS - 1} of ${PARTS} parts, measured on the other one (mean):`);
  print(crossValidate(ranked, PARTS));
}

async function readQuestions(path: string): Promise<LabeledQuestion[]> {
  const text = await readFile(path, 'utf8').catch((error) => {
    throw unreadable(path, error);
  });
  try {
    return Questions.parse(JSON.parse(text));
  } catch {
    throw new UsageError(`${path} is not a JSON list of questions like {"text": "…", "pages": ["guide#page"]}.`);
  }
}

function unreadable(path: string, error: unknown): UsageError {
  const code = systemErrorCode(error);
  return new UsageError(code === 'ENOENT' ? `${path} does not exist.` : `${path} cannot be read (${code}).`);
}

function rankAll(answerer: EditionAnswerer, questions: readonly LabeledQuestion[]): RankedQuestion[] {
  return questions.map((question) => ({ ...question, ranking: answerer.ask(question.text).ranking }));
}

function print(metrics: QualityMetrics): void {
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
  console.log(`right page first ${percent(metrics.first)}`);
  console.log(`among three      ${percent(metrics.amongThree)} (${percent(metrics.shown)} shown)`);
  console.log(`answered         ${percent(metrics.answered)} of the questions on topic`);
  console.log(`declined         ${percent(metrics.declined)} of the questions off topic`);
  console.log(`one page alone   ${percent(metrics.sure)}, right in ${percent(metrics.sureRight)}`);
}
