// Trains the search in a child process (`trainer.ts`), one language after another.
import { fork } from 'node:child_process';
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

/**
 * Trains the search of an edition. It is not in the process that reads the content, so that what each needs is not in
 * memory at once.
 * @param previous the models that the bot has, by language tag: one whose training would be the same is kept
 * @returns parts that are missing when the process ends resolve to undefined
 */
export function trainInChildProcess(edition: Edition, previous: ReadonlyMap<string, Model>): TrainedSearch {
  const trainer = fork(fileURLToPath(new URL('./content-trainer.js', import.meta.url)), {
    serialization: 'advanced',
    execArgv: FLAGS,
  });
  let waiting: ((answer?: TrainerAnswer) => void) | undefined;
  let hasEnded = false;
  const end = () => {
    hasEnded = true;
    waiting?.();
  };
  trainer
    .on('message', (answer: TrainerAnswer) => waiting?.(answer))
    .once('error', end)
    .once('exit', end);
  const ask = (request: TrainerRequest) =>
    new Promise<TrainerAnswer | undefined>((done) => {
      if (hasEnded) return done(undefined);
      waiting = done;
      // If it cannot be sent, the process has ended.
      trainer.send(request, () => undefined);
    });
  const recognition = ask({ texts: recognitionTexts(edition) }).then((answer) => {
    return answer && 'recognition' in answer ? answer.recognition : undefined;
  });
  const models = new Map<string, Promise<Model | undefined>>();
  let last: Promise<unknown> = recognition;
  for (const language of trainedLanguages(edition)) {
    const model = last.then(async () => {
      const earlier = previous.get(language);
      const answer = await ask({ source: trainingSource(edition, language), digest: earlier?.digest });
      if (!answer) return undefined;
      return 'model' in answer ? answer.model : earlier;
    });
    models.set(language, model);
    last = model;
  }
  last.then(() => trainer.connected && trainer.disconnect());
  return { recognition, models };
}
