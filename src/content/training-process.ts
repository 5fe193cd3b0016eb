// Trains the search in a child process (`trainer.ts`), one language after another.
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Edition } from '../guide/model.ts';
import type { LanguageModel } from '../search/language-detector.ts';
import {
  type Model,
  recognitionTexts,
  type TrainedSearch,
  type TrainingSource,
  trainedLanguages,
  trainingSource,
  withOwnArrays,
} from '../search/training.ts';

/** What the trainer gets: the texts by which languages are recognized, or what one language's model is trained on. */
export type TrainerRequest =
  | { readonly texts: ReadonlyMap<string, readonly string[]> }
  | {
      readonly source: TrainingSource;
      /** Of the model that the bot has: it need not be trained again. */
      readonly digest: string | undefined;
    };

/** What it answers, in the order of the requests. */
export type TrainerAnswer =
  | { readonly recognition: LanguageModel }
  | { readonly model: Model }
  | { readonly isSame: true };

/** Most of what it makes is garbage at once: collecting it early costs no time and saves a third of the memory. */
const FLAGS = ['--max-semi-space-size=1', '--heap-growing-percent=30', '--expose-gc'];

/** Trains searches in child processes, one at a time. */
export interface Trainer {
  /**
   * Trains the search of an edition, in a process other than the one that reads the content: what each needs is not in
   * memory at once.
   * @param previous the models that the bot has, by language tag: one whose training would be the same is kept
   * @returns parts that are missing when the process ends by itself resolve to undefined
   */
  train(edition: Edition, previous: ReadonlyMap<string, Model>): TrainedSearch;
  /**
   * Ends the training that runs, if there is one, because new content is about to be read. Whoever waits for a part of it
   * gets that of the next training, which differs by a few edited lines.
   */
  pause(): void;
  /** Goes on with the training that was paused: there is no new content after all. */
  resume(): void;
}

export function createTrainer(): Trainer {
  let latest: Training | undefined;
  const train: Trainer['train'] = (edition, previous) => {
    const training = new Training(edition, previous);
    latest?.giveWayTo(training.search);
    latest = training;
    return training.search;
  };
  return {
    train,
    pause: () => latest?.pause(),
    resume() {
      if (latest?.isPaused) train(latest.edition, latest.models);
    },
  };
}

/** One child process, and the search that it trains. */
class Training {
  readonly search: TrainedSearch;
  readonly edition: Edition;
  /** Those that are trained. */
  readonly models: Map<string, Model>;
  readonly #process: ChildProcess;
  /** Takes the answer that is waited for; undefined for none. */
  #take: ((answer?: TrainerAnswer) => void) | undefined;
  #hasEnded = false;
  /** What those who wait get, if the process was ended. */
  #next: Promise<TrainedSearch> | undefined;
  #giveWay: (next: TrainedSearch) => void = () => undefined;

  constructor(edition: Edition, previous: ReadonlyMap<string, Model>) {
    this.edition = edition;
    this.models = new Map(previous);
    this.#process = fork(fileURLToPath(new URL('./content-trainer.js', import.meta.url)), {
      serialization: 'advanced',
      execArgv: FLAGS,
    });
    const end = () => {
      this.#hasEnded = true;
      this.#take?.();
    };
    this.#process
      .on('message', (answer: TrainerAnswer) => this.#take?.(answer))
      .once('error', end)
      .once('exit', end);
    const recognition = this.#ask({ texts: recognitionTexts(edition) }).then(async (answer) => {
      return answer && 'recognition' in answer ? answer.recognition : (await this.#next)?.recognition;
    });
    const models = new Map<string, Promise<Model | undefined>>();
    let last: Promise<unknown> = recognition;
    for (const language of trainedLanguages(edition)) {
      const model = last.then(() => this.#train(language));
      models.set(language, model);
      last = model;
    }
    last.then(() => this.#process.connected && this.#process.disconnect());
    this.search = { recognition, models, isReplaced: () => this.isPaused };
  }

  get isPaused(): boolean {
    return this.#next !== undefined;
  }

  /** Ends the process, unless it has ended. */
  pause(): void {
    if (this.#hasEnded || this.isPaused) return;
    this.#next = new Promise((resolve) => {
      this.#giveWay = resolve;
    });
    this.#process.kill();
  }

  /** @param next what those who wait get instead */
  giveWayTo(next: TrainedSearch): void {
    this.pause();
    this.#giveWay(next);
  }

  async #train(language: string): Promise<Model | undefined> {
    const earlier = this.models.get(language);
    const answer = await this.#ask({ source: trainingSource(this.edition, language), digest: earlier?.digest });
    if (!answer) return (await this.#next)?.models.get(language);
    const model = 'model' in answer ? withOwnArrays(answer.model) : earlier;
    if (model) this.models.set(language, model);
    return model;
  }

  #ask(request: TrainerRequest): Promise<TrainerAnswer | undefined> {
    return new Promise((done) => {
      if (this.#hasEnded || this.isPaused) return done(undefined);
      this.#take = done;
      // If it cannot be sent, the process has ended.
      this.#process.send(request, () => undefined);
    });
  }
}
