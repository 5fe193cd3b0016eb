// Answers questions in every language that an edition understands, for tools that can wait until all are trained.
import type { Edition } from '../guide/model.ts';
import { toEnd } from '../slices.ts';
import { type Answerer, createAnswerer } from './answerer.ts';
import { cleanQuestion } from './clean-question.ts';
import { CourtesyLanguages } from './courtesy-languages.ts';
import { type LanguageModel, languageOf, trainLanguages } from './language-detector.ts';
import { DEFAULT_THRESHOLDS, type Thresholds, UNDERSTOOD_THRESHOLDS } from './thresholds.ts';
import { recognitionTexts, trainedLanguages, trainingSource } from './training.ts';
import { decide, OTHER_LANGUAGE, type PageRanking, type Verdict } from './verdict.ts';

/** A question with its language and how it is ranked. */
interface Understood {
  /** A language tag of the edition, or `OTHER_LANGUAGE`. */
  readonly language: string;
  readonly ranking: PageRanking;
  readonly verdict: Verdict;
}

/** Trains each language when it is first asked in. */
export class EditionAnswerer {
  readonly #edition: Edition;
  readonly #courtesies: CourtesyLanguages;
  readonly #recognition: LanguageModel;
  readonly #answerers = new Map<string, Answerer>();
  readonly #thresholds: Thresholds | undefined;

  constructor(edition: Edition, thresholds?: Thresholds) {
    this.#edition = edition;
    this.#thresholds = thresholds;
    this.#courtesies = new CourtesyLanguages(edition);
    this.#recognition = toEnd(trainLanguages(recognitionTexts(edition)));
  }

  /** What to do with a question. @param text of any length and content */
  ask(text: string): Understood {
    const greeted = this.#courtesies.languageOf(text);
    const recognized = greeted ?? languageOf(cleanQuestion(text), this.#recognition);
    const answerer = this.answererFor(recognized);
    const ranking = answerer.rank(text);
    const isUnderstood = trainedLanguages(this.#edition).includes(recognized);
    if (greeted !== undefined) return { language: greeted, ranking, verdict: { kind: 'courtesy', ...ranking } };
    return {
      language: isUnderstood && ranking.language === OTHER_LANGUAGE ? OTHER_LANGUAGE : recognized,
      ranking,
      verdict: isUnderstood ? decide(ranking, answerer.thresholds) : { kind: 'declined', ...ranking },
    };
  }

  /** The search of one language; that of the edition's own for one that is not understood. */
  answererFor(language: string): Answerer {
    const tag = trainedLanguages(this.#edition).includes(language) ? language : this.#edition.locale;
    const known = this.#answerers.get(tag);
    if (known) return known;
    const thresholds = this.#thresholds ?? (tag === this.#edition.locale ? DEFAULT_THRESHOLDS : UNDERSTOOD_THRESHOLDS);
    const answerer = createAnswerer(trainingSource(this.#edition, tag), thresholds);
    this.#answerers.set(tag, answerer);
    return answerer;
  }
}
