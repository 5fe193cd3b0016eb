// The content folder that is served: swapped whole when something in it changes, or kept as it was.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import type { Model } from './answers/training.ts';
import { stampOf } from './content-stamp.ts';
import { formatFinding } from './guide/findings.ts';
import type { Loaded } from './guide/load.ts';
import type { Content, Guide } from './guide/model.ts';
import { OperatorError } from './operator-error.ts';

/** Looking at modification times also works on network drives and in containers, where watching does not. */
const LOOK_EVERY_MS = 250;

/** The content has errors at the start, where there is nothing else to serve. The message lists the findings. */
export class ContentError extends OperatorError {
  override readonly name = 'ContentError';
}

export interface ContentFolder {
  /** What is served now. */
  readonly current: Content;
  /** What the search learns from it, where that comes with it. Never rejects. */
  readonly model: Learning | undefined;
  /** False while the folder holds errors and older content is served. */
  readonly isSound: boolean;
  /** Tells of every swap. */
  onSwap(listener: (content: Content) => void): void;
  close(): void;
}

/** What was read, and what the search learns from the English pages where that is done along with it. */
export interface Read extends Loaded {
  readonly model?: Learning;
}

/** Comes after the content. Undefined where nothing could be learned. Never rejects. */
export type Learning = Promise<Model | undefined>;

/**
 * How a folder is read and checked: in this process or in another.
 * @param known guides of an earlier reading, which are not parsed again where their files are the same
 */
export type ReadContent = (folder: string, known?: readonly Guide[]) => Promise<Read>;

/**
 * Reads and checks a content folder in a process of its own: parsing takes some hundred milliseconds, in which the bot
 * goes on answering, and some 60 MiB, which a thread would not give back to the system.
 */
export const readInProcess: ReadContent = (folder, known = []) =>
  new Promise((done, fail) => {
    const reader = fork(fileURLToPath(new URL('./content-reader.js', import.meta.url)), [folder], {
      serialization: 'advanced',
    });
    reader.send(known);
    const model: Learning = new Promise((learned) => {
      reader.once('message', (loaded: Loaded) => {
        reader.once('message', learned);
        done({ ...loaded, model });
      });
      reader.once('exit', () => learned(undefined));
    });
    reader.on('error', fail);
    reader.once('exit', (code) => fail(new Error(`the process that reads the content ended with code ${code}`)));
  });

/**
 * Opens a content folder and follows its changes.
 * @throws {ContentError} where it holds errors
 */
export async function openFolder(folder: string, read: ReadContent, log: Logger): Promise<ContentFolder> {
  let stamp = await stampOf(folder);
  const first = await read(folder);
  if (!first.content) throw new ContentError(first.findings.map(formatFinding).join('\n'));
  let current = first.content;
  let model = first.model;
  let isSound = true;
  let isLooking = false;
  const listeners: ((content: Content) => void)[] = [];

  const look = async () => {
    const now = await stampOf(folder);
    if (now === stamp) return;
    const { content, findings, model: learned } = await read(folder, guidesOf(current));
    stamp = now;
    isSound = content !== undefined;
    if (!content) {
      log.error(
        `The content has errors and was not taken over; the pages before it are still served:\n${findings.map(formatFinding).join('\n')}`,
      );
    } else if (content.version !== current.version) {
      current = content;
      model = learned;
      log.info({ version: content.version }, 'new content is served');
      for (const listener of listeners) listener(content);
    }
  };
  const timer = setInterval(() => {
    if (isLooking) return;
    isLooking = true;
    look()
      .catch((error) => log.error({ err: error }, 'the content folder could not be read'))
      .finally(() => {
        isLooking = false;
      });
  }, LOOK_EVERY_MS);
  timer.unref();
  return {
    get current() {
      return current;
    },
    get model() {
      return model;
    },
    get isSound() {
      return isSound;
    },
    onSwap: (listener) => listeners.push(listener),
    close: () => clearInterval(timer),
  };
}

function guidesOf({ editions }: Content): Guide[] {
  return [...editions.values()].flatMap(({ guides }) => guides);
}
