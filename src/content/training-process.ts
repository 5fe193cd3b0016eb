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
   * Trains the search of an edition, in a process other than the one that reads the content, so that what each needs is
   * not in memory at once. A training that still runs is ended: whoever waits for it gets what this one trains, which
   * differs by a few edited lines.
   * @param previous the models that the bot has, by language tag: one whose training would be the same is kept
   * @returns parts that are missing when the process ends resolve to undefined
   */
  train(edition: Edition, previous: ReadonlyMap<string, Model>): TrainedSearch;
}

export function createTrainer(): Trainer {
  let latest: Training | undefined;
  return {
    train(edition, previous) {
      const training = new Training(edition, previous);
      latest?.giveWayTo(training.search);
      latest = training;
      return training.search;
    },
  };
}

/** One child process, and the search that it trains. */
class Training {
  readonly search: TrainedSearch;
  readonly #process: ChildProcess;
  /** Takes the answer that is waited for; undefined for none. */
  #take: ((answer?: TrainerAnswer) => void) | undefined;
  #hasEnded = false;
  #next: TrainedSearch | undefined;

  constructor(edition: Edition, previous: ReadonlyMap<string, Model>) {
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
    const recognition = this.#ask({ texts: recognitionTexts(edition) }).then((answer) => {
      return answer && 'recognition' in answer ? answer.recognition : this.#next?.recognition;
    });
    const models = new Map<string, Promise<Model | undefined>>();
    let last: Promise<unknown> = recognition;
    for (const language of trainedLanguages(edition)) {
      const model = last.then(async () => {
        const earlier = previous.get(language);
        const answer = await this.#ask({ source: trainingSource(edition, language), digest: earlier?.digest });
        if (!answer) return this.#next?.models.get(language);
        return 'model' in answer ? answer.model : earlier;
      });
      models.set(language, model);
      last = model;
    }
    last.then(() => this.#process.connected && this.#process.disconnect());
    this.search = { recognition, models };
  }

  /** Ends the process if it still runs. @param next what those who wait get instead */
  giveWayTo(next: TrainedSearch): void {
    this.#next = next;
    this.#process.kill();
  }

  #ask(request: TrainerRequest): Promise<TrainerAnswer | undefined> {
    return new Promise((done) => {
      if (this.#hasEnded) return done(undefined);
      this.#take = done;
      // If it cannot be sent, the process has ended.
      this.#process.send(request, () => undefined);
    });
  }
}
