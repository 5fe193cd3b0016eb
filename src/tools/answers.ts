// `npm run answers -- "text"`: what the free-text search makes of a question, and how good it is at many.
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { readContentFolder } from '../content/files.ts';
import { formatFinding } from '../guide/findings.ts';
import { DEFAULT_LOCALE } from '../guide/model.ts';
import { type Answerer, createAnswerer } from '../search/answerer.ts';
import {
  crossValidate,
  fitThresholds,
  type LabeledQuestion,
  type Metrics_,
  measure,
  type RankedQuestion,
} from '../search/evaluation.ts';
import { THRESHOLDS } from '../search/thresholds.ts';

const USAGE = `npm run answers -- "how do i close my account"     verdict, ranking and reasons
npm run answers -- --evaluate FILE                  figures on the questions of a file
npm run answers -- --tune                           thresholds fitted to test/search/tuning*.json`;
/** By different authors. */
const TUNING = ['test/search/tuning.json', 'test/search/tuning-2.json'];
const SHOWN = 5;
const REASONS = 6;
const PARTS = 5;

const Questions = z.array(z.object({ text: z.string(), pages: z.array(z.string()) }));

const [mode = '', file = ''] = process.argv.slice(2).filter((argument) => argument !== '--');
if (mode === '' || (mode === '--evaluate' && file === '')) {
  console.error(USAGE);
  process.exitCode = 2;
} else {
  const answerer = await shippedAnswerer();
  if (mode === '--evaluate') await evaluate(answerer, file);
  else if (mode === '--tune') await tune(answerer);
  else show(answerer, mode);
}

async function shippedAnswerer(): Promise<Answerer> {
  const { content, findings } = await readContentFolder(process.env.CONTENT_DIR || 'content');
  const edition = content?.editions.get(DEFAULT_LOCALE);
  if (!edition) {
    for (const finding of findings) console.error(formatFinding(finding));
    process.exit(1);
  }
  const start = performance.now();
  const answerer = createAnswerer(edition.pages.values());
  console.error(`built in ${Math.round(performance.now() - start)} ms`);
  return answerer;
}

function show(answerer: Answerer, text: string): void {
  const { kind, confidence, gap, length, language } = answerer.ask(text);
  console.log(
    `${kind}: confidence ${confidence.toFixed(2)} (needs ${THRESHOLDS.confidence}), gap ${gap.toFixed(2)}, ` +
      `${length} content words, ${language === 'own' ? 'in English' : 'hardly in English'}\n`,
  );
  for (const { page, score } of answerer.rank(text).candidates.slice(0, SHOWN)) {
    const reasons = answerer.explain(text, page, REASONS);
    console.log(`${score.toFixed(2)}  ${page}`);
    console.log(`      ${reasons.map(({ feature, weight }) => `${feature} ${weight.toFixed(2)}`).join(', ')}`);
  }
}

async function evaluate(answerer: Answerer, path: string): Promise<void> {
  const questions = await readQuestions(path);
  answerer.rank(questions[0]?.text ?? ''); // the first one pays for compiling
  const times = questions.map(({ text }) => {
    const start = performance.now();
    answerer.ask(text);
    return performance.now() - start;
  });
  print(measure(rankAll(answerer, questions), THRESHOLDS));
  console.log(`median time      ${(times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0).toFixed(2)} ms`);
}

async function tune(answerer: Answerer): Promise<void> {
  const ranked = rankAll(answerer, (await Promise.all(TUNING.map(readQuestions))).flat());
  const fitted = fitThresholds(ranked);
  console.log(`fitted to all: ${JSON.stringify(fitted)}`);
  print(measure(ranked, fitted));
  console.log(`\nfitted to ${PARTS - 1} parts of ${PARTS}, measured on the other one:`);
  print(crossValidate(ranked, PARTS));
}

async function readQuestions(path: string): Promise<LabeledQuestion[]> {
  return Questions.parse(JSON.parse(await readFile(path, 'utf8')));
}

function rankAll(answerer: Answerer, questions: readonly LabeledQuestion[]): RankedQuestion[] {
  return questions.map((question) => ({ ...question, ranking: answerer.rank(question.text) }));
}

function print(figures: Metrics_): void {
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
  console.log(`right page first ${percent(figures.first)}`);
  console.log(`among three      ${percent(figures.amongThree)} (${percent(figures.shown)} shown)`);
  console.log(`answered         ${percent(figures.answered)} of the questions for the guides`);
  console.log(`declined         ${percent(figures.declined)} of the others`);
  console.log(`one page alone   ${percent(figures.sure)}, right in ${percent(figures.sureRight)}`);
}
