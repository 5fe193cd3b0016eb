// Answering many questions for programs that measure the search.
import type { EditionAnswerer } from './edition-answerer.ts';
import { bestPages, type Verdict } from './verdict.ts';

/** How one question is answered. */
export interface BatchResult {
  readonly question: string;
  readonly kind: Verdict['kind'];
  /** The names of the best three pages, whatever the kind. */
  readonly pages: readonly string[];
  /** A language tag, or `other`. */
  readonly language: string;
}

/** Answers one question after the other. Empty lines are skipped. @param lines one question each */
export async function* answerLines(
  answerer: EditionAnswerer,
  lines: AsyncIterable<string>,
): AsyncGenerator<BatchResult> {
  for await (const question of lines) {
    if (question.trim() === '') continue;
    const { verdict, ranking, language } = answerer.ask(question);
    const pages = bestPages(verdict, ranking).map(({ page }) => page);
    yield { question, kind: verdict.kind, pages, language };
  }
}

/**
 * The lines of a text that arrives in chunks, split at `\n` or `\r\n` only: a question may contain other line
 * separators. A byte order mark at the beginning is dropped.
 */
export async function* splitLines(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let line = '';
  let isFirst = true;
  for await (const chunk of chunks) {
    const [head = '', ...tail] = (isFirst ? chunk.replace(/^\uFEFF/, '') : chunk).split('\n');
    isFirst = false;
    line += head;
    for (const next of tail) {
      yield line.replace(/\r$/, '');
      line = next;
    }
  }
  if (line !== '') yield line.replace(/\r$/, '');
}
