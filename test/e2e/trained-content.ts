// Reads content and trains its search once for all worlds of a process: both take seconds, and their results never change.
// The shipped content with its search is in the cache of the built program, which test/build-setup.ts fills.
import { fileURLToPath } from 'node:url';
import { buildIfNeeded } from '../../scripts/build-if-needed.js';
import { withCache } from '../../src/content/cache.ts';
import { readContentFolder } from '../../src/content/files.ts';
import type { ReadContent } from '../../src/content/folder.ts';
import { DEFAULT_LOCALE, type Edition } from '../../src/guide/model.ts';
import { trainLanguages } from '../../src/search/language-detector.ts';
import { recognitionTexts, type TrainedSearch, trainInSteps } from '../../src/search/training.ts';
import { runInSlices } from '../../src/slices.ts';
import { shippedContent } from '../shipped.ts';

const SHIPPED = 'content';
/** By the content's version. */
const searches = new Map<string, TrainedSearch>();

const readCached = withCache(() => Promise.reject(new Error('not cached')), fileURLToPath(buildIfNeeded()));
let shipped: ReturnType<ReadContent> | undefined;

/**
 * As `readContentFolder`, with the search. Content that is not in the cache gets that of the edition's own language; the
 * bot trains the others when it needs them.
 */
export const readTrainedContent: ReadContent = async (folder, previous) => {
  if (folder !== SHIPPED) return readAndTrain(folder, previous);
  shipped ??= readCached(folder).catch(() => readAndTrain(folder));
  return shipped;
};

const readAndTrain: ReadContent = async (folder, previous) => {
  const loaded =
    folder === SHIPPED ? { content: await shippedContent(), findings: [] } : await readContentFolder(folder, previous);
  const { content } = loaded;
  const edition = content?.editions.get(DEFAULT_LOCALE);
  if (!content || !edition) return loaded;
  const search = searches.get(content.version) ?? train(edition);
  searches.set(content.version, search);
  return { ...loaded, search };
};

function train(edition: Edition): TrainedSearch {
  return {
    recognition: runInSlices(trainLanguages(recognitionTexts(edition))),
    models: new Map([[edition.locale, runInSlices(trainInSteps(edition))]]),
  };
}
