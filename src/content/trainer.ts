// The child process that trains the search (dist/…/content-trainer.js): it answers each request with what it trained.
import { constants, setPriority } from 'node:os';
import { trainLanguages } from '../search/language-detector.ts';
import { digestOf, trainModel } from '../search/training.ts';
import { toEnd } from '../slices.ts';
import type { TrainerAnswer, TrainerRequest } from './training-process.ts';

// The parent may end before this process does.
process.on('disconnect', () => process.exit(0));
// Pages can be shown before the search is trained, so training has a lower priority than the bot.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
process.on('message', (request: TrainerRequest) => {
  // The parent may have ended meanwhile.
  process.send?.(answerTo(request), undefined, undefined, () => undefined);
  // The garbage of one language would be in memory beside the next.
  globalThis.gc?.();
});

function answerTo(request: TrainerRequest): TrainerAnswer {
  if ('texts' in request) return { recognition: toEnd(trainLanguages(request.texts)) };
  const { source, digest } = request;
  return digest === digestOf(source) ? { isSame: true } : { model: trainModel(source) };
}
