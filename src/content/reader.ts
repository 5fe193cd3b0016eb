// The child process that reads the content and trains the search (dist/…/content-reader.js): it gets a folder and what
// was read and trained before, sends the content, then what recognizes languages and the model of each, and ends.
import { once } from 'node:events';
import { constants, setPriority } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { DEFAULT_LOCALE } from '../guide/model.ts';
import { trainLanguages } from '../search/language-detector.ts';
import { digestOf, recognitionTexts, trainedLanguages, trainingSource, trainModel } from '../search/training.ts';
import { toEnd } from '../slices.ts';
import { readContentFolder } from './files.ts';
import type { ReaderRequest, TrainedPart } from './folder.ts';

// The parent may end before this process does.
process.on('disconnect', () => process.exit(0));
// Most of what it makes is garbage at once: collecting it early costs no time, and saves a third of the memory.
setFlagsFromString('--heap-growing-percent=30');
const send = (what: object) => new Promise((done) => process.send?.(what, done));
const sendPart = (part: TrainedPart) => send(part);
/** Between two large pieces of work, so that the garbage of one is not in memory beside the other. */
const collectGarbage = () => globalThis.gc?.();

const [{ folder, guides, digests }] = (await once(process, 'message')) as [ReaderRequest];
const loaded = await readContentFolder(folder, { guides });
await send(loaded);
// Pages can be shown before the search is trained, so training has a lower priority than the bot.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
const edition = loaded.content?.editions.get(DEFAULT_LOCALE);
if (edition) {
  collectGarbage();
  await sendPart({ recognition: toEnd(trainLanguages(recognitionTexts(edition))) });
  for (const language of trainedLanguages(edition)) {
    const source = trainingSource(edition, language);
    const isSame = digests.get(language) === digestOf(source);
    await sendPart(isSame ? { language } : { language, model: trainModel(source) });
    collectGarbage();
  }
}
process.disconnect();
