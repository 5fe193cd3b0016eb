// Answers questions in every language that an edition understands, for tools that can wait until it is trained.
import type { Edition } from '../guide/model.ts';
import { toEnd } from '../slices.ts';
import { Answerer } from './answerer.ts';
import { cleanQuestion } from './clean-question.ts';
import { CourtesyLanguages } from './courtesy-languages.ts';
import { type LanguageModel, languageOf, trainLanguages } from './language-detector.ts';
import { type Thresholds, thresholdsFor } from './thresholds.ts';
import { recognitionTexts, trainedLanguages, trainingSource, trainModel, type WholeSearch } from './training.ts';
import { decide, OTHER_LANGUAGE, type PageRanking, type Verdict } from './verdict.ts';

/** A question with its language and how it is ranked. */
interface Understood {
  /** A language tag of the edition, or `OTHER_LANGUAGE`. */
  readonly language: string;
  readonly ranking: PageRanking;
  readonly verdict: Verdict;
}

interface EditionAnswererOptions {
  /** For every language, in place of its own. */
  readonly thresholds?: Thresholds;
  /** The search of the edition. Without it, each language is trained when it is first asked in. */
  readonly trained?: WholeSearch | undefined;
}

export class EditionAnswerer {
  readonly #edition: Edition;
  readonly #courtesies: CourtesyLanguages;
  readonly #recognition: LanguageModel;
  readonly #answerers = new Map<string, Answerer>();
  readonly #options: EditionAnswererOptions;

  constructor(edition: Edition, options: EditionAnswererOptions = {}) {
    this.#edition = edition;
    this.#options = options;
    this.#courtesies = new CourtesyLanguages(edition);
    this.#recognition = options.trained?.recognition ?? toEnd(trainLanguages(recognitionTexts(edition)));
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
    const { trained, thresholds: given } = this.#options;
    const thresholds = given ?? thresholdsFor(this.#edition, tag);
    const model = trained?.models.get(tag) ?? trainModel(trainingSource(this.#edition, tag));
    const answerer = new Answerer(model, thresholds);
    this.#answerers.set(tag, answerer);
    return answerer;
  }
}
